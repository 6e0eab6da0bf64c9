"""``bbws-gate portfolio``: many projects and environments, who can go when, and what holds up whom."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bbws_gate.errors import SourceError, UsageError
from bbws_gate.portfolio import Portfolio, draw, gather, load_portfolio
from bbws_gate.render.portfolio import to_html, to_json, to_markdown, to_text

WRITERS = {"text": to_text, "json": to_json, "markdown": to_markdown, "html": to_html}
FILES = {"portfolio.html": to_html, "portfolio.md": to_markdown, "portfolio.json": to_json}
MAX_BYTES = 2_000_000


def portfolio(arguments: argparse.Namespace) -> int:
    """Gather ``arguments.file``'s projects, print the overview, and with ``--out`` write it as HTML, Markdown and JSON.

    Returns:
        0 when nothing blocks; 1 when an assessment is BLOCKED or ERROR, or projects need each other in a circle.

    Raises:
        SourceError: a file or folder cannot be read.
        UsageError: the portfolio file is invalid, or ``--out`` cannot be written.
    """
    path: Path = arguments.file
    loaded = load_portfolio(_read(path), path.name)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entries = gather(loaded, path.parent, assessed_at=now, assessments=arguments.assessments)
    drawn = draw(loaded.name, entries, loaded.order)
    sys.stdout.write(WRITERS[arguments.format](drawn))
    if arguments.out is not None:
        _write(drawn, arguments.out)
    return int(drawn.blocked)


def _read(path: Path) -> bytes:
    mend = "name the portfolio file"
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(error.strerror or "cannot be read", where=str(path), mend=mend) from error
    if len(text) > MAX_BYTES:
        raise SourceError("larger than 2 MB", where=str(path), mend=mend)
    return text


def _write(drawn: Portfolio, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, writer in FILES.items():
            target = folder / name
            if target.is_symlink():
                raise UsageError("is a symbolic link, not written through", where=str(target), mend="remove it")
            target.write_text(writer(drawn), encoding="utf-8")
    except OSError as error:
        mend = "give --out a folder that can be written"
        raise UsageError(error.strerror or "cannot be written", where=str(folder), mend=mend) from error
