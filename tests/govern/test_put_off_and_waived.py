"""A finding that a decision puts off and that somebody accepts as well: the decision comes first, and nothing is counted twice."""

from __future__ import annotations

from bbws_gate.model import Severity, Status
from tests.govern.case import CLEO, check, judge, record, remark

SPEC = """\
decisions: [{id: names, question: q, options: {A: a, B: {text: b, defers: [BBB001/big]}}, owners: [lead]}]
governance: {waivers_by: [lead]}
"""
BIG = check("BBB001", "big", severity=Severity.HIGH)
DECIDED = remark("/gate decide names B", CLEO, id_=1, at=10)
WAIVED = remark("/gate waive BBB001/big until 2026-02-01 later", CLEO, id_=2, at=11)


def test_put_off_and_waived__is_put_off_and_the_waiver_waits() -> None:
    found = judge(SPEC, record(DECIDED, WAIVED), BIG)
    (finding,) = [each for each in found.findings if each.id == "BBB001/big"]
    assert (bool(finding.deferred), finding.waiver) == (True, None)
    assert found.status is Status.READY
    assert [reply.accepted for reply in found.replies] == [True, False]
    assert "put off already" in found.replies[1].text


def test_put_off_and_waived__waiver_counts_once_the_decision_is_another() -> None:
    other = remark("/gate decide names A", CLEO, id_=3, at=12)
    found = judge(SPEC, record(DECIDED, WAIVED, other), BIG)
    (finding,) = [each for each in found.findings if each.id == "BBB001/big"]
    assert (bool(finding.deferred), finding.waiver is not None) == (False, True)
    assert found.status is Status.READY
    assert found.replies[1].accepted
