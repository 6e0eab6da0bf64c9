"""Findings that a decision put off: shown apart, blocking nothing here, and standing in the way of whoever needs what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bbws_gate.deferred import replace
from bbws_gate.govern.patterns import matches, puts_off
from bbws_gate.model import Finding
from bbws_gate.spec import PromotionSpec


def defer(
    found: Iterable[Finding], deferrals: Mapping[str, tuple[str, ...]], spec: PromotionSpec
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, those that decisions put off marked with the decision's id; and a note for each pattern that has no effect.

    Args:
        found: findings.
        deferrals: patterns by decision.
        spec: what it marks as never waivable is never put off either.
    """
    result, notes = tuple(found), []
    for decision, patterns in deferrals.items():
        for pattern in patterns:
            open_ = [finding.state != "fixed" and not finding.deferred for finding in result]
            hits = [free and puts_off(finding, pattern, spec) for finding, free in zip(result, open_, strict=True)]
            meant = any(free and matches(finding.id, pattern) for finding, free in zip(result, open_, strict=True))
            if meant and not any(hits):
                notes.append(f"decision {decision} does not put off {pattern}: it stands for more, or for what can never be waived")
            result = tuple(replace(each, deferred=decision) if hit else each for each, hit in zip(result, hits, strict=True))
    return result, tuple(notes)
