"""Who changes the target in a workflow: the jobs that run ``terraform apply``, what stands before them, and whose credentials they hold."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow import Job, Step, Workflow
from bbws_gate.model import Evidence

LOGIN = "aws-actions/configure-aws-credentials"
CHANGES = ("apply", "destroy")


class Deployment(NamedTuple):
    """One job that changes infrastructure."""

    workflow: Workflow
    job: Job
    commands: tuple[TerraformCommand, ...]
    """What it applies or destroys, in order."""

    @property
    def evidence(self) -> Evidence:
        """Its first change."""
        first = self.commands[0]
        return Evidence(first.run.place, f"job {self.job.id}: {' '.join(first.run.words)[:100]}")


def deployments(project: ProjectEvidence, workflow: Workflow) -> tuple[Deployment, ...]:
    """The jobs of a workflow that run ``terraform apply`` or ``destroy``, in the order of the file."""
    found: dict[str, list[TerraformCommand]] = {}
    for command in project.terraform_commands[workflow.path]:
        if command.subcommand in CHANGES and not command.has("help"):
            found.setdefault(command.run.job.id, []).append(command)
    return tuple(Deployment(workflow, workflow.jobs[name], tuple(commands)) for name, commands in found.items())


def logins(job: Job) -> Iterator[Step]:
    """The steps of a job that take AWS credentials."""
    return (step for step in job.steps if step.action == LOGIN)


def reaches_target(project: ProjectEvidence, deployment: Deployment) -> tuple[Evidence, ...]:
    """What shows that a job changes the target: its account, or its values or state with the change."""
    target = project.environment
    shown: list[Evidence] = []
    for step in logins(deployment.job):
        role = step.input("role-to-assume")
        if role is not None and target.account is not None and role[0].value is not None and target.account in role[0].value:
            shown.append(Evidence(role[1], f"role-to-assume: {role[0].value}"))
    others = {path for name in project.spec.environments if name != project.environment_name for path in project.inputs_of(name)}
    own = set(project.inputs) - others
    for command in project.terraform_commands[deployment.workflow.path]:
        if command.run.job.id == deployment.job.id:
            shown += [Evidence(command.run.place, f"-var-file={path.value}") for path in command.files("var-file") if path.value in own]
    return tuple(shown)
