"""The pages that people read: comment, check run, job summary, issues, and the four documents with their index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from bbws_gate.model import ActionItem, Assessment
from bbws_gate.render import context, view
from bbws_gate.render.annotations import Annotation, annotate
from bbws_gate.render.context import Link
from bbws_gate.render.escape import basic_plane, one_line
from bbws_gate.render.limits import CHECK_FIELD, COMMENT, JOB_SUMMARY, begin_section, fit, parse_page
from bbws_gate.render.templates import Templates, bundled
from bbws_gate.render.tidy import tidied

TITLE = 240
"""Characters; titles of check runs may have 255, of issues 256."""
FULL_REPORT = "the full report"


class CheckOutput(NamedTuple):
    """What a check run shows."""

    title: str
    summary: str
    text: str
    annotations: tuple[Annotation, ...]


class Document(NamedTuple):
    """One of the four."""

    template: str
    suffix: str
    title: str
    readers: str
    answers: str


DOCUMENTS = (
    Document(
        "executive_brief.md.j2", "exec_brief", "Executive brief", "tech lead, product owner, stakeholders", "whether, when, what to decide"
    ),
    Document("summary.md.j2", "summary", "Summary", "technical teams, project managers", "what is wrong, and where"),
    Document("action_items.md.j2", "action_items", "Action items", "whoever does the work", "who does what by when, and when it is done"),
    Document("readiness_report.md.j2", "readiness_report", "Readiness report", "DevOps engineers, auditors", "everything, with its proof"),
)


class Content(NamedTuple):
    """A document as the index lists it."""

    link: Markup
    readers: str
    answers: str
    minutes: int


def documents(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> dict[str, str]:
    """File name to text: ``sit_<project>_index.md``, then the documents that it lists."""
    pages = templates or bundled()
    values = context.values(assessment, link)
    texts = {file_name(assessment, each): document_text(each, pages, values) for each in DOCUMENTS}
    return {index_name(assessment): index_text(assessment, pages, values, {name: minutes(text) for name, text in texts.items()}), **texts}


def document_text(document: Document, pages: Templates, values: Mapping[str, object]) -> str:
    """One of the documents, of what :func:`~bbws_gate.render.context.values` gave."""
    return "".join(tidied(pages.pieces(document.template, values)))


def render_document(document: Document, assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> str:
    """One of the documents alone."""
    return document_text(document, templates or bundled(), context.values(assessment, link))


def index(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> str:
    """The page that lists the documents, without them: how long each takes to read is not known."""
    return index_text(assessment, templates or bundled(), context.values(assessment, link), {})


def index_text(assessment: Assessment, pages: Templates, values: Mapping[str, object], times: Mapping[str, int]) -> str:
    """The page that lists the documents; ``times`` are minutes by file name."""
    contents = tuple(
        Content(Markup(f"[{each.title}]({name})"), each.readers, each.answers, times.get(name, 1))  # noqa: S704 - our title, a name that _file_name made
        for each, name in ((each, file_name(assessment, each)) for each in DOCUMENTS)
    )
    page = Markup(f"[The HTML page]({stem(assessment)}.html)")  # noqa: S704 - the same
    return _tidy(pages.render("index.md.j2", {**values, "contents": contents, "page": page}))


def index_name(assessment: Assessment) -> str:
    """``sit_orders_index.md``."""
    return f"{stem(assessment)}_index.md"


def file_name(assessment: Assessment, document: Document) -> str:
    """``sit_orders_summary.md``."""
    return f"{stem(assessment)}_{document.suffix}.md"


def stem(assessment: Assessment) -> str:
    """What the documents' file names begin with: ``sit_orders``; only letters, digits and ``._-``."""
    return _file_name("_".join(part for part in (assessment.environment, assessment.project) if part) or "assessment")


def comment(assessment: Assessment, *, link: Link | None = None, report: str = FULL_REPORT, templates: Templates | None = None) -> str:
    """The sticky comment of a pull request, without its hidden marker.

    Args:
        assessment: what to show.
        link: gives places an address; without it they are plain code.
        report: where to find what does not fit here, as Markdown.
        templates: a team's own.
    """
    return _page("comment.md.j2", assessment, COMMENT, link=link, report=report, templates=templates)


def job_summary(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> str:
    """The same for the summary of the job, where there is more room."""
    return _page("job_summary.md.j2", assessment, JOB_SUMMARY, link=link, report=FULL_REPORT, templates=templates, most=200)


def check_output(
    assessment: Assessment, *, link: Link | None = None, report: str = "the job summary", templates: Templates | None = None
) -> CheckOutput:
    """Title, summary, text and annotations of the check run; no character above U+FFFF, which GitHub may refuse there."""
    rendered = (templates or bundled()).render("check_summary.md.j2", {**context.values(assessment, link), "section": _section, "most": 20})
    page = parse_page(basic_plane(rendered))
    return CheckOutput(
        title=basic_plane(one_line(f"{view.headline(assessment)}: {view.verdict(assessment)}", TITLE)),
        summary=_tidy(page.opening),
        text=_tidy(fit(page._replace(opening=""), CHECK_FIELD, where=report)),
        annotations=annotate(assessment),
    )


def issue(assessment: Assessment, item: ActionItem, *, link: Link | None = None, templates: Templates | None = None) -> tuple[str, str]:
    """Title and text of an action item's issue, without hidden markers; people's own text around it is the publisher's to keep."""
    by_id = {finding.id: finding for finding in assessment.findings}
    values = {**context.values(assessment, link), "item": item, "findings": [by_id[each] for each in item.findings if each in by_id]}
    title = one_line(f"{item.title} ({assessment.project}, {assessment.environment})")
    return title, _tidy((templates or bundled()).render("issue.md.j2", values))


def _page(
    name: str, assessment: Assessment, limit: int, *, link: Link | None, report: str, templates: Templates | None, most: int = 20
) -> str:
    values = {**context.values(assessment, link), "section": _section, "most": most}
    return _tidy(fit(parse_page((templates or bundled()).render(name, values)), limit, where=report))


def _section(title: Markup) -> Markup:
    return Markup(begin_section(title))  # noqa: S704 - the template escapes the title


def _file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)[:100]


def minutes(text: str) -> int:
    """Reading time at 200 words a minute, at least one."""
    return max(1, round(sum(len(line.split()) for line in text.splitlines()) / 200))


def _tidy(text: str) -> str:
    """No trailing blanks, no more than one empty line, one newline at the end."""
    return "".join(tidied([text]))
