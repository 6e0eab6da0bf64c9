"""``bbws-gate portfolio``: many projects and environments, who can go when, and what holds up whom."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bbws_gate.cli.printing import write
from bbws_gate.errors import SourceError, UsageError
from bbws_gate.portfolio import Portfolio, draw, gather, load_portfolio
from bbws_gate.render.escape import one_line
from bbws_gate.render.overrides import read_templates
from bbws_gate.render.portfolio import to_html, to_json, to_markdown, to_text
from bbws_gate.render.templates import Templates
from bbws_gate.repository import WorkTree

if TYPE_CHECKING:
    from bbws_gate.publish.reading.projects import Projects

WRITERS: dict[str, Callable[[Portfolio, Templates], str]] = {
    "text": lambda drawn, _: to_text(drawn),
    "json": lambda drawn, _: to_json(drawn),
    "markdown": lambda drawn, templates: to_markdown(drawn, templates=templates),
    "html": lambda drawn, templates: to_html(drawn, templates=templates),
}
FILES = {"portfolio.html": "html", "portfolio.md": "markdown", "portfolio.json": "json"}
MAX_BYTES = 2_000_000


def portfolio(arguments: argparse.Namespace, environ: Mapping[str, str] | None = None) -> int:
    """Gather ``arguments.file``'s projects, print the overview, and with ``--out`` write it as HTML, Markdown and JSON.

    With ``GITHUB_TOKEN`` set, projects that name a repository and are not checked out are read from GitHub.

    Returns:
        0 when nothing blocks; 1 when an assessment is BLOCKED or ERROR, or projects need each other in a circle.

    Raises:
        SourceError: a file or folder cannot be read.
        UsageError: the portfolio file is invalid, ``--out`` cannot be written, or ``--remote`` is given without a token.
        PublishError: the overview is out, but GitHub could not be reached for any project.
    """
    path: Path = arguments.file
    loaded = load_portfolio(_read(path), path.name)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    projects = _projects(os.environ if environ is None else environ, asked=arguments.remote)
    entries = gather(
        loaded, path.parent, assessed_at=now, assessments=arguments.assessments, elsewhere=projects, nothing_here=arguments.remote
    )
    drawn = draw(loaded.name, entries, loaded.order)
    templates = read_templates(WorkTree(path.parent))
    write(WRITERS[arguments.format](drawn, templates), arguments.format)
    if arguments.out is not None:
        _write(drawn, arguments.out, templates)
    for problem in templates.problems:
        sys.stderr.write(f"bbws-gate: not used: {one_line(problem, 600)}\n")
    if projects is not None:
        _tell(projects)
    return int(drawn.blocked)


def _projects(environ: Mapping[str, str], *, asked: bool) -> Projects | None:
    """Where projects come from that are not checked out; None without a token."""
    token = environ.get("GITHUB_TOKEN", "")
    if not token:
        if asked:
            raise UsageError("--remote needs a token", mend="set GITHUB_TOKEN")
        return None
    from bbws_gate.publish.reading.projects import connect

    address = environ.get("GITHUB_API_URL") or "https://api.github.com"
    return connect(token, address, app_slug=environ.get("BBWS_GATE_APP_SLUG", ""))


def _tell(projects: Projects) -> None:
    if projects.requests:
        sys.stderr.write(f"bbws-gate: {projects.requests} requests to GitHub for {projects.asked_for} projects\n")
    if projects.unreached is not None:
        raise projects.unreached


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


def _write(drawn: Portfolio, folder: Path, templates: Templates) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, form in FILES.items():
            target = folder / name
            if target.is_symlink():
                raise UsageError("is a symbolic link, not written through", where=str(target), mend="remove it")
            target.write_text(WRITERS[form](drawn, templates), encoding="utf-8")
    except OSError as error:
        mend = "give --out a folder that can be written"
        raise UsageError(error.strerror or "cannot be written", where=str(folder), mend=mend) from error
