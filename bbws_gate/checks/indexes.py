"""Secondary indexes: the ones that services query, with the keys that they query by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header, observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.plan_lines import plan_of_index
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import GLOBAL, LOCAL, Index, Table, known_texts, reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import IndexExpectation
from bbws_gate.terraform.stack import Plain

FIELDS = {"indexes": GLOBAL, "local_indexes": LOCAL}
"""The spec's word for each kind of index."""


class Compared(NamedTuple):
    """The indexes of one kind of one table, sorted by what the spec wants."""

    logical: str
    table: Table
    field: str
    wanted: Mapping[str, IndexExpectation]
    found: Mapping[str, Index]
    renamed: Mapping[str, Index]
    """By the wanted name: an index that is most likely meant, under another name."""
    others: tuple[Index, ...]
    """Neither wanted nor likely meant by a wanted name."""
    doubt: str
    """Why an index that was not found may be there all the same."""

    def subject(self, name: str) -> str:
        """``index/orders/OrdersByDate``"""
        return f"index/{self.logical}/{name}"


def _compared(project: ProjectEvidence) -> tuple[Compared, ...]:
    return tuple(
        _comparison(logical, table, field, wanted)
        for logical, table, expectation in project.required_tables
        for field, wanted in (("indexes", expectation.indexes), ("local_indexes", expectation.local_indexes))
        if wanted is not None
    )


def _comparison(logical: str, table: Table, field: str, wanted: Mapping[str, IndexExpectation]) -> Compared:
    present = [index for index in table.indexes if index.kind == FIELDS[field]]
    found = {name: index for name in wanted for index in present if index.name == name}
    rest = [index for index in present if index not in found.values()]
    unnamed = next((index for index in rest if not isinstance(index.name, str)), None)
    renamed = _renames({name: wanted[name] for name in wanted if name not in found}, rest, logical)
    others = tuple(index for index in rest if index not in renamed.values())
    doubt = table.indexes_unknown or (reason(unnamed.name) if unnamed is not None else "")
    return Compared(logical, table, field, wanted, found, renamed, others, doubt)


def _renames(missing: Mapping[str, IndexExpectation], present: list[Index], logical: str) -> dict[str, Index]:
    """Pairs of a missing and an unplanned index that are the same but for the name: same keys, or the same words where no keys are asked.

    Only pairs without a rival count: a guess between two is no help.
    """
    candidates = {name: [index for index in present if _same_index(name, wanted, index, logical)] for name, wanted in missing.items()}
    return {
        name: indexes[0]
        for name, indexes in candidates.items()
        if len(indexes) == 1 and sum(indexes[0] in others for others in candidates.values()) == 1
    }


def _same_index(name: str, wanted: IndexExpectation, index: Index, logical: str) -> bool:
    if not isinstance(index.name, str):
        return False
    if wanted.hash_key is not None:
        return index.keys == (wanted.hash_key, wanted.range_key)
    return bool(_words(name, logical)) and _words(name, logical) == _words(index.name, logical)


def _words(name: str, logical: str) -> frozenset[str]:
    """What an index's name says beside that it is an index of this table."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)
    said = {word.casefold().removesuffix("s") for word in words}
    return frozenset(said - {"by", "index", "idx", "gsi", "lsi", "global", "secondary", "local", logical.casefold().removesuffix("s")})


@check(
    "IDX001",
    "index-missing",
    severity=Severity.CRITICAL,
    category="Indexes",
    work=works.INDEXES,
    why="A query on an index that does not exist fails; building an index on a full table takes hours.",
    clear="Declare the index in Terraform, or take it out of the promotion spec and the plan.",
)
def index_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every index that the spec names for a table, against the index blocks that the evaluated table has, ``dynamic`` ones included."""
    for each in project.shared(_compared):
        for name in each.wanted:
            yield from _presence(project, each, name)
    for logical in project.tables.missing:
        if not project.tables.doubt:
            yield from _indexes_of_missing_table(project, logical)


