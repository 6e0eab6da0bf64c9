from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.cost import estimate, with_report
from bbws_gate.cost.infracost import read_report
from bbws_gate.errors import UsageError
from bbws_gate.model.cost import CostEstimate
from tests.cost.case import TODAY, project

TERRAFORM = 'resource "aws_neptune_cluster" "n" {}\nresource "aws_cloudwatch_dashboard" "d" {}'
NAME = "aws_neptune_cluster.n"


def old(**more: Any) -> dict[str, Any]:
    """``infracost breakdown --format json`` of v0.10, cut to what matters."""
    component = {"name": "Storage", "unit": "GB", "price": "0.1", "monthlyQuantity": "100", "monthlyCost": "10", "usageBased": True}
    resource = {"name": NAME, "resourceType": "aws_neptune_cluster", "monthlyCost": "60", "monthlyUsageCost": "10"}
    metadata = {"path": "infra", "type": "terraform_dir", "terraformWorkspace": "sit"}
    breakdown = {"resources": [{**resource, "costComponents": [component], "subresources": []}], "totalMonthlyCost": "63"}
    whole = {"version": "0.2", "currency": "USD", "timeGenerated": "2026-11-01T10:00:00Z", "metadata": {"vcsCommitSha": "a" * 40}}
    return {**whole, "projects": [{"name": "acme/shop/infra", "metadata": metadata, "breakdown": breakdown}], **more}


def new(**more: Any) -> dict[str, Any]:
    """``infracost scan --json`` of v2."""
    component = {"name": "Storage", "unit": "GB", "price": "0.1", "quantity": "100"}
    costs = {"base_monthly_cost": "50", "usage_monthly_cost": 10, "total_monthly_cost": "60"}
    resource = {"name": NAME, "type": "aws_neptune_cluster", "is_supported": True, "is_free": False}
    resources = [{**resource, "cost_components": [], "subresources": [{"name": "sub", "cost_components": [{**component, **costs}]}]}]
    return {"currency": "USD", "projects": [{"project_name": "shop", "path": "infra", "resources": resources, "diagnostics": []}], **more}


def read(data: Any) -> Any:
    return read_report(json.dumps(data).encode(), "infracost.json")


def beside(data: Any, terraform: str = TERRAFORM, spread: str = "{low: 0.5, high: 2}", commit: str = "") -> CostEstimate:
    it = project(terraform, {"spread": spread})
    return with_report(estimate(it, today=TODAY), read(data), it, commit=commit)


@pytest.mark.parametrize("data", [old(), new()])
def test_report__prices_what_has_no_price_here(data: dict[str, Any]) -> None:
    found = beside(data)
    assert found.not_priced == ()
    line = next(line for line in found.lines if line.price.service == "Infracost")
    assert (line.charges[0].address, line.low, line.high) == (NAME, 55, 70)
    assert found.high == Decimal(73)


@pytest.mark.parametrize(("data", "form", "total"), [(old(), "v0.10", 63), (new(), "v2", 60)])
def test_report__total_is_a_second_opinion(data: dict[str, Any], form: str, total: int) -> None:
    imported = beside(data).imported
    assert imported is not None
    assert (imported.form, imported.total) == (form, total)


def changed(data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """With other fields in the one project."""
    return {**data, "projects": [{**data["projects"][0], **fields}]}


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (old(currency="EUR"), "not used: it is in EUR"),
        (old(projects=[]), "none of its projects is this one (no project)"),
        (old(projects=[old()["projects"][0], old()["projects"][0]]), "none of its projects is this one"),
        (changed(new(), path="elsewhere"), "is about elsewhere, not infra"),
        (changed(new(), diagnostics=[{"message": "no\nmodule", "severity": "error"}]), "Infracost: no module"),
        (old(), "of commit aaaaaaaaaaaa, not of bbbbbbbbbbbb"),
    ],
)
def test_report__doubts_are_named(data: dict[str, Any], note: str) -> None:
    imported = beside(data, commit="b" * 40).imported
    assert imported is not None
    assert note in " ".join(imported.notes)


def test_report__of_several_projects_the_environments_counts() -> None:
    other = {**old()["projects"][0], "name": "dev", "metadata": {"path": "infra", "terraformWorkspace": "dev"}}
    imported = beside(old(projects=[other, old()["projects"][0]])).imported
    assert imported is not None
    assert imported.project == "acme/shop/infra"


@pytest.mark.parametrize("field", ["monthlyCost", "priceNotFound"])
def test_report__what_it_does_not_know_either_stays_without_price(field: str) -> None:
    data = old()
    data["projects"][0]["breakdown"]["resources"][0]["costComponents"][0][field] = True if field == "priceNotFound" else None
    assert [each.address for each in beside(data).not_priced] == [NAME]


def test_report__our_own_prices_are_not_counted_twice() -> None:
    data = old()
    data["projects"][0]["breakdown"]["resources"][0]["name"] = "aws_cloudwatch_dashboard.d"
    assert beside(data, terraform='resource "aws_cloudwatch_dashboard" "d" {}').high == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"Project: main\n", "infracost scan --json"),
        (b"[]", "the file is not an object"),
        (b"{}", "it has no projects"),
        (b'{"projects": 3}', "projects is not a list"),
        (b'{"projects": [3]}', "a project is not an object"),
        (b'{"projects": [{}]}', "neither version nor project_name"),
        (b'{"version": "0.2", "projects": [{"metadata": 3}]}', "metadata of a project is not an object"),
        (b"[" * 100_000, "nested"),
        (b'{"version": NaN}', "NaN"),
    ],
)
def test_read_report__refuses_what_is_none(text: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_report(text, "infracost.json")


@pytest.mark.parametrize("amount", ["-1", "NaN", "1e999999999", "x", "9" * 100, True, [], {}])
def test_read_report__refuses_amounts_that_are_none(amount: Any) -> None:
    data = old()
    data["projects"][0]["breakdown"]["resources"][0]["monthlyCost"] = amount
    with pytest.raises(UsageError, match=r"infracost.json"):
        read(data)


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
KEYS = st.sampled_from(
    [
        "version",
        "projects",
        "name",
        "metadata",
        "breakdown",
        "resources",
        "costComponents",
        "subresources",
        "monthlyCost",
        "project_name",
        "cost_components",
        "total_monthly_cost",
        "diagnostics",
        "path",
        "currency",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20))
def test_read_report__any_json_is_a_report_or_refused(data: Any) -> None:
    try:
        report = read(data)
    except UsageError as refused:
        assert refused.mend  # noqa: PT017 - either way is right
    else:
        assert report.form in ("v0.10", "v2")
