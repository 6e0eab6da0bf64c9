"""Table schema documents against the Terraform: what services are written for, and what is created."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple, replace
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.keys import declared, doubt
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.schema_json import SchemaIndex, TableSchema
from bbws_gate.evidence.tables import GLOBAL, Index, Table, reason
from bbws_gate.model import Evidence, Outcome, Result, Severity
from bbws_gate.terraform.stack import Plain

_WHY = "Services are written for the schema document: where the table is another, their reads and writes fail or find nothing."
_CLEAR = "Settle which of the two is right, and correct the other."


class Pair(NamedTuple):
    """A required table, as the Terraform and as a schema document have it."""

    logical: str
    table: Table
    schema: TableSchema


def _pairs(project: ProjectEvidence) -> Iterator[Pair]:
    for logical, table, _ in project.required_tables:
        for schema in project.schemas_of(logical):
            yield Pair(logical, table, schema)


@check(
    "SCH001",
    "schema-missing",
    severity=Severity.MEDIUM,
    category="Schemas",
    work=works.SCHEMAS,
    why="Without the document nobody who writes a service knows the keys and indexes of the table.",
    clear="Write the schema document, or name it in the table's `schema` in the promotion spec.",
)
def schema_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every required table, where the spec says that there are schema documents: that one of them describes it."""
    patterns = project.spec.expect.schemas
    for logical, expectation in project.expected_tables.items():
        if not patterns and expectation.schema_file is None:
            continue
        subject, item = f"schema/{logical}", f"A schema document describes {logical}"
        key = ("schema",) if expectation.schema_file is not None else ()
        asked = project.table_evidence(logical, *key) if key else project.loaded.evidence("expect", "schemas")
        found = next(project.schemas_of(logical), None)
        if found is not None:
            yield passed(subject, item, Evidence(found.place, f"table {logical}"), asked)
        elif project.unreadable_schemas:
            place, why = project.unreadable_schemas[0]
            yield unverified(subject, item, f"{place} cannot be read: {why}", Evidence(place, why), asked)
        else:
            yield failed(
                subject,
                item,
                asked,
                *(Evidence(schema.place, f"table {schema.name.value}") for schema in _named(project)[:8] if schema.name is not None),
                title=f"No schema document describes table {logical}",
                expected=f"a document for {logical} among {expectation.schema_file or ', '.join(patterns)}",
                actual=f"documents for {', '.join(schema.name.value for schema in _named(project) if schema.name) or 'no table'}",
            )


def _named(project: ProjectEvidence) -> list[TableSchema]:
    return [schema for path in sorted(project.schemas) for schema in project.schemas[path] if schema.name is not None]


@check(
    "SCH002",
    "schema-unreadable",
    severity=Severity.HIGH,
    category="Schemas",
    work=works.SCHEMAS,
    why="What cannot be read describes nothing, to people's tools as little as to this one.",
    clear="Mend the document at the line shown.",
)
def schema_unreadable(project: ProjectEvidence) -> Iterator[Outcome]:
    """Schema documents: that they are sound JSON, and that keys, indexes and switches in them are of a form that is understood."""
    for place, why in project.unreadable_schemas:
        yield failed(
            f"file/{place.path}",
            f"Schema document {place.path} can be read",
            Evidence(place, why),
            title=f"Schema document {place.path} cannot be read: {why}",
            expected="sound JSON",
            actual=why,
        )
    for path, schemas in project.schemas.items():
        problems = [problem for schema in schemas for problem in schema.problems]
        if problems:
            yield unverified(
                f"file/{path}",
                f"Schema document {path} is understood",
                "; ".join(problem.value for problem in problems[:5]),
                *(Evidence(problem.place, problem.value) for problem in problems),
            )


@check(
    "SCH003",
    "schema-key-type-invalid",
    severity=Severity.HIGH,
    category="Schemas",
    work=works.SCHEMAS,
    why="Keys are text, numbers or binary: a service written for another type cannot query by it.",
    clear="Give the key type S, N or B in the document; a flag is stored as text.",
)
def schema_key_type_invalid(project: ProjectEvidence) -> Iterator[Outcome]:
    """The types that schema documents give to key attributes of tables and indexes: S, N or B."""
    for schemas in project.schemas.values():
        for schema in schemas:
            for attribute, roles in _keys(schema).items():
                kind = schema.attributes.get(attribute)
                if kind is None or kind.value in ("S", "N", "B"):
                    continue
                name = schema.name.value if schema.name is not None else schema.place.path
                yield failed(
                    f"schema/{name}/attributes/{attribute}",
                    f"Key {attribute} of {name} has a key type in its schema",
                    Evidence(kind.place, f"{attribute}: {kind.value}"),
                    *(Evidence(fact.place, f"{attribute} is {role}") for role, fact in roles),
                    title=f"The schema of {name} gives key {attribute} type {kind.value}: keys are S, N or B",
                    expected="S, N or B",
                    actual=kind.value,
                )


