"""DynamoDB tables and their indexes as Terraform declares them: the shape of ``aws_dynamodb_table``, nothing judged.

Attribute names and defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
"""

from __future__ import annotations

from dataclasses import dataclass

from bbws_gate.terraform.stack import Path, Plain, Resource, SensitiveValue, UnknownValue

TABLE = "aws_dynamodb_table"
GLOBAL, LOCAL = "global_secondary_index", "local_secondary_index"


@dataclass(frozen=True, slots=True)
class Index:
    """One index block of a table."""

    table: Resource
    path: Path
    """Of the block inside the table: ``("global_secondary_index", 0)``."""
    name: Plain
    hash_key: Plain
    range_key: Plain
    projection: Plain
    non_key_attributes: Plain

    @property
    def kind(self) -> str:
        """``global_secondary_index`` or ``local_secondary_index``."""
        return str(self.path[0])

    @property
    def keys(self) -> tuple[str | None, str | None] | None:
        """Hash and range key, None when one of them cannot be known."""
        hash_key, range_key = self.hash_key, self.range_key
        if isinstance(hash_key, str) and (range_key is None or isinstance(range_key, str)):
            return hash_key, range_key
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """One ``aws_dynamodb_table`` instance."""

    resource: Resource
    name: Plain
    hash_key: Plain
    range_key: Plain
    indexes: tuple[Index, ...]
    indexes_unknown: str
    """Why the list of indexes is not complete; empty when it is."""

    @property
    def label(self) -> str:
        """What people call it in the code: the ``for_each`` key, else the resource's name."""
        return self.resource.key if isinstance(self.resource.key, str) else self.resource.name


def table_from_resource(resource: Resource) -> Table:
    """The table that an ``aws_dynamodb_table`` resource describes."""
    indexes: list[Index] = []
    unknown = ""
    for kind in (GLOBAL, LOCAL):
        blocks = resource.get(kind)
        if isinstance(blocks, (UnknownValue, SensitiveValue)):
            unknown = unknown or reason(blocks)
            continue
        for position, block in enumerate(blocks if isinstance(blocks, list) else ()):
            if isinstance(block, (UnknownValue, SensitiveValue)):
                unknown = unknown or reason(block)
            else:
                indexes.append(_index(resource, (kind, position)))
    hash_key, range_key = _keys(resource, ())
    return Table(resource, resource.get("name"), hash_key, range_key, tuple(indexes), unknown)


def _index(resource: Resource, path: Path) -> Index:
    hash_key, range_key = _keys(resource, path)
    if path[0] == LOCAL and hash_key is None:
        hash_key = resource.get("hash_key")
    return Index(
        table=resource,
        path=path,
        name=resource.get(*path, "name"),
        hash_key=hash_key,
        range_key=range_key,
        projection=resource.get(*path, "projection_type"),
        non_key_attributes=resource.get(*path, "non_key_attributes"),
    )


def _keys(resource: Resource, path: Path) -> tuple[Plain, Plain]:
    """Hash and range key; version 6 of the provider also takes them as ``key_schema`` blocks."""
    schema = resource.get(*path, "key_schema")
    if isinstance(schema, (UnknownValue, SensitiveValue)):
        return schema, schema
    found: dict[str, Plain] = {}
    for entry in schema if isinstance(schema, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("key_type"), str):
            found.setdefault(str(entry["key_type"]), entry.get("attribute_name"))
    return (
        found.get("HASH", resource.get(*path, "hash_key")),
        found.get("RANGE", resource.get(*path, "range_key")),
    )


def reason(value: object) -> str:
    """Why a value cannot be judged, in words; empty when it can."""
    if isinstance(value, UnknownValue):
        return value.reason
    return "the value is sensitive" if isinstance(value, SensitiveValue) else ""
