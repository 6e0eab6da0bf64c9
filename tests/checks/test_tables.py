from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

ORDERS = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders-sit"\n  hash_key = "PK"\n'
MODE = "tables: {naming: '{name}-{env}', required: {orders: {billing_mode: PAY_PER_REQUEST}}}"
PITR = "tables: {required: {orders: {point_in_time_recovery: true}}}"
STREAM = "tables: {required: {orders: {stream: NEW_IMAGE}}}"
NOTHING = "tables: {required: {orders: {}}}"
UNKNOWN = 'variable "v" {}\n'


def table(body: str = "") -> str:
    return f"{ORDERS}  {body}\n}}\n"


def sse(wanted: str, body: str, result: str, name: str, says: str = "") -> Case:
    expect = f"tables: {{required: {{orders: {{encryption: {wanted}}}}}}}"
    return Case("TBL006", f"{wanted}: {name}", {"table/orders": result}, table(body), expect, says=says)


SCHEMA_BLOCKS = """
    resource "aws_dynamodb_table" "orders" {
      name = "orders-sit"
      key_schema {
        attribute_name = "PK"
        key_type       = "HASH"
      }
      key_schema {
        key_type       = "RANGE"
        attribute_name = "SK"
      }
    }
"""


def replica(label: str, region: str) -> str:
    return f'resource "aws_dynamodb_table_replica" "{label}" {{\n  global_table_arn = aws_dynamodb_table.orders.arn\n  {region}\n}}\n'


