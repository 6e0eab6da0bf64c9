"""Whether the deployment workflow removes everything before it deploys."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified, worst
from bbws_gate.evidence.deployment import Deployment, target_deployments
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.model import Evidence, Outcome, Severity


@check(
    "WFL016",
    "destroys-before-apply",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="Every deployment deletes the environment first, with all its data, and makes an empty one.",
    clear="Remove the destroy, or put it into a workflow of its own that somebody starts and approves.",
)
def destroys_before_apply(project: ProjectEvidence) -> Iterator[Outcome]:
    """``terraform destroy`` (or ``apply -destroy``) with the target's values in a job of the deployment workflow that applies afterwards:
    that a condition stands before it. One of single resources (``-target``), or one that would wait for an answer, is not judged.
    """
    yield from worst(outcome for deployment in target_deployments(project) for outcome in _outcome(project, deployment))


def _outcome(project: ProjectEvidence, deployment: Deployment) -> Iterator[Outcome]:
    own = [command for command in deployment.commands if command.directory.value == project.root]
    destroying = [command for command in own if _destroys_all(project, command)]
    if not destroying:
        return
    job, first = deployment.job, destroying[0]
    subject, item = f"workflow/destroy/{job.id}", f"Job {job.id} destroys nothing before it applies"
    after = [command for command in own[own.index(first) + 1 :] if command not in destroying]
    seen = (_said(first), *map(_said, after[:1]))
    conditions = [command.run.condition for command in (first, *after) if command.run.condition]
    if not after:
        yield passed(subject, item, *seen)
    elif len(conditions) == 1 + len(after):
        return  # either the one or the other, as far as anybody can tell
    elif conditions or deployment.doubt:
        yield unverified(subject, item, (*conditions, deployment.doubt)[0], *seen)
    else:
        yield failed(
            subject,
            item,
            *seen,
            title=f"Job {job.id} of {deployment.workflow.path} destroys everything before it applies",
            expected="no destroy on the way to an apply",
            actual=seen[0].value,
        )


def _destroys_all(project: ProjectEvidence, command: TerraformCommand) -> bool:
    """Whether a command certainly removes all that the target has."""
    if command.subcommand != "destroy" and not command.has("destroy"):
        return False
    whole = not command.values("target") and not command.arguments and (command.has("auto-approve") or command.has("force"))
    files = command.files("var-file")
    return whole and all(path.value in project.inputs for path in files) and bool(files or not project.inputs)


def _said(command: TerraformCommand) -> Evidence:
    return Evidence(command.run.place, " ".join(command.run.words)[:120])
