from __future__ import annotations

import pytest

from bbws_gate.model import Finding, Severity
from bbws_gate.spec import Condition


def finding(severity: Severity = Severity.HIGH, category: str = "Backup", code: str = "BKP001", subject: str = "backup/vault") -> Finding:
    return Finding(code, subject, severity, category, "", "", "", "", "", (), blocking=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity >= high", True),
        ("severity > high", False),
        ("severity == high", True),
        ("severity != high", False),
        ("severity <= medium", False),
        ("severity < critical", True),
        ("category == Backup", True),
        ("category != Backup", False),
        ("code == BKP*", True),
        ("subject == backup/*", True),
        ("subject == table/*", False),
        ("environment == prod", True),
        ("environment != prod", False),
        ("environment == prod and severity >= high", True),
        ("environment == sit and severity >= high", False),
        ("category == Backup and severity == critical", False),
    ],
)
def test_holds__one_high_finding_in_prod(text: str, expected: bool) -> None:
    assert Condition.read(text).holds("prod", [finding()]) is expected


def test_holds__all_terms_of_one_and_the_same_finding() -> None:
    findings = [finding(Severity.CRITICAL, "Tags"), finding(Severity.LOW, "Backup")]
    assert not Condition.read("category == Backup and severity >= high").holds("sit", findings)


def test_holds__without_findings_only_the_environment_counts() -> None:
    assert not Condition.read("severity >= low").holds("sit", [])
    assert Condition.read("environment == sit").holds("sit", [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "severity",
        "severity >= bad",
        "severity ~ high",
        "cost > 5",
        "category > Backup",
        "a == b or c == d",
        "severity >= high and",
        5,
        None,
    ],
)
def test_read__what_is_no_condition(text: object) -> None:
    with pytest.raises(ValueError, match=r"condition|severity|asked|compared"):
        Condition.read(text)
