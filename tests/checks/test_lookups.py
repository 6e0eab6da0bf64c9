from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

RULE = "tables: {naming: 'shop-{name}-{env}', required: {orders: {}}}"
LOOKUP = "lookup/data.aws_dynamodb_table.t"
TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name = "shop-orders-sit"\n}\n'


def look(name: str, kind: str = "aws_dynamodb_table") -> str:
    return f'data "{kind}" "t" {{\n  name = {name}\n}}\n'


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
        {LOOKUP: "unverified"},
        look('"shop-order-sit"') + 'module "m" {\n  source = "a/b/c"\n}\n',
        RULE,
    ),
    Case("RES007", "somebody else's", {LOOKUP: "unverified"}, look('"billing-sit"'), RULE, says="may exist in the account"),
    Case(
        "RES007",
        "a rule that anybody may have",
        {LOOKUP: "unverified"},
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
    Case("RES007", "another type", {"lookup/data.aws_sqs_queue.t": "unverified"}, look('"shop-order-sit"', "aws_sqs_queue"), RULE),
    Case("RES007", "unknown", {}, 'variable "v" {}\n' + look("var.v"), RULE),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
