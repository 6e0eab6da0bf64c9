"""The deployment workflow: is it there, and can it be read and started?"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity


@check(
    "WFL001",
    "workflow-missing",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="Without its workflow the environment can only be deployed by hand, past plan, approval and validation.",
    clear="Add the workflow, or correct its path in the promotion spec.",
)
def workflow_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """The file that the spec names as the environment's ``workflow``."""
    named = project.environment.workflow
    if named is None:
        return
    asked = project.target_evidence("workflow", "path")
    subject, item = f"file/{named.path}", f"Workflow {named.path} exists"
    if named.path in project.files:
        yield passed(subject, item, Evidence(Place(named.path, 0, 0), "exists"), asked)
        return
    yield failed(
        subject,
        item,
        asked,
        *(Evidence(Place(path, 0, 0), "another workflow") for path in sorted(project.workflows)[:5]),
        title=f"There is no workflow for {project.environment_name}: {named.path} does not exist",
        expected=f"the file {named.path}",
        actual=f"workflows: {', '.join(sorted(project.workflows)) or 'none'}",
    )


@check(
    "WFL002",
    "workflow-unreadable",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="GitHub refuses a workflow that it cannot read: on the day of the deployment nothing starts.",
    clear="Mend the workflow at the line shown.",
)
def workflow_unreadable(project: ProjectEvidence) -> Iterator[Outcome]:
    """Whether the environment's workflow is sound YAML with triggers and jobs, and needs only jobs that exist."""
    named = project.environment.workflow
    if named is None or named.path not in project.files:
        return
    subject, item = f"file/{named.path}", f"Workflow {named.path} can be read"
    problems = [Evidence(fact.place, fact.value) for fact in project.workflow.problems] if project.workflow is not None else []
    if named.path in project.unreadable:
        place, why = project.unreadable[named.path]
        problems.append(Evidence(place, why))
    if not problems:
        yield passed(subject, item, Evidence(Place(named.path, 0, 0), "can be read"))
        return
    said = "; ".join(problem.value for problem in problems[:5])
    yield failed(
        subject,
        item,
        *problems,
        project.target_evidence("workflow", "path"),
        title=f"Workflow {named.path} cannot work: {said}",
        expected="a workflow that GitHub accepts",
        actual=said,
    )