def _keys(schema: TableSchema) -> Mapping[str, list[tuple[str, Fact[str]]]]:
    found: dict[str, list[tuple[str, Fact[str]]]] = {}
    owners: list[tuple[str, TableSchema | SchemaIndex]] = [("the table", schema)]
    owners += [(f"index {index.name}", index) for index in (*schema.indexes, *schema.local_indexes)]
    for what, owner in owners:
        for role, fact in (("hash key", owner.hash_key), ("range key", owner.range_key)):
            if fact is not None:
                found.setdefault(fact.value, []).append((f"the {role} of {what}", fact))
    return found


@check(
    "SCH004",
    "schema-keys-differ",
    severity=Severity.HIGH,
    category="Schemas",
    work=works.SCHEMAS,
    why=_WHY,
    clear=_CLEAR,
)
def schema_keys_differ(project: ProjectEvidence) -> Iterator[Outcome]:
    """Hash key, range key and the types of key attributes: schema document against Terraform."""
    for pair in _pairs(project):
        table = pair.table.resource
        for role, fact, value in (
            ("hash key", pair.schema.hash_key, pair.table.hash_key),
            ("range key", pair.schema.range_key, pair.table.range_key),
        ):
            if fact is None and (role == "hash key" or value is None):
                continue
            subject, item = f"schema/{pair.logical}/{role.replace(' ', '_')}", f"Schema and Terraform agree on the {role} of {pair.logical}"
            seen = observe(table, *pair.table.key_paths[role.replace(" ", "_")]).evidence
            said = Evidence(fact.place, f"{role} {fact.value}") if fact is not None else Evidence(pair.schema.place, f"no {role}")
            yield _agreement(subject, item, seen, said, value=value, schema=fact.value if fact is not None else None)
        yield from _types(pair)


def _types(pair: Pair) -> Iterator[Outcome]:
    """One line for all that agree, one for each that does not."""
    types = {each.name: each for each in declared(pair.table) if isinstance(each.name, str)}
    agreed: list[Evidence] = []
    for attribute, fact in pair.schema.attributes.items():
        if attribute not in types or attribute not in _keys(pair.schema):
            continue
        seen = observe(types[attribute].resource, *types[attribute].type_path)
        found = _agreement(
            f"schema/{pair.logical}/types/{attribute}",
            f"Schema and Terraform agree on the type of {attribute} in {pair.logical}",
            seen.evidence,
            Evidence(fact.place, f"{attribute}: {fact.value}"),
            value=seen.value,
            schema=fact.value,
        )
        if found.result is Result.PASS:
            agreed += found.evidence
        elif found.result is Result.FAIL:
            name = pair.schema.name.value if pair.schema.name is not None else pair.logical
            yield replace(
                found, because_of=(f"schema/{name}/attributes/{attribute}", f"KEY003/table/{pair.logical}/attributes/{attribute}/type")
            )
        else:
            yield found
    if agreed:
        yield passed(f"schema/{pair.logical}/types", f"Schema and Terraform agree on the types of keys of {pair.logical}", *agreed)


def _agreement(subject: str, item: str, seen: Evidence, said: Evidence, *, value: Plain, schema: str | None) -> Outcome:
    if reason(value):
        return unverified(subject, item, reason(value), seen, said)
    if value == schema:
        return passed(subject, item, seen, said)
    return failed(
        subject,
        item,
        seen,
        said,
        title=f"{item.replace('agree on', 'differ on')}: {schema or 'none'} and {value or 'none'}",
        expected=f"{schema or 'none'}, as in {said.place}",
        actual=f"{value or 'none'}, at {seen.place}",
    )


@check(
    "SCH005",
    "schema-indexes-differ",
    severity=Severity.HIGH,
    category="Schemas",
    work=works.SCHEMAS,
    why=_WHY,
    clear=_CLEAR,
)
def schema_indexes_differ(project: ProjectEvidence) -> Iterator[Outcome]:
    """Global secondary indexes, their keys and projection: schema document against Terraform, each index once."""
    for pair in _pairs(project):
        own = [index for index in pair.table.indexes if index.kind == GLOBAL]
        present = {index.name: index for index in own if isinstance(index.name, str)}
        described = {index.name: index for index in pair.schema.indexes}
        renamed = _renames(described, present)
        for name in dict.fromkeys((*described, *present)):
            if name in renamed:
                yield _renamed(pair, described[name], present[renamed[name]])
            elif name not in renamed.values():
                yield _index(pair, name, described.get(name), present.get(name))


