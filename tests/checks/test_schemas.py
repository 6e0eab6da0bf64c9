from __future__ import annotations

import json
from typing import Any

import pytest

from tests.checks.case import Case, judge

EXPECT = "tables: {required: {orders: {}}}\nschemas: schemas/*.json"
UNKNOWN = 'variable "v" {}\n'
TABLE = """
    resource "aws_dynamodb_table" "orders" {
      name     = "orders"
      hash_key = "PK"
      attribute {
        name = "PK"
        type = "S"
      }
      attribute {
        name = "day"
        type = "S"
      }
      global_secondary_index {
        name            = "ByDay"
        hash_key        = "day"
        projection_type = "ALL"
      }
    }
    """
INDEX = {"indexName": "ByDay", "partitionKey": {"name": "day", "type": "S"}, "projectionType": "ALL"}


def schema(**changes: Any) -> dict[str, str]:
    content = {
        "tableName": "orders",
        "primaryKey": {"partitionKey": {"name": "PK", "type": "S"}},
        "globalSecondaryIndexes": [INDEX],
        **changes,
    }
    return {"schemas/orders.json": json.dumps(content, indent=1)}


KEYS = {"schema/orders/hash_key": "pass", "schema/orders/types": "pass"}

CASES = [
    Case("SCH001", "described", {"schema/orders": "pass"}, "", EXPECT, files=schema()),
    Case(
        "SCH001",
        "by its full name",
        {"schema/orders": "pass"},
        "",
        "tables: {naming: '{name}-{env}', required: {orders: {}}}\nschemas: schemas/*.json",
        files=schema(tableName="orders-sit"),
    ),
    Case(
        "SCH001",
        "by the file that the spec names",
        {"schema/orders": "pass"},
        "",
        "tables: {required: {orders: {schema: schemas/orders.json}}}",
        files=schema(tableName="purchases"),
    ),
    Case("SCH001", "not described", {"schema/orders": "fail"}, "", EXPECT, files=schema(tableName="users"), at="schemas/orders.json:1"),
    Case("SCH001", "perhaps in a document that cannot be read", {"schema/orders": "unverified"}, "", EXPECT, files={"schemas/x.json": "{"}),
    Case("SCH001", "no documents asked", {}, "", "tables: {required: {orders: {}}}"),
    Case("SCH002", "sound", {}, "", EXPECT, files=schema()),
    Case("SCH002", "not JSON", {"file/schemas/x.json": "fail"}, "", EXPECT, files={"schemas/x.json": '{"tableName": }'}),
    Case("SCH002", "not understood", {"file/schemas/orders.json": "unverified"}, "", EXPECT, files=schema(billingMode="SOMETIMES")),
    Case("SCH003", "key types", {}, "", EXPECT, files=schema()),
    Case(
        "SCH003",
        "BOOL",
        {"schema/orders/attributes/day": "fail"},
        "",
        EXPECT,
        files=schema(globalSecondaryIndexes=[{**INDEX, "partitionKey": {"name": "day", "type": "BOOL"}}]),
        says="gives key day type BOOL",
    ),
    Case("SCH004", "same", KEYS, TABLE, EXPECT, files=schema()),
    Case(
        "SCH004",
        "other hash key, extra range key",
        {"schema/orders/hash_key": "fail", "schema/orders/range_key": "fail", "schema/orders/types": "pass"},
        TABLE,
        EXPECT,
        files=schema(primaryKey={"partitionKey": {"name": "id", "type": "S"}, "sortKey": {"name": "at", "type": "S"}}),
    ),
    Case(
        "SCH004",
        "other type",
        {**KEYS, "schema/orders/types/day": "fail"},
        TABLE,
        EXPECT,
        files=schema(globalSecondaryIndexes=[{**INDEX, "partitionKey": {"name": "day", "type": "N"}}]),
        at="infra/main.tf:10",
    ),
    Case(
        "SCH004",
        "unknown",
        {"schema/orders/hash_key": "unverified", "schema/orders/types": "pass"},
        UNKNOWN + TABLE.replace('hash_key = "PK"', "hash_key = var.v"),
        EXPECT,
        files=schema(),
    ),
    Case("SCH004", "no document", {}, TABLE, EXPECT),
    Case("SCH005", "same", {"schema/orders/indexes/ByDay": "pass"}, TABLE, EXPECT, files=schema()),
    Case(
        "SCH005",
        "only in the document",
        {"schema/orders/indexes/ByDay": "pass", "schema/orders/indexes/ByTotal": "fail"},
        TABLE,
        EXPECT,
        files=schema(globalSecondaryIndexes=[INDEX, {**INDEX, "indexName": "ByTotal"}]),
        says="The schema has index ByTotal",
    ),
    Case(
        "SCH005",
        "only in the Terraform",
        {"schema/orders/indexes/ByDay": "fail"},
        TABLE,
        EXPECT,
        files=schema(globalSecondaryIndexes=[]),
        says="The Terraform has index ByDay",
        at="infra/main.tf:12",
    ),
    Case(
        "SCH005",
        "one index under two names is one finding",
        {"schema/orders/indexes/ByDate": "fail"},
        TABLE,
        EXPECT,
        files=schema(globalSecondaryIndexes=[{**INDEX, "indexName": "ByDate"}]),
        says="The schema calls an index of orders ByDate, the Terraform calls it ByDay",
        at="infra/main.tf:13",
    ),
    Case(
        "SCH005",
        "other range key",
        {"schema/orders/indexes/ByDay": "fail"},
        TABLE,
        EXPECT,
        files=schema(globalSecondaryIndexes=[{**INDEX, "sortKey": {"name": "at", "type": "S"}}]),
        says="range key at and null",
    ),
    Case(
        "SCH005",
        "unknown",
        {"schema/orders/indexes/ByDay": "unverified"},
        UNKNOWN + TABLE.replace('        = "day"', " = var.v"),
        EXPECT,
        files=schema(),
    ),
    Case("SCH005", "no table", {}, "", EXPECT, files=schema()),
    Case(
        "SCH006",
        "agreed",
        {"schema/orders/billing_mode": "pass", "schema/orders/stream": "pass"},
        TABLE,
        EXPECT,
        files=schema(billingMode="PROVISIONED", streams={"enabled": False}),
    ),
    Case(
        "SCH006",
        "differ",
        {"schema/orders/point_in_time_recovery": "fail", "schema/orders/stream": "fail"},
        TABLE,
        EXPECT,
        files=schema(pointInTimeRecovery=True, streams={"enabled": True, "viewType": "NEW_IMAGE"}),
        at="infra/main.tf:1",
    ),
    Case(
        "SCH006",
        "unknown",
        {"schema/orders/billing_mode": "unverified"},
        UNKNOWN + TABLE.replace('hash_key = "PK"', 'hash_key = "PK"\n billing_mode = var.v'),
        EXPECT,
        files=schema(billingMode="PROVISIONED"),
    ),
    Case("SCH006", "nothing stated", {}, TABLE, EXPECT, files=schema()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
