"""Key attributes and limits: what AWS refuses when the table is created, found before anything is created.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.keys import Declared, Use, declared, doubt, uses
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import GLOBAL, LOCAL, Table
from bbws_gate.model import Evidence, Outcome, Severity

TYPES = ("S", "N", "B")
_REFUSED = "AWS refuses the table: the apply fails, half way through if other resources were created before."


class Keyed(NamedTuple):
    """One table with its keys."""

    name: str
    """What it is called in findings."""
    table: Table
    uses: tuple[Use, ...]
    declared: tuple[Declared, ...]


def _keyed(project: ProjectEvidence) -> tuple[Keyed, ...]:
    """Every table."""
    names = project.logical_names
    return tuple(
        Keyed(names.get(table.resource.address, table.label), table, tuple(uses(table)), declared(table)) for table in project.all_tables
    )


@check(
    "KEY001",
    "key-attribute-undeclared",
    severity=Severity.CRITICAL,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why=_REFUSED,
    clear="Add an attribute block with the key's name and type.",
)
def key_attribute_undeclared(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every hash and range key of tables and indexes: that the table has an ``attribute`` block of that name."""
    for name, table, keys, attributes in project.shared(_keyed):
        subject, item = f"table/{name}/attributes", f"Every key of {name} is declared as an attribute"
        known = {each.name for each in attributes if isinstance(each.name, str)}
        missing = [use for use in keys if isinstance(use.attribute, str) and use.attribute not in known]
        if (missing or not known) and (why := doubt(table)):
            yield unverified(subject, item, why, Evidence(table.resource.place, table.resource.address))
        elif missing:
            yield failed(
                subject,
                item,
                *(observe(use.resource, *use.path).evidence for use in missing),
                title=f"Table {name} has no attribute block for {', '.join(dict.fromkeys(str(use.attribute) for use in missing))}",
                expected="an attribute block for each key",
                actual="; ".join(f"{use.attribute} is the {use.what}" for use in missing),
            )
        elif known:
            yield passed(subject, item, Evidence(table.resource.place, f"attributes: {', '.join(sorted(known))}"))