def _renames(described: Mapping[str, SchemaIndex], present: Mapping[str, Index]) -> dict[str, str]:
    """Names of the schema and of the Terraform for one and the same index: the only ones without counterpart that have these keys."""
    ours = {name: _index_keys(index) for name, index in described.items() if name not in present}
    theirs = {name: index.keys for name, index in present.items() if name not in described}
    return {
        name: next(other for other, others in theirs.items() if others == keys)
        for name, keys in ours.items()
        if list(ours.values()).count(keys) == list(theirs.values()).count(keys) == 1
    }


def _index_keys(index: SchemaIndex) -> tuple[str | None, str | None]:
    hash_key, range_key = index.hash_key, index.range_key
    return None if hash_key is None else hash_key.value, None if range_key is None else range_key.value


def _renamed(pair: Pair, described: SchemaIndex, present: Index) -> Outcome:
    name = described.name
    return failed(
        f"schema/{pair.logical}/indexes/{name}",
        f"Schema and Terraform agree on index {name} of {pair.logical}",
        observe(present.resource, *present.paths["name"]).evidence,
        Evidence(described.place, f"index {name}"),
        title=f"The schema calls an index of {pair.logical} {name}, the Terraform calls it {present.name}",
        expected=f"{name}, as in {described.place}",
        actual=str(present.name),
        because_of=(f"index/{pair.logical}/{name}",),
    )


def _index(pair: Pair, name: str, described: SchemaIndex | None, present: Index | None) -> Outcome:
    subject, item = f"schema/{pair.logical}/indexes/{name}", f"Schema and Terraform agree on index {name} of {pair.logical}"
    header = Evidence(pair.table.resource.place, pair.table.resource.address)
    if described is not None and present is not None:
        return _same_index(pair, name, described, present)
    if described is not None:
        said = Evidence(described.place, f"index {name}")
        unnamed = next((why for index in pair.table.indexes if (why := reason(index.name))), "")
        if why := doubt(pair.table) or unnamed:
            return unverified(subject, item, why, header, said)
        who, expected, actual = "The schema", f"index {name} in the Terraform", "not there"
        places = (Evidence(header.place, f"{header.value} has no index {name}"), said)
    else:
        who, expected, actual = "The Terraform", f"index {name} in the schema document", "not there"
        block = Evidence(present.resource.trace.place(present.path), f"index {name}") if present is not None else header
        places = (block, Evidence(pair.schema.place, f"describes no index {name}"))
    return failed(
        subject,
        item,
        *places,
        title=f"{who} has index {name} of {pair.logical}, the other has not",
        expected=expected,
        actual=actual,
        because_of=(f"index/{pair.logical}/{name}",),
    )


def _same_index(pair: Pair, name: str, described: SchemaIndex, present: Index) -> Outcome:
    subject, item = f"schema/{pair.logical}/indexes/{name}", f"Schema and Terraform agree on index {name} of {pair.logical}"
    differences, seen, said, doubts = [], [], [], []
    for role, fact, value, argument in (
        ("hash key", described.hash_key, present.hash_key, "hash_key"),
        ("range key", described.range_key, present.range_key, "range_key"),
        ("projection", described.projection, present.projection, "projection_type"),
    ):
        if fact is None and (role != "range key" or value is None or described.hash_key is None):
            continue
        if reason(value):
            doubts.append(reason(value))
        elif value != (fact.value if fact is not None else None):
            differences.append(f"{role} {fact.value if fact is not None else 'none'} and {shown(value).strip(chr(34))}")
            seen.append(observe(present.resource, *present.paths[argument]).evidence)
            said.append(
                Evidence(fact.place if fact is not None else described.place, f"{role} {fact.value if fact is not None else 'none'}")
            )
    if differences:
        return failed(
            subject,
            item,
            *seen,
            *said,
            title=f"Schema and Terraform differ on index {name} of {pair.logical}: {'; '.join(differences)}",
            expected="; ".join(each.value for each in said),
            actual="; ".join(each.value for each in seen),
            because_of=(f"index/{pair.logical}/{name}",),
        )
    block = Evidence(present.resource.trace.place(present.path), f"index {name}")
    if doubts:
        return unverified(subject, item, doubts[0], block, Evidence(described.place, f"index {name}"))
    return passed(subject, item, block, Evidence(described.place, f"index {name}"))
