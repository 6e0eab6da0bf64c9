"""An assessment as what should be on GitHub: render's documents in publish's words."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from bbws_gate.action.verdict import state
from bbws_gate.model import Assessment, Place
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue, WantedStatus
from bbws_gate.render.documents import Link, check_output, comment, issue


def wanted_from(unassessed: Wanted, assessment: Assessment, conclusion: str, link: Link) -> Wanted:
    """``unassessed`` with the verdict in every feature that is on.

    Issues outlive commits, so their places are no links: otherwise every push would rewrite every issue.
    """
    output = check_output(assessment, link=link)
    issues = tuple(WantedIssue(item.id, *issue(assessment, item), manual=item.manual) for item in assessment.action_items)
    return replace(
        unassessed,
        check=WantedCheck(conclusion, *output) if unassessed.check is not None else None,
        status=WantedStatus(state(conclusion), output.title) if unassessed.status is not None else None,
        comment=comment(assessment, link=link, report="the job summary") if unassessed.comment is not None else None,
        issues=issues if unassessed.issues is not None else None,
    )


def links_to(server_url: str, repository: str, commit: str) -> Link:
    """Addresses of lines in files at one commit."""

    def link(place: Place) -> str:
        lines = f"#L{place.line}" + (f"-L{place.end_line}" if place.end_line > place.line else "") if place.line else ""
        return f"{server_url}/{repository}/blob/{commit}/{quote(place.path)}{lines}"

    return link