@check(
    "KEY002",
    "attribute-unused",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="DynamoDB declares only key attributes: the provider refuses a table with an attribute that no key or index uses.",
    clear="Remove the attribute block, or add the index that was meant to use it.",
)
def attribute_unused(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every ``attribute`` block: that a key of the table or of an index uses it."""
    for name, table, keys, attributes in project.shared(_keyed):
        used = {use.attribute for use in keys if isinstance(use.attribute, str)}
        idle = [each for each in attributes if isinstance(each.name, str) and each.name not in used]
        for each in idle:
            subject, item = f"table/{name}/attributes/{each.name}", f"Attribute {each.name} of {name} is a key"
            seen = observe(each.resource, *each.name_path).evidence
            if doubt(table):
                yield unverified(subject, item, doubt(table), seen)
                continue
            yield failed(
                subject,
                item,
                seen,
                title=f"Attribute {each.name} of table {name} is declared, and no key uses it",
                expected="key attributes only",
                actual=f"keys: {', '.join(sorted(used))}",
                because_of=_lost_uses(project, name, str(each.name)),
            )


def _lost_uses(project: ProjectEvidence, logical: str, attribute: str) -> tuple[str, ...]:
    """Findings that say where the attribute should have been used: when they are cleared, it is used again."""
    expectation = project.expected_tables.get(logical)
    wanted = (expectation.indexes or {}) if expectation is not None else {}
    indexes = [name for name, index in wanted.items() if attribute in (index.hash_key, index.range_key)]
    keys = [f"{prefix}/{logical}/{key}" for prefix in ("TBL007/table", "SCH004/schema") for key in ("hash_key", "range_key")]
    return (*(f"{code}/index/{logical}/{name}" for name in indexes for code in ("IDX001", "IDX003")), *keys)


@check(
    "KEY003",
    "key-type-invalid",
    severity=Severity.CRITICAL,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why=_REFUSED,
    clear='Use "S", "N" or "B"; a flag is stored as text, such as "true".',
)
def key_type_invalid(project: ProjectEvidence) -> Iterator[Outcome]:
    """The ``type`` of every ``attribute`` block: text, number or binary (S, N, B). Keys of other types, such as BOOL, cannot exist."""
    for name, _, _, attributes in project.shared(_keyed):
        for each in attributes:
            if each.type in TYPES:
                continue
            seen = observe(each.resource, *each.type_path)
            attribute = _called(each)
            subject, item = f"table/{name}/attributes/{attribute}/type", f"Attribute {attribute} of {name} has a key type"
            if seen.unknown:
                yield unverified(subject, item, seen.unknown, seen.evidence)
            else:
                yield failed(
                    subject,
                    item,
                    seen.evidence,
                    title=f"Attribute {attribute} of table {name} has type {shown(seen.value)}: keys are S, N or B",
                    expected="S, N or B",
                    actual=seen.evidence.value,
                )


def _called(attribute: Declared) -> str:
    """An attribute's name, or which one of the table it is where that cannot be known."""
    return attribute.name if isinstance(attribute.name, str) else f"number {int(attribute.name_path[1]) + 1}"


@check(
    "KEY004",
    "key-type-differs",
    severity=Severity.CRITICAL,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="Services write the key with one type: an item with another one is refused, and the type cannot be changed later.",
    clear="Correct the type in Terraform before the table is created, or in the spec.",
)
def key_type_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The ``type`` of attributes, against the types that the spec gives them."""
    for logical, table, expectation in project.required_tables:
        for attribute, wanted in (expectation.attributes or {}).items():
            subject, item = f"table/{logical}/attributes/{attribute}", f"Attribute {attribute} of {logical} has type {wanted}"
            asked = project.table_evidence(logical, "attributes", attribute)
            found = next((each for each in declared(table) if each.name == attribute), None)
            if found is None:
                why = doubt(table)
                if why:
                    yield unverified(subject, item, why, asked)
                    continue
                yield failed(
                    subject,
                    item,
                    Evidence(table.resource.place, f"no attribute {attribute}"),
                    asked,
                    title=f"Table {logical} has no key attribute {attribute}",
                    expected=f"attribute {attribute} of type {wanted}",
                    actual="not declared",
                    because_of=(f"table/{logical}/attributes",),
                )
                continue
            seen = observe(found.resource, *found.type_path)
            if seen.unknown:
                yield unverified(subject, item, seen.unknown, seen.evidence, asked)
            elif seen.value == wanted:
                yield passed(subject, item, seen.evidence, asked)
            else:
                yield failed(
                    subject,
                    item,
                    seen.evidence,
                    asked,
                    title=f"Attribute {attribute} of table {logical} has type {shown(seen.value)}, not {wanted}",
                    expected=f"type {wanted}",
                    actual=seen.evidence.value,
                    because_of=(f"table/{logical}/attributes/{attribute}/type",),
                )


@check(
    "KEY005",
    "table-beyond-limits",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why=_REFUSED,
    clear="Stay within DynamoDB's limits: 20 global and 5 local indexes, names of 3 to 255 letters, digits, '_', '-' and '.'.",
)
def table_beyond_limits(project: ProjectEvidence) -> Iterator[Outcome]:
    """Names of tables and indexes, and the number of indexes of each kind, against what DynamoDB allows by default."""
    for name, table, _, _ in project.shared(_keyed):
        for kind, limit in ((GLOBAL, 20), (LOCAL, 5)):
            found = [index for index in table.indexes if index.kind == kind]
            if len(found) > limit:
                yield failed(
                    f"table/{name}/{kind}",
                    f"Table {name} has at most {limit} {kind.replace('_', ' ')} blocks",
                    Evidence(found[limit].resource.trace.place(found[limit].path), f"number {limit + 1} of {len(found)}"),
                    title=f"Table {name} has {len(found)} {kind.replace('_', ' ')} blocks, {limit} are allowed",
                    expected=f"at most {limit}",
                    actual=str(len(found)),
                )
        own = (table.resource, ("name",), table.name)
        for resource, path, value in (own, *((index.resource, index.paths["name"], index.name) for index in table.indexes)):
            if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9_.-]{3,255}", value):
                yield failed(
                    f"table/{name}/name/{shown(value)[1:60]}",
                    f"{shown(value)} is a name that DynamoDB accepts",
                    observe(resource, *path).evidence,
                    title=f"{shown(value)} is not a name that DynamoDB accepts",
                    expected="3 to 255 letters, digits, '_', '-' and '.'",
                    actual=f"{len(value)} characters: {shown(value)}",
                )
