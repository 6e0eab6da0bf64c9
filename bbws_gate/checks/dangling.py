"""What the deployment workflow names and the repository does not hold."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Outcome, Place, Severity


@check(
    "WFL012",
    "workflow-names-missing-file",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="The step fails when it is reached: often after the apply.",
    clear="Add what is named, or correct the name.",
)
def workflow_names_missing_file(project: ProjectEvidence) -> Iterator[Outcome]:
    """Scripts, folders of Terraform commands, local actions and local workflows that the deployment workflow names, where the name is
    known: that they are in the repository.
    """
    workflow = project.workflow
    if workflow is None:
        return
    named = dict(_named(project, workflow))
    missing = {path: evidence for path, evidence in named.items() if path not in project.files and path not in project.folders}
    if named and not missing:
        yield passed("workflow/names", f"What {workflow.path} names exists", *list(named.values())[:8])
    for path, evidence in missing.items():
        subject, item = f"workflow/names/{path}", f"{path}, which {workflow.path} names, exists"
        if posixpath.dirname(path) not in project.folders:
            yield unverified(subject, item, "an earlier step may make its folder", evidence)
            continue
        yield failed(
            subject,
            item,
            evidence,
            title=f"{workflow.path} names {path}, which does not exist",
            expected=path,
            actual="not in the repository",
            because_of=(f"file/{path}",),
        )


def _named(project: ProjectEvidence, workflow: Workflow) -> Iterator[tuple[str, Evidence]]:
    for call in project.script_calls[workflow.path]:
        if call.path.value and not call.path.through:
            yield call.path.value, Evidence(call.run.place, " ".join(call.run.words)[:120])
    for command in project.terraform_commands[workflow.path]:
        if command.directory.value and not command.directory.through:
            yield command.directory.value, Evidence(command.run.place, " ".join(command.run.words)[:120])
    for place, uses in _local_uses(workflow):
        yield posixpath.normpath(uses), Evidence(place, f"uses: {uses}")


def _local_uses(workflow: Workflow) -> Iterator[tuple[Place, str]]:
    facts = [job.uses for job in workflow.jobs.values()] + [step.uses for _, step in workflow.steps()]
    return ((fact.place, fact.value) for fact in facts if fact is not None and fact.value.startswith("./"))
