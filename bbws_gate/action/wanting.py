"""An assessment as what should be on GitHub: render's documents in publish's words."""

from __future__ import annotations

from dataclasses import replace

from bbws_gate.action.verdict import state
from bbws_gate.model import Assessment
from bbws_gate.publish.commands import Annotation
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue, WantedStatus
from bbws_gate.render.documents import check_output, comment, issue


def wanted_from(unassessed: Wanted, assessment: Assessment, conclusion: str) -> Wanted:
    """``unassessed`` with the verdict in every feature that is on."""
    output = check_output(assessment)
    annotations = tuple(
        Annotation(entry.path, entry.start_line, entry.end_line, entry.level, entry.title, entry.message) for entry in output.annotations
    )
    check = WantedCheck(conclusion, output.title, output.summary, output.text, annotations)
    issues = tuple(WantedIssue(item.id, item.title, issue(assessment, item)) for item in assessment.action_items)
    return replace(
        unassessed,
        check=check if unassessed.check is not None else None,
        status=WantedStatus(state(conclusion), output.title) if unassessed.status is not None else None,
        comment=comment(assessment) if unassessed.comment is not None else None,
        issues=issues if unassessed.issues is not None else None,
    )