def _presence(project: ProjectEvidence, each: Compared, name: str) -> Iterator[Outcome]:
    subject, item = each.subject(name), f"Index {name} of {each.logical} exists"
    asked = project.table_evidence(each.logical, each.field, name)
    if name in each.found:
        yield passed(subject, item, _block(each.found[name]), asked)
    elif name in each.renamed:
        return
    elif each.doubt:
        yield unverified(subject, item, each.doubt, header(each.table.resource), asked)
    else:
        names = ", ".join(str(index.name) for index in each.table.indexes if index.kind == FIELDS[each.field]) or "none"
        yield failed(
            subject,
            item,
            Evidence(each.table.resource.place, f"no index {name}; indexes: {names}"),
            asked,
            *plan_of_index(project, each.logical, name),
            title=f"Index {name} is missing on table {each.logical}",
            expected=f"index {name}{_keys_in_words(each.wanted[name])}",
            actual=f"indexes: {names}",
            action=f"Add {FIELDS[each.field]} {name} to {each.table.resource.address}, or take it out of the promotion spec.",
        )


def _indexes_of_missing_table(project: ProjectEvidence, logical: str) -> Iterator[Outcome]:
    expectation = project.expected_tables[logical]
    for field in FIELDS:
        wanted: Mapping[str, IndexExpectation] = getattr(expectation, field) or {}
        for name in wanted:
            yield failed(
                f"index/{logical}/{name}",
                f"Index {name} of {logical} exists",
                project.table_evidence(logical, field, name),
                title=f"Index {name} is missing with its table {logical}",
                expected=f"index {name}{_keys_in_words(wanted[name])}",
                actual=f"no table {logical}",
                because_of=(f"table/{logical}",),
            )


@check(
    "IDX002",
    "index-unplanned",
    severity=Severity.MEDIUM,
    category="Indexes",
    work=works.INDEXES,
    why="Every write to the table also writes the index: one that nobody planned costs money and hides a drift between plan and code.",
    clear="Add the index to the promotion spec, or remove it from Terraform.",
)
def index_unplanned(project: ProjectEvidence) -> Iterator[Outcome]:
    """Indexes that a table declares and the spec does not list, unless the spec allows others for that table."""
    for each in project.shared(_compared):
        if project.expected_tables[each.logical].allow_other_indexes:
            continue
        asked = project.table_evidence(each.logical, each.field)
        for index in each.others:
            if not isinstance(index.name, str):
                subject = each.subject(f"{index.kind}[{index.number}]")
                yield unverified(subject, f"Every index of {each.logical} is planned", reason(index.name), _block(index), asked)
                continue
            yield failed(
                each.subject(index.name),
                f"Index {index.name} of {each.logical} is planned",
                _block(index),
                asked,
                title=f"Index {index.name} on table {each.logical} is not in the plan",
                expected=f"indexes {', '.join(each.wanted) or 'none'}",
                actual=f"{index.name}{_keys_of(index)}",
            )


@check(
    "IDX003",
    "index-differs",
    severity=Severity.HIGH,
    category="Indexes",
    work=works.INDEXES,
    why="Queries by a key that the index does not have fail; attributes that it does not project come back empty.",
    clear="Correct keys and projection in Terraform, or correct the spec.",
)
def index_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """Hash key, range key, projection and projected attributes of each index that spec and Terraform both have."""
    for each in project.shared(_compared):
        for name, index in each.found.items():
            if not each.wanted[name].is_empty:
                yield _judged_index(project, each, name, index)


