"""Which table of the Terraform is meant by which table of the spec.

A table is recognised by its evaluated name, whether it follows the naming rule or not; by its label in the code where the name says
nothing; each table stands for at most one expectation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bbws_gate.evidence.tables import Table, reason

USUAL_ENVIRONMENTS = frozenset({"dev", "test", "tst", "sit", "qa", "uat", "stage", "staging", "preprod", "prod", "prd", "production", "dr"})


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the Terraform, sorted by what the spec wants."""

    found: Mapping[str, Table]
    """By the spec's logical name."""
    missing: tuple[str, ...]
    """Logical names that no table stands for, in the spec's order."""
    others: tuple[Table, ...]
    """Tables that the spec does not name."""
    doubt: str
    """Why a table that was not found may be there all the same; empty when it cannot be."""


def match_tables(wanted: Mapping[str, str], tables: Iterable[Table], environments: Iterable[str], unread: str) -> Tables:
    """Recognise each wanted table.

    Args:
        wanted: the name that each table must have, by its logical name.
        tables: what the Terraform declares.
        environments: names of environments, which are no part of what a table is called.
        unread: why the Terraform may declare more than was seen; empty when all was read.
    """
    ignored = USUAL_ENVIRONMENTS | {name.casefold() for name in environments}
    free = list(tables)
    found: dict[str, Table] = {}
    for recognises in (_by_full_name, _by_bare_name, _by_words(ignored), _by_label(ignored)):
        for logical, name in wanted.items():
            if logical in found:
                continue
            hits = [table for table in free if recognises(table, logical, name)]
            if len(hits) == 1 or (hits and recognises is _by_full_name):
                found[logical] = hits[0]
                free.remove(hits[0])
    unnamed = next((table for table in free if reason(table.name) or not table.resource.expanded), None)
    doubt = unread
    if unnamed is not None:
        why = reason(unnamed.name) or "the number of its instances cannot be known"
        doubt = f"{unnamed.resource.address} may be it: {why}"
    return Tables(MappingProxyType(found), tuple(name for name in wanted if name not in found), tuple(free), doubt)


_Recognises = Callable[[Table, str, str], bool]


def _by_full_name(table: Table, _logical: str, name: str) -> bool:
    return table.name == name


def _by_bare_name(table: Table, logical: str, _name: str) -> bool:
    return table.name == logical


def _by_words(ignored: frozenset[str]) -> _Recognises:
    def recognises(table: Table, logical: str, _name: str) -> bool:
        return isinstance(table.name, str) and _words(table.name, ignored) == _words(logical, ignored)

    return recognises


def _by_label(ignored: frozenset[str]) -> _Recognises:
    def recognises(table: Table, logical: str, _name: str) -> bool:
        label = _words(table.label, ignored)
        return label in (_words(logical, ignored), (*_words(logical, ignored), "table"))

    return recognises


def same_name(first: str, second: str, environments: Iterable[str]) -> bool:
    """Whether two names mean the same thing, environments and ways of writing aside: ``orders-sit``, ``sit_orders`` and ``Orders``."""
    ignored = USUAL_ENVIRONMENTS | {name.casefold() for name in environments} | {"env"}
    return _words(first, ignored) == _words(second, ignored)


def _words(name: str, ignored: frozenset[str]) -> tuple[str, ...]:
    """The words of a name, in lower and singular form, without those to be ignored: ``sit-OrderLines`` is ``order``, ``line``."""
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    words = [word.casefold() for word in re.split(r"[^A-Za-z0-9]+", split) if word]
    kept = [word for word in words if word not in ignored] or words
    return tuple(word.removesuffix("s") if len(word) > 3 else word for word in kept)
