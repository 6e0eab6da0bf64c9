"""Examples worked by hand from the price table: three tables, daily copies, three regions; they come out to the cent."""

from __future__ import annotations

from typing import Any

import pytest

from bbws_gate.model.cost import down, up
from tests.cost.case import backup, cents, cost_of, table

TABLES = table("a", stream=True) + table("b", stream=True) + table("c")
ALL = TABLES + backup()


def used(**keys: float) -> dict[str, Any]:
    return {"aws_dynamodb_table": keys}


LOW_USE: dict[str, Any] = {
    "usage": used(
        monthly_write_request_units=100_000, monthly_read_request_units=500_000, storage_gb=0.1, monthly_streams_read_request_units=500_000
    ),
    # Streams are read by Lambda at the low end, by something else at the high one.
    "spread": "{low: 1, high: 5, keys: {monthly_streams_read_request_units: {low: 0, high: 1}}}",
}


@pytest.mark.parametrize(
    ("region", "low", "high"), [("eu-west-1", "0.95", "5.41"), ("af-south-1", "1.13", "6.44"), ("us-east-1", "0.85", "4.85")]
)
def test_low_use__total_to_the_cent_in_each_region(region: str, low: str, high: str) -> None:
    found = cost_of(ALL, LOW_USE, region=region)
    assert found.high is not None
    assert (str(down(found.low)), str(up(found.high))) == (low, high)


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        ("dynamodb.write", "0.21", "1.06"),
        ("dynamodb.read", "0.21", "1.06"),
        ("dynamodb.storage", "0.00", "0.42"),
        ("dynamodb.pitr", "0.07", "0.33"),
        ("dynamodb.streams", "0.00", "0.23"),
        ("backup.dynamodb", "0.46", "2.31"),
    ],
)
def test_low_use__each_line_to_the_cent(item: str, low: str, high: str) -> None:
    assert cents(cost_of(ALL, LOW_USE), item) == (low, high)


def three(writes: float, reads: float, streams: float, size: float) -> dict[str, Any]:
    """Use of three tables, stated in sums: the first has all requests. Free tiers are used up elsewhere: the high end counts."""
    requests = {"monthly_write_request_units": writes, "monthly_read_request_units": reads, "monthly_streams_read_request_units": streams}
    none = dict.fromkeys(requests, 0)
    return {"usage": {f"aws_dynamodb_table.{name}": {**(requests if name == "a" else none), "storage_gb": size} for name in "abc"}}


@pytest.mark.parametrize(
    ("use", "lines", "total"),
    [
        (three(2e6, 7.5e6, 9e6, 3), ("1.41", "1.06", "2.55", "1.98", "2.03", "13.86"), "22.89"),
        (three(4e6, 15e6, 20e6, 6), ("2.82", "2.12", "5.09", "3.96", "4.52", "27.72"), "46.24"),
    ],
)
def test_reported_range__each_end_to_the_cent(use: dict[str, Any], lines: tuple[str, ...], total: str) -> None:
    found = cost_of(ALL, use)
    items = ("dynamodb.write", "dynamodb.read", "dynamodb.storage", "dynamodb.pitr", "dynamodb.streams", "backup.dynamodb")
    assert tuple(cents(found, item)[1] for item in items) == lines
    assert found.high is not None
    # The lower example is the low end of its range and rounded down, the upper one rounded up.
    assert total in (str(down(found.high)), str(up(found.high)))


@pytest.mark.parametrize(
    ("schedule", "days", "cost"),
    [
        ("cron(0 5 * * ? *)", 14, "2.31"),
        ("cron(0 * * * ? *)", 7, "27.72"),
        ("rate(1 hour)", 14, "55.44"),
        ("cron(0 * * * ? *)", 30, "118.80"),
    ],
)
def test_backup__copies_from_schedule_and_retention(schedule: str, days: int, cost: str) -> None:
    found = cost_of(TABLES + backup(schedule, days), {"usage": used(storage_gb=0.5)})
    assert cents(found, "backup.dynamodb") == (cost, cost)
