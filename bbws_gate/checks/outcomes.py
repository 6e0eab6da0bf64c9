"""The three answers that a check can give about one subject."""

from __future__ import annotations

from bbws_gate.model import Evidence, Outcome, Result


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
