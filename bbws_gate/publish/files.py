"""Writes the reports of an assessment into a folder: all of them, or none."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from bbws_gate.errors import UsageError
from bbws_gate.model import Assessment
from bbws_gate.render.context import Link
from bbws_gate.render.reports import report_names, reports
from bbws_gate.render.templates import Templates

_PIECE = 1 << 20
"""Characters that are turned into bytes at a time."""


def write_reports(
    assessment: Assessment, folder: Path, *, link: Link | None = None, templates: Templates | None = None
) -> tuple[Path, ...]:
    """Write the documents, the HTML page and ``assessment.json``; files of other names in the folder are left alone.

    Every file is written beside its place, as it is made, and all of them are put there when they are whole: one that cannot be made leaves
    the others as they were.

    Args:
        assessment: what to write.
        folder: where; made if need be.
        link: gives places an address.
        templates: a team's own.

    Returns:
        The paths written, in order.

    Raises:
        UsageError: the folder cannot be made or a file in it cannot be written.
    """
    beside: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, pieces in reports(assessment, link=link, templates=templates):
            target = folder / name
            if target.is_symlink():
                raise UsageError("is a symbolic link, not written through", where=str(target), mend="remove it")
            beside[target] = folder / f".{name}.{secrets.token_hex(4)}"
            _write(beside[target], pieces)
        for target, written in beside.items():
            written.replace(target)
    except OSError as error:
        raise UsageError(
            error.strerror or "cannot be written", where=str(folder), mend="give --out a folder that can be written"
        ) from error
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)
    return tuple(folder / name for name in report_names(assessment))


def _write(path: Path, pieces: Iterable[str]) -> None:
    """A new file; never one that is there already."""
    with path.open("x", encoding="utf-8") as file:
        for piece in pieces:
            for start in range(0, len(piece), _PIECE):
                file.write(piece[start : start + _PIECE])
