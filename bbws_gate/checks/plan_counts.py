"""Numbers in documents: the plan against itself and the spec, the README against the Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.counts import StatedCount, stated_counts
from bbws_gate.evidence.matching import same_name
from bbws_gate.evidence.plan_document import PlanDocument, PlannedTable
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import GLOBAL
from bbws_gate.evidence.totals import totals
from bbws_gate.model import Evidence, Outcome, Severity

NOUNS = {"table": "tables", "index": "indexes"}


@check(
    "DOC002",
    "plan-contradicts-itself",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why="People approve a number and deploy a list: when the plan states both and they differ, nobody knows which one was approved.",
    clear="Correct the total or the list in the plan document, and have the spec say the same.",
)
def plan_contradicts_itself(project: ProjectEvidence) -> Iterator[Outcome]:
    """The totals of tables and indexes that the plan document states, against each other and against those that it names."""
    plan = project.plan
    if plan is None:
        return
    listed = {"table": len(_listed_tables(project, plan)), "index": _listed_indexes(project, plan)}
    for noun, plural in NOUNS.items():
        stated = totals(plan.counts, noun)
        if stated:
            yield _self_consistent(plan, noun, plural, stated, listed[noun])


def _listed_tables(project: ProjectEvidence, plan: PlanDocument) -> list[list[PlannedTable]]:
    """The statements of the plan about each table that it names; other environments' tables are the same ones."""
    groups: list[list[PlannedTable]] = []
    for planned in plan.tables:
        known = next((group for group in groups if same_name(group[0].name, planned.name, project.spec.environments)), None)
        if known is None:
            groups.append([planned])
        else:
            known.append(planned)
    return groups


def _listed_indexes(project: ProjectEvidence, plan: PlanDocument) -> int | None:
    """How many indexes the plan names in all; None when it does not name them for every table."""
    per_table = [{fact.value for planned in group for fact in planned.indexes} for group in _listed_tables(project, plan)]
    return sum(map(len, per_table)) if per_table and all(per_table) else None


def _self_consistent(plan: PlanDocument, noun: str, plural: str, stated: tuple[StatedCount, ...], listed: int | None) -> Outcome:
    subject, item = f"plan/count/{noun}", f"The plan states one number of {plural} and lists as many"
    numbers = list(dict.fromkeys(count.number for count in stated))
    places = [Evidence(count.place, count.text[:120]) for count in stated]
    named = [Evidence(planned.place, _named(planned, noun)) for planned in plan.tables] if listed else []
    if len(numbers) == 1 and listed in (None, 0, numbers[0]):
        return passed(subject, item, *places)
    said = " and ".join(str(number) for number in numbers)
    lists = f" and lists {listed}" if listed and listed not in numbers[:1] else ""
    return failed(
        subject,
        item,
        *places,
        *named,
        title=f"The plan states {said} {plural}{lists}",
        expected=f"one number of {plural}",
        actual=f"stated {said}{f', listed {listed}' if listed else ''}",
    )


def _named(planned: PlannedTable, noun: str) -> str:
    return planned.name if noun == "table" else f"{planned.name}: {', '.join(fact.value for fact in planned.indexes) or 'no indexes'}"


@check(
    "DOC003",
    "plan-count-differs-from-spec",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why="What people approved is not what the gate checks.",
    clear="Bring the plan document and the promotion spec together.",
)
def plan_count_differs_from_spec(project: ProjectEvidence) -> Iterator[Outcome]:
    """The totals of tables and indexes that the plan document states, against those that the spec requires."""
    plan = project.plan
    expected = project.expected_tables
    required = _required(project)
    if plan is None or not expected:
        return
    for noun, plural in NOUNS.items():
        stated = totals(plan.counts, noun)
        if not stated or (noun == "index" and any(table.indexes is None for table in expected.values())):
            continue
        subject, item = f"plan/count/{noun}/spec", f"Plan and spec have the same number of {plural}"
        asked = project.loaded.evidence("expect", "tables", "required")
        wrong = [count for count in stated if count.number != required[noun]]
        if not wrong:
            yield passed(subject, item, *(Evidence(count.place, count.text[:120]) for count in stated), asked)
            continue
        yield failed(
            subject,
            item,
            *(Evidence(count.place, count.text[:120]) for count in wrong),
            asked,
            title=f"The plan states {wrong[0].number} {plural}, the spec requires {required[noun]}",
            expected=f"{required[noun]} {plural}",
            actual=f"{wrong[0].number} {plural}",
            because_of=(f"plan/count/{noun}",),
        )


@check(
    "DOC004",
    "readme-count-differs",
    severity=Severity.LOW,
    category="Documents",
    work=works.DOCUMENTS,
    why="Whoever reads the README plans with numbers that are not true.",
    clear="Correct the number in the README.",
)
def readme_count_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The totals of tables and indexes that README.md states, against what the evaluated Terraform declares."""
    document = project.documents.get("README.md")
    if document is None or not project.all_tables:
        return
    real = {
        "table": len(project.all_tables),
        "index": sum(index.kind == GLOBAL for table in project.all_tables for index in table.indexes),
    }
    doubt = project.unread or next((table.indexes_unknown for table in project.all_tables if table.indexes_unknown), "")
    doubt = doubt or next(
        (f"the number of {table.resource.address} is unknown" for table in project.all_tables if not table.resource.expanded), ""
    )
    for noun, plural in NOUNS.items():
        stated = totals(stated_counts(document), noun)
        if not stated:
            continue
        subject, item = f"readme/count/{noun}", f"README.md states the number of {plural} that there are"
        places = [Evidence(count.place, count.text[:120]) for count in stated]
        wrong = [count for count in stated if count.number != real[noun]]
        if not wrong:
            yield passed(subject, item, *places)
        elif doubt:
            yield unverified(subject, item, doubt, *places)
        else:
            yield failed(
                subject,
                item,
                *(Evidence(count.place, count.text[:120]) for count in wrong),
                *(Evidence(table.resource.place, _counted(project, noun, position)) for position, table in enumerate(project.all_tables)),
                title=f"README.md states {wrong[0].number} {plural}, the Terraform declares {real[noun]}",
                expected=f"{real[noun]} {plural}",
                actual=f"{wrong[0].number} {plural}",
                because_of=_drift(project, noun) if wrong[0].number == _required(project)[noun] else (),
            )


def _required(project: ProjectEvidence) -> dict[str, int]:
    expected = project.expected_tables
    return {"table": len(expected), "index": sum(len(table.indexes or {}) for table in expected.values())}


def _drift(project: ProjectEvidence, noun: str) -> tuple[str, ...]:
    """What makes the Terraform differ from the spec in number: where the document says what the spec says, that explains the difference."""
    expected = project.expected_tables
    tables = [f"TBL001/table/{name}" for name in expected]
    tables += [f"TBL002/table/{table.name}" for table in project.tables.others]
    if noun == "table":
        return tuple(tables)
    indexes = [f"IDX001/index/{logical}/{name}" for logical, table in expected.items() for name in table.indexes or {}]
    for logical, table in project.tables.found.items():
        indexes += [f"IDX002/index/{logical}/{index.name}" for index in table.indexes]
    return (*tables, *indexes)


def _counted(project: ProjectEvidence, noun: str, position: int) -> str:
    table = project.all_tables[position]
    if noun == "table":
        return table.resource.address
    return f"{table.resource.address}: {sum(index.kind == GLOBAL for index in table.indexes)} indexes"
