"""Which table of the Terraform is meant by which table of the spec.

A table is recognised by its evaluated name, whether it follows the naming rule or not; by its label in the code where the name says
nothing; each table stands for at most one expectation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType

from bbws_gate.deferred import NamedTuple, dataclass
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
    free = dict(enumerate(tables))
    found: dict[str, Table] = {}
    for sign in (_FULL_NAME, _BARE_NAME, _words_of_name(ignored), _words_of_label(ignored)):
        if len(found) == len(wanted):
            break
        alike = _grouped(free, sign.of_table)
        for logical, name in wanted.items():
            if logical in found:
                continue
            hits = sorted(at for key in sign.of_wanted(logical, name) for at in alike.get(key, ()) if at in free)
            if len(hits) == 1 or (hits and sign is _FULL_NAME):
                found[logical] = free.pop(hits[0])
    others = tuple(free.values())
    unnamed = next((table for table in others if reason(table.name) or not table.resource.expanded), None)
    doubt = unread
    if unnamed is not None:
        why = reason(unnamed.name) or "the number of its instances cannot be known"
        doubt = f"{unnamed.resource.address} may be it: {why}"
    return Tables(MappingProxyType(found), tuple(name for name in wanted if name not in found), others, doubt)


class _Sign(NamedTuple):
    """One way to recognise a table: what it shows, and what the wanted one may show; two that show the same are a match."""

    of_table: Callable[[Table], Hashable]
    """None where it shows nothing."""
    of_wanted: Callable[[str, str], Iterable[Hashable]]
    """Of a logical name and the full name."""


def _grouped(tables: Mapping[int, Table], shown: Callable[[Table], Hashable]) -> dict[Hashable, list[int]]:
    """The numbers of the tables by what they show: comparing each with each would take minutes for thousands."""
    groups: dict[Hashable, list[int]] = {}
    for at, table in tables.items():
        key = shown(table)
        if key is not None:
            groups.setdefault(key, []).append(at)
    return groups


def _name(table: Table) -> str | None:
    return table.name if isinstance(table.name, str) else None


_FULL_NAME = _Sign(_name, lambda _, name: (name,))
_BARE_NAME = _Sign(_name, lambda logical, _: (logical,))


def _words_of_name(ignored: frozenset[str]) -> _Sign:
    def of_table(table: Table) -> Hashable:
        return _words(table.name, ignored) if isinstance(table.name, str) else None

    return _Sign(of_table, lambda logical, _: (_words(logical, ignored),))


def _words_of_label(ignored: frozenset[str]) -> _Sign:
    def of_wanted(logical: str, _name: str) -> Iterable[Hashable]:
        words = _words(logical, ignored)
        return words, (*words, "table")

    return _Sign(lambda table: _words(table.label, ignored), of_wanted)


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
