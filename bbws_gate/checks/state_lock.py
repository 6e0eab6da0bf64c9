"""Whether the deployment workflow changes the state under its lock."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.deployment import deployments
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.model import Evidence, Outcome, Severity


@check(
    "WFL015",
    "state-not-locked",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="The lock is there and nobody takes it: two runs at once write the same state, and the later one loses what the other did.",
    clear="Remove -lock=false; let a run wait for the other one with -lock-timeout.",
)
def state_not_locked(project: ProjectEvidence) -> Iterator[Outcome]:
    """``-lock`` and ``-lock-timeout`` of the deployment workflow's ``terraform apply`` and ``destroy``, ``TF_CLI_ARGS`` included, where the
    spec gives the environment's backend a lock.
    """
    backend, workflow = project.environment.backend, project.workflow
    if backend is None or workflow is None or not (backend.lock_table or backend.lock_file):
        return
    key = "lock_table" if backend.lock_table else "lock_file"
    for deployment in deployments(project, workflow):
        for number, command in enumerate(_on_root(project, deployment.commands)):
            subject = f"workflow/lock/{deployment.job.id}/{command.subcommand}{number or ''}"
            item = f"terraform {command.subcommand} in job {deployment.job.id} takes the state's lock"
            seen, asked = Evidence(command.run.place, " ".join(command.run.words)[:120]), project.target_evidence("backend", key)
            given = command.values("lock")
            if given and given[-1].value is None:
                yield unverified(subject, item, given[-1].why, seen, asked)
            elif not given or str(given[-1].value).lower() not in ("false", "f", "0"):
                yield passed(subject, item, seen, asked)
            elif command.run.condition:
                yield unverified(subject, item, command.run.condition, seen, asked)
            else:
                yield failed(
                    subject,
                    item,
                    seen,
                    asked,
                    title=f"terraform {command.subcommand} in job {deployment.job.id} of {workflow.path} does not take the state's lock",
                    expected="no -lock=false",
                    actual=seen.value,
                )


def _on_root(project: ProjectEvidence, commands: tuple[TerraformCommand, ...]) -> list[TerraformCommand]:
    """Those on the project's root module that say something about the lock."""
    return [each for each in commands if each.directory.value == project.root and (each.values("lock") or each.values("lock-timeout"))]
