"""Who changes the target in a workflow: the jobs that run ``terraform apply``, and whom they serve."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.login import LOGIN, logins
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import ScriptCall
from bbws_gate.evidence.serving import CHANGES, Served, Whom
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.variants import without_leg
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence

__all__ = ["LOGIN", "Deployment", "deployment_of", "deployments", "left_to_others", "logins", "target_deployments"]

_DEPLOYING = regex(r"\./.*|.*(?:(?<!setup-)(?:terraform|tofu|terragrunt)|deploy|apply).*")
"""Actions of the repository, and those whose name says that they deploy."""
_BUILDERS = (("make",), ("just",), ("task",))


class Deployment(NamedTuple):
    """One job that changes infrastructure."""

    workflow: Workflow
    job: Job
    commands: tuple[TerraformCommand, ...]
    """What it applies or destroys, in order."""
    doubt: str = ""
    """Why it need not be the target's, or need not run; empty where it certainly is and does."""

    @property
    def evidence(self) -> Evidence:
        """Its first change."""
        first = self.commands[0]
        return Evidence(first.run.place, f"job {self.job.id}: {' '.join(first.run.words)[:100]}")


def deployments(project: ProjectEvidence, workflow: Workflow) -> tuple[Deployment, ...]:
    """The jobs of a workflow that run ``terraform apply`` or ``destroy``, in the order of the file and as the file has them.

    Those that certainly work on other root modules are left out; in the target's workflow those that serve other environments, too.
    """
    found: dict[str, list[TerraformCommand]] = {}
    target = project.target_workflow
    jobs = target.jobs if target is not None and target.path == workflow.path else workflow.jobs
    for command in project.terraform_commands[workflow.path]:
        if command.subcommand in CHANGES and not command.has("help") and command.run.job.id in jobs and project.checkout.holds(command):
            found.setdefault(command.run.job.id, []).append(command)
    return tuple(Deployment(workflow, workflow.jobs[name], tuple(commands)) for name, commands in found.items())


def target_deployments(project: ProjectEvidence) -> tuple[Deployment, ...]:
    """The jobs of the target's workflow that change it, or may, as they run: by choice of inputs, by leg of a matrix."""
    found = tuple(deployment_of(job) for job in project.judged if job.changing)
    where = {id(each): tuple(map(project.checkout.unlocated, each.commands)) for each in found}
    if all(all(reasons) for reasons in where.values()):
        return found  # None is known to work on the root module: one of them does.
    return tuple(each._replace(doubt=each.doubt or where[id(each)][0]) if all(where[id(each)]) else each for each in found)


def left_to_others(project: ProjectEvidence) -> tuple[Deployment, ...]:
    """What the target's workflow changes for other environments, where no job of it serves the target, or may in a way that is not read."""
    workflow, known = project.workflow, (Whom.TARGET, Whom.UNKNOWN)
    if workflow is None or any(job.changing or job.whom in known or _may_deploy(project, job) for job in project.judged):
        return ()
    return tuple(deployment_of(job) for job in project.serving(workflow.path) if job.is_certainly_others and job.changing)


def _may_deploy(project: ProjectEvidence, served: Served) -> bool:
    """Whether a job may deploy to the target with what is not read: a called workflow, an action, a script; or has its environment."""
    job, named = served.job, project.environment.workflow
    if job.uses is not None:
        return not any(each.startswith(f"{job.id}/") for each in served.workflow.jobs)
    wanted = (project.environment_name, (named.approval_environment if named is not None else None) or "")
    name = job.environment_name
    if name is not None and (name.value is None or name.value.casefold() in map(str.casefold, wanted)):
        return True
    scripts = {call.run.job.id for call in project.script_calls[served.workflow.path] if not _validates(project, call)}
    return without_leg(job.id) in scripts or any(
        step.is_shell_unread or _DEPLOYING.fullmatch(step.action) or any(each.words[:1] in _BUILDERS for each in step.commands)
        for step in job.steps
    )


def _validates(project: ProjectEvidence, call: ScriptCall) -> bool:
    return call.path.value is not None and call.path.value == project.environment.validation_script


def deployment_of(job: Served) -> Deployment:
    """What a job changes."""
    return Deployment(job.workflow, job.job, job.changing, job.doubt)
