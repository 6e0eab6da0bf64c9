"""Key attributes of a table and its indexes: which are used where, which are declared, and with which types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bbws_gate.evidence.tables import Table, reason
from bbws_gate.terraform.stack import Path, Plain, Resource


class Use(NamedTuple):
    """One use of an attribute as a key."""

    attribute: Plain
    what: str
    """``hash key of the table``, ``range key of index OrdersByDate``."""
    path: Path


class Declared(NamedTuple):
    """One ``attribute`` block."""

    name: Plain
    type: Plain
    path: Path


def uses(table: Table) -> Iterator[Use]:
    """Every key of the table and its indexes that is set."""
    for name, value in (("hash_key", table.hash_key), ("range_key", table.range_key)):
        if value is not None:
            yield Use(value, f"{_word(name)} of the table", (name,))
    for index in table.indexes:
        called = index.name if isinstance(index.name, str) else f"number {index.path[1]}"
        for name, value in (("hash_key", index.hash_key), ("range_key", index.range_key)):
            if value is not None and not (index.kind == "local_secondary_index" and name == "hash_key"):
                yield Use(value, f"{_word(name)} of index {called}", (*index.path, name))


def declared(resource: Resource) -> tuple[Declared, ...]:
    """The table's ``attribute`` blocks, as far as they are known."""
    blocks = resource.get("attribute")
    return tuple(
        Declared(block.get("name"), block.get("type"), ("attribute", position))
        for position, block in enumerate(blocks if isinstance(blocks, list) else ())
        if isinstance(block, dict)
    )


def doubt(table: Table) -> str:
    """Why uses or declarations may not be complete; empty when they are."""
    blocks = table.resource.get("attribute")
    parts = [blocks, *(blocks if isinstance(blocks, list) else ())]
    parts += [each.name for each in declared(table.resource)]
    parts += [use.attribute for use in uses(table)]
    return table.indexes_unknown or next((why for part in parts if (why := reason(part))), "")


def _word(argument: str) -> str:
    return argument.replace("_", " ")
