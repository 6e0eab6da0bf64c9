"""The schedule of an assessment: when what it asks for can be done."""

from __future__ import annotations

from bbws_gate.model import Assessment, Schedule, Status
from bbws_gate.schedule import forecast
from bbws_gate.spec import PromotionSpec


def schedule_of(assessment: Assessment, spec: PromotionSpec) -> Schedule | None:
    """The plan for an assessment that is complete but for its schedule.

    Returns:
        None where nobody can say a date: the assessment failed, or something blocks that no piece of work clears.
    """
    if assessment.status is Status.ERROR:
        return None
    plan = forecast(
        assessment.action_items,
        assessment.missing_decisions,
        assessed_at=assessment.assessed_at,
        time=spec.schedule,
        target=spec.environment(assessment.environment),
        blockers=(finding.id for finding in assessment.blockers),
    )
    if assessment.status is Status.BLOCKED and plan is not None and not any(item.holds for item in plan.items):
        return None
    return plan
