from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.cost import estimate
from bbws_gate.cost.prices import OLD_AFTER_DAYS, bundled
from bbws_gate.model.cost import CostEstimate
from tests.cost.case import TODAY, backup, cents, cost_of, project, table

KEYS = (
    "monthly_write_request_units",
    "monthly_read_request_units",
    "storage_gb",
    "pitr_backup_storage_gb",
    "on_demand_backup_storage_gb",
    "monthly_data_restored_gb",
    "monthly_streams_read_request_units",
)
ONE = table("a", stream=True)
FULL = dict.fromkeys(KEYS, 1_000_000)


def ends(found: CostEstimate) -> dict[str, tuple[Decimal, Decimal | None]]:
    return {line.price.id: (line.low, line.high) for line in found.lines}


@pytest.mark.parametrize("key", KEYS)
def test_estimate__one_usage_key_moves_one_line(key: str) -> None:
    before = ends(cost_of(ONE, {"usage": {"aws_dynamodb_table.a": FULL}}))
    after = ends(cost_of(ONE, {"usage": {"aws_dynamodb_table.a": {**FULL, key: 50_000_000}}}))
    assert len(before) == len(KEYS)
    assert sum(before[item] != after[item] for item in before) == 1


def test_estimate__storage_is_what_recovery_and_backups_are_billed_on_unless_stated() -> None:
    terraform = ONE + backup(days=10)
    before = ends(cost_of(terraform, {"usage": {"aws_dynamodb_table.a": {"storage_gb": 100}}}))
    after = ends(cost_of(terraform, {"usage": {"aws_dynamodb_table.a": {"storage_gb": 200}}}))
    moved = {item for item in before if before[item] != after[item]}
    assert moved == {"dynamodb.storage", "dynamodb.pitr", "backup.dynamodb"}
    assert after["backup.dynamodb"] == (Decimal(220), Decimal(220))


def test_estimate__a_vault_may_state_the_size_of_its_backups() -> None:
    use = {"aws_dynamodb_table.a": {"storage_gb": 100}, "aws_backup_vault.main": {"monthly_dynamodb_backup_gb": 3}}
    assert cents(cost_of(ONE + backup(), {"usage": use}), "backup.dynamodb") == ("0.33", "0.33")


@pytest.mark.parametrize(
    ("selection", "known"),
    [("aws_dynamodb_table.a.arn", True), ('"arn:aws:dynamodb:*:*:table/a"', True), ("var.unknown", False)],
)
def test_backup__only_tables_that_a_selection_takes_in(selection: str, known: bool) -> None:
    terraform = ONE + table("b") + backup(tables=selection) + 'variable "unknown" {}'
    found = cost_of(terraform, {"usage": {"aws_dynamodb_table": {"storage_gb": 1}}})
    assert cents(found, "backup.dynamodb") == (("1.54", "1.54") if known else ("0.00", None))


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (backup(schedule="cron(x)"), "schedule: cannot be counted"),
        (backup(days="null"), "kept for ever"),
        (backup(days="var.days") + 'variable "days" {}', "delete_after: "),
    ],
)
def test_backup__what_cannot_be_counted_is_unknown(plan: str, why: str) -> None:
    found = cost_of(ONE + plan, {"usage": {"aws_dynamodb_table": {"storage_gb": 1}}})
    line = next(line for line in found.lines if line.price.id == "backup.dynamodb")
    assert (line.high, found.high) == (None, None)
    assert why in line.charges[0].assumption


def test_estimate__without_usage_nothing_is_known_and_nothing_is_zero() -> None:
    found = cost_of(ONE)
    assert {line.high for line in found.lines} == {None}
    assert not found.complete
    assert found.known_high == 0
    assert found.high is None


def test_estimate__free_priced_and_unpriced_resources_are_told_apart() -> None:
    found = cost_of(
        """
        resource "aws_iam_role" "r" {}
        resource "aws_kms_key" "k" {}
        resource "aws_neptune_cluster" "n" {}
        resource "random_id" "i" {}
        resource "aws_backup_vault" "v" { name = "v" }
        data "aws_neptune_engine_version" "e" {}
        """,
        {"usage": {"aws_kms_key": {"monthly_requests": 0}}},
    )
    assert found.free == ("aws_backup_vault.v", "aws_iam_role.r", "random_id.i")
    assert [(each.address, each.reason) for each in found.not_priced] == [("aws_neptune_cluster.n", "no price for aws_neptune_cluster")]
    assert cents(found, "kms.key") == ("1.00", "1.00")
    assert found.high is None


