from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

UNKNOWN = 'variable "v" {}\n'
REQUIRED = "tables: {required: {orders: {attributes: {PK: S, day: N}}}}"


def table(body: str, **attributes: str) -> str:
    blocks = "".join(f"  attribute {{\n    name = {name}\n    type = {kind}\n  }}\n" for name, kind in attributes.items())
    return f'resource "aws_dynamodb_table" "orders" {{\n  name = "orders"\n{body}\n{blocks}}}\n'


def declared(body: str, **attributes: str) -> str:
    return table(body, **{f'"{name}"': f'"{kind}"' for name, kind in attributes.items()})


KEY = '  hash_key = "PK"'
GSI = '  hash_key = "PK"\n  global_secondary_index {\n    name = "ByDay"\n    hash_key = "day"\n    projection_type = "ALL"\n  }'
MANY = (
    '  hash_key = "PK"\n  dynamic "global_secondary_index" {\n    for_each = range(21)\n    content {\n'
    '      name = "Index${global_secondary_index.value}"\n      hash_key = "PK"\n      projection_type = "ALL"\n    }\n  }'
)

OWN = """
resource "aws_dynamodb_global_secondary_index" "day" {
  table_name = aws_dynamodb_table.orders.name
  index_name = "ByDay"
  key_schema {
    attribute_name = "day"
    attribute_type = "BOOL"
    key_type       = "HASH"
  }
}
"""
COMPOSED = """  hash_key = "PK"
  global_secondary_index {
    name = "ByDay"
    key_schema {
      attribute_name = "day"
      key_type       = "HASH"
    }
    key_schema {
      attribute_name = "shop"
      key_type       = "HASH"
    }
    projection_type = "ALL"
  }"""

CASES = [
    Case("KEY001", "declared by the index itself", {"table/orders/attributes": "pass"}, declared(KEY, PK="S") + OWN),
    Case("KEY002", "used by an index of its own", {}, declared(KEY, PK="S", day="S") + OWN),
    Case("KEY002", "part of a composed key", {}, declared(COMPOSED, PK="S", day="S", shop="S")),
    Case(
        "KEY003",
        "of names that cannot be known",
        {"table/orders/attributes/number 1/type": "fail"},
        UNKNOWN + table(KEY, **{"var.v": '"BOOL"', '"PK"': '"S"'}),
        says="Attribute number 1 of table orders has type",
    ),
    Case(
        "KEY003",
        "declared by the index itself",
        {"table/orders/attributes/day/type": "fail"},
        declared(KEY, PK="S") + OWN,
        at="infra/main.tf:15",
    ),
    Case("KEY001", "declared", {"table/orders/attributes": "pass"}, declared(GSI, PK="S", day="S")),
    Case(
        "KEY001",
        "not declared",
        {"table/orders/attributes": "fail"},
        declared(GSI, PK="S"),
        says="no attribute block for day",
        at="infra/main.tf:6",
    ),
    Case("KEY001", "unknown key", {"table/orders/attributes": "pass"}, UNKNOWN + declared("  hash_key = var.v", PK="S")),
    Case(
        "KEY001",
        "unknown attributes",
        {"table/orders/attributes": "unverified"},
        UNKNOWN + table(KEY + '\n  dynamic "attribute" {\n    for_each = var.v\n    content {\n      name = attribute.key\n    }\n  }'),
    ),
    Case("KEY001", "no tables", {}),
    Case("KEY002", "used", {}, declared(GSI, PK="S", day="S")),
    Case("KEY002", "unused", {"table/orders/attributes/total": "fail"}, declared(KEY, PK="S", total="N"), at="infra/main.tf:9"),
    Case("KEY002", "perhaps used", {"table/orders/attributes/total": "unverified"}, UNKNOWN + declared("  hash_key = var.v", total="N")),
    Case("KEY003", "key types", {}, declared(GSI, PK="S", day="N")),
    Case("KEY003", "BOOL", {"table/orders/attributes/day/type": "fail"}, declared(GSI, PK="S", day="BOOL"), says="keys are S, N or B"),
    Case("KEY003", "unknown", {"table/orders/attributes/PK/type": "unverified"}, UNKNOWN + table(KEY, **{'"PK"': "var.v"})),
    Case(
        "KEY004",
        "as the spec says",
        {"table/orders/attributes/PK": "pass", "table/orders/attributes/day": "pass"},
        declared(GSI, PK="S", day="N"),
        REQUIRED,
    ),
    Case(
        "KEY004",
        "other type, not declared",
        {"table/orders/attributes/PK": "fail", "table/orders/attributes/day": "fail"},
        declared(KEY, PK="N"),
        REQUIRED,
        says='type "N", not S',
    ),
    Case(
        "KEY004",
        "unknown",
        {"table/orders/attributes/PK": "unverified", "table/orders/attributes/day": "unverified"},
        UNKNOWN + table("  hash_key = var.v", **{'"PK"': "var.v"}),
        REQUIRED,
    ),
    Case("KEY004", "not asked", {}, declared(KEY, PK="N"), "tables: {required: {orders: {}}}"),
    Case("KEY005", "within", {}, declared(GSI, PK="S", day="S")),
    Case("KEY005", "too many indexes", {"table/orders/global_secondary_index": "fail"}, declared(MANY, PK="S"), says="has 21"),
    Case(
        "KEY005",
        "a name that is too short",
        {'table/orders/name/o"': "fail"},
        declared(KEY, PK="S").replace('"orders"\n', '"o"\n'),
        at="infra/main.tf:2",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
