"""DynamoDB tables and their indexes as Terraform declares them: the shape of ``aws_dynamodb_table``, nothing judged.

Attribute names and defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table. Indexes and
replicas may also be resources of their own:
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index,
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bbws_gate.deferred import dataclass
from bbws_gate.evidence.references import leads_to
from bbws_gate.terraform.stack import Path, Plain, Resource, SensitiveValue, Stack, UnknownValue

TABLE = "aws_dynamodb_table"
INDEX, REPLICA = "aws_dynamodb_global_secondary_index", "aws_dynamodb_table_replica"
GLOBAL, LOCAL = "global_secondary_index", "local_secondary_index"


@dataclass(frozen=True, slots=True)
class Index:
    """One secondary index: a block of a table, or a resource of its own."""

    resource: Resource
    """What declares it: the table or the index's own resource."""
    path: Path
    """Of the block inside the table, ``("global_secondary_index", 0)``; empty for a resource of its own."""
    kind: str
    """``global_secondary_index`` or ``local_secondary_index``."""
    name: Plain
    hash_key: Plain
    """A list where several attributes make up the key."""
    range_key: Plain
    projection: Plain
    non_key_attributes: Plain
    paths: Mapping[str, Path]
    """Where each argument stands, by the name that it has in a table's block."""

    @property
    def keys(self) -> tuple[str | None, str | None] | None:
        """Hash and range key, None when one of them cannot be known."""
        hash_key, range_key = self.hash_key, self.range_key
        if isinstance(hash_key, str) and (range_key is None or isinstance(range_key, str)):
            return hash_key, range_key
        return None

    @property
    def number(self) -> str:
        """What to call it where its name cannot be known."""
        return str(self.path[1]) if self.path else self.resource.address


class Replica(NamedTuple):
    """One region that a table is copied to."""

    resource: Resource
    path: Path
    """Of the region inside the resource; empty where the resource's provider decides."""
    region: Plain


@dataclass(frozen=True, slots=True)
class Table:
    """One ``aws_dynamodb_table`` instance, with the resources that belong to it."""

    resource: Resource
    name: Plain
    hash_key: Plain
    range_key: Plain
    key_paths: Mapping[str, Path]
    """Where ``hash_key`` and ``range_key`` stand."""
    indexes: tuple[Index, ...]
    indexes_unknown: str
    """Why the list of indexes is not complete; empty when it is."""
    replicas: tuple[Replica, ...]
    replicas_unknown: str
    """Why the list of replicas is not complete; empty when it is."""

    @property
    def label(self) -> str:
        """What people call it in the code: the ``for_each`` key, else the resource's name."""
        return self.resource.key if isinstance(self.resource.key, str) else self.resource.name


def tables_of(stack: Stack) -> tuple[Table, ...]:
    """Every table of the Terraform with its indexes and replicas, those with resources of their own included."""
    indexes, replicas = stack.of_type(INDEX), stack.of_type(REPLICA)
    tables = (table_from_resource(each) for each in stack.of_type(TABLE))
    return tuple(_with_own_resources(table, indexes, replicas) for table in tables) if indexes or replicas else tuple(tables)


def table_from_resource(resource: Resource) -> Table:
    """The table that an ``aws_dynamodb_table`` resource describes by itself."""
    indexes: list[Index] = []
    unknown = ""
    for kind in (GLOBAL, LOCAL):
        paths, why = _blocks(resource, kind)
        unknown = unknown or why
        indexes += [_index(resource, path) for path in paths]
    regions, no_regions = _blocks(resource, "replica")
    hash_key, range_key = _key(resource, (), "hash_key"), _key(resource, (), "range_key")
    return Table(
        resource,
        resource.get("name"),
        hash_key.value,
        range_key.value,
        {"hash_key": hash_key.path, "range_key": range_key.path},
        tuple(indexes),
        unknown,
        tuple(Replica(resource, (*path, "region_name"), resource.get(*path, "region_name")) for path in regions),
        no_regions,
    )


def _blocks(resource: Resource, kind: str) -> tuple[list[Path], str]:
    """Where the known blocks of one kind stand, and why there may be others."""
    blocks = resource.get(kind)
    if reason(blocks):
        return [], reason(blocks)
    known = list(enumerate(blocks if isinstance(blocks, list) else ()))
    return [(kind, at) for at, block in known if not reason(block)], next((reason(block) for _, block in known if reason(block)), "")


def _index(resource: Resource, path: Path) -> Index:
    hash_key, range_key = _key(resource, path, "hash_key"), _key(resource, path, "range_key")
    if path[0] == LOCAL and hash_key.value is None:
        hash_key = _key(resource, (), "hash_key")
    plain = {argument: (*path, argument) for argument in ("name", "projection_type", "non_key_attributes")}
    return _made(resource, path, str(path[0]), (hash_key, range_key), plain)