@pytest.mark.parametrize(
    ("region", "provider", "priced_in"),
    [
        ("eu-west-1", 'provider "aws" { region = "af-south-1" }', "eu-west-1"),
        ("", 'provider "aws" { region = "af-south-1" }', "af-south-1"),
        ("", "", None),
        ("eu-north-1", "", None),
    ],
)
def test_estimate__region_of_the_environment_then_of_the_provider(region: str, provider: str, priced_in: str | None) -> None:
    found = cost_of(f'{provider}\nresource "aws_kms_key" "k" {{}}', region=region)
    assert {line.price.region for line in found.lines} == ({priced_in} if priced_in else set())
    assert bool(found.not_priced) == (priced_in is None)


def test_estimate__another_provider_configuration_has_its_own_region() -> None:
    found = cost_of(
        """
        provider "aws" { region = "eu-west-1" }
        provider "aws" {
          alias  = "edge"
          region = "us-east-1"
        }
        resource "aws_kms_key" "k" { provider = aws.edge }
        """
    )
    assert {line.price.region for line in found.lines} == {"us-east-1"}


def test_estimate__a_number_of_instances_that_nobody_knows_is_unknown() -> None:
    found = cost_of('variable "n" {}\nresource "aws_cloudwatch_dashboard" "d" { count = var.n }')
    assert [(line.low, line.high) for line in found.lines] == [(0, None)]


def test_estimate__usage_of_nothing_is_noted() -> None:
    found = cost_of(ONE, {"usage": {"aws_dynamodb_table.orders": {"storage_gb": 1}, "aws_dynamodb_table.*": {"storage_gb": 1}}})
    assert found.notes == ("cost.usage of aws_dynamodb_table.orders: there is no such resource",)


@pytest.mark.parametrize(("days", "warned"), [(OLD_AFTER_DAYS, False), (OLD_AFTER_DAYS + 1, True)])
def test_estimate__old_prices_are_named(days: int, warned: bool) -> None:
    found = estimate(project(ONE, {}), today=bundled().compiled + timedelta(days=days))
    assert any("days old" in note for note in found.notes) is warned


def test_estimate__a_day_before_the_snapshot_is_no_age() -> None:
    assert bundled().age(date(2020, 1, 1)) == 0


def test_estimate__the_environment_overrides_the_project_key_by_key() -> None:
    cost = {"usage": {"aws_dynamodb_table": {"storage_gb": 10, "pitr_backup_storage_gb": 10}}}
    found = estimate(project(ONE, cost, sit="cost: {usage: {aws_dynamodb_table.a: {storage_gb: 1}}}"), today=TODAY)
    assert (cents(found, "dynamodb.storage")[1], cents(found, "dynamodb.pitr")[1]) == ("0.28", "2.20")


NUMBERS = st.decimals(min_value=0, max_value=10**12, places=3)
USES = st.fixed_dictionaries(dict.fromkeys(KEYS, NUMBERS))


def of(uses: list[dict[str, Any]], order: list[int], spread: str = "{low: 0.5, high: 2}") -> CostEstimate:
    names = [f"t{position}" for position in order]
    usage = {f"aws_dynamodb_table.t{position}": use for position, use in enumerate(uses)}
    return cost_of("".join(table(name, stream=True) for name in names), {"usage": usage, "spread": spread})


@settings(max_examples=25, deadline=None)
@given(uses=st.lists(USES, min_size=1, max_size=3), which=st.integers(0, 2), key=st.sampled_from(KEYS), more=NUMBERS)
def test_estimate__low_is_not_above_high_and_more_use_never_costs_less(
    uses: list[dict[str, Any]], which: int, key: str, more: Decimal
) -> None:
    order = list(range(len(uses)))
    before = of(uses, order)
    assert before.high is not None
    assert all(line.high is not None and line.low <= line.high for line in before.lines)
    grown = [dict(use) for use in uses]
    grown[which % len(uses)][key] += more
    after = of(grown, order)
    assert after.high is not None
    assert after.low >= before.low
    assert after.high >= before.high


@settings(max_examples=20, deadline=None)
@given(data=st.data(), uses=st.lists(USES, min_size=2, max_size=4))
def test_estimate__the_order_of_resources_does_not_matter(data: st.DataObject, uses: list[dict[str, Any]]) -> None:
    order = data.draw(st.permutations(range(len(uses))))
    one, other = of(uses, list(range(len(uses)))), of(uses, order)
    assert [(line.price, line.low, line.high) for line in one.lines] == [(line.price, line.low, line.high) for line in other.lines]
