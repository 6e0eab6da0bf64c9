"""Key attributes of a table and its indexes: which are used where, which are declared, and with which types."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.tables import LOCAL, Table, known_texts, reason
from bbws_gate.terraform.stack import Path, Plain, Resource


class Use(NamedTuple):
    """One use of an attribute as a key."""

    attribute: Plain
    what: str
    """``hash key of the table``, ``range key of index OrdersByDate``."""
    resource: Resource
    path: Path


class Declared(NamedTuple):
    """One ``attribute`` block, or a ``key_schema`` block with the attribute's type."""

    name: Plain
    type: Plain
    resource: Resource
    name_path: Path
    type_path: Path


def uses(table: Table) -> Iterator[Use]:
    """Every key of the table and its indexes that is set."""
    for argument, word, value in (("hash_key", "hash key", table.hash_key), ("range_key", "range key", table.range_key)):
        for part in known_texts(value):
            if part is not None:
                yield Use(part, f"{word} of the table", table.resource, table.key_paths[argument])
    for index in table.indexes:
        called = index.name if isinstance(index.name, str) else f"number {index.number}"
        for argument, word, value in (("hash_key", "hash key", index.hash_key), ("range_key", "range key", index.range_key)):
            for part in known_texts(value):
                if part is not None and not (index.kind == LOCAL and argument == "hash_key"):
                    yield Use(part, f"{word} of index {called}", index.resource, index.paths[argument])


def declared(table: Table) -> tuple[Declared, ...]:
    """The table's attributes, as far as they are known: its ``attribute`` blocks, then those that only an index's own resource declares."""
    found = list(_attributes(table.resource, "attribute", "name", "type"))
    for index in table.indexes:
        for each in _attributes(index.resource, "key_schema", "attribute_name", "attribute_type") if not index.path else ():
            if all(other.name != each.name for other in found):
                found.append(each)
    return tuple(found)


def _attributes(resource: Resource, block: str, name: str, kind: str) -> Iterator[Declared]:
    blocks = resource.get(block)
    for position, entry in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(entry, dict):
            yield Declared(entry.get(name), entry.get(kind), resource, (block, position, name), (block, position, kind))


def doubt(table: Table) -> str:
    """Why uses or declarations may not be complete; empty when they are."""
    blocks = table.resource.get("attribute")
    parts = [blocks, *(blocks if isinstance(blocks, list) else ())]
    parts += [each.name for each in declared(table)]
    parts += [use.attribute for use in uses(table)]
    return table.indexes_unknown or next((why for part in parts if (why := reason(part))), "")
