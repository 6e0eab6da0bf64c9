"""The score: a documented sum over the checklist, so that a reader can add it up again.

Every line weighs what its check's severity weighs. The score is the weight of what passed over the weight of what passed or failed;
unverified lines carry no points either way. While something blocks, it is never above the cap: a blocked release must not look nearly done.
"""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.model import CategoryScore, ChecklistItem, Result, Score, Severity

WEIGHTS = {Severity.CRITICAL: 8, Severity.HIGH: 4, Severity.MEDIUM: 2, Severity.LOW: 1}
BLOCKED_CAP = 49


def score(checklist: tuple[ChecklistItem, ...], *, blocked: bool) -> Score:
    """The score of a checklist; 0 when nothing could be verified."""
    categories = tuple(_category(name, checklist) for name in dict.fromkeys(line.category for line in checklist))
    points, possible = sum(each.points for each in categories), sum(each.possible for each in categories)
    uncapped = 100 * points // possible if possible else 0
    cap = BLOCKED_CAP if blocked else None
    return Score(
        value=uncapped if cap is None else min(uncapped, cap),
        uncapped=uncapped,
        cap=cap,
        categories=categories,
        verified=sum(each.passed + each.failed for each in categories),
        total=len(checklist),
    )


def _category(name: str, checklist: Iterable[ChecklistItem]) -> CategoryScore:
    lines = [line for line in checklist if line.category == name]
    passed = [line for line in lines if line.result is Result.PASS]
    failed = [line for line in lines if line.result is Result.FAIL]
    points = sum(line.weight for line in passed)
    return CategoryScore(
        category=name,
        passed=len(passed),
        failed=len(failed),
        unverified=len(lines) - len(passed) - len(failed),
        points=points,
        possible=points + sum(line.weight for line in failed),
    )
