"""The tables as the Terraform has them, written as expectations; what differs between environments stands with the environment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bbws_gate.deferred import dataclass, field
from bbws_gate.draft.names import find_naming, is_usable, one_pattern
from bbws_gate.draft.stated import as_in
from bbws_gate.draft.tags import common_tags, table_tags
from bbws_gate.draft.yaml_text import Block, Entry, Note, Value
from bbws_gate.evidence.matching import match_tables
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import GLOBAL, LOCAL, Index, Table
from bbws_gate.spec.tables import VIEW_TYPES
from bbws_gate.terraform.stack import Plain

DEFAULTS = ("billing_mode", "point_in_time_recovery", "encryption", "stream", "deletion_protection", "ttl", "table_class")
"""Settings that stand in the defaults when all tables share them."""


@dataclass(slots=True)
class Seen:
    """One table in all environments that have it."""

    address: str
    logical: str
    tables: dict[str, Table] = field(default_factory=dict)
    """By environment."""

    def settings(self, environments: Iterable[str]) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
        """What all environments share, and what each has for itself."""
        own = {environment: table_settings(self.tables[environment]) for environment in environments if environment in self.tables}
        first = next(iter(own.values()), {})
        shared = {key: value for key, value in first.items() if all(key in other and other[key] == value for other in own.values())}
        return shared, {name: {key: value for key, value in values.items() if key not in shared} for name, values in own.items()}


@dataclass(frozen=True, slots=True)
class TablesDraft:
    """Entries for ``expect.tables``, and for ``tables`` of each environment that differs."""

    general: Block
    special: Mapping[str, Block]


def draft_tables(environments: Mapping[str, ProjectEvidence]) -> TablesDraft | None:
    """The tables of the Terraform in all environments; None when it declares none anywhere."""
    if not any(table.resource.expanded for project in environments.values() for table in project.all_tables):
        return None
    names = {
        environment: {
            table.resource.address: table.name for table in project.all_tables if isinstance(table.name, str) and is_usable(table.name)
        }
        for environment, project in environments.items()
    }
    naming = find_naming(names)
    seen = _seen(environments, naming.logical if naming is not None else {})
    pattern = naming.pattern if naming is not None else None
    return _Writer(environments, seen, pattern).draft()


def _seen(environments: Mapping[str, ProjectEvidence], logical: Mapping[str, str]) -> list[Seen]:
    """Each table once, under a name of its own."""
    found: dict[str, Seen] = {}
    taken = set(logical.values())
    for environment, project in environments.items():
        for table in project.all_tables:
            address = table.resource.address
            if not table.resource.expanded:
                continue  # how many there are, and what they are called, files do not tell
            if address not in found:
                name = logical.get(address) or _unique(table, taken)
                taken.add(name)
                found[address] = Seen(address, name)
            found[address].tables[environment] = table
    return list(found.values())


def _unique(table: Table, taken: set[str]) -> str:
    candidates = (table.label, table.resource.name, table.resource.address)
    usable = [name for name in candidates if is_usable(name) and name not in taken]
    return usable[0] if usable else next(name for number in range(len(taken) + 1) if (name := f"table-{number + 1}") not in taken)


class _Writer:
    """Turns the tables into lines of the spec."""

    def __init__(self, environments: Mapping[str, ProjectEvidence], seen: list[Seen], pattern: str | None) -> None:
        self._environments = environments
        self._seen = seen
        self._pattern = pattern
        self._special: dict[str, dict[str, dict[str, Value]]] = {name: {} for name in environments}
        self._missing: dict[str, list[str]] = {name: [] for name in environments}

    def draft(self) -> TablesDraft:
        described = {table.logical: self._described(table) for table in self._seen}
        defaults = self._defaults(described)
        required = Block(
            tuple(
                Entry(
                    table.logical,
                    {key: value for key, value in described[table.logical].items() if key not in defaults},
                    self._origin(table),
                )
                for table in self._seen
            )
        )
        parts: list[Entry | Note] = []
        if self._pattern is not None:
            parts.append(Entry("naming", self._pattern, "assumed: all names follow it"))
        tags = _own_tags(self._environments.values())
        if defaults or tags:
            parts.append(Entry("defaults", {**defaults, **({"tags": tags} if tags else {})}, "what all tables share"))
        parts += [Entry("required", required), self._others()]
        return TablesDraft(Block(tuple(parts)), self._specials())

    def _origin(self, table: Seen) -> str:
        return as_in(next(iter(table.tables.values())).resource.place)

    def _described(self, table: Seen) -> dict[str, Value]:
        shared, own = table.settings(self._environments)
        names = {environment: each.name for environment, each in table.tables.items() if isinstance(each.name, str)}
        if self._pattern is None or len(names) < len(table.tables):
            pattern = one_pattern(names) if len(names) == len(table.tables) else None
            if pattern is not None:
                shared = {"name": pattern, **shared}
            else:
                for environment, name in names.items():
                    only = one_pattern({environment: name})
                    own[environment] = {**({"name": only} if only is not None else {}), **own[environment]}
        for environment in self._environments:
            if environment not in table.tables:
                self._missing[environment].append(table.logical)
            elif own[environment]:
                self._special[environment][table.logical] = own[environment]
        return shared

    def _defaults(self, described: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
        tables = list(described.values())
        if len(tables) < 2:
            return {}
        return {key: tables[0][key] for key in DEFAULTS if all(key in table and table[key] == tables[0].get(key) for table in tables)}

    def _others(self) -> Entry:
        """Whether each table stands for one expectation, so that any other can be refused."""
        for environment, project in self._environments.items():
            wanted = {table.logical: str(table.tables[environment].name) for table in self._seen if environment in table.tables}
            matched = match_tables(wanted, project.all_tables, self._environments, project.unread)
            if matched.others or matched.missing:
                return Entry("allow_others", True, "assumed: not every table can be told apart")
        return Entry("allow_others", False, "assumed: these are all")

    def _specials(self) -> dict[str, Block]:
        found = {}
        for environment in self._environments:
            parts: list[Entry] = []
            if self._special[environment]:
                parts.append(Entry("required", self._special[environment]))
            if self._missing[environment]:
                parts.append(Entry("not_required", self._missing[environment], "not there in the Terraform"))
            if parts:
                found[environment] = Block(tuple(parts))
        return found


def _own_tags(projects: Collection[ProjectEvidence]) -> list[str]:
    """Tags that all tables have and not everything else."""
    general = common_tags(projects)
    return [key for key in table_tags(projects) if key not in general]


def table_settings(table: Table) -> dict[str, Value]:
    """What is known of one table, in the spec's words; what the code does not set and the provider leaves off is left out."""
    resource = table.resource
    found: dict[str, Value] = {}
    for key in ("hash_key", "range_key"):
        value = resource.get(key)
        if isinstance(value, str) and is_usable(value):
            found[key] = value
    found |= _indexes(table)
    mode = resource.get("billing_mode") or "PROVISIONED"
    if mode in ("PAY_PER_REQUEST", "PROVISIONED"):
        found["billing_mode"] = str(mode)
    recovery = switch(resource.get("point_in_time_recovery", 0, "enabled"))
    if recovery is not None:
        found["point_in_time_recovery"] = recovery
    if resource.get("server_side_encryption", 0, "enabled") is not None:
        encryption = switch(resource.get("server_side_encryption", 0, "enabled"))
        found |= {"encryption": encryption} if encryption is not None else {}
    if switch(resource.get("stream_enabled")):
        view = resource.get("stream_view_type")
        found["stream"] = view if isinstance(view, str) and view in VIEW_TYPES else True
    if switch(resource.get("deletion_protection_enabled")):
        found["deletion_protection"] = True
    if switch(resource.get("ttl", 0, "enabled")):
        attribute = resource.get("ttl", 0, "attribute_name")
        found["ttl"] = attribute if isinstance(attribute, str) and is_usable(attribute) else True
    if resource.get("table_class") in ("STANDARD", "STANDARD_INFREQUENT_ACCESS"):
        found["table_class"] = str(resource.get("table_class"))
    return found


