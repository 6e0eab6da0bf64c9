"""Who changes the target in a workflow: the jobs that run ``terraform apply``, and whom they serve."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.login import LOGIN, logins
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.serving import CHANGES, Served
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence

__all__ = ["LOGIN", "Deployment", "deployment_of", "deployments", "logins", "target_deployments"]


class Deployment(NamedTuple):
    """One job that changes infrastructure."""

    workflow: Workflow
    job: Job
    commands: tuple[TerraformCommand, ...]
    """What it applies or destroys, in order."""
    doubt: str = ""
    """Why it need not be the target's, where another job of its workflow certainly is."""

    @property
    def evidence(self) -> Evidence:
        """Its first change."""
        first = self.commands[0]
        return Evidence(first.run.place, f"job {self.job.id}: {' '.join(first.run.words)[:100]}")


def deployments(project: ProjectEvidence, workflow: Workflow) -> tuple[Deployment, ...]:
    """The jobs of a workflow that run ``terraform apply`` or ``destroy``, in the order of the file and as the file has them.

    In the target's workflow those that serve other environments are left out.
    """
    found: dict[str, list[TerraformCommand]] = {}
    target = project.target_workflow
    jobs = target.jobs if target is not None and target.path == workflow.path else workflow.jobs
    for command in project.terraform_commands[workflow.path]:
        if command.subcommand in CHANGES and not command.has("help") and command.run.job.id in jobs:
            found.setdefault(command.run.job.id, []).append(command)
    return tuple(Deployment(workflow, workflow.jobs[name], tuple(commands)) for name, commands in found.items())


def target_deployments(project: ProjectEvidence) -> tuple[Deployment, ...]:
    """The jobs of the target's workflow that change it, or may, as they run: by choice of inputs, by leg of a matrix."""
    return tuple(deployment_of(job) for job in project.judged if job.changing)


def deployment_of(job: Served) -> Deployment:
    """What a job changes."""
    return Deployment(job.workflow, job.job, job.changing, job.doubt)
