"""DynamoDB table schema documents: what a team writes down about a table beside the Terraform.

There is no standard for them. Read are the shapes of the AWS API (``aws dynamodb describe-table``, CloudFormation's
``AWS::DynamoDB::Table``) and the usual simpler ones, in camelCase, PascalCase or snake_case::

    {"tableName": "orders", "primaryKey": {"partitionKey": {"name": "PK", "type": "S"}}, "globalSecondaryIndexes": [...]}

What a document does not say is None or empty here; what it says in a way that is not understood is a problem with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import dataclass, field
from bbws_gate.evidence.fact import Fact
from bbws_gate.model import Place
from bbws_gate.notation import Mapping as MappingNode
from bbws_gate.notation import Node, Scalar, Sequence, json


@dataclass(frozen=True, slots=True)
class SchemaIndex:
    """A secondary index."""

    name: str
    place: Place
    hash_key: Fact[str] | None
    range_key: Fact[str] | None
    projection: Fact[str] | None
    non_key_attributes: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table as a document describes it."""

    place: Place
    """The whole table."""
    name: Fact[str] | None
    hash_key: Fact[str] | None
    range_key: Fact[str] | None
    attributes: Mapping[str, Fact[str]]
    """Types by attribute, ``S``, ``N``, ``B`` where that is meant; keys' own types are among them."""
    indexes: tuple[SchemaIndex, ...]
    local_indexes: tuple[SchemaIndex, ...]
    billing_mode: Fact[str] | None
    """``PAY_PER_REQUEST`` or ``PROVISIONED``."""
    point_in_time_recovery: Fact[bool] | None
    stream: Fact[str | bool] | None
    """View type, or whether it is on."""
    ttl: Fact[str | bool] | None
    """Attribute, or whether it is on."""
    encryption: Fact[bool] | None
    deletion_protection: Fact[bool] | None
    table_class: Fact[str] | None
    backup_days: Mapping[str, Fact[int]]
    """Retention by environment; under ``""`` where the document names none."""
    tags: Mapping[str, Fact[str]]
    problems: tuple[Fact[str], ...] = field(default=())


def parse_schemas(text: bytes, path: str) -> tuple[TableSchema, ...]:
    """The tables that a document describes; one for most, none for JSON that is about something else.

    Raises:
        Malformed: not sound JSON.
    """
    return tuple(_Reader(path).table(node, name) for node, name in _tables(json.parse(text, path)))


_WRAPPERS = ("table", "dynamodb", "xdynamodb", "tableschema", "schema")
_TYPES = {
    "string": "S",
    "number": "N",
    "integer": "N",
    "binary": "B",
    "bool": "BOOL",
    "boolean": "BOOL",
    "list": "L",
    "map": "M",
    "null": "NULL",
}
_SETS = {"stringset": "SS", "numberset": "NS", "binaryset": "BS"}
_BILLING = {"ondemand": "PAY_PER_REQUEST", "payperrequest": "PAY_PER_REQUEST", "provisioned": "PROVISIONED"}
_HASH = ("partitionkey", "hashkey", "pk", "hash", "partition")
_RANGE = ("sortkey", "rangekey", "sk", "range", "sort")
_GLOBAL = ("globalsecondaryindexes", "globalindexes", "gsis", "gsi", "secondaryindexes", "indexes", "globalsecondaryindex")
_LOCAL = ("localsecondaryindexes", "localindexes", "lsis", "lsi", "localsecondaryindex")
_ON = ("enabled", "pointintimerecoveryenabled", "streamenabled", "sseenabled", "status", "active")


def _canonical(key: str) -> str:
    return "".join(character for character in key.casefold() if character.isalnum())


def _get(node: Node | None, *names: str) -> tuple[Node, int] | None:
    """The first of some keys, however they are cased, with its line."""
    if isinstance(node, MappingNode):
        keys = {_canonical(key): key for key in reversed(node.items)}
        for name in names:
            if name in keys:
                return node.items[keys[name]], node.lines[keys[name]]
    return None