CASES = [
    Case("TBL001", "there by its full name", {"table/orders": "pass"}, table(), MODE, at="infra/main.tf:1"),
    Case("TBL001", "there without suffix", {"table/orders": "pass"}, table().replace("orders-sit", "orders"), MODE),
    Case("TBL001", "there under another prefix", {"table/orders": "pass"}, table().replace("orders-sit", "sit_orders"), MODE),
    Case("TBL001", "there by its label", {"table/orders": "pass"}, table().replace("orders-sit", "purchases"), MODE),
    Case(
        "TBL001",
        "there by its for_each key",
        {"table/orders": "pass"},
        """
        resource "aws_dynamodb_table" "this" {
          for_each = toset(["orders"])
          name     = "x-${each.key}"
        }
        """,
        MODE,
    ),
    Case("TBL001", "missing", {"table/orders": "fail"}, "", MODE, says="Table orders is missing"),
    Case(
        "TBL001",
        "missing beside another",
        {"table/orders": "fail"},
        'resource "aws_dynamodb_table" "users" {\n  name = "users"\n}',
        MODE,
        at="infra/main.tf:1",
    ),
    Case(
        "TBL001",
        "perhaps the one with an unknown name",
        {"table/orders": "unverified"},
        UNKNOWN + 'resource "aws_dynamodb_table" "this" {\n  name = var.v\n}',
        MODE,
        says="aws_dynamodb_table.this may be it",
    ),
    Case(
        "TBL001",
        "perhaps in a module that is not here",
        {"table/orders": "unverified"},
        'module "db" {\n  source = "terraform-aws-modules/dynamodb-table/aws"\n}',
        MODE,
        says="module.db",
    ),
    Case("TBL001", "perhaps in a file that cannot be read", {"table/orders": "unverified"}, 'resource "x" {', MODE, says="HCL001"),
    Case("TBL001", "nothing is required", {}, table(), "tags: [Owner]"),
    Case("TBL001", "not required in this environment", {}, "", MODE, environment="tables: {not_required: [orders]}"),
    Case("TBL002", "others are allowed", {}, table(), "tables: {required: {}, naming: '{name}'}"),
    Case("TBL002", "planned", {"tables": "pass"}, table(), "tables: {required: {orders: {}}, allow_others: false}"),
    Case(
        "TBL002",
        "not planned",
        {"table/users": "fail"},
        table() + 'resource "aws_dynamodb_table" "u" {\n  name = "users"\n}',
        "tables: {required: {orders: {}}, allow_others: false}",
        at="infra/main.tf:7",
    ),
    Case(
        "TBL002",
        "perhaps the missing one",
        {"table/this": "unverified"},
        UNKNOWN + 'resource "aws_dynamodb_table" "this" {\n  name = var.v\n}',
        "tables: {required: {orders: {}}, allow_others: false}",
    ),
    Case("TBL003", "as planned", {"table/orders": "pass"}, table('billing_mode = "PAY_PER_REQUEST"'), MODE, at="infra/main.tf:4"),
    Case(
        "TBL003",
        "provider's default",
        {"table/orders": "fail"},
        table(),
        MODE,
        says="is PROVISIONED, not PAY_PER_REQUEST",
        at="infra/main.tf:1",
    ),
    Case("TBL003", "unknown", {"table/orders": "unverified"}, UNKNOWN + table("billing_mode = var.v"), MODE, says="var.v"),
    Case(
        "TBL003",
        "sensitive",
        {"table/orders": "unverified"},
        'variable "s" {\n  default = "PROVISIONED"\n  sensitive = true\n}\n' + table("billing_mode = var.s"),
        MODE,
        says="sensitive",
    ),
    Case("TBL003", "not asked", {}, table(), NOTHING),
    Case("TBL003", "table missing", {}, "", MODE),
    Case("TBL004", "on", {"table/orders": "pass"}, table("point_in_time_recovery {\n enabled = true\n}"), PITR),
    Case("TBL004", "absent", {"table/orders": "fail"}, table(), PITR, says="is off, not on"),
    Case("TBL004", "off", {"table/orders": "fail"}, table("point_in_time_recovery {\n enabled = false\n}"), PITR, at="infra/main.tf:5"),
    Case("TBL004", "unknown", {"table/orders": "unverified"}, UNKNOWN + table("point_in_time_recovery {\n enabled = var.v\n}"), PITR),
    Case(
        "TBL004",
        "unknown number of blocks",
        {"table/orders": "unverified"},
        UNKNOWN + table('dynamic "point_in_time_recovery" {\n for_each = var.v\n content {\n enabled = true\n }\n}'),
        PITR,
    ),
    Case(
        "TBL004",
        "days",
        {"table/orders": "pass", "table/orders/recovery_period_days": "fail"},
        table("point_in_time_recovery {\n enabled = true\n recovery_period_in_days = 7\n}"),
        "tables: {required: {orders: {point_in_time_recovery: true, recovery_period_days: 35}}}",
    ),
    Case("TBL005", "view type", {"table/orders": "pass"}, table('stream_enabled = true\n  stream_view_type = "NEW_IMAGE"'), STREAM),
    Case(
        "TBL005",
        "other view type",
        {"table/orders": "fail"},
        table('stream_enabled = true\n  stream_view_type = "KEYS_ONLY"'),
        STREAM,
        at="infra/main.tf:5",
    ),
    Case("TBL005", "off", {"table/orders": "fail"}, table(), STREAM, says="is off, not NEW_IMAGE"),
    Case("TBL005", "unknown", {"table/orders": "unverified"}, UNKNOWN + table("stream_enabled = var.v"), STREAM),
    Case(
        "TBL005",
        "must be off",
        {"table/orders": "fail"},
        table('stream_enabled = true\n  stream_view_type = "KEYS_ONLY"'),
        "tables: {required: {orders: {stream: false}}}",
    ),
    Case("TBL005", "not asked", {}, table(), NOTHING),
    sse("true", "", "pass", "DynamoDB encrypts where nothing is set"),
    sse("true", "server_side_encryption {\n enabled = true\n}", "pass", "a KMS key"),
    sse("true", "server_side_encryption {\n enabled = false\n}", "fail", "the code says no"),
    sse("aws_managed", "server_side_encryption {\n enabled = true\n}", "pass", "AWS's managed key"),
    sse("aws_managed", "", "fail", "AWS's own key", says="is aws_owned, not aws_managed"),
    sse("customer_managed", "server_side_encryption {\n enabled = true\n}", "fail", "AWS's managed key"),
    sse("customer_managed", 'server_side_encryption {\n enabled = true\n kms_key_arn = "arn:aws:kms:x:1:key/1"\n}', "pass", "a literal"),
    sse(
        "customer_managed",
        'server_side_encryption {\n enabled = true\n kms_key_arn = aws_kms_key.k.arn\n}\n}\nresource "aws_kms_key" "k" {',
        "pass",
        "a key of this Terraform",
    ),
    sse(
        "customer_managed",
        "server_side_encryption {\n enabled = true\n kms_key_arn = data.aws_kms_key.k.arn\n}\n}\n"
        'data "aws_kms_key" "k" {\n key_id = "alias/x"',
        "unverified",
        "a key that is looked up",
    ),
    Case("TBL006", "not asked", {}, table(), NOTHING),
    Case("TBL007", "same", {"table/orders/hash_key": "pass"}, table(), "tables: {required: {orders: {hash_key: PK}}}"),
    Case(
        "TBL007",
        "other",
        {"table/orders/hash_key": "fail", "table/orders/range_key": "fail"},
        table(),
        "tables: {required: {orders: {hash_key: id, range_key: SK}}}",
        says="Hash key of table orders is PK, not id",
    ),
    Case(
        "TBL007",
        "unknown",
        {"table/orders/hash_key": "unverified"},
        UNKNOWN + table().replace('"PK"', "var.v"),
        "tables: {required: {orders: {hash_key: id}}}",
    ),
    Case("TBL007", "not asked", {}, table(), NOTHING),
    Case(
        "TBL008",
        "as planned",
        {"table/orders/deletion_protection": "pass", "table/orders/table_class": "pass", "table/orders/ttl": "pass"},
        table('deletion_protection_enabled = true\n  ttl {\n enabled = true\n attribute_name = "expires"\n}'),
        "tables: {required: {orders: {deletion_protection: true, table_class: STANDARD, ttl: expires}}}",
    ),
    Case(
        "TBL008",
        "provider's defaults",
        {"table/orders/deletion_protection": "fail", "table/orders/ttl": "fail"},
        table(),
        "tables: {required: {orders: {deletion_protection: true, ttl: expires}}}",
    ),
    Case(
        "TBL008",
        "unknown",
        {"table/orders/deletion_protection": "unverified"},
        UNKNOWN + table("deletion_protection_enabled = var.v"),
        "tables: {required: {orders: {deletion_protection: true}}}",
    ),
    Case("TBL008", "not asked", {}, table(), NOTHING),
    Case("TBL009", "as many", {"tables/count": "pass"}, table(), "tables: {count: 1}"),
    Case("TBL009", "too few", {"tables/count": "fail"}, table(), "tables: {count: {min: 2}}", says="There are 1 tables, not at least 2"),
    Case("TBL009", "unknown", {"tables/count": "unverified"}, UNKNOWN + table("count = var.v"), "tables: {count: 1}"),
    Case("TBL009", "not asked", {}, table(), NOTHING),
    Case("IDX005", "as many", {"indexes/count": "pass"}, table('global_secondary_index {\n name = "A"\n}'), "tables: {index_count: 1}"),
    Case(
        "IDX005",
        "too few",
        {"indexes/count": "fail"},
        table(),
        "tables: {index_count: 8}",
        says="There are 0 indexes, not 8",
        at="infra/main.tf:1",
    ),
    Case(
        "IDX005",
        "unknown",
        {"indexes/count": "unverified"},
        UNKNOWN + table('dynamic "global_secondary_index" {\n for_each = var.v\n content {\n name = "x"\n }\n}'),
        "tables: {index_count: 1}",
    ),
    Case("IDX005", "not asked", {}, table(), NOTHING),
    Case(
        "TBL010",
        "as planned",
        {"table/orders/replicas": "pass"},
        table('replica {\n region_name = "af-south-1"\n}\n  replica {\n region_name = "eu-west-2"\n}'),
        "tables: {required: {orders: {replicas: [eu-west-2, af-south-1]}}}",
    ),
    Case("TBL010", "none", {"table/orders/replicas": "fail"}, table(), "tables: {required: {orders: {replicas: [eu-west-2]}}}"),
    Case(
        "TBL010",
        "unknown",
        {"table/orders/replicas": "unverified"},
        UNKNOWN + table("replica {\n region_name = var.v\n}"),
        "tables: {required: {orders: {replicas: [eu-west-2]}}}",
    ),
    Case(
        "TBL010",
        "replicas of their own, by region and by provider",
        {"table/orders/replicas": "pass"},
        'provider "aws" {\n  alias = "dr"\n  region = "eu-central-1"\n}\n'
        + table()
        + replica("a", 'region = "eu-west-2"')
        + replica("b", "provider = aws.dr"),
        "tables: {required: {orders: {replicas: [eu-central-1, eu-west-2]}}}",
        at="infra/main.tf:12",
    ),
    Case(
        "TBL010",
        "a replica of another table",
        {"table/orders/replicas": "fail"},
        table() + replica("a", 'region = "eu-west-2"').replace("aws_dynamodb_table.orders.arn", '"arn:aws:dynamodb:eu-west-1:1:table/x"'),
        "tables: {required: {orders: {replicas: [eu-west-2]}}}",
        says="are in no region, not in eu-west-2",
    ),
    Case(
        "TBL010",
        "a replica of who knows what",
        {"table/orders/replicas": "unverified"},
        UNKNOWN + table() + replica("a", 'region = "eu-west-2"').replace("aws_dynamodb_table.orders.arn", "var.v"),
        "tables: {required: {orders: {replicas: [eu-west-2]}}}",
        says="aws_dynamodb_table_replica.a may belong to it",
    ),
    Case(
        "TBL007",
        "key_schema blocks",
        {"table/orders/hash_key": "pass", "table/orders/range_key": "fail"},
        SCHEMA_BLOCKS,
        "tables: {required: {orders: {hash_key: PK, range_key: at}}}",
        at="infra/main.tf:9",
    ),
    Case(
        "TBL007",
        "key_schema blocks that cannot be known",
        {"table/orders/hash_key": "unverified", "table/orders/range_key": "unverified"},
        UNKNOWN + SCHEMA_BLOCKS.replace('"RANGE"', "var.v"),
        "tables: {required: {orders: {hash_key: PK, range_key: at}}}",
    ),
    Case("TBL010", "not asked", {}, table(), NOTHING),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
