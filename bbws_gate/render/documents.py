"""The pages that people read: comment, check run, job summary, issues, and the four documents with their index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from markupsafe import Markup

from bbws_gate.model import ActionItem, Assessment, CategoryScore, Place
from bbws_gate.render import cost, schedule, view
from bbws_gate.render.annotations import Annotation, annotate
from bbws_gate.render.diagrams import dependency_graph, gantt
from bbws_gate.render.escape import basic_plane, cut, markdown_code, markdown_link, one_line, pipes
from bbws_gate.render.limits import CHECK_FIELD, COMMENT, JOB_SUMMARY, begin_section, fit, parse_page
from bbws_gate.render.templates import Templates, bundled
from bbws_gate.schedule.duration import in_words

TITLE = 240
"""Characters; titles of check runs may have 255, of issues 256."""
PATH = 200
"""Characters of a path and line that are shown."""
FULL_REPORT = "the full report"

Link = Callable[[Place], str]
"""Where a place can be read: a blob address at the commit that was assessed."""


class CheckOutput(NamedTuple):
    """What a check run shows."""

    title: str
    summary: str
    text: str
    annotations: tuple[Annotation, ...]


class _Document(NamedTuple):
    template: str
    suffix: str
    title: str
    readers: str


DOCUMENTS = (
    _Document("executive_brief.md.j2", "exec_brief", "Executive brief", "tech lead, product owner, stakeholders"),
    _Document("summary.md.j2", "summary", "Summary", "technical teams, project managers"),
    _Document("action_items.md.j2", "action_items", "Action items", "whoever does the work"),
    _Document("readiness_report.md.j2", "readiness_report", "Readiness report", "DevOps engineers, auditors"),
)


class _Content(NamedTuple):
    link: Markup
    readers: str
    minutes: int


def documents(assessment: Assessment, *, link: Link | None = None, templates: Templates | None = None) -> dict[str, str]:
    """File name to text: ``sit_<project>_index.md``, then the documents that it lists."""
    pages = templates or bundled()
    values = _values(assessment, link)
    prefix = _file_name("_".join(part for part in (assessment.environment, assessment.project) if part) or "assessment")
    texts = {f"{prefix}_{each.suffix}.md": _tidy(pages.render(each.template, values)) for each in DOCUMENTS}
    contents = tuple(
        _Content(Markup(f"[{each.title}]({name})"), each.readers, _minutes(text))  # noqa: S704 - our title, a name that _file_name made
        for each, (name, text) in zip(DOCUMENTS, texts.items(), strict=True)
    )
    index = _tidy(pages.render("index.md.j2", {**values, "contents": contents}))
    return {f"{prefix}_index.md": index, **texts}


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
    rendered = (templates or bundled()).render("check_summary.md.j2", {**_values(assessment, link), "section": _section, "most": 20})
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
    values = {**_values(assessment, link), "item": item, "findings": [by_id[each] for each in item.findings if each in by_id]}
    title = one_line(f"{item.title} ({assessment.project}, {assessment.environment})")
    return title, _tidy((templates or bundled()).render("issue.md.j2", values))


def _page(
    name: str, assessment: Assessment, limit: int, *, link: Link | None, report: str, templates: Templates | None, most: int = 20
) -> str:
    values = {**_values(assessment, link), "section": _section, "most": most}
    return _tidy(fit(parse_page((templates or bundled()).render(name, values)), limit, where=report))


def _values(assessment: Assessment, link: Link | None) -> dict[str, object]:
    """What every template may use."""
    groups = view.groups(assessment)

    def at(place: Place) -> Markup:
        # A place without a line may be a file that does not exist: that is what the finding is about.
        label = cut(str(place), PATH)
        shown = markdown_link(label, link(place)) if link is not None and place.line and label == str(place) else markdown_code(label)
        return Markup(shown)  # noqa: S704 - escaped

    def at_cell(place: Place) -> Markup:
        return Markup(pipes(at(place)))  # noqa: S704 - escaped

    return {
        "a": assessment,
        "symbol": Markup(view.SYMBOLS[assessment.status]),  # noqa: S704 - our own
        "headline": view.headline(assessment),
        "verdict": view.verdict(assessment),
        "tally": view.tally(assessment),
        "blockers": assessment.blockers,
        "blockers_by_code": view.blockers_by_code(assessment),
        "steps": view.next_steps(assessment),
        "groups": groups,
        "total": _total(groups),
        "score_rule": _score_rule(assessment),
        "open_decisions": assessment.open_decisions,
        "missing_approvals": assessment.missing_approvals,
        "required": sum(1 for each in assessment.approvals if each.required),
        "given": sum(1 for each in assessment.approvals if each.required and each.given_by is not None),
        "held": tuple(each for each in (*assessment.upstream, *assessment.downstream) if each.blocked_by),
        "unverified": view.unverified(assessment),
        "waived": view.waived(assessment),
        "deferred": assessment.deferred,
        "approvals_line": view.approvals_line(assessment),
        "replies": view.newest_replies(assessment),
        "fixed": view.fixed(assessment),
        "phases": view.phases(assessment),
        "effort": view.effort(assessment.action_items),
        "effort_of": view.effort,
        "finding_by_id": {finding.id: finding for finding in assessment.findings},
        "places_of": view.places,
        **_schedule_values(assessment),
        "cost": cost.view_of(assessment),
        "cost_line": cost.one_liner(assessment),
        "at": at,
        "at_cell": at_cell,
    }


def _schedule_values(assessment: Assessment) -> dict[str, object]:
    plan = assessment.schedule
    return {
        "schedule": plan,
        "schedule_headline": "" if plan is None else schedule.headline(plan),
        "scheduled": {} if plan is None else {item.id: item for item in plan.items},
        "gantt": "" if plan is None else gantt(plan),
        "day": schedule.day,
        "duration_of": lambda item: "" if plan is None else in_words(item.minutes, plan.hours_per_day),
        "slack_of": lambda item: "" if plan is None else schedule.slack(plan, item),
        "remedy_of": lambda one: "" if plan is None else schedule.remedy(plan, one),
        "dependency_graph": dependency_graph(assessment),
    }


def _section(title: Markup) -> Markup:
    return Markup(begin_section(title))  # noqa: S704 - the template escapes the title


def _total(groups: Iterable[view.Group]) -> CategoryScore:
    scores = [group.score for group in groups]
    return CategoryScore(
        "all",
        sum(each.passed for each in scores),
        sum(each.failed for each in scores),
        sum(each.unverified for each in scores),
        sum(each.points for each in scores),
        sum(each.possible for each in scores),
    )


def _score_rule(assessment: Assessment) -> str:
    score = assessment.score
    text = f"The score is the share of points, rounded down: {score.uncapped} of 100. Lines that could not be verified carry no points."
    capped = score.cap is not None and score.uncapped > score.cap
    return f"{text} While something blocks it is at most {score.cap}, so it counts as {score.value}." if capped else text


def _file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)[:100]


def _minutes(text: str) -> int:
    """Reading time at 200 words a minute, at least one."""
    return max(1, round(len(text.split()) / 200))


def _tidy(text: str) -> str:
    """No trailing blanks, no more than one empty line, one newline at the end."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip("\n") + "\n"
