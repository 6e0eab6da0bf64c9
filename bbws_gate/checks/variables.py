"""Inputs without effect: empty value files, variables that are set and never used, workflow inputs that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Outcome, Place, Severity


@check(
    "INP001",
    "value-file-empty",
    severity=Severity.MEDIUM,
    category="Environment",
    work=works.INPUTS,
    why="The environment gets the defaults, which are usually another environment's values.",
    clear="Set the environment's values in the file, or take it out of the promotion spec.",
)
def value_file_empty(project: ProjectEvidence) -> Iterator[Outcome]:
    """The environment's tfvars files: that each sets a variable, where the root module declares any."""
    if not project.stack.variables:
        return
    setting = {variable.source.path for variable in project.stack.variables.values() if variable.source is not None}
    setting |= {problem.place.path for problem in project.stack.problems}
    overridden = len(project.inputs) > 1
    for path in project.inputs:
        if path not in project.files or path in setting or overridden:
            continue
        if project.unread_files:
            yield unverified(
                f"file/{path}/values", f"{path} sets values", project.unread_files, Evidence(Place(path, 0, 0), "sets nothing")
            )
            continue
        yield failed(
            f"file/{path}/values",
            f"{path} sets values",
            Evidence(Place(path, 0, 0), "sets nothing"),
            project.target_evidence("var_files", path),
            title=f"{path} sets no variable",
            expected=f"values for {', '.join(sorted(project.stack.variables)[:8])}",
            actual="none",
        )


@check(
    "INP002",
    "variable-unused",
    severity=Severity.LOW,
    category="Environment",
    work=works.INPUTS,
    why="Somebody sets it and believes that it does something.",
    clear="Use the variable, or remove it with its values.",
)
def variable_unused(project: ProjectEvidence) -> Iterator[Outcome]:
    """Variables that the environment's value files set and nothing in the root module refers to."""
    given = [variable for variable in project.stack.variables.values() if variable.source is not None]
    for variable in given:
        subject, item = f"variable/{variable.name}", f"Variable {variable.name} is used"
        if variable.used:
            continue
        if project.unread_files:
            yield unverified(subject, item, project.unread_files, Evidence(variable.place, f"variable {variable.name}"))
            continue
        yield failed(
            subject,
            item,
            Evidence(variable.source or variable.place, f"sets {variable.name}"),
            Evidence(variable.place, f"variable {variable.name}"),
            title=f"Variable {variable.name} is set and never used",
            expected="a reference to it",
            actual="none in the root module",
            because_of=tuple(cause for word, cause in _TOPICS if re.search(word, variable.name, re.IGNORECASE)),
        )
    if given and all(variable.used for variable in given):
        yield passed(
            "variables", "Every variable that is set is used", *(Evidence(variable.place, variable.name) for variable in given[:8])
        )


_TOPICS = (
    ("account", "ENV001/*"),
    ("region", "ENV002/*"),
    ("backup|retention|schedule|vault", "BAK*"),
    ("environment|env|stage|suffix|name", "NAM001/*"),
    ("tag|owner|cost|project", "TAG*"),
)
"""Findings that a variable's disuse belongs to, by words in its name: where the code says a literal instead, that is told there."""


@check(
    "INP003",
    "workflow-input-unread",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="Whoever starts the deployment fills it in and believes that it decides something.",
    clear="Read the input, or remove it.",
)
def workflow_input_unread(project: ProjectEvidence) -> Iterator[Outcome]:
    """Inputs of the deployment workflow: that some job, step, condition or name refers to each."""
    workflow = project.workflow
    if workflow is None:
        return
    said = "\n".join(_texts(workflow))
    for name, given in workflow.inputs.items():
        if re.search(rf"inputs(\.{re.escape(name)}\b|\[['\"]{re.escape(name)}['\"]\])", said):
            continue
        yield failed(
            f"workflow/input/{name}",
            f"Input {name} is read",
            Evidence(given.place._replace(end_line=given.place.line), f"input {name}"),
            title=f"Nothing in {workflow.path} reads input {name}",
            expected=f"inputs.{name} somewhere",
            actual="nowhere",
        )


def _texts(workflow: Workflow) -> Iterator[str]:
    """Every text of the workflow in which an expression can stand."""
    yield from (fact.value for fact in workflow.env.values())
    if workflow.concurrency is not None:
        yield workflow.concurrency.value
    for job in workflow.jobs.values():
        yield from (fact.value for fact in (job.condition, job.environment, job.uses, job.concurrency, job.runs_on) if fact is not None)
        yield from (fact.value for texts in (job.inputs, job.scope.env) for fact in texts.values())
        yield from (fact.value for fact in job.scope.matrix.values() if fact is not None)
        yield job.name or ""
        for step in job.steps:
            yield from (fact.value for fact in (step.condition, step.run, step.uses, step.working_directory) if fact is not None)
            yield from (fact.value for texts in (step.inputs, step.scope.env) for fact in texts.values())
            yield step.name or ""