def _indexes(table: Table) -> dict[str, Value]:
    named = [index for index in table.indexes if is_usable(index.name)]
    found: dict[str, Value] = {}
    is_complete = not table.indexes_unknown and len({(index.kind, index.name) for index in named}) == len(table.indexes)
    for key, kind in (("indexes", GLOBAL), ("local_indexes", LOCAL)):
        own = {str(index.name): index_settings(index) for index in named if index.kind == kind}
        if own or (key == "indexes" and is_complete):
            found[key] = own
    if not is_complete:
        found["allow_other_indexes"] = True
    return found


def index_settings(index: Index) -> dict[str, Value]:
    """Keys and projection of an index, as far as they are known."""
    found: dict[str, Value] = {}
    hash_key, range_key = index.keys or (None, None)
    if is_usable(hash_key) and (range_key is None or is_usable(range_key)):
        found = {"hash_key": hash_key} if range_key is None else {"hash_key": hash_key, "range_key": range_key}
    if index.projection in ("ALL", "KEYS_ONLY", "INCLUDE"):
        found["projection"] = str(index.projection)
    attributes = index.non_key_attributes
    if index.projection == "INCLUDE" and isinstance(attributes, list) and all(map(is_usable, attributes)):
        found["non_key_attributes"] = [str(attribute) for attribute in attributes]
    return found


def switch(value: Plain) -> bool | None:
    """Off where nothing is set; None when it cannot be known."""
    if value is None:
        return False
    return {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, bool | str) else None
