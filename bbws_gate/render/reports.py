"""The files of ``check --out``, one after the other: whoever writes them holds no more than one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bbws_gate.model import Assessment
from bbws_gate.render import page
from bbws_gate.render.context import Link, values
from bbws_gate.render.documents import DOCUMENTS, document_text, file_name, index_name, index_text, minutes, stem
from bbws_gate.render.json import to_json
from bbws_gate.render.templates import Templates, bundled

JSON = "assessment.json"


def report_names(assessment: Assessment) -> tuple[str, ...]:
    """The files' names, as people should meet them: the index first."""
    names = (file_name(assessment, document) for document in DOCUMENTS)
    return (index_name(assessment), *names, f"{stem(assessment)}.html", JSON)


def reports(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text of each file, in the order in which they can be made; the text in pieces, to be taken before the next file.

    Args:
        assessment: what to show.
        link: gives places an address.
        templates: a team's own.
    """
    pages = templates or bundled()
    known = values(assessment, link)
    draws = page.drawings(assessment)
    times: dict[str, int] = {}
    parts: list[page.Part] = []
    for document in DOCUMENTS:
        name = file_name(assessment, document)
        text = document_text(document, pages, known)
        yield name, (text,)
        times[name] = minutes(text)
        if document.template in page.SHOWN:
            parts.append(page.part(document, text, draws))
    yield index_name(assessment), (index_text(assessment, pages, known, times),)
    yield f"{stem(assessment)}.html", page.page_pieces(assessment, pages, known, parts)
    parts.clear()
    yield JSON, (to_json(assessment),)
