"""Readiness over time in words."""

from __future__ import annotations

from typing import NamedTuple

from bbws_gate.history import since
from bbws_gate.model import Assessment, Past, Severity
from bbws_gate.render.view import listed, plural

MAX_ROWS = 20


class Moment(NamedTuple):
    """One assessment among the others."""

    at: str
    commit: str
    status: str
    score: int
    counts: tuple[int, int, int, int]
    """Critical, high, medium, low."""
    verified: str
    """``144 of 145``; empty where that was not recorded."""


def sentence(assessment: Assessment) -> str:
    """What changed since the last assessment, in one sentence; empty without one."""
    change = since(assessment)
    if change is None:
        return ""
    was, now = change.last.status.replace("_", " "), assessment.status.value.replace("_", " ")
    status = f"{was} then, {now} now" if change.status_changed else f"still {now}"
    points = (
        f"score {change.last.score} then, {assessment.score.value} now" if change.score else f"score {assessment.score.value} as before"
    )
    numbers = ((len(change.new), "new"), (len(change.gone), "no longer open"), (len(change.still), "still open"))
    found = listed(f"{number} {word}" for number, word in numbers if number)
    findings = f"findings: {found}" if found else "no findings then or now"
    commit = f" at commit {change.last.commit[:7]}" if change.last.commit else ""
    return f"Since the last assessment ({change.last.assessed_at[:10]}{commit}): {status}, {points}; {findings}"


def moments(assessment: Assessment) -> tuple[Moment, ...]:
    """The assessments that are known, the present one last; only the newest."""
    past = tuple(_moment(each) for each in assessment.history)
    now = assessment
    counts = {severity.value: now.count(severity) for severity in Severity}
    present = Past(now.assessed_at, now.commit, now.status.value, now.score.value, counts, {}, now.score.verified, now.score.total)
    return (*past, _moment(present))[-MAX_ROWS:]


def earlier(assessment: Assessment) -> str:
    """``3 earlier assessments are known, the first of 2026-01-05``; empty without any."""
    if not assessment.history:
        return ""
    number = plural(len(assessment.history), "earlier assessment")
    return f"{number} of this project and environment, the first of {assessment.history[0].assessed_at[:10]}"


def _moment(past: Past) -> Moment:
    first, second, third, fourth = (past.counts.get(severity.value, 0) for severity in Severity)
    verified = f"{past.verified} of {past.total}" if past.total else ""
    return Moment(past.assessed_at, past.commit[:12], past.status.replace("_", " "), past.score, (first, second, third, fourth), verified)
