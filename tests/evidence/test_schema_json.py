from __future__ import annotations

import json
from typing import Any

import pytest

from bbws_gate.evidence.schema_json import TableSchema, parse_schemas
from bbws_gate.model import Place
from bbws_gate.notation import Malformed

SIMPLE = """\
{
  "tableName": "orders",
  "primaryKey": {
    "partitionKey": {"name": "PK", "type": "S"},
    "sortKey": {"name": "SK", "type": "String"}
  },
  "attributes": {
    "createdAt": {"type": "S", "required": true},
    "total": "number"
  },
  "globalSecondaryIndexes": [
    {
      "indexName": "OrdersByDate",
      "partitionKey": {"name": "PK", "type": "S"},
      "sortKey": {"name": "createdAt", "type": "S"},
      "projectionType": "INCLUDE",
      "nonKeyAttributes": ["total"]
    }
  ],
  "billingMode": "ON_DEMAND",
  "pointInTimeRecovery": {"enabled": true},
  "streams": {"enabled": true, "viewType": "NEW_AND_OLD_IMAGES"},
  "ttl": {"attributeName": "expiresAt", "enabled": true},
  "encryption": {"enabled": true, "type": "KMS"},
  "deletionProtection": false,
  "backup": {"environments": {"sit": {"retentionDays": 7}, "prod": {"retentionDays": 30}}},
  "tags": {"Owner": "team", "Project": "x"}
}
"""

AWS = {
    "Table": {
        "TableName": "orders",
        "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        "AttributeDefinitions": [
            {"AttributeName": "PK", "AttributeType": "S"},
            {"AttributeName": "SK", "AttributeType": "S"},
            {"AttributeName": "createdAt", "AttributeType": "S"},
        ],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "OrdersByDate",
                "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "createdAt", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        "LocalSecondaryIndexes": [
            {
                "IndexName": "Local",
                "KeySchema": [{"AttributeName": "createdAt", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        "SSESpecification": {"SSEEnabled": True},
        "DeletionProtectionEnabled": True,
        "Tags": [{"Key": "Owner", "Value": "team"}],
    }
}


def only(document: Any) -> TableSchema:
    text = document if isinstance(document, str) else json.dumps(document, indent=2)
    (found,) = parse_schemas(text.encode(), "s.json")
    return found


def value(fact: Any) -> Any:
    return None if fact is None else fact.value


def line(number: int) -> Place:
    return Place("s.json", number, number)


def test_parse_schemas__simple_shape_with_lines() -> None:
    table = only(SIMPLE)
    assert table.name == ("orders", line(2))
    assert table.hash_key == ("PK", line(4))
    assert table.range_key == ("SK", line(5))
    assert table.attributes == {"PK": ("S", line(4)), "SK": ("S", line(5)), "createdAt": ("S", line(8)), "total": ("N", line(9))}
    (index,) = table.indexes
    assert (index.name, index.place) == ("OrdersByDate", line(13))
    assert (index.hash_key, index.range_key) == (("PK", line(14)), ("createdAt", line(15)))
    assert index.projection == ("INCLUDE", line(16))
    assert index.non_key_attributes == (("total", line(17)),)
    assert table.billing_mode == ("PAY_PER_REQUEST", line(20))
    assert table.point_in_time_recovery == (True, line(21))
    assert table.stream == ("NEW_AND_OLD_IMAGES", line(22))
    assert table.ttl == ("expiresAt", line(23))
    assert table.encryption == (True, line(24))
    assert table.deletion_protection == (False, line(25))
    assert table.backup_days == {"sit": (7, line(26)), "prod": (30, line(26))}
    assert table.tags == {"Owner": ("team", line(27)), "Project": ("x", line(27))}
    assert table.problems == ()
    assert table.place == Place("s.json", 1, 28)


def test_parse_schemas__shape_of_the_aws_api() -> None:
    table = only(AWS)
    assert (value(table.name), value(table.hash_key), value(table.range_key)) == ("orders", "PK", "SK")
    assert {name: fact.value for name, fact in table.attributes.items()} == {"PK": "S", "SK": "S", "createdAt": "S"}
    assert [(index.name, value(index.hash_key), value(index.range_key), value(index.projection)) for index in table.indexes] == [
        ("OrdersByDate", "PK", "createdAt", "ALL")
    ]
    assert [(index.name, value(index.hash_key), value(index.range_key)) for index in table.local_indexes] == [("Local", "PK", "createdAt")]
    assert (value(table.billing_mode), value(table.stream), value(table.encryption)) == ("PAY_PER_REQUEST", "NEW_IMAGE", True)
    assert (value(table.deletion_protection), value(table.tags["Owner"])) == (True, "team")


def test_parse_schemas__cloudformation() -> None:
    assert value(only({"Type": "AWS::DynamoDB::Table", "Properties": AWS["Table"]}).hash_key) == "PK"


@pytest.mark.parametrize(
    "document",
    [
        {"tableName": "t", "partitionKey": "PK", "sortKey": "SK"},
        {"table_name": "t", "hash_key": "PK", "range_key": "SK"},
        {"name": "t", "keys": {"pk": {"name": "PK"}, "sk": {"name": "SK"}}},
        {"TableName": "t", "PrimaryKey": {"PartitionKey": "PK", "SortKey": "SK"}},
        {"tableName": "t", "keySchema": {"partitionKey": "PK", "sortKey": "SK"}},
        {"tableName": "t", "keySchema": [{"name": "PK", "type": "HASH"}, {"name": "SK", "type": "RANGE"}]},
        {"table": {"tableName": "t", "hashKey": "PK", "rangeKey": "SK"}},
    ],
)
def test_parse_schemas__ways_to_write_keys(document: Any) -> None:
    table = only(document)
    assert (value(table.name), value(table.hash_key), value(table.range_key)) == ("t", "PK", "SK")


@pytest.mark.parametrize(
    "indexes",
    [
        {"indexes": {"ByA": {"hashKey": "a", "projection": "all"}}},
        {"gsis": [{"name": "ByA", "partitionKey": "a", "projection": {"type": "ALL"}}]},
        {"global_secondary_indexes": [{"index_name": "ByA", "keys": {"partition_key": {"name": "a"}}, "projection_type": "ALL"}]},
    ],
)
def test_parse_schemas__ways_to_write_indexes(indexes: Any) -> None:
    (index,) = only({"tableName": "t", "hashKey": "PK", **indexes}).indexes
    assert (index.name, value(index.hash_key), value(index.range_key), value(index.projection)) == ("ByA", "a", None, "ALL")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"stream": True}, True),
        ({"stream": "KEYS_ONLY"}, "KEYS_ONLY"),
        ({"streams": {"enabled": False, "viewType": "NEW_IMAGE"}}, False),
        ({"streamSpecification": {"streamEnabled": True}}, True),
        ({"streams": "DISABLED"}, False),
        ({"streams": {}}, None),
        ({"streams": 5}, None),
        ({}, None),
    ],
)
def test_parse_schemas__ways_to_write_a_stream(document: Any, expected: object) -> None:
    assert value(only({"tableName": "t", **document}).stream) == expected


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        ({"retentionDays": 7}, {"": 7}),
        ({"sit": 7, "prod": 30}, {"sit": 7, "prod": 30}),
        ({"sit": {"retention_days": 7}}, {"sit": 7}),
        ({"retention": {"sit": 7, "prod": 30}}, {"sit": 7, "prod": 30}),
        ({"schedule": "hourly", "lifecycle": {"deleteAfterDays": 35}}, {"": 35}),
        ({"enabled": True}, {}),
    ],
)
def test_parse_schemas__ways_to_write_retention(backup: Any, expected: dict[str, int]) -> None:
    found = only({"tableName": "t", "backup": backup}).backup_days
    assert {name: fact.value for name, fact in found.items()} == expected


