from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bbws_gate.govern import Code, Deployment, Reason, verify
from bbws_gate.model import Assessment, Severity, Status
from bbws_gate.spec import Environment
from tests.govern.case import CLEO, EARLIER, HEAD, check, judge, record, remark, review

TODAY = date(2026, 1, 12)
OPEN = Environment.model_validate({})
FROZEN = Environment.model_validate({"freeze": ({"from": "2026-01-10", "until": "2026-01-12", "reason": "year end"},)})
AFTER_DEV = Environment.model_validate({"promoted_from": "dev", "deployed_first": True})


def codes(assessment: Assessment, environment: Environment = OPEN, **more: object) -> list[str]:
    found = verify(assessment, environment, **{"today": TODAY, **more})  # type: ignore[arg-type]
    assert found.allowed is not bool(found.reasons)
    return [reason.code.value for reason in found.reasons]


def ready() -> Assessment:
    return judge("", record())


def test_verify__ready_is_allowed() -> None:
    assert codes(ready()) == []
    assert codes(replace(ready(), status=Status.READY_WITH_WARNINGS)) == []


@pytest.mark.parametrize(
    ("spec", "code", "who"),
    [
        ("approvals: [{role: dba, count: 2}]\n", Code.PENDING_APPROVAL, ("dba",)),
        ("decisions: [{id: names, question: q, options: {A: a, B: b}, owners: [lead]}]\n", Code.PENDING_DECISION, ("lead",)),
        ("actions: [{id: tests, title: Test it, owner: dba}]\n", Code.PENDING_MANUAL_WORK, ("dba",)),
    ],
)
def test_verify__says_who_can_give_what_is_missing(spec: str, code: Code, who: tuple[str, ...]) -> None:
    (reason,) = verify(judge(spec, record(review())), OPEN, today=TODAY).reasons
    assert (reason.code, reason.who_can_help) == (code, who)


def test_verify__blocked_names_what_blocks() -> None:
    found = judge("", record(), check("AAA001", "big", severity=Severity.HIGH))
    (reason,) = verify(found, OPEN, today=TODAY).reasons
    assert (reason.code, reason.text, reason.who_can_help) == (Code.NOT_READY, "BLOCKED: AAA001/big", ("dba",))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": Status.ERROR, "error": "boom"}, "NO_ASSESSMENT"),
        ({"status": Status.BLOCKED}, "NOT_READY"),
        ({"status": Status.PENDING}, "NOT_READY"),
        ({"content_digest": ""}, "NO_ASSESSMENT"),
        ({"commit": "main"}, "COMMIT_UNKNOWN"),
        ({"commit": HEAD[:7]}, "COMMIT_UNKNOWN"),
        ({"commit": ""}, "COMMIT_UNKNOWN"),
    ],
)
def test_verify__fails_closed(change: dict[str, object], code: str) -> None:
    assert codes(replace(ready(), **change)) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "frozen"), [(9, False), (10, True), (12, True), (13, False)])
def test_verify__freeze_windows_include_both_ends(day: int, frozen: bool) -> None:
    assert codes(ready(), FROZEN, today=date(2026, 1, day)) == (["FROZEN"] if frozen else [])


def test_verify__lower_environment() -> None:
    found = ready()
    same = Deployment("dev", EARLIER, successful=True, content_digest=found.content_digest)
    assert codes(found, AFTER_DEV, deployments=[same]) == []
    assert codes(found, AFTER_DEV, deployments=[replace(same, commit=HEAD, content_digest=None)]) == []
    assert codes(found, AFTER_DEV) == ["LOWER_ENVIRONMENT_UNKNOWN"]
    assert codes(found, AFTER_DEV, deployments=[]) == ["LOWER_ENVIRONMENT_NOT_DEPLOYED"]
    for other, code in [
        (replace(same, environment="test"), "LOWER_ENVIRONMENT_NOT_DEPLOYED"),
        (replace(same, successful=False), "LOWER_ENVIRONMENT_NOT_DEPLOYED"),
        (replace(same, content_digest="other"), "LOWER_ENVIRONMENT_NOT_DEPLOYED"),
        (replace(same, content_digest=None), "LOWER_ENVIRONMENT_UNKNOWN"),
    ]:
        assert codes(found, AFTER_DEV, deployments=[other]) == [code]
    assert codes(found, OPEN, deployments=None) == []


def test_verify__plan_and_what_the_caller_knows() -> None:
    assert codes(ready(), plan_agrees=True) == []
    assert codes(ready(), plan_agrees=False) == ["PLAN_DIFFERS"]
    told = Reason(Code.COMMIT_UNKNOWN, "on no protected branch")
    assert codes(ready(), other_reasons=[told, told]) == ["COMMIT_UNKNOWN"]


def test_verify__an_expired_waiver_is_refused_again() -> None:
    said = record(remark("/gate waive AAA001/big until 2026-02-01 later", CLEO))
    spec, big = "governance: {waivers_by: [lead]}\n", check("AAA001", "big", severity=Severity.HIGH)
    assert codes(judge(spec, said, big, today="2026-02-01")) == []
    assert codes(judge(spec, said, big, today="2026-02-02")) == ["NOT_READY"]
