from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.action.verdict import conclusion, exit_code, state
from bbws_gate.model import Assessment, Finding, Score, Severity, Status, Waiver

FINDING = Finding("TBL001", "table/orders", Severity.HIGH, "Tables", "t", "e", "a", "i", "do", (), blocking=False)


def assessment(status: Status, *findings: Finding) -> Assessment:
    score = Score(0, 0, None, (), 0, 0)
    return Assessment("0", "p", "sit", "c", "now", status, score, findings, (), (), (), (), (), (), "spec", "digest")


@pytest.mark.parametrize(
    ("status", "expected", "code"),
    [
        (Status.READY, "success", 0),
        (Status.READY_WITH_WARNINGS, "success", 0),
        (Status.PENDING, "action_required", 1),
        (Status.BLOCKED, "failure", 1),
        (Status.ERROR, "failure", 1),
    ],
)
def test_verdict__conclusion_and_exit_code(status: Status, expected: str, code: int) -> None:
    assert conclusion(assessment(status), None) == expected
    assert exit_code(assessment(status), None) == code


@pytest.mark.parametrize(("level", "expected"), [(Severity.CRITICAL, "success"), (Severity.HIGH, "failure"), (Severity.LOW, "failure")])
def test_fail_on__blocks_from_that_severity_on(level: Severity, expected: str) -> None:
    assert conclusion(assessment(Status.READY_WITH_WARNINGS, FINDING), level) == expected


@pytest.mark.parametrize("settled", [replace(FINDING, state="fixed"), replace(FINDING, waiver=Waiver("r", "octocat", "2026-02-01"))])
def test_fail_on__fixed_and_waived_findings_do_not_count(settled: Finding) -> None:
    assert conclusion(assessment(Status.READY, settled), Severity.LOW) == "success"


def test_state__only_success_satisfies_a_required_status() -> None:
    assert [state(each) for each in ("success", "action_required", "failure", "neutral")] == ["success", "pending", "failure", "failure"]
