"""One HTML page with everything: the brief, the action items and the report, made from the same Markdown, and drawings in place of Mermaid.

The Markdown is our own templates' output, in which text from a repository is inert. Here it goes through a CommonMark parser that knows no
raw HTML but the line break, so nothing else can come through; the page's policy forbids scripts and every address besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from bbws_gate.model import Assessment
from bbws_gate.render import drawing
from bbws_gate.render.context import Link, values
from bbws_gate.render.diagrams import dependency_graph, gantt
from bbws_gate.render.documents import DOCUMENTS, Document, document_text
from bbws_gate.render.quick_html import TABLE_BEGINS, TABLE_ENDS, quick_html, sections
from bbws_gate.render.templates import Templates, bundled
from bbws_gate.render.tidy import tidied
from bbws_gate.render.trend import moments

SHOWN = ("executive_brief.md.j2", "action_items.md.j2", "readiness_report.md.j2")
"""What the page holds; the summary is part of the report."""
_KINDS = {"READY": "good", "READY_WITH_WARNINGS": "waits", "PENDING": "waits", "BLOCKED": "bad", "ERROR": "bad"}


class Part(NamedTuple):
    """One document within the page."""

    id: str
    title: str
    body: Markup
    sections: tuple[tuple[str, str], ...]
    """Anchor and title of its sections."""


def html_page(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> str:
    """The page, as ``check --out`` writes it.

    Args:
        assessment: what to show.
        link: gives places an address.
        templates: a team's own.
    """
    pages = templates or bundled()
    known = values(assessment, link)
    draws = drawings(assessment)
    parts = [part(each, document_text(each, pages, known), draws) for each in DOCUMENTS if each.template in SHOWN]
    return "".join(page_pieces(assessment, pages, known, parts))


def page_pieces(assessment: Assessment, pages: Templates, known: Mapping[str, object], parts: Iterable[Part]) -> Iterator[str]:
    """The page piece by piece, of its parts and of what :func:`~bbws_gate.render.context.values` gave."""
    trend = drawing.sparkline(moments(assessment))
    more = {"parts": tuple(parts), "trend": Markup(trend), "kind": Markup(_KINDS[assessment.status.value])}  # noqa: S704 - our own drawing and words
    return tidied(pages.pieces("page.html.j2", {**known, **more}), empty=0)


def drawings(assessment: Assessment) -> dict[str, str]:
    """Mermaid text to what is drawn instead."""
    found = {dependency_graph(assessment): drawing.graph(assessment)}
    if assessment.schedule is not None:
        found[gantt(assessment.schedule)] = drawing.bars(assessment.schedule)
    return found


def part(document: Document, markdown: str, draws: Mapping[str, str]) -> Part:
    """One document within the page, made of its Markdown."""
    reader = Reader(document.suffix, draws)
    html: list[str] = []
    begun = False
    for heading, body in sections(markdown):
        if begun:  # the document's own title is the part's
            html.append(reader.complete(heading))
        begun = begun or bool(heading or body.strip())
        html.append(quick_html(body, reader.line) or reader.complete(body))
    return Part(document.suffix, document.title, Markup(_boxes("".join(html))), tuple(reader.sections))  # noqa: S704 - parsed without HTML


class Reader:
    """The complete parser, one section of a document after the other."""

    def __init__(self, name: str, drawings: Mapping[str, str]) -> None:
        self.sections: list[tuple[str, str]] = []
        """Anchor and title of the sections so far."""
        self._name = name
        self._drawings = drawings
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("table")
        self._renderer = RendererHTML()

    def complete(self, markdown: str) -> str:
        """The HTML of whole blocks."""
        tokens = self._parser.parse(markdown)
        self._shape(tokens)
        return self._renderer.render(tokens, self._parser.options, {})

    def line(self, markdown: str) -> str:
        """The HTML of one line's text."""
        children = self._parser.parseInline(markdown)[0].children or []
        _break_lines(children)
        return self._renderer.renderInline(children, self._parser.options, {})

    def _shape(self, tokens: list[Token]) -> None:
        """Headings one level down and with anchors, tables that scroll, drawings, line breaks."""
        for number, token in enumerate(tokens):
            if token.type in ("heading_open", "heading_close"):
                if token.type == "heading_open" and token.tag == "h2":
                    anchor = f"{self._name}-{len(self.sections) + 1}"
                    token.attrSet("id", anchor)
                    self.sections.append((anchor, _plain(tokens[number + 1])))
                token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
            elif token.type == "fence" and token.info == "mermaid" and token.content.rstrip("\n") in self._drawings:
                token.type, token.content = "html_block", self._drawings[token.content.rstrip("\n")]
            elif token.type in ("table_open", "table_close"):
                tokens[number] = Token("html_block", "", 0, content=TABLE_BEGINS if token.type == "table_open" else TABLE_ENDS)
            elif token.type == "inline":
                _break_lines(token.children or [])


def _break_lines(children: list[Token]) -> None:
    """``<br>``, which our templates write into table cells; any other tag stays text."""
    found: list[Token] = []
    for child in children:
        if child.type != "text" or "<br>" not in child.content:
            found.append(child)
            continue
        for number, piece in enumerate(child.content.split("<br>")):
            found += [Token("hardbreak", "br", 0)] if number else []
            found.append(Token("text", "", 0, content=piece))
    children[:] = found


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _boxes(html: str) -> str:
    """Task boxes: shown, not to be ticked here."""
    html = html.replace("<li>[ ] ", '<li class="task"><span aria-hidden="true">☐</span> ')
    html = html.replace("<li>[x] ", '<li class="task"><span aria-hidden="true">☑</span> ')
    return html.replace("<li>\n<p>[ ] ", '<li class="task"><p><span aria-hidden="true">☐</span> ')
