"""What a verdict means to GitHub and to the job: conclusion, state and exit code."""

from __future__ import annotations

from bbws_gate.model import Assessment, Severity, Status


def conclusion(assessment: Assessment, fail_on: Severity | None) -> str:
    """``success``, ``action_required`` or ``failure``; never ``neutral`` or ``skipped``, which GitHub counts as passed."""
    if assessment.status in {Status.BLOCKED, Status.ERROR} or _reaches(assessment, fail_on):
        return "failure"
    return "action_required" if assessment.status is Status.PENDING else "success"


def exit_code(assessment: Assessment, fail_on: Severity | None) -> int:
    """0 when the promotion may go ahead; 1 when something blocks, or people's decisions or approvals are missing."""
    return 0 if conclusion(assessment, fail_on) == "success" else 1


def state(conclusion: str) -> str:
    """A check run's conclusion as a commit status's state; ``pending`` does not satisfy a required status either."""
    return {"success": "success", "action_required": "pending"}.get(conclusion, "failure")


def _reaches(assessment: Assessment, fail_on: Severity | None) -> bool:
    return fail_on is not None and any(finding.severity.rank >= fail_on.rank for finding in assessment.open_findings)
