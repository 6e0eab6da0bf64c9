from __future__ import annotations

import textwrap

import pytest

from tests.checks.case import Case, judge

NAMED = "tables: {required: {orders: {indexes: [OrdersByDate, OrdersByStatus]}}}"
KEYED = "tables: {required: {orders: {indexes: {OrdersByDate: {hash_key: day, range_key: at, projection: ALL}}}}}"
INCLUDE = "tables: {required: {orders: {indexes: {ByDay: {hash_key: day, projection: INCLUDE, non_key_attributes: [a, b]}}}}}"
UNKNOWN = 'variable "v" {}\n'


def table(*indexes: str) -> str:
    return 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  hash_key = "PK"\n' + "\n".join(indexes) + "\n}\n"


def index(name: str, hash_key: str = "day", range_key: str = "", projection: str = "ALL", kind: str = "global", more: str = "") -> str:
    lines = [f"  {kind}_secondary_index {{", f"    name = {name}", f'    hash_key = "{hash_key}"', f'    projection_type = "{projection}"']
    lines += [f'    range_key = "{range_key}"'] if range_key else []
    return "\n".join([*lines, more, "  }"])


BY_DATE = index('"OrdersByDate"', "day", "at")
BY_STATUS = index('"OrdersByStatus"', "status")

OWN = """
    resource "aws_dynamodb_global_secondary_index" "date" {
      table_name = aws_dynamodb_table.orders.name
      index_name = "OrdersByDate"
      projection {
        projection_type = "ALL"
      }
      key_schema {
        attribute_name = "day"
        attribute_type = "S"
        key_type       = "HASH"
      }
      key_schema {
        attribute_name = "at"
        attribute_type = "S"
        key_type       = "RANGE"
      }
    }
"""
DATE = "tables: {required: {orders: {indexes: [OrdersByDate]}}}"
SEVERAL = """  global_secondary_index {
    name = "OrdersByDate"
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


def own(text: str = OWN) -> str:
    return table() + textwrap.dedent(text)


CASES = [
    Case("IDX001", "a resource of its own", {"index/orders/OrdersByDate": "pass"}, own(), DATE, at="infra/main.tf:7"),
    Case(
        "IDX001",
        "a resource of another table",
        {"index/orders/OrdersByDate": "fail"},
        own(OWN.replace("aws_dynamodb_table.orders.name", '"users"')),
        DATE,
    ),
    Case(
        "IDX001",
        "a resource of who knows which table",
        {"index/orders/OrdersByDate": "unverified"},
        UNKNOWN + own(OWN.replace("aws_dynamodb_table.orders.name", "var.v").replace("OrdersByDate", "X")),
        DATE,
        says="aws_dynamodb_global_secondary_index.date may belong to it",
    ),
    Case("IDX003", "a resource of its own, as planned", {"index/orders/OrdersByDate": "pass"}, own(), KEYED),
    Case(
        "IDX003",
        "a resource of its own with another key",
        {"index/orders/OrdersByDate": "fail"},
        own(OWN.replace('"at"', '"then"')),
        KEYED,
        at="infra/main.tf:19",
    ),
    Case(
        "IDX003",
        "a key of two attributes",
        {"index/orders/OrdersByDate": "fail"},
        table(SEVERAL),
        KEYED,
        says="hash key is day and shop",
    ),
    Case(
        "IDX003",
        "a key of two attributes, one unknown",
        {"index/orders/OrdersByDate": "fail"},
        'variable "v" {}\n' + table(SEVERAL).replace('"shop"', "var.v"),
        KEYED,
        says="not as planned: range key is not set",
    ),
    Case(
        "IDX001",
        "both there",
        {"index/orders/OrdersByDate": "pass", "index/orders/OrdersByStatus": "pass"},
        table(BY_DATE, BY_STATUS),
        NAMED,
        at="infra/main.tf:4",
    ),
    Case(
        "IDX001",
        "one missing",
        {"index/orders/OrdersByDate": "pass", "index/orders/OrdersByStatus": "fail"},
        table(BY_DATE),
        NAMED,
        says="Index OrdersByStatus is missing on table orders",
    ),
    Case(
        "IDX001",
        "made by dynamic blocks",
        {"index/orders/OrdersByDate": "pass", "index/orders/OrdersByStatus": "pass"},
        table("""
           dynamic "global_secondary_index" {
             for_each = { OrdersByDate = "day", OrdersByStatus = "status" }
             content {
               name            = global_secondary_index.key
               hash_key        = global_secondary_index.value
               projection_type = "ALL"
             }
           }"""),
        NAMED,
    ),
    Case(
        "IDX001",
        "dynamic blocks over something unknown",
        {"index/orders/OrdersByDate": "unverified", "index/orders/OrdersByStatus": "unverified"},
        UNKNOWN + table('dynamic "global_secondary_index" {\n for_each = var.v\n content {\n name = global_secondary_index.key\n }\n}'),
        NAMED,
    ),
    Case(
        "IDX001",
        "an index with an unknown name may be it",
        {"index/orders/OrdersByDate": "pass", "index/orders/OrdersByStatus": "unverified"},
        UNKNOWN + table(BY_DATE, index("var.v")),
        NAMED,
    ),
    Case("IDX001", "missing with its table", {"index/orders/OrdersByDate": "fail"}, "", KEYED, says="is missing with its table orders"),
    Case("IDX001", "its table may be anywhere", {}, 'module "db" {\n  source = "x/y/z"\n}', KEYED),
    Case("IDX001", "a rename is told by IDX004", {}, table(index('"ByDay"', "day", "at")), KEYED),
    Case("IDX001", "none asked", {}, table(BY_DATE), "tables: {required: {orders: {}}}"),
    Case(
        "IDX001",
        "local",
        {"index/orders/L": "pass"},
        table(index('"L"', range_key="at", kind="local")),
        "tables: {required: {orders: {local_indexes: [L]}}}",
    ),
    Case(
        "IDX001",
        "a global index does not stand for a local one",
        {"index/orders/L": "fail"},
        table(index('"L"')),
        "tables: {required: {orders: {local_indexes: [L]}}}",
    ),
    Case(
        "IDX002",
        "not planned",
        {"index/orders/ByTotal": "fail"},
        table(BY_DATE, BY_STATUS, index('"ByTotal"', "total")),
        NAMED,
        at="infra/main.tf:17",
    ),
    Case(
        "IDX002",
        "others are allowed",
        {},
        table(BY_DATE, BY_STATUS, index('"ByTotal"', "total")),
        "tables: {defaults: {allow_other_indexes: true}, required: {orders: {indexes: [OrdersByDate]}}}",
    ),
    Case(
        "IDX002",
        "unknown name",
        {"index/orders/global_secondary_index[2]": "unverified"},
        UNKNOWN + table(BY_DATE, BY_STATUS, index("var.v")),
        NAMED,
    ),
    Case("IDX002", "all planned", {}, table(BY_DATE, BY_STATUS), NAMED),
    Case("IDX002", "a rename is told by IDX004", {}, table(index('"ByDay"', "day", "at")), KEYED),
    Case("IDX003", "same keys", {"index/orders/OrdersByDate": "pass"}, table(BY_DATE), KEYED),
    Case(
        "IDX003",
        "other range key",
        {"index/orders/OrdersByDate": "fail"},
        table(index('"OrdersByDate"', "day", "created")),
        KEYED,
        says="range key is created",
        at="infra/main.tf:8",
    ),
    Case(
        "IDX003",
        "a range key that is not planned",
        {"index/orders/OrdersByDate": "fail"},
        table(BY_DATE),
        "tables: {required: {orders: {indexes: {OrdersByDate: {hash_key: day}}}}}",
        says="range key is at",
    ),
    Case(
        "IDX003",
        "other projection",
        {"index/orders/OrdersByDate": "fail"},
        table(index('"OrdersByDate"', "day", "at", "KEYS_ONLY")),
        KEYED,
        says="projection is KEYS_ONLY",
    ),
    Case(
        "IDX003",
        "projected attributes in any order",
        {"index/orders/ByDay": "pass"},
        table(index('"ByDay"', projection="INCLUDE", more='non_key_attributes = ["b", "a"]')),
        INCLUDE,
    ),
    Case(
        "IDX003",
        "other projected attributes",
        {"index/orders/ByDay": "fail"},
        table(index('"ByDay"', projection="INCLUDE", more='non_key_attributes = ["a"]')),
        INCLUDE,
    ),
    Case(
        "IDX003",
        "unknown key",
        {"index/orders/OrdersByDate": "unverified"},
        UNKNOWN + table(BY_DATE.replace('"day"', "var.v")),
        KEYED,
        says="var.v",
    ),
    Case(
        "IDX003",
        "a difference outweighs what is unknown",
        {"index/orders/OrdersByDate": "fail"},
        UNKNOWN + table(BY_DATE.replace('"day"', "var.v").replace('"ALL"', '"KEYS_ONLY"')),
        KEYED,
    ),
    Case("IDX003", "no keys asked", {}, table(BY_DATE, BY_STATUS), NAMED),
    Case(
        "IDX003",
        "keys as blocks of provider version 6",
        {"index/orders/ByDay": "pass"},
        table("""
           global_secondary_index {
             name            = "ByDay"
             projection_type = "ALL"
             key_schema {
               attribute_name = "day"
               key_type       = "HASH"
             }
           }"""),
        "tables: {required: {orders: {indexes: {ByDay: {hash_key: day}}}}}",
    ),
    Case(
        "IDX004",
        "same keys, other name",
        {"index/orders/OrdersByDate": "fail"},
        table(index('"ByDay"', "day", "at")),
        KEYED,
        says="is called ByDay",
        at="infra/main.tf:5",
    ),
    Case(
        "IDX004",
        "same words, no keys asked",
        {"index/orders/OrdersByStatus": "fail"},
        table(BY_DATE, index('"StatusIndex"', "status")),
        NAMED,
    ),
    Case("IDX004", "two candidates are none", {}, table(index('"A"', "day", "at"), index('"B"', "day", "at")), KEYED),
    Case("IDX004", "other keys, other index", {}, table(index('"ByDay"', "day")), KEYED),
    Case("IDX004", "right name", {}, table(BY_DATE), KEYED),
    Case("IDX004", "unknown name", {}, UNKNOWN + table(index("var.v", "day", "at")), KEYED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
