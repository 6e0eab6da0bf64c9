"""What the plan expects, as entries of the spec; keys of indexes, which plans leave out, come from the code or from schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.draft.ground import Ground, fits
from bbws_gate.draft.names import is_usable
from bbws_gate.draft.plan import Wanted, logical_name, roles
from bbws_gate.draft.stated import Stated, as_in, from_place
from bbws_gate.draft.tables import index_settings
from bbws_gate.draft.yaml_text import Block, Entry, Item, Note, Value
from bbws_gate.evidence.matching import match_tables
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.schema_json import SchemaIndex
from bbws_gate.evidence.tables import GLOBAL
from bbws_gate.model import Place
from bbws_gate.spec.placeholders import fill
from bbws_gate.spec.words import Identifier, Role

_TYPES = {"bucket": "aws_s3_bucket", "queue": "aws_sqs_queue", "topic": "aws_sns_topic", "function": "aws_lambda_function"}
"""What the plan counts, as types of resources."""


def planned_tables(ground: Ground, wanted: Wanted) -> Block | None:
    """Entries for ``expect.tables``; None when the plan lists no table."""
    tables = {name: table for name, table in wanted.tables.items() if is_usable(name)}
    if not tables:
        return None
    known = _known_indexes(ground, wanted)
    required: list[Entry | Note] = []
    for name, table in tables.items():
        note = from_place(table.place)
        if not table.indexes:
            required.append(Entry(name, {}, note))
            continue
        indexes = tuple(
            _index(index, from_place(place) if place != table.place else "", known.get((name, index)))
            for index, place in table.indexes.items()
            if is_usable(index)
        )
        required.append(Entry(name, Block((Entry("indexes", Block(indexes)),)), note))
    parts: list[Entry | Note] = []
    if wanted.naming is not None:
        parts.append(Entry("naming", wanted.naming.value, wanted.naming.note))
    if wanted.settings:
        parts.append(Entry("defaults", Block(tuple(Entry(key, stated.value, stated.note) for key, stated in wanted.settings.items()))))
    parts += [Entry("required", Block(tuple(required))), Entry("allow_others", False, "assumed: the plan lists every table")]
    return Block(tuple(parts))


class _Keys(NamedTuple):
    """An index as somebody else describes it."""

    settings: dict[str, Value]
    place: Place


def _index(name: str, note: str, keys: _Keys | None) -> Entry:
    if keys is None:
        return Entry(name, {}, ", ".join(filter(None, (note, "its keys are in neither Terraform nor schemas: add them"))))
    return Entry(name, keys.settings, ", ".join(filter(None, (note, f"keys {as_in(keys.place)}"))))


def _known_indexes(ground: Ground, wanted: Wanted) -> Mapping[tuple[str, str], _Keys]:
    """Indexes by table and name, with what the code says of them, else what the schema documents say."""
    found: dict[tuple[str, str], _Keys] = {}
    for environment, project in ground.environments.items():
        naming = wanted.naming.value if wanted.naming is not None else "{name}"
        names = {name: _table_name(naming, environment, name) for name in wanted.tables}
        tables = match_tables(names, project.all_tables, ground.environments, project.unread)
        for logical, table in tables.found.items():
            for index in table.indexes:
                if isinstance(index.name, str) and index.kind == GLOBAL:
                    found.setdefault((logical, index.name), _Keys(index_settings(index), index.resource.trace.place(index.path)))
    for project in ground.environments.values():
        for schema in (table for tables in project.schemas.values() for table in tables if table.name is not None):
            named = logical_name(schema.name.value, None, ground.environments) if schema.name is not None else ""
            for described in schema.indexes:
                found.setdefault((named, described.name), _Keys(_described(described), described.place))
    return found


def _described(index: SchemaIndex) -> dict[str, Value]:
    if index.hash_key is None or not is_usable(index.hash_key.value):
        return {}
    found: dict[str, Value] = {"hash_key": index.hash_key.value}
    if index.range_key is not None and is_usable(index.range_key.value):
        found["range_key"] = index.range_key.value
    if index.projection is not None and index.projection.value in ("ALL", "KEYS_ONLY"):
        found["projection"] = index.projection.value
    return found


def _table_name(naming: str, environment: str, name: str) -> str:
    try:
        return fill(naming, {"env": environment}, name=name)
    except ValueError:
        return name


def planned_backup(wanted: Wanted, environments: Mapping[str, ProjectEvidence]) -> Block | None:
    """Entries for ``expect.backup``; None when the plan says nothing of it."""
    parts = []
    for key, stated in wanted.backup.items():
        value: Value = stated.value
        if isinstance(stated.value, Mapping):
            names = {name.casefold(): name for name in environments}
            value = {names[name.casefold()]: days for name, days in stated.value.items() if name.casefold() in names and days >= 1}
        if value:
            parts.append(Entry(key, value, stated.note))
    return Block(tuple(parts)) if parts else None


def planned_tags(wanted: Wanted) -> Stated[list[Value]] | None:
    """The tags that the plan names."""
    tags: list[Value] = [fact.value for fact in wanted.tags if is_usable(fact.value, 128)]
    return Stated(tags, from_place(wanted.tags[0].place)) if tags else None


def planned_counts(wanted: Wanted) -> dict[str, Stated[int]]:
    """How many resources of a type the plan states, where it always states the same."""
    found: dict[str, Stated[int]] = {}
    for noun, kind in _TYPES.items():
        stated = [count for count in wanted.plan.counts if count.noun == noun]
        if len({count.number for count in stated}) == 1:
            found[kind] = Stated(stated[0].number, from_place(stated[0].place))
    return found


def plan_entry(wanted: Wanted) -> Entry:
    """The spec's ``plan``."""
    own: dict[str, Value] = {}
    identity = wanted.plan.metadata("plan id", "id", "plan")
    if identity is not None and is_usable(identity.value, 100):
        own["id"] = identity.value
    own["document"] = wanted.path
    owner = wanted.plan.metadata("owner", "plan owner")
    if owner is not None and (role := _role(owner.value)) is not None:
        own["owner"] = role
    wave = wanted.plan.metadata("wave", "promotion wave")
    if wave is not None and wave.value.isascii() and wave.value.isdecimal() and len(wave.value) < 6:
        own["wave"] = int(wave.value)
    return Entry("plan", own)


