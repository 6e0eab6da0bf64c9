"""Names: one rule for all tables of an environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import fill


@check(
    "NAM001",
    "table-name-differs",
    severity=Severity.HIGH,
    category="Naming",
    work=works.NAMING,
    why="Services find tables by name. A name that breaks the rule is not found, or collides with another environment's; renaming a table "
    "later means creating it anew.",
    clear="Name the table by the rule, or give it its own `name` in the promotion spec.",
)
def table_name_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The evaluated ``name`` of each table, against the name that the spec gives it or its naming rule makes."""
    for logical, table, expectation in project.required_tables:
        if expectation.name is None and project.spec.expect.tables.naming is None:
            continue
        wanted = project.table_name(logical)
        subject, item = f"table/{logical}", f"Table {logical} is called {wanted}"
        seen = observe(table.resource, "name")
        rule = _rule(project, logical)
        if seen.unknown:
            yield unverified(subject, item, seen.unknown, seen.evidence, rule)
        elif seen.value == wanted:
            yield passed(subject, item, seen.evidence, rule)
        else:
            yield failed(
                subject,
                item,
                seen.evidence,
                rule,
                title=f"Table {logical} is called {seen.value}, not {wanted}",
                expected=wanted,
                actual=str(seen.value),
                action=f"Name {table.resource.address} {wanted}, or give {logical} its own name in the promotion spec.",
            )


def _rule(project: ProjectEvidence, logical: str) -> Evidence:
    own = project.expected_tables[logical].name
    return project.table_evidence(logical, "name") if own is not None else project.loaded.evidence("expect", "tables", "naming")


@check(
    "NAM002",
    "other-table-name-differs",
    severity=Severity.MEDIUM,
    category="Naming",
    work=works.NAMING,
    why="A table outside the rule is overlooked by whatever finds tables by name: permissions, dashboards, clean-up.",
    clear="Name the table by the rule, or list it in the promotion spec with its own `name`.",
)
def other_table_name_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The ``name`` of tables that the spec allows without listing them, against the naming rule with any text for ``{name}``."""
    rule = project.spec.expect.tables.naming
    if rule is None or not project.spec.expect.tables.allow_others:
        return
    marker = "\0"
    pattern = re.escape(fill(rule, project.spec.names(project.environment_name), name=marker)).replace(re.escape(marker), ".+")
    for table in project.tables.others:
        seen = observe(table.resource, "name")
        subject, item = f"table/{table.label}", f"Table {table.label} is named by the rule"
        asked = project.loaded.evidence("expect", "tables", "naming")
        if seen.unknown or not isinstance(seen.value, str):
            yield unverified(subject, item, seen.unknown or "it has no name", seen.evidence, asked)
        elif re.fullmatch(pattern, seen.value):
            yield passed(subject, item, seen.evidence, asked)
        else:
            yield failed(
                subject,
                item,
                seen.evidence,
                asked,
                title=f"Table {seen.value} is not named by the rule {rule}",
                expected=rule,
                actual=seen.value,
            )
