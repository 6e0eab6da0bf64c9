from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

TOPIC = """
resource "aws_sns_topic" "orders" {
  name = "orders"
}
"""
UNKNOWN_TYPE = 'resource "aws_neptune_cluster" "graph" {}\n'
BUDGET = "environment/budget"


def granted(monthly: object, currency: str = "USD") -> str:
    return f"account: '444455556666'\nregion: eu-west-1\nbudget: {{monthly: {monthly}, currency: {currency}}}"


def used(requests: object, spread: str = "") -> str:
    """$0.50 for each million, the first million free at the low end."""
    return f"cost: {{usage: {{aws_sns_topic: {{monthly_requests: {requests}}}}}{spread}}}"


CASES = [
    Case("CST001", "no budget", {}, TOPIC, spec=used(10**6)),
    Case("CST001", "no use, no cost", {BUDGET: "pass"}, TOPIC, environment=granted(0), spec=used(0)),
    Case("CST001", "within", {BUDGET: "pass"}, TOPIC, environment=granted(5), spec=used(10**7)),
    Case("CST001", "exactly the low end", {BUDGET: "pass"}, TOPIC, environment=granted(4.5), spec=used(10**7)),
    Case(
        "CST001",
        "low end above",
        {BUDGET: "fail"},
        TOPIC,
        environment=granted(4.49),
        spec=used(10**7),
        says="at least 4.50 USD",
        at="infra/main.tf:1",
    ),
    Case("CST001", "only the high end above", {BUDGET: "pass"}, TOPIC, environment=granted(4.99), spec=used(10**7)),
    Case("CST001", "use not stated", {BUDGET: "unverified"}, TOPIC, environment=granted(5), says="no usage is stated for SNS publishing"),
    Case(
        "CST001",
        "something without a price",
        {BUDGET: "unverified"},
        TOPIC + UNKNOWN_TYPE,
        environment=granted(5),
        spec=used(1),
        says="no price is known for aws_neptune_cluster.graph",
    ),
    Case(
        "CST001",
        "what is known is too much already",
        {BUDGET: "fail"},
        TOPIC + UNKNOWN_TYPE,
        environment=granted(1),
        spec=used(10**7),
    ),
    Case("CST001", "another currency", {BUDGET: "unverified"}, TOPIC, environment=granted(1, "EUR"), spec=used(10**7), says="EUR"),
    Case(
        "CST001",
        "Terraform that cannot be read",
        {BUDGET: "unverified"},
        TOPIC + "resource {{{",
        environment=granted(5),
        spec=used(1),
        says="resources that were not seen",
    ),
    Case("CST002", "no budget", {}, TOPIC, spec=used(10**7)),
    Case("CST002", "within", {BUDGET: "pass"}, TOPIC, environment=granted(5), spec=used(10**7)),
    Case(
        "CST002",
        "only the high end above",
        {BUDGET: "fail"},
        TOPIC,
        environment=granted(4.99),
        spec=used(10**7),
        says="up to 5.00 USD",
    ),
    Case(
        "CST002",
        "the spread makes it too much",
        {BUDGET: "fail"},
        TOPIC,
        environment=granted(9),
        spec=used(10**7, ", spread: {low: 0.5, high: 2}"),
        says="up to 10.00 USD",
    ),
    Case("CST002", "low end above: the other check's", {}, TOPIC, environment=granted(1), spec=used(10**7)),
    Case("CST002", "use not stated: nothing to say", {}, TOPIC, environment=granted(1)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_budget(case: Case) -> None:
    judge(case)