def _role(text: str) -> str | None:
    role = "-".join(text.casefold().split())
    return role if fits(Role, role) else None


def approvals(wanted: Wanted) -> Iterator[Entry]:
    """``roles``, empty for a person to fill, and ``approvals``."""
    found = [entry for entry in roles(wanted.plan) if fits(Role, entry[0])]
    if not found:
        return
    empty = Block(tuple(Entry(role, {}) for role, *_ in found))
    yield Entry("roles", empty, "assumed: nobody yet; write {users: [...], teams: [organisation/team]}")
    items = []
    for role, scope, condition, place in found:
        rule: dict[str, Value] = {"role": role}
        rule |= {"scope": scope} if scope else {}
        rule |= {"when": condition} if condition else {}
        items.append(Item(rule, from_place(place)))
    yield Entry("approvals", Block(tuple(items)))


def dependencies(wanted: Wanted) -> Entry | None:
    """Projects that the plan names before and after this one."""
    own = []
    for key, words in (("upstream", ("depends on", "upstream")), ("downstream", ("blocks", "downstream", "required by"))):
        fact = wanted.plan.metadata(*words)
        named = [name.strip(" .`") for name in fact.value.split(",")] if fact is not None else []
        projects: list[Value] = [
            name for name in named if fits(Identifier, name) and name.casefold() not in {"nothing", "none", "no", "n-a"}
        ]
        if fact is not None and projects:
            own.append(Entry(key, projects, from_place(fact.place)))
    return Entry("dependencies", Block(tuple(own))) if own else None
