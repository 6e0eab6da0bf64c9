"""The three answers that a check can give about one subject."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.model import Evidence, Outcome, Result

_RANK = {Result.PASS: 0, Result.UNVERIFIED: 1, Result.FAIL: 2}


def passed(subject: str, item: str, *evidence: Evidence) -> Outcome:
    """It holds."""
    return Outcome(Result.PASS, subject, item, evidence)


def unverified(subject: str, item: str, reason: str, *evidence: Evidence, because_of: tuple[str, ...] = ()) -> Outcome:
    """It cannot be known from files, and why."""
    return Outcome(Result.UNVERIFIED, subject, item, evidence, reason=reason, because_of=because_of)


def failed(
    subject: str,
    item: str,
    *evidence: Evidence,
    title: str,
    expected: str,
    actual: str,
    impact: str = "",
    action: str = "",
    because_of: tuple[str, ...] = (),
) -> Outcome:
    """It does not hold: what was asked for, what is there, and the places of both."""
    return Outcome(
        Result.FAIL,
        subject,
        item,
        evidence,
        title=title,
        expected=expected,
        actual=actual,
        impact=impact,
        action=action,
        because_of=because_of,
    )


def doubted(outcome: Outcome, reason: str) -> Outcome:
    """An outcome of something that need not concern the target, for a reason: what would be a failure is unverified.

    Without a reason, the outcome as it is.
    """
    if not reason or outcome.result is not Result.FAIL:
        return outcome
    return unverified(outcome.subject, outcome.item, reason, *outcome.evidence)


def worst(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """One outcome for each subject, the worst: what runs in several variants must be right in all of them."""
    found: dict[str, Outcome] = {}
    for outcome in outcomes:
        known = found.get(outcome.subject)
        if known is None or _RANK[outcome.result] > _RANK[known.result]:
            found[outcome.subject] = outcome
    return tuple(found.values())
