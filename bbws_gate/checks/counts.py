"""How many tables and indexes there are in all, where the spec gives numbers."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import GLOBAL
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec.count import Count


def settled(wanted: Count | None, sure: int) -> bool:
    """Whether ``sure`` things decide the count, however many there may be besides; None asks for at least one."""
    if wanted is None:
        return sure > 0
    most = wanted.max if wanted.exactly is None else wanted.exactly
    return sure > most if most is not None else wanted.min is not None and sure >= wanted.min


def _doubt(project: ProjectEvidence) -> str:
    """Why there may be more or fewer tables than were seen."""
    for table in project.all_tables:
        if not table.resource.expanded:
            return f"the number of {table.resource.address} cannot be known"
    return project.unread


def _explained(project: ProjectEvidence, *prefixes: str) -> tuple[str, ...]:
    """A number is wrong because of single things that are missing or too many, where the spec names single things."""
    return tuple(f"{prefix}/*" for prefix in prefixes) if project.expected_tables else ()


@check(
    "TBL009",
    "table-count-differs",
    severity=Severity.HIGH,
    category="Tables",
    work=works.ADD_TABLES,
    why="Something that was planned is not created, or something is created that nobody planned.",
    clear="Add or remove tables until the number is the planned one, or correct the spec.",
)
def table_count_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The number of ``aws_dynamodb_table`` resources, count and for_each expanded, against ``count`` of the tables in the spec."""
    wanted, number = project.spec.expect.tables.count, len(project.all_tables)
    if wanted is None:
        return
    subject, item, asked = "tables/count", f"There are {wanted} tables", project.loaded.evidence("expect", "tables", "count")
    seen = tuple(header(table.resource) for table in project.all_tables) or (Evidence(project.terraform_place(), "no tables"),)
    if _doubt(project) and not settled(wanted, sum(table.resource.expanded for table in project.all_tables)):
        yield unverified(subject, item, _doubt(project), *seen, asked)
    elif wanted.holds(number):
        yield passed(subject, item, *seen, asked)
    else:
        yield failed(
            subject,
            item,
            *seen,
            asked,
            title=f"There are {number} tables, not {wanted}",
            expected=str(wanted),
            actual=str(number),
            because_of=_explained(project, "TBL001", "TBL002"),
        )


@check(
    "IDX005",
    "index-count-differs",
    severity=Severity.HIGH,
    category="Indexes",
    work=works.INDEXES,
    why="A query somewhere has no index, or an index is paid for that nobody planned.",
    clear="Add or remove indexes until the number is the planned one, or correct the spec.",
)
def index_count_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The number of global secondary indexes of all tables together, against ``index_count`` in the spec."""
    wanted = project.spec.expect.tables.index_count
    if wanted is None:
        return
    counts = {table.resource.address: sum(index.kind == GLOBAL for index in table.indexes) for table in project.all_tables}
    subject, item, asked = "indexes/count", f"There are {wanted} indexes", project.loaded.evidence("expect", "tables", "index_count")
    seen = tuple(Evidence(table.resource.place, f"{counts[table.resource.address]} indexes") for table in project.all_tables)
    doubt = _doubt(project) or next((table.indexes_unknown for table in project.all_tables if table.indexes_unknown), "")
    if doubt and not settled(wanted, sum(counts[table.resource.address] for table in project.all_tables if table.resource.expanded)):
        yield unverified(subject, item, doubt, *seen, asked)
    elif wanted.holds(sum(counts.values())):
        yield passed(subject, item, *seen, asked)
    else:
        yield failed(
            subject,
            item,
            *(seen or (Evidence(project.terraform_place(), "no tables"),)),
            asked,
            title=f"There are {sum(counts.values())} indexes, not {wanted}",
            expected=str(wanted),
            actual=", ".join(f"{address}: {count}" for address, count in counts.items()) or "none",
            because_of=_explained(project, "TBL001", "TBL002", "IDX001", "IDX002"),
        )
