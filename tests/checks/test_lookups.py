from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

RULE = "tables: {naming: 'shop-{name}-{env}', required: {orders: {}}}"
LOOKUP = "lookup/data.aws_dynamodb_table.t"
ANY = "lookup/aws_dynamodb_table"
NETWORK = 'resource "aws_vpc" "v" {\n  tags = { Name = "shop-sit" }\n}\n'
TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name = "shop-orders-sit"\n}\n'


def look(name: str, kind: str = "aws_dynamodb_table") -> str:
    return f'data "{kind}" "t" {{\n  name = {name}\n}}\n'


def filtered(by: str, value: str) -> str:
    return f'data "aws_vpc" "t" {{\n  filter {{\n    name   = "{by}"\n    values = ["{value}"]\n  }}\n}}\n'


VPC = "data.aws_vpc.t"
CASES = [
    Case("RES007", "created here", {LOOKUP: "pass"}, look('"shop-orders-sit"') + TABLE, RULE, at="infra/main.tf:5"),
    Case(
        "RES007",
        "ours, and nobody creates it",
        {LOOKUP: "fail"},
        look('"shop-order-sit"') + TABLE,
        RULE,
        says="looks for table shop-order-sit, which nothing creates",
        at="infra/main.tf:2",
    ),
    Case(
        "RES007",
        "ours, and perhaps in a module that is not here",
        {ANY: "unverified"},
        look('"shop-order-sit"') + 'module "m" {\n  source = "a/b/c"\n}\n',
        RULE,
    ),
    Case("RES007", "somebody else's", {ANY: "unverified"}, look('"billing-sit"'), RULE, says="may exist in the account"),
    Case(
        "RES007",
        "a rule that anybody may have",
        {ANY: "unverified"},
        look('"order-sit"'),
        "tables: {naming: '{name}-{env}', required: {orders: {}}}",
    ),
    Case(
        "RES007",
        "promised by an upstream project",
        {LOOKUP: "pass"},
        look('"shop-users-sit"'),
        RULE,
        spec="dependencies: {upstream: [{project: users, repository: acme/users, requires: [table/shop-users-sit]}]}",
    ),
    Case("RES007", "another type", {"lookup/aws_sqs_queue": "unverified"}, look('"shop-order-sit"', "aws_sqs_queue"), RULE),
    Case("RES007", "what AWS makes", {}, look('"alias/aws/lambda"', "aws_kms_alias")),
    Case(
        "RES007",
        "several of one type are one line",
        {"lookup/aws_sns_topic": "unverified"},
        look('"x"', "aws_sns_topic") + look('"y"', "aws_sns_topic").replace('"t"', '"u"'),
        says="it may exist in the account: x, y",
    ),
    Case("RES007", "by the Name tag of a filter", {"lookup/data.aws_vpc.t": "pass"}, filtered("tag:Name", "shop-sit") + NETWORK),
    Case("RES007", "by a pattern", {"lookup/data.aws_vpc.t": "pass"}, filtered("tag:Name", "shop-*") + NETWORK, at="infra/main.tf:8"),
    Case("RES007", "by a filter that nothing fits", {"lookup/aws_vpc": "unverified"}, filtered("tag:Name", "shop-dev") + NETWORK),
    Case("RES007", "by another filter", {}, filtered("state", "available") + NETWORK),
    Case("LEK001", "a filter by another's name", {f"resource/{VPC}/filter.0.values.0": "fail"}, filtered("tag:Name", "shop-dev")),
    Case("LEK001", "a filter by something else", {}, filtered("state", "dev")),
    Case("RES007", "unknown", {}, 'variable "v" {}\n' + look("var.v"), RULE),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