def test_parse_schemas__recovery_inside_backup() -> None:
    assert value(only({"tableName": "t", "backup": {"pitr": "ENABLED"}}).point_in_time_recovery) is True


def test_parse_schemas__several_tables_in_one_document() -> None:
    as_list = parse_schemas(b'{"tables": [{"tableName": "a"}, {"tableName": "b"}]}', "s.json")
    as_mapping = parse_schemas(b'{"tables": {\n"a": {"hashKey": "PK"},\n"b": {"tableName": "own"}}}', "s.json")
    assert [value(table.name) for table in as_list] == ["a", "b"]
    assert [table.name for table in as_mapping] == [("a", line(2)), ("own", line(3))]


@pytest.mark.parametrize(
    "document", ['{"$schema": "x", "type": "object", "properties": {"a": {"type": "string"}}}', "[]", "1", "{}", "null"]
)
def test_parse_schemas__json_about_something_else(document: str) -> None:
    assert parse_schemas(document.encode(), "s.json") == ()


def test_parse_schemas__what_is_not_understood_is_a_problem_with_its_line() -> None:
    table = only(
        '{"tableName": "t",\n"hashKey": {"type": "S"},\n"billingMode": "FREE",\n"encryption": "perhaps",\n'
        '"indexes": [\n{"hashKey": "a"}],\n'
        '"localIndexes": [{"name": "l",\n"keySchema": [{"x": 1}]}]}'
    )
    assert [(problem.value, problem.place.line) for problem in table.problems] == [
        ("a key without a name", 2),
        ("an index without a name", 6),
        ("a key without attribute name and key type", 8),
        ("billing mode 'FREE'", 3),
        ("'perhaps' is neither on nor off", 4),
    ]


@pytest.mark.parametrize("text", ["{", '{"a": 1, "a": 2}', "[" * 100_000, '{"a": NaN}', ""])
def test_parse_schemas__unsound_json(text: str) -> None:
    with pytest.raises(Malformed):
        parse_schemas(text.encode(), "s.json")
