"""An assessment as what should be on GitHub: render's documents in publish's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import quote

from bbws_gate.action.verdict import state
from bbws_gate.model import Assessment, Place
from bbws_gate.publish.limits import ASSIGNEES, ISSUES
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue, WantedStatus
from bbws_gate.render.documents import Link, check_output, comment, issue
from bbws_gate.render.escape import markdown_inline, one_line

ROLL_UP = "more"
"""The key of the issue that lists what has no issue of its own."""


def wanted_from(
    unassessed: Wanted, assessment: Assessment, conclusion: str, link: Link, people: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Wanted:
    """``unassessed`` with the verdict in every feature that is on.

    Args:
        unassessed: project, commit and which features are on.
        assessment: the verdict.
        conclusion: the check run's.
        link: addresses of places.
        people: logins by role, for the issues' assignees.

    Issues outlive commits, so their places are no links: otherwise every push would rewrite every issue.
    """
    output = check_output(assessment, link=link)
    return replace(
        unassessed,
        check=WantedCheck(conclusion, *output) if unassessed.check is not None else None,
        status=WantedStatus(state(conclusion), output.title) if unassessed.status is not None else None,
        comment=comment(assessment, link=link, report="the job summary") if unassessed.comment is not None else None,
        issues=_issues(assessment, people) if unassessed.issues is not None else None,
    )


def _issues(assessment: Assessment, people: Mapping[str, tuple[str, ...]]) -> tuple[WantedIssue, ...]:
    """One per action item; beyond the cap, one more that lists the rest, so that a first run never floods a repository."""
    items = assessment.action_items
    single = items if len(items) <= ISSUES else items[: ISSUES - 1]
    wanted = [WantedIssue(item.id, *issue(assessment, item), people.get(item.owner, ())[:ASSIGNEES], item.manual) for item in single]
    rest = items[len(single) :]
    if rest:
        lines = [f"- **{item.severity.value}** {markdown_inline(item.title, 200)}: {markdown_inline(item.owner, 80)}" for item in rest]
        more = f" and {len(lines) - 200} more" if len(lines) > 200 else ""
        title = f"{len(rest)} more action items ({one_line(assessment.project)}, {one_line(assessment.environment)})"
        text = "\n".join((f"The first {len(single)} action items have issues of their own. These follow{more}:", "", *lines[:200]))
        wanted.append(WantedIssue(ROLL_UP, title, text))
    return tuple(wanted)


def links_to(server_url: str, repository: str, commit: str) -> Link:
    """Addresses of lines in files at one commit."""

    def link(place: Place) -> str:
        lines = f"#L{place.line}" + (f"-L{place.end_line}" if place.end_line > place.line else "") if place.line else ""
        return f"{server_url}/{repository}/blob/{commit}/{quote(place.path)}{lines}"

    return link