def _tables(root: Node) -> Iterator[tuple[MappingNode, Fact[str] | None]]:
    """The mappings that describe a table, with the name that a surrounding key gives."""
    if not isinstance(root, MappingNode):
        return
    several = _get(root, "tables")
    if several is not None:
        yield from _several(several[0])
        return
    properties = _get(root, "properties")
    if properties is not None and _get(properties[0], "keyschema", "tablename", "attributedefinitions") is not None:
        yield from _tables(properties[0])
        return
    for wrapper in _WRAPPERS:
        inner = _get(root, wrapper)
        if inner is not None and _describes_table(inner[0]):
            yield from _tables(inner[0])
            return
    if _describes_table(root):
        yield root, None


def _several(node: Node) -> Iterator[tuple[MappingNode, Fact[str] | None]]:
    if isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, MappingNode):
                yield item, None
    elif isinstance(node, MappingNode):
        for key, item in node.items.items():
            if isinstance(item, MappingNode):
                yield item, Fact(key, Place("", node.lines[key], node.lines[key]))


def _describes_table(node: Node) -> bool:
    return _get(node, "tablename", "keyschema", "primarykey", "partitionkey", "hashkey", "keys", *_GLOBAL) is not None


class _Reader:
    """Reads one table; collects what it does not understand."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._problems: list[Fact[str]] = []

    def table(self, node: MappingNode, given: Fact[str] | None) -> TableSchema:
        keys = _get(node, "primarykey", "keys", "key", "keyschema")
        hash_key, range_key = self._keys(keys[0] if keys is not None and not isinstance(keys[0], Scalar) else node)
        name = self._text(_get(node, "tablename", "name", "table"))
        if name is None and given is not None:
            name = Fact(given.value, self._place(given.place.line))
        backup = _get(node, "backup", "backups", "backuppolicy")
        recovery = _get(node, "pointintimerecovery", "pitr", "pointintimerecoveryspecification") or _get(
            backup[0] if backup is not None else None, "pointintimerecovery", "pitr"
        )
        return TableSchema(
            place=Place(self._path, node.line, node.end_line),
            name=name,
            hash_key=hash_key,
            range_key=range_key,
            attributes=self._attributes(node),
            indexes=self._indexes(_get(node, *_GLOBAL)),
            local_indexes=self._indexes(_get(node, *_LOCAL), hash_key),
            billing_mode=self._billing(node),
            point_in_time_recovery=self._switch(recovery),
            stream=self._choice(_get(node, "streams", "stream", "streamspecification", "dynamodbstreams"), "streamviewtype", "viewtype"),
            ttl=self._choice(_get(node, "ttl", "timetolive", "timetolivespecification"), "attributename", "attribute", "name"),
            encryption=self._switch(_get(node, "encryption", "ssespecification", "serversideencryption", "sse")),
            deletion_protection=self._switch(_get(node, "deletionprotection", "deletionprotectionenabled")),
            table_class=self._text(_get(node, "tableclass")),
            backup_days=self._backup_days(backup),
            tags=self._tags(_get(node, "tags")),
            problems=tuple(self._problems),
        )

    def _place(self, line: int) -> Place:
        return Place(self._path, line, line)

    def _misunderstood(self, what: str, line: int) -> None:
        self._problems.append(Fact(what, self._place(line)))

    def _text(self, found: tuple[Node, int] | None) -> Fact[str] | None:
        if found is None:
            return None
        node, line = found
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return Fact(node.value, self._place(line))
        return None

    def _keys(self, node: Node) -> tuple[Fact[str] | None, Fact[str] | None]:
        """Hash and range key: by their own keys, or from a ``KeySchema`` list."""
        if isinstance(node, Sequence):
            found: dict[str, Fact[str]] = {}
            for item in node.items:
                name, kind = self._text(_get(item, "attributename", "name")), self._text(_get(item, "keytype", "type", "role"))
                if name is None or kind is None:
                    self._misunderstood("a key without attribute name and key type", item.line)
                else:
                    found.setdefault("RANGE" if kind.value.upper() in {"RANGE", "SORT"} else "HASH", name)
            return found.get("HASH"), found.get("RANGE")
        schema = _get(node, "keyschema", "primarykey", "keys", "key")
        if schema is not None and not isinstance(schema[0], Scalar):
            return self._keys(schema[0])
        return self._key(_get(node, *_HASH)), self._key(_get(node, *_RANGE))

    def _key(self, found: tuple[Node, int] | None) -> Fact[str] | None:
        """``"PK"`` or ``{"name": "PK", "type": "S"}``."""
        if found is None:
            return None
        node, line = found
        name = self._text(found) or self._text(_get(node, "name", "attributename", "attribute"))
        if name is None and not (isinstance(node, Scalar) and node.value is None):
            self._misunderstood("a key without a name", line)
        return name

    def _attributes(self, table: MappingNode) -> dict[str, Fact[str]]:
        found: dict[str, Fact[str]] = {}
        self._collect_key_types(table, found)
        for name in (*_GLOBAL, *_LOCAL):
            indexes = _get(table, name)
            for _, _, index in _entries(indexes[0] if indexes is not None else None):
                self._collect_key_types(index, found)
        for name in ("attributes", "attributedefinitions"):
            listed = _get(table, name)
            for key, line, item in _entries(listed[0] if listed is not None else None):
                own = self._text(_get(item, "attributename", "name"))
                attribute = key or (own.value if own is not None else None)
                kind = self._text((item, line)) or self._text(_get(item, "attributetype", "type", "datatype"))
                if attribute is not None and kind is not None:
                    found[attribute] = Fact(_type(kind.value), kind.place)
        return found

    def _collect_key_types(self, node: Node, found: dict[str, Fact[str]]) -> None:
        for holder in (node, *(inner[0] for key in ("primarykey", "keys", "key") if (inner := _get(node, key)) is not None)):
            for names in (_HASH, _RANGE):
                key = _get(holder, *names)
                name = self._text(_get(key[0], "name", "attributename", "attribute")) if key is not None else None
                kind = self._text(_get(key[0], "type", "attributetype", "datatype")) if key is not None else None
                if name is not None and kind is not None:
                    found.setdefault(name.value, Fact(_type(kind.value), kind.place))

    def _indexes(self, found: tuple[Node, int] | None, hash_key: Fact[str] | None = None) -> tuple[SchemaIndex, ...]:
        indexes = []
        for name, line, node in _entries(found[0] if found is not None else None):
            own = self._text(_get(node, "indexname", "name"))
            known = name or (own.value if own is not None else None)
            if known is None:
                self._misunderstood("an index without a name", node.line)
                continue
            own_hash, range_key = self._keys(node)
            projection = _get(node, "projection", "projectiontype")
            kind = self._text(projection) or self._text(_get(projection[0], "projectiontype", "type")) if projection is not None else None
            included = _get(node, "nonkeyattributes") or _get(
                projection[0] if projection is not None else None, "nonkeyattributes", "attributes"
            )
            indexes.append(
                SchemaIndex(
                    name=known,
                    place=self._place(own.place.line if own is not None else line),
                    hash_key=own_hash or hash_key,
                    range_key=range_key,
                    projection=None if kind is None else Fact(kind.value.upper(), kind.place),
                    non_key_attributes=self._texts(included),
                )
            )
        return tuple(indexes)

    def _texts(self, found: tuple[Node, int] | None) -> tuple[Fact[str], ...]:
        if found is None or not isinstance(found[0], Sequence):
            return ()
        return tuple(
            Fact(item.value, self._place(item.line)) for item in found[0].items if isinstance(item, Scalar) and isinstance(item.value, str)
        )

    def _billing(self, table: MappingNode) -> Fact[str] | None:
        found = _get(table, "billingmode", "billing", "capacitymode", "capacity", "billingmodesummary")
        if found is None:
            return None
        said = self._text(found) or self._text(_get(found[0], "mode", "billingmode", "capacitymode", "type"))
        if said is None:
            return None
        mode = _BILLING.get(_canonical(said.value))
        if mode is None:
            self._misunderstood(f"billing mode {said.value!r:.60}", said.place.line)
            return None
        return Fact(mode, said.place)

    def _switch(self, found: tuple[Node, int] | None) -> Fact[bool] | None:
        """``true``, ``"ENABLED"``, ``{"enabled": true}``."""
        if found is None:
            return None
        node, line = found
        inner = _get(node, *_ON)
        value = _truth(inner[0] if inner is not None else node)
        if value is None:
            if isinstance(node, Scalar) and node.value is not None:
                self._misunderstood(f"{node.value!r:.60} is neither on nor off", line)
            return None
        return Fact(value, self._place(inner[1] if inner is not None else line))

    def _choice(self, found: tuple[Node, int] | None, *names: str) -> Fact[str | bool] | None:
        """A switch that also names something: the stream's view type, the TTL's attribute."""
        if found is None:
            return None
        node, line = found
        truth = _truth(node)
        if truth is not None:
            return Fact(truth, self._place(line))
        if isinstance(node, Scalar):
            return Fact(node.value, self._place(line)) if isinstance(node.value, str) else None
        switch = self._switch(found)
        if switch is not None and not switch.value:
            return Fact(False, switch.place)
        named = self._text(_get(node, *names))
        if named is not None:
            return Fact(named.value, named.place)
        return None if switch is None else Fact(switch.value, switch.place)

    def _backup_days(self, found: tuple[Node, int] | None) -> dict[str, Fact[int]]:
        if found is None:
            return {}
        days = self._days(found[0])
        if days is not None:
            return {"": days}
        environments = _get(found[0], "environments", "retention", "retentiondays") or found
        by_environment: dict[str, Fact[int]] = {}
        for name, line, node in _entries(environments[0]):
            own = self._number((node, line)) or self._days(node)
            if name is not None and own is not None and _canonical(name) not in {"startwindow", "completionwindow"}:
                by_environment[name] = own
        return by_environment

    def _days(self, node: Node) -> Fact[int] | None:
        for name in ("retentiondays", "retentionindays", "retention", "deleteafterdays", "deleteafter", "days"):
            number = self._number(_get(node, name))
            if number is not None:
                return number
        lifecycle = _get(node, "lifecycle")
        return self._days(lifecycle[0]) if lifecycle is not None else None

    def _number(self, found: tuple[Node, int] | None) -> Fact[int] | None:
        if found is None or not isinstance(found[0], Scalar):
            return None
        value = found[0].value
        return Fact(value, self._place(found[1])) if isinstance(value, int) and not isinstance(value, bool) else None

    def _tags(self, found: tuple[Node, int] | None) -> dict[str, Fact[str]]:
        tags: dict[str, Fact[str]] = {}
        for name, line, node in _entries(found[0] if found is not None else None):
            key = name or (node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None)
            if key is not None:
                value = self._text((node, line)) if name is not None else None
                tags[key] = value or Fact("", self._place(line))
                continue
            named, value = self._text(_get(node, "key", "name")), self._text(_get(node, "value"))
            if named is not None:
                tags[named.value] = value or Fact("", named.place)
        return tags


def _entries(node: Node | None) -> Iterator[tuple[str | None, int, Node]]:
    """Items of a list, or of a mapping with their keys."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield None, item.line, item
    elif isinstance(node, MappingNode):
        for key, item in node.items.items():
            yield key, node.lines[key], item


def _truth(node: Node) -> bool | None:
    if not isinstance(node, Scalar):
        return None
    if isinstance(node.value, bool):
        return node.value
    word = _canonical(node.value) if isinstance(node.value, str) else ""
    return True if word in {"enabled", "true", "on", "yes"} else False if word in {"disabled", "false", "off", "no"} else None


def _type(text: str) -> str:
    word = _canonical(text)
    return {**_TYPES, **_SETS}.get(word, text.upper())
