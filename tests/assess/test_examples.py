"""The bundled examples, assessed as a whole: exactly what a person who has read them would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.assess import assess
from bbws_gate.evidence.collect import collect
from bbws_gate.model import Assessment, Result, Severity, Status
from bbws_gate.notation import yaml
from bbws_gate.notation.node import plain
from bbws_gate.repository import WorkTree
from bbws_gate.spec import load_spec
from tests.assess.mutations import places

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SPEC = ".github/promotion.yml"


def assessed(example: str, environment: str) -> Assessment:
    repository = WorkTree(EXAMPLES / example)
    evidence = collect(repository, load_spec(repository.read(SPEC), SPEC), environment)
    return assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")


@pytest.fixture(scope="module")
def blocked() -> Assessment:
    return assessed("bbws_dynamodb_schemas", "sit")


@pytest.mark.parametrize("example", ["bbws_dynamodb_schemas", "shop_buckets"])
def test_blocked_example__finds_what_the_answer_key_says_and_nothing_else(example: str) -> None:
    name = f"{example}.expected.yaml"
    key = plain(yaml.parse((EXAMPLES / name).read_bytes(), name))
    found = assessed(example, "sit")
    assert found.status is Status.BLOCKED
    assert isinstance(key, dict)
    assert {finding.id for finding in found.findings} == set(key)
    for finding in found.findings:
        seen = {str(place) for place in places(finding.evidence)}
        wanted = key[finding.id]
        assert isinstance(wanted, tuple)
        assert set(wanted) <= seen, finding.id


def test_blocked_example__the_five_blockers_are_critical(blocked: Assessment) -> None:
    assert blocked.status is Status.BLOCKED
    critical = {finding.code for finding in blocked.findings if finding.severity is Severity.CRITICAL and finding.blocking}
    assert critical >= {"TBL001", "IDX001", "BAK001", "VAL001", "NAM001"}


def test_blocked_example__everything_in_it_can_be_verified(blocked: Assessment) -> None:
    assert [line.item for line in blocked.checklist if line.result is Result.UNVERIFIED] == []
    assert blocked.score.value == 49 < blocked.score.uncapped


def test_blocked_example__says_who_waits_for_it(blocked: Assessment) -> None:
    waiting = {dependent.project: dependent.blocked_by for dependent in blocked.downstream}
    assert "TBL001/table/orders" in waiting["order_lambda"]
    assert "TBL001/table/users" in waiting["tenant_services"]
    assert "TBL001/table/users" not in waiting["order_lambda"]


@pytest.mark.parametrize("environment", ["dev", "sit"])
def test_ready_example__has_no_findings_and_nothing_unverified(environment: str) -> None:
    found = assessed("orders_ready", environment)
    assert found.findings == ()
    assert [line.item for line in found.checklist if line.result is Result.UNVERIFIED] == []
    assert (found.status, found.score.value, found.notes) == (Status.READY, 100, ())
