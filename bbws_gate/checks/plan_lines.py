"""Where the plan document asks for something: the second place of a finding about what is missing."""

from __future__ import annotations

import re

from bbws_gate.evidence.matching import same_name
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence


def plan_of_table(project: ProjectEvidence, logical: str) -> tuple[Evidence, ...]:
    """The plan's first statement about a table; nothing where the plan does not name it."""
    for planned in project.plan.tables if project.plan is not None else ():
        if same_name(planned.name, logical, project.spec.environments):
            return (Evidence(planned.place, f"the plan names table {planned.name}"),)
    return ()


def plan_of_index(project: ProjectEvidence, logical: str, index: str) -> tuple[Evidence, ...]:
    """The plan's first statement about an index of a table."""
    for planned in project.plan.tables if project.plan is not None else ():
        for fact in planned.indexes:
            if fact.value == index and same_name(planned.name, logical, project.spec.environments):
                return (Evidence(fact.place, f"the plan names index {index} of {planned.name}"),)
    return ()


def plan_line(project: ProjectEvidence, pattern: str) -> tuple[Evidence, ...]:
    """The plan's first line in which a pattern occurs, whatever the case."""
    facts = sorted(project.plan.document.texts(), key=lambda fact: fact.place) if project.plan is not None else []
    for fact in facts:
        if re.search(pattern, fact.value, re.IGNORECASE):
            return (Evidence(fact.place, fact.value.strip()[:120]),)
    return ()
