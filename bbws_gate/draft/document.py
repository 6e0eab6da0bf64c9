"""Puts a draft together: the plan where it speaks, the Terraform as it is elsewhere, and a comment for whatever is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import dataclass
from bbws_gate.draft.backup import draft_backup
from bbws_gate.draft.ground import Ground
from bbws_gate.draft.planned import (
    approvals,
    dependencies,
    plan_entry,
    planned_backup,
    planned_counts,
    planned_tables,
    planned_tags,
)
from bbws_gate.draft.resources import draft_resources
from bbws_gate.draft.schemas import agreeing_schemas
from bbws_gate.draft.stated import Remark, Stated
from bbws_gate.draft.tables import TablesDraft, draft_tables
from bbws_gate.draft.tags import common_tags
from bbws_gate.draft.targets import Targets
from bbws_gate.draft.yaml_text import Block, Entry, Item, Note, written

_DOCUMENTS = ("README.md", "CHANGELOG.md")


@dataclass(frozen=True, slots=True)
class Draft:
    """A spec that a person goes on with."""

    text: str
    """YAML that loads as it is."""
    remarks: tuple[Remark, ...]
    """What it could not settle; also comments in the text."""
    environments: tuple[str, ...]


def draft_spec(ground: Ground) -> Draft:
    """The promotion spec for what was found."""
    tables = draft_tables(ground.environments) if ground.wanted is None or not ground.wanted.tables else None
    targets = Targets(ground)
    special = tables.special if tables is not None else {}
    environments = Block(tuple(Entry(name, targets.block(name, special.get(name))) for name in ground.environments))
    expect = Block(tuple(_expect(ground, tables)))
    remarks = (*ground.remarks, *dict.fromkeys(targets.remarks))
    parts: list[Entry | Note] = [*_header(ground, remarks), Entry("version", 1), Entry("project", ground.project)]
    if ground.wanted is not None:
        parts.append(plan_entry(ground.wanted))
    parts += [
        Note(""),
        Entry("terraform", {"root": ground.root or "."}),
        Note(""),
        Entry("environments", environments),
        Note(""),
        Entry("expect", expect if expect else Block((Entry("tables", {"allow_others": False}, "assumed: no tables"),))),
    ]
    if ground.wanted is not None:
        related = dependencies(ground.wanted)
        for entry in (*((related,) if related is not None else ()), *approvals(ground.wanted)):
            parts += [Note(""), entry]
    return Draft(written(Block(tuple(parts))), remarks, tuple(ground.environments))


def _header(ground: Ground, remarks: tuple[Remark, ...]) -> Iterator[Note]:
    source = f"{ground.wanted.path} and " if ground.wanted is not None else ""
    yield Note(f"Drafted from {source}the Terraform in {ground.root or '.'}. Read every line: what a comment calls assumed is a guess.")
    if remarks:
        yield Note("To be settled by a person:")
        yield from (Note(f"- {remark}") for remark in remarks)


def _expect(ground: Ground, tables: TablesDraft | None) -> Iterator[Entry | Note]:
    wanted, projects = ground.wanted, tuple(ground.environments.values())
    yield from _tables(ground, tables)
    backup = (planned_backup(wanted, ground.environments) if wanted is not None else None) or draft_backup(ground.environments)
    if backup is not None:
        yield Entry("backup", backup)
    tags = planned_tags(wanted) if wanted is not None else None
    common = common_tags(projects)
    if tags is not None:
        yield Entry("tags", tags.value, tags.note)
    elif common:
        yield Entry("tags", common, "assumed: what everything that can have tags has")
    yield from _resources(ground)
    documents = [path for path in _DOCUMENTS if all(path in project.files for project in projects)]
    if documents:
        yield Entry("documents", documents, "assumed: those that are there")
    yield from agreeing_schemas(projects)


def _tables(ground: Ground, tables: TablesDraft | None) -> Iterator[Entry]:
    planned = planned_tables(ground, ground.wanted) if ground.wanted is not None else None
    if planned is not None:
        yield Entry("tables", planned)
    elif tables is not None:
        yield Entry("tables", tables.general)


def _resources(ground: Ground) -> Iterator[Entry | Note]:
    """Resources as they are, with the plan's numbers where it states them."""
    counts = planned_counts(ground.wanted) if ground.wanted is not None else {}
    drafted, notes = draft_resources(ground.environments)
    items = [item for kind, item in drafted.items() if kind not in counts]
    items += [_counted(kind, stated, drafted.get(kind)) for kind, stated in counts.items()]
    if items:
        yield Entry("resources", Block((*items, *notes)))
    else:
        yield from notes


def _counted(kind: str, stated: Stated[int], drafted: Item | None) -> Item:
    """The plan's number for a type; how each of them is set and what belongs to it, plans leave to the code."""
    own = drafted.value if drafted is not None and isinstance(drafted.value, Mapping) else {}
    kept = {key: own[key] for key in ("attributes", "with") if key in own}
    note = f"{stated.note}; {drafted.note}" if kept and drafted is not None else stated.note
    return Item({"type": kind, "count": stated.value, **kept}, note)
