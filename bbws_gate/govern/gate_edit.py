"""A change of the workflow that runs the gate: the owners of the spec approve it, as they approve a change of the spec."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.deferred import replace
from bbws_gate.model import Approval, Finding, Waiver

GATE_EDIT = "GAT007"
"""The check that finds such a change."""
GATE_SCOPE = "the changed gate workflow"


def edits_gate(found: Iterable[Finding]) -> bool:
    """Whether such a change stands and nobody has accepted it yet."""
    return any(finding.code == GATE_EDIT and finding.waiver is None and finding.state != "fixed" for finding in found)


def accept(found: tuple[Finding, ...], approvals: Iterable[Approval], today: str) -> tuple[Finding, ...]:
    """The findings; where owners are asked, their missing approval is what holds the change up, and once they all gave it, it is accepted.

    Without owners the finding itself blocks, until somebody accepts it.

    Args:
        found: the findings after waivers.
        approvals: with those of :data:`GATE_SCOPE`.
        today: ISO date, the last day of what is accepted: the next run asks for the approvals again.
    """
    asked = [approval for approval in approvals if approval.scope == GATE_SCOPE]
    if not asked:
        return found
    by = ", ".join(dict.fromkeys(login for approval in asked for login in approval.given))
    waiver = Waiver("approved by the spec's owners", by, today) if all(approval.given_by for approval in asked) else None
    return tuple(
        replace(finding, blocking=False, waiver=waiver) if finding.code == GATE_EDIT and finding.waiver is None else finding
        for finding in found
    )