def _own_index(resource: Resource) -> Index:
    """An index that is a resource of its own."""
    plain: dict[str, Path] = {
        "name": ("index_name",),
        "projection_type": ("projection", 0, "projection_type"),
        "non_key_attributes": ("projection", 0, "non_key_attributes"),
    }
    return _made(resource, (), GLOBAL, (_key(resource, (), "hash_key"), _key(resource, (), "range_key")), plain)


class _Key(NamedTuple):
    value: Plain
    path: Path


def _made(resource: Resource, path: Path, kind: str, keys: tuple[_Key, _Key], plain: Mapping[str, Path]) -> Index:
    hash_key, range_key = keys
    return Index(
        resource,
        path,
        kind,
        resource.get(*plain["name"]),
        hash_key.value,
        range_key.value,
        resource.get(*plain["projection_type"]),
        resource.get(*plain["non_key_attributes"]),
        {**plain, "hash_key": hash_key.path, "range_key": range_key.path},
    )


_ROLES = {"hash_key": "HASH", "range_key": "RANGE"}


def _key(resource: Resource, path: Path, argument: str) -> _Key:
    """A key and where it stands: in ``key_schema`` blocks, which version 6 of the provider also takes, or in its own argument."""
    blocks: Path = (*path, "key_schema")
    schema = resource.get(*blocks)
    entries = schema if isinstance(schema, list) else []
    if schema is None:
        return _Key(resource.get(*path, argument), (*path, argument))
    unknown = next((part for part in (schema, *entries, *(_type(entry) for entry in entries)) if reason(part)), None)
    if unknown is not None:
        return _Key(unknown, blocks)
    found = [at for at, entry in enumerate(entries) if _type(entry) == _ROLES[argument]]
    if not found:
        return _Key(resource.get(*path, argument), (*path, argument))
    if len(found) == 1:
        return _Key(resource.get(*blocks, found[0], "attribute_name"), (*blocks, found[0], "attribute_name"))
    return _Key([resource.get(*blocks, at, "attribute_name") for at in found], blocks)


def _type(entry: Plain) -> Plain:
    return entry.get("key_type") if isinstance(entry, dict) else entry


def _with_own_resources(table: Table, indexes: Iterable[Resource], replicas: Iterable[Resource]) -> Table:
    own, index_doubt = _belonging(table, indexes, ("table_name",), table.name)
    copies, replica_doubt = _belonging(table, replicas, ("global_table_arn",), None)
    return replace(
        table,
        indexes=(*table.indexes, *map(_own_index, own)),
        indexes_unknown=table.indexes_unknown or index_doubt,
        replicas=(*table.replicas, *map(_own_replica, copies)),
        replicas_unknown=table.replicas_unknown or replica_doubt,
    )


def _belonging(table: Table, resources: Iterable[Resource], path: Path, value: Plain) -> tuple[list[Resource], str]:
    """The resources that refer to a table, by reference or by ``value``; and why there may be others."""
    own, doubt = [], ""
    for resource in resources:
        given = resource.get(*path)
        if leads_to(resource, path, table.resource) or (isinstance(given, str) and (given == value or _names(given, table))):
            own.append(resource)
            if not resource.expanded:
                doubt = doubt or f"the number of {resource.address} cannot be known"
        elif reason(given) and not any(f"{TABLE}." in reference for reference in resource.trace.references(path)):
            doubt = doubt or f"{resource.address} may belong to it: {reason(given)}"
    return own, doubt


def _names(arn: str, table: Table) -> bool:
    return isinstance(table.name, str) and arn.startswith("arn:") and arn.endswith(f":table/{table.name}")


def _own_replica(resource: Resource) -> Replica:
    """A replica that is a resource of its own: its region is its own argument's (provider 6) or its provider's."""
    if resource.get("region") is not None:
        return Replica(resource, ("region",), resource.get("region"))
    region = resource.provider.attributes.get("region") if resource.provider is not None else None
    return Replica(resource, (), UnknownValue(f"the region of {resource.address} is its provider's") if region is None else region)


def known_texts(value: Plain) -> Iterator[Plain]:
    """A value, or the parts of a list: keys that several attributes make up."""
    yield from value if isinstance(value, list) else (value,)


def reason(value: object) -> str:
    """Why a value cannot be judged, in words; empty when it can."""
    if isinstance(value, UnknownValue):
        return value.reason
    return "the value is sensitive" if isinstance(value, SensitiveValue) else ""
