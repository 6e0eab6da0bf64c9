"""What another spec makes of the same commit: the difference between two assessments that differ in nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.govern.approvals import OWNERS_SCOPES
from bbws_gate.model import Assessment, Finding
from bbws_gate.model.proposal import Mark, Retrial
from bbws_gate.spec import PromotionSpec

MAX_DROPPED = 200
MAX_MARKS = 200


def retrial(now: Assessment, then: Assessment, old: PromotionSpec, new: PromotionSpec) -> Retrial:
    """What would be otherwise.

    Args:
        now: under the spec that judges.
        then: the same commit under the changed one.
        old: the spec that judges.
        new: the changed one.
    """
    lines = {(line.code, line.item) for line in then.checklist}
    dropped = tuple(line.item for line in now.checklist if (line.code, line.item) not in lines)
    keys = tuple(key for key in type(old).model_fields if getattr(old, key) != getattr(new, key))
    return Retrial(
        status=then.status.value,
        score=then.score.value,
        lines=(len(now.checklist), len(then.checklist)),
        dropped=dropped[:MAX_DROPPED],
        marks=tuple(_marks(now, then))[:MAX_MARKS],
        keys=keys,
        approvals=(_wanted(now), _wanted(then)),
    )


def _marks(now: Assessment, then: Assessment) -> Iterator[Mark]:
    """Findings that come, then those that count otherwise, then those that go."""
    before, after = _standing(now), _standing(then)
    for each in after.values():
        if each.id not in before:
            yield _mark(each, "asked for, and blocks" if each.blocking else "asked for")
    for each in after.values():
        old = before.get(each.id)
        if old is not None and old.blocking != each.blocking:
            yield _mark(each, "blocks" if each.blocking else "no longer blocks")
        elif old is not None and old.severity is not each.severity:
            yield _mark(each, f"{each.severity.value} instead of {old.severity.value}")
    there = {each.id: each for each in then.findings if each.state != "fixed"}
    for each in before.values():
        if each.id not in after:
            yield _mark(each, _why_gone(there.get(each.id)))


def _why_gone(now: Finding | None) -> str:
    if now is None:
        return "no longer asked for"
    return "waived" if now.waiver is not None else "put off"


def _standing(assessment: Assessment) -> dict[str, Finding]:
    return {finding.id: finding for finding in assessment.open_findings}


def _mark(finding: Finding, why: str) -> Mark:
    return Mark(finding.id, finding.title, finding.severity.value, why)


def _wanted(assessment: Assessment) -> str:
    """Roles whose approval is wanted for this commit by the spec's own rules."""
    wanted = [each for each in assessment.approvals if each.required and each.scope not in OWNERS_SCOPES]
    return ", ".join(dict.fromkeys(f"{each.role}{f' ({each.count})' if each.count > 1 else ''}" for each in wanted)) or "none"
