"""DynamoDB tables and their indexes as Terraform declares them: the shape of ``aws_dynamodb_table``, nothing judged.

Attribute names and defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table. Indexes and
replicas may also be resources of their own:
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index,
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bbws_gate.deferred import NamedTuple, dataclass, replace
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
    own = _Block((), resource.attributes)
    hash_key, range_key = _key(own, "hash_key"), _key(own, "range_key")
    indexes: list[Index] = []
    unknown = ""
    for kind in (GLOBAL, LOCAL):
        blocks, why = _blocks(resource, kind)
        unknown = unknown or why
        indexes += [_index(resource, kind, block, hash_key) for block in blocks]
    regions, no_regions = _blocks(resource, "replica")
    return Table(
        resource,
        resource.attributes.get("name"),
        hash_key.value,
        range_key.value,
        {"hash_key": hash_key.path, "range_key": range_key.path},
        tuple(indexes),
        unknown,
        tuple([Replica(resource, (*block.path, "region_name"), block.content.get("region_name")) for block in regions]),
        no_regions,
    )


class _Block(NamedTuple):
    """A block inside a resource, or the resource's own arguments."""

    path: Path
    content: Mapping[str, Plain]


def _blocks(resource: Resource, kind: str) -> tuple[list[_Block], str]:
    """The known blocks of one kind, and why there may be others."""
    blocks = resource.attributes.get(kind)
    if not isinstance(blocks, list):
        return [], reason(blocks)
    known = [_Block((kind, at), block if isinstance(block, dict) else {}) for at, block in enumerate(blocks) if not reason(block)]
    return known, next((reason(block) for block in blocks if reason(block)), "") if len(known) < len(blocks) else ""


def _index(resource: Resource, kind: str, block: _Block, table_key: _Key) -> Index:
    """An index that is a block of a table, whose hash key a local one has."""
    path, content = block
    hash_key, range_key = _key(block, "hash_key"), _key(block, "range_key")
    if kind == LOCAL and hash_key.value is None:
        hash_key = table_key
    return Index(
        resource,
        path,
        kind,
        content.get("name"),
        hash_key.value,
        range_key.value,
        content.get("projection_type"),
        content.get("non_key_attributes"),
        {
            "name": (*path, "name"),
            "projection_type": (*path, "projection_type"),
            "non_key_attributes": (*path, "non_key_attributes"),
            "hash_key": hash_key.path,
            "range_key": range_key.path,
        },
    )


def _own_index(resource: Resource) -> Index:
    """An index that is a resource of its own."""
    own = _Block((), resource.attributes)
    hash_key, range_key = _key(own, "hash_key"), _key(own, "range_key")
    projection: Path = ("projection", 0)
    paths: dict[str, Path] = {
        "name": ("index_name",),
        "projection_type": (*projection, "projection_type"),
        "non_key_attributes": (*projection, "non_key_attributes"),
        "hash_key": hash_key.path,
        "range_key": range_key.path,
    }
    return Index(
        resource,
        (),
        GLOBAL,
        resource.get(*paths["name"]),
        hash_key.value,
        range_key.value,
        resource.get(*paths["projection_type"]),
        resource.get(*paths["non_key_attributes"]),
        paths,
    )


class _Key(NamedTuple):
    value: Plain
    path: Path


_ROLES = {"hash_key": "HASH", "range_key": "RANGE"}


def _key(block: _Block, argument: str) -> _Key:
    """A key and where it stands: in ``key_schema`` blocks, which version 6 of the provider also takes, or in its own argument."""
    path, content = block
    schema = content.get("key_schema")
    if schema is None:
        return _Key(content.get(argument), (*path, argument))
    blocks: Path = (*path, "key_schema")
    entries = schema if isinstance(schema, list) else []
    unknown = next((part for part in (schema, *entries, *(_type(entry) for entry in entries)) if reason(part)), None)
    if unknown is not None:
        return _Key(unknown, blocks)
    named = {at: _name(entry) for at, entry in enumerate(entries) if _type(entry) == _ROLES[argument]}
    if not named:
        return _Key(content.get(argument), (*path, argument))
    unknown = next((name for name in named.values() if reason(name)), None)
    if unknown is not None:
        return _Key(unknown, blocks)
    if len(named) == 1:
        ((at, name),) = named.items()
        return _Key(name, (*blocks, at, "attribute_name"))
    return _Key(list(named.values()), blocks)


def _type(entry: Plain) -> Plain:
    return entry.get("key_type") if isinstance(entry, dict) else entry


def _name(entry: Plain) -> Plain:
    return entry.get("attribute_name") if isinstance(entry, dict) else None


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
