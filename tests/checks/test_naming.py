from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

RULE = "tables: {naming: '{name}-{env}', required: {orders: {}}}"
OPEN = "tables: {naming: '{name}-{env}'}"


def table(name: str, before: str = "") -> str:
    return f'{before}resource "aws_dynamodb_table" "orders" {{\n  name = {name}\n}}\n'


CASES = [
    Case("NAM001", "by the rule", {"table/orders": "pass"}, table('"orders-sit"'), RULE, at="infra/main.tf:2"),
    Case("NAM001", "without suffix", {"table/orders": "fail"}, table('"orders"'), RULE, says="is called orders, not orders-sit"),
    Case("NAM001", "another environment's", {"table/orders": "fail"}, table('"orders-dev"'), RULE, at=".github/promotion.yml:9"),
    Case("NAM001", "unknown", {"table/orders": "unverified"}, table("var.v", 'variable "v" {}\n'), RULE, says="var.v"),
    Case(
        "NAM001",
        "its own name",
        {"table/orders": "pass"},
        table('"legacy_orders"'),
        "tables: {naming: '{name}-{env}', required: {orders: {name: legacy_orders}}}",
    ),
    Case(
        "NAM001",
        "another than its own name",
        {"table/orders": "fail"},
        table('"orders-sit"'),
        "tables: {naming: '{name}-{env}', required: {orders: {name: legacy_orders}}}",
    ),
    Case("NAM001", "no rule", {}, table('"anything"'), "tables: {required: {orders: {}}}"),
    Case("NAM001", "missing table", {}, "", RULE),
    Case(
        "NAM003",
        "a Cyrillic letter in the name",
        {"resource/aws_dynamodb_table.orders/letters": "fail"},
        table('"\u043erders-sit"'),
        says="U+043E CYRILLIC SMALL LETTER O",
        at="infra/main.tf:2",
    ),
    Case("NAM003", "full width", {"resource/aws_dynamodb_table.orders/letters": "fail"}, table('"\uff4frders"'), says="U+FF4F"),
    Case("NAM003", "one alphabet", {}, table('"\u0437\u0430\u043a\u0430\u0437\u044b"')),
    Case("NAM003", "accents", {}, table('"\u00fcbersicht"')),
    Case("NAM002", "by the rule", {"table/orders": "pass"}, table('"orders-sit"'), OPEN),
    Case("NAM002", "against the rule", {"table/orders": "fail"}, table('"orders"'), OPEN, says="is not named by the rule"),
    Case("NAM002", "unknown", {"table/orders": "unverified"}, table("var.v", 'variable "v" {}\n'), OPEN),
    Case("NAM002", "others are not allowed: TBL002 tells", {}, table('"users"'), "tables: {naming: '{name}-{env}', allow_others: false}"),
    Case("NAM002", "required ones are NAM001's", {}, table('"orders"'), RULE),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
