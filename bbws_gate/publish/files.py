"""Writes the reports of an assessment into a folder."""

from __future__ import annotations

from pathlib import Path

from bbws_gate.errors import UsageError
from bbws_gate.model import Assessment
from bbws_gate.render.context import Link
from bbws_gate.render.documents import documents, stem
from bbws_gate.render.json import to_json
from bbws_gate.render.page import html_page
from bbws_gate.render.templates import Templates


def write_reports(
    assessment: Assessment, folder: Path, *, link: Link | None = None, templates: Templates | None = None
) -> tuple[Path, ...]:
    """Write the documents, the HTML page and ``assessment.json``; files of other names in the folder are left alone.

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
    pages = documents(assessment, link=link, templates=templates)
    page = html_page(assessment, link=link, templates=templates, made=pages)
    texts = {**pages, f"{stem(assessment)}.html": page, "assessment.json": to_json(assessment)}
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            target = folder / name
            if target.is_symlink():
                raise UsageError("is a symbolic link, not written through", where=str(target), mend="remove it")
            target.write_text(text, encoding="utf-8")
            paths.append(target)
    except OSError as error:
        raise UsageError(
            error.strerror or "cannot be written", where=str(folder), mend="give --out a folder that can be written"
        ) from error
    return tuple(paths)
