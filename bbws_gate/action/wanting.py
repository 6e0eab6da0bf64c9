"""An assessment as what should be on GitHub: render's documents in publish's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import quote

from bbws_gate.action.verdict import state
from bbws_gate.model import ActionItem, Assessment, Place
from bbws_gate.model.record import Reply
from bbws_gate.publish.limits import ASSIGNEES, ISSUES
from bbws_gate.publish.marker import status_marker
from bbws_gate.publish.reading.record import Reading
from bbws_gate.publish.wanted import TRACKING, Wanted, WantedCheck, WantedIssue, WantedMilestone, WantedReaction, WantedStatus
from bbws_gate.render import conversation
from bbws_gate.render.context import Link
from bbws_gate.render.documents import check_output, comment, issue
from bbws_gate.render.escape import markdown_inline, one_line
from bbws_gate.render.templates import Templates

ROLL_UP = "more"
"""The key of the issue that lists what has no issue of its own."""
ACCEPTED, REFUSED = "+1", "confused"
MAX_REACTIONS = 20
"""Reactions of one run; the next one goes on."""


def wanted_from(
    unassessed: Wanted,
    assessment: Assessment,
    conclusion: str,
    link: Link,
    *,
    people: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    reading: Reading | None = None,
    templates: Templates | None = None,
    report: str = "the job summary",
) -> Wanted:
    """``unassessed`` with the verdict in every feature that is on.

    Args:
        unassessed: project, commit and which features are on.
        assessment: the verdict.
        conclusion: the check run's.
        link: addresses of places.
        people: logins by role, for the issues' assignees.
        reading: what people said, and how they were answered so far.
        templates: a team's own.
        report: where to find what does not fit, as Markdown.

    Issues outlive commits, so their places are no links: otherwise every push would rewrite every issue.
    """
    output = check_output(assessment, link=link, report=report, templates=templates)
    said = comment(assessment, link=link, report=report, templates=templates) + conversation.answers(assessment.replies)
    said += f"\n{status_marker(assessment.status.value)}\n"
    return replace(
        unassessed,
        check=WantedCheck(conclusion, *output) if unassessed.check is not None else None,
        status=WantedStatus(state(conclusion), output.title) if unassessed.status is not None else None,
        comment=said if unassessed.comment is not None else None,
        issues=_issues(assessment, people, reading, templates) if unassessed.issues is not None else None,
        milestone=_milestone(assessment),
        reactions=_reactions(assessment.replies, reading) if unassessed.comment is not None else (),
    )


def not_applicable(unassessed: Wanted, assessment: Assessment) -> Wanted:
    """What is wanted where a change does not concern the project: success with the reason, no comment of its own, no issue kept open."""
    said = conversation.not_applicable(assessment.project, assessment.environment)
    title, text = said["title"], said["text"]
    return replace(
        unassessed,
        check=WantedCheck("success", title, text, "") if unassessed.check is not None else None,
        status=WantedStatus("success", title) if unassessed.status is not None else None,
        comment=f"**{title}.**\n\n{text}\n" if unassessed.comment is not None else None,
        comment_if_present=True,
        issues=() if unassessed.issues is not None else None,
    )


def _issues(
    assessment: Assessment, people: Mapping[str, tuple[str, ...]], reading: Reading | None, templates: Templates | None
) -> tuple[WantedIssue, ...]:
    """One per open decision and per action item; beyond the cap, one that lists the rest; one above all of them.

    Decisions come first: much of the other work waits for them. The cap keeps a first run from flooding a repository.
    """
    waiting = {finding: f"decision/{each.id}" for each in assessment.open_decisions for finding in each.findings}
    wanted = [
        WantedIssue(
            f"decision/{each.id}", *conversation.decision_issue(assessment, each), _people(each.owners, people), labels=("decision",)
        )
        for each in assessment.open_decisions
    ]
    wanted += [_item_issue(assessment, item, people, waiting, reading, templates=templates) for item in assessment.action_items]
    items = {each.id: each for each in assessment.action_items}
    if len(wanted) > ISSUES:
        rest = [items[each.item] for each in wanted[ISSUES - 1 :] if each.item in items]
        wanted = [*wanted[: ISSUES - 1], _roll_up(assessment, rest, ISSUES - 1)]
    if wanted:
        wanted.insert(0, WantedIssue(TRACKING, *conversation.tracking_issue(assessment)))
    return tuple(wanted)


def _item_issue(
    assessment: Assessment,
    item: ActionItem,
    people: Mapping[str, tuple[str, ...]],
    waiting: Mapping[str, str],
    reading: Reading | None,
    *,
    templates: Templates | None,
) -> WantedIssue:
    title, text = issue(assessment, item, templates=templates)
    if item.manual:
        unknown = reading is None or "threads" in reading.record.unreadable
        done = item.done_by is not None
        return WantedIssue(item.id, title, text, _people((item.owner,), people), leave_closed=done or unknown, labels=("manual",))
    blocked_by = tuple(dict.fromkeys(waiting[finding] for finding in item.findings if finding in waiting))
    return WantedIssue(item.id, title, text + conversation.way_to_waive(item), _people((item.owner,), people), blocked_by=blocked_by)


def _roll_up(assessment: Assessment, rest: list[ActionItem], single: int) -> WantedIssue:
    lines = [f"- **{item.severity.value}** {markdown_inline(item.title, 200)}: {markdown_inline(item.owner, 80)}" for item in rest]
    more = f" and {len(lines) - 200} more" if len(lines) > 200 else ""
    title = f"{len(rest)} more action items ({one_line(assessment.project)}, {one_line(assessment.environment)})"
    text = "\n".join((f"The first {single} have issues of their own. These follow{more}:", "", *lines[:200]))
    return WantedIssue(ROLL_UP, title, text)


def _people(roles: tuple[str, ...], people: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(login for role in roles for login in people.get(role, ())))[:ASSIGNEES]


def _milestone(assessment: Assessment) -> WantedMilestone | None:
    if assessment.target_date is None:
        return None
    return WantedMilestone(f"{assessment.project}: {assessment.environment} on {assessment.target_date}", assessment.target_date)


def _reactions(replies: tuple[Reply, ...], reading: Reading | None) -> tuple[WantedReaction, ...]:
    """One answer for each comment with commands; refused when any of them was."""
    answered: dict[int, bool] = {}
    for reply in replies:
        answered[reply.remark] = answered.get(reply.remark, True) and reply.accepted
    present = reading.reactions if reading is not None else {}
    wanted = (WantedReaction(remark, ACCEPTED if good else REFUSED) for remark, good in answered.items() if remark in present)
    return tuple(each for each in wanted if each.content not in present[each.comment])[-MAX_REACTIONS:]


def links_to(server_url: str, repository: str, commit: str) -> Link:
    """Addresses of lines in files at one commit."""

    def link(place: Place) -> str:
        lines = f"#L{place.line}" + (f"-L{place.end_line}" if place.end_line > place.line else "") if place.line else ""
        return f"{server_url}/{repository}/blob/{commit}/{quote(place.path)}{lines}"

    return link