def _judged_index(project: ProjectEvidence, each: Compared, name: str, index: Index) -> Outcome:
    wanted = each.wanted[name]
    subject, item = each.subject(name), f"Index {name} of {each.logical} has the planned keys and projection"
    asked = project.table_evidence(each.logical, each.field, name)
    differences, doubts, seen = [], [], []
    for field, attribute, expected, actual in _settings(wanted, index):
        observed = observe(index.resource, *index.paths[attribute])
        why = reason(actual)
        if why:
            doubts.append(f"{field}: {why}")
        elif isinstance(expected, tuple):
            if sorted(expected) != sorted(str(each) for each in (actual if isinstance(actual, list) else ())):
                differences.append(f"{field} is {shown(actual)}")
                seen.append(observed.evidence)
        elif actual != expected:
            differences.append(f"{field} is {_named(actual) or 'not set'}")
            seen.append(observed.evidence)
    if differences:
        return failed(
            subject,
            item,
            *seen,
            asked,
            title=f"Index {name} on table {each.logical} is not as planned: {', '.join(differences)}",
            expected=_keys_in_words(wanted).strip(" ()"),
            actual=_keys_of(index).strip(" ()"),
        )
    if doubts:
        return unverified(subject, item, "; ".join(doubts), _block(index), asked)
    return passed(subject, item, _block(index), asked)


def _settings(wanted: IndexExpectation, index: Index) -> Iterator[tuple[str, str, str | tuple[str, ...] | None, Plain]]:
    """What the spec asks of an index: word, attribute, expected, actual. Where a hash key is given without range key, none is expected."""
    if wanted.hash_key is not None:
        yield "hash key", "hash_key", wanted.hash_key, index.hash_key
    if wanted.hash_key is not None or wanted.range_key is not None:
        yield "range key", "range_key", wanted.range_key, index.range_key
    if wanted.projection is not None:
        yield "projection", "projection_type", wanted.projection, index.projection
    if wanted.non_key_attributes is not None:
        yield "projected attributes", "non_key_attributes", wanted.non_key_attributes, index.non_key_attributes


@check(
    "IDX004",
    "index-renamed",
    severity=Severity.CRITICAL,
    category="Indexes",
    work=works.INDEXES,
    why="Services query an index by its name: the same index under another name fails them just as a missing one does.",
    clear="Settle one name: rename the index in Terraform (it is built anew), or change the spec and the services.",
)
def index_renamed(project: ProjectEvidence) -> Iterator[Outcome]:
    """An index of the spec that is missing while the table has an unplanned one with the same keys, or, where the spec gives no keys, one
    whose name has the same words; reported once, as a rename.
    """
    for each in project.shared(_compared):
        for name, index in each.renamed.items():
            yield failed(
                each.subject(name),
                f"Index {name} of {each.logical} has its planned name",
                observe(index.resource, *index.paths["name"]).evidence,
                project.table_evidence(each.logical, each.field, name),
                *plan_of_index(project, each.logical, name),
                title=f"Index {name} on table {each.logical} is called {index.name}",
                expected=f"{name}{_keys_in_words(each.wanted[name])}",
                actual=f"{index.name}{_keys_of(index)}",
            )


def _block(index: Index) -> Evidence:
    return Evidence(index.resource.trace.place(index.path), f"{index.kind} {shown(index.name)}{_keys_of(index)}")


def _keys_in_words(wanted: IndexExpectation) -> str:
    if wanted.hash_key is None:
        return ""
    parts = [f"hash key {wanted.hash_key}", f"range key {wanted.range_key}" if wanted.range_key else "no range key"]
    if wanted.projection is not None:
        parts.append(f"projection {wanted.projection}")
    return f" ({', '.join(parts)})"


def _keys_of(index: Index) -> str:
    hash_key, range_key, projection = map(_named, (index.hash_key, index.range_key, index.projection))
    parts = [f"hash key {hash_key}", f"range key {range_key}" if range_key else "no range key"]
    if projection is not None:
        parts.append(f"projection {projection}")
    return f" ({', '.join(parts)})"


def _named(value: Plain) -> str:
    """An attribute, or the several that make up a key."""
    if isinstance(value, str):
        return value
    return "unknown" if reason(value) else " and ".join(str(part) for part in known_texts(value) if part is not None)
