"""The Terraform commands of the deployment workflow: values, plan file, version, and whether a failure stops it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.deployment import deployments
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.versions import allows, parse_version
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence, Outcome, Severity


def _commands(project: ProjectEvidence, *subcommands: str) -> tuple[TerraformCommand, ...]:
    """The target workflow's Terraform commands on this project's root module; those elsewhere are another project's."""
    if project.workflow is None:
        return ()
    return tuple(
        command
        for command in project.terraform_commands[project.workflow.path]
        if command.subcommand in subcommands and command.directory.value in (None, project.root)
    )


def _said(command: TerraformCommand) -> Evidence:
    return Evidence(command.run.place, " ".join(command.run.words)[:120])


@check(
    "WFL003",
    "workflow-values-differ",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="Planned with other values, or another environment's, what is deployed is not what was assessed.",
    clear="Pass the environment's own tfvars and backend configuration files, as the spec names them.",
)
def workflow_values_differ(project: ProjectEvidence) -> Iterator[Outcome]:
    """``-var-file`` and ``-backend-config`` of the deployment workflow's Terraform commands: that the files exist, and are the ones that
    the spec gives the environment.
    """
    backend = project.environment.backend
    settings = tuple(
        posixpath.normpath(posixpath.join(project.root, name)) for name in (backend.config_files if backend is not None else ())
    )
    for option, key, wanted, subcommands in (
        ("var-file", "var_files", project.inputs, ("plan", "apply", "destroy")),
        ("backend-config", "backend", settings, ("init",)),
    ):
        asked = project.target_evidence(key)
        for number, command in enumerate(_commands(project, *subcommands)):
            files = command.files(option)
            if command.subcommand == "apply" and (command.arguments or not files):
                continue
            subject = f"workflow/{option}/{command.run.job.id}/{command.subcommand}{number or ''}"
            item = f"terraform {command.subcommand} in job {command.run.job.id} takes the files of {project.environment_name}"
            yield from _values(project, command, files, wanted, subject=subject, item=item, asked=asked)


def _values(
    project: ProjectEvidence,
    command: TerraformCommand,
    files: tuple[Resolved, ...],
    wanted: tuple[str, ...],
    *,
    subject: str,
    item: str,
    asked: Evidence,
) -> Iterator[Outcome]:
    unknown = next((file for file in files if file.value is None or _is_choice(file)), None)
    known = [file.value for file in files if file.value is not None and not _is_choice(file)]
    missing = [path for path in known if path not in project.files]
    foreign = [path for path in known if path not in wanted and path in project.files and wanted]
    absent = [path for path in wanted if path not in known] if unknown is None else []
    if missing or foreign or absent:
        parts = [f"{path} does not exist" for path in missing]
        parts += [f"{path} is not of {project.environment_name}" for path in foreign]
        parts += [f"{path} is not passed" for path in absent if not (missing or foreign)]
        yield failed(
            subject,
            item,
            _said(command),
            asked,
            title=f"terraform {command.subcommand} in {command.run.place.path}: {'; '.join(parts)}",
            expected=", ".join(wanted) or "files that exist",
            actual=", ".join(known) or "none",
            because_of=tuple(f"file/{path}" for path in (*missing, *absent)),
        )
    elif unknown is not None:
        yield unverified(subject, item, unknown.why or "an input decides", _said(command), asked)
    elif known:
        yield passed(subject, item, _said(command), asked)


def _is_choice(file: Resolved) -> bool:
    return any(step.startswith("default of input") for step in file.through)


@check(
    "WFL004",
    "applied-plan-not-saved",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="What is applied is planned anew at that moment: it need not be what somebody looked at or approved.",
    clear="Save the plan with -out, carry it as an artifact where jobs differ, and apply that file.",
)
def applied_plan_not_saved(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every ``terraform apply`` of the deployment workflow: that it applies a plan file which the same job saved with ``-out``, or which it
    downloaded as the artifact that another job of the workflow uploaded.
    """
    for number, command in enumerate(_commands(project, "apply")):
        job = command.run.job
        subject, item = f"workflow/plan/{job.id}{number or ''}", f"Job {job.id} applies a saved plan"
        if not command.arguments:
            yield failed(
                subject,
                item,
                _said(command),
                title=f"Job {job.id} of {command.run.place.path} runs terraform apply without a saved plan",
                expected="terraform apply PLANFILE",
                actual=" ".join(command.run.words)[:120],
            )
        elif project.workflow is not None:
            yield _carried(project, project.workflow, command, subject, item)


def _carried(project: ProjectEvidence, workflow: Workflow, command: TerraformCommand, subject: str, item: str) -> Outcome:
    job, file = command.run.job, command.run.from_root(command.arguments[0])
    if file.value is None:
        return unverified(subject, item, file.why, _said(command))
    makers = [
        each for each in _commands(project, "plan") if any(_name(out) == posixpath.basename(file.value) for out in each.values("out"))
    ]
    if any(maker.run.job is job for maker in makers):
        return passed(subject, item, *map(_said, makers), _said(command))
    before = workflow.before(job)
    downloaded = {name for step in job.steps if step.action == "actions/download-artifact" for name in _artifact(step.input("name"))}
    uploaded = {
        name
        for other in before
        for step in other.steps
        if step.action == "actions/upload-artifact"
        for name in _artifact(step.input("name"))
    }
    if any(maker.run.job in before for maker in makers) and (downloaded & uploaded or "" in downloaded):
        return passed(subject, item, *map(_said, makers), _said(command))
    if _downloads(job) and not downloaded:
        return unverified(subject, item, "which artifact it downloads cannot be known", _said(command))
    return failed(
        subject,
        item,
        _said(command),
        *map(_said, makers),
        title=f"Job {job.id} applies {file.value}, which no job before it saves and hands over",
        expected="a plan with -out in the same job, or its artifact",
        actual=f"plans: {', '.join(maker.run.job.id for maker in makers) or 'none'}; artifacts: {', '.join(sorted(downloaded)) or 'none'}",
    )


def _name(out: Resolved) -> str:
    return posixpath.basename(out.value or "")


def _artifact(given: tuple[Resolved, object] | None) -> tuple[str, ...]:
    """The artifact's name; empty text for all artifacts; nothing when it cannot be known."""
    if given is None:
        return ("",)
    return () if given[0].value is None else (given[0].value,)


def _downloads(job: Job) -> bool:
    return any(step.action == "actions/download-artifact" for step in job.steps)


@check(
    "WFL005",
    "terraform-version-differs",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="Terraform refuses to run with a version that required_version does not allow: the deployment stops at its first command.",
    clear="Set terraform_version in the workflow within required_version, or widen that.",
)
def terraform_version_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``terraform_version`` of ``hashicorp/setup-terraform`` in the deployment workflow, against the root module's ``required_version``."""
    constraint = project.stack.required_version
    if project.workflow is None or constraint is None:
        return
    for job, step in project.workflow.steps():
        given = step.input("terraform_version") if step.action == "hashicorp/setup-terraform" else None
        if given is None:
            continue
        resolved, given_at = given
        subject, item = f"workflow/version/{job.id}", f"Job {job.id} takes a Terraform that {constraint} allows"
        seen = Evidence(given_at, f"terraform_version: {resolved.value or 'unknown'}")
        version = parse_version(resolved.value) if resolved.value is not None else None
        allowed = allows(constraint, version) if version is not None else None
        if allowed is None:
            yield unverified(subject, item, resolved.why or f"{resolved.value or constraint} is not a plain version", seen)
        elif allowed:
            yield passed(subject, item, seen)
        else:
            yield failed(
                subject,
                item,
                seen,
                *(Evidence(place, f"required_version = {constraint}") for place in project.stack.required_version_at),
                title=f"Job {job.id} takes Terraform {resolved.value}, required_version is {constraint}",
                expected=constraint,
                actual=str(resolved.value),
            )


@check(
    "WFL006",
    "failure-masked",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="The job goes on, and ends green, after a plan, apply or validation that failed.",
    clear="Let the failure stop the job: no `|| true`, no continue-on-error, `set -o pipefail` before a pipe.",
)
def failure_masked(project: ProjectEvidence) -> Iterator[Outcome]:
    """Terraform commands and validation scripts in the deployment workflow whose failure certainly does not stop the job."""
    workflow = project.workflow
    if workflow is None:
        return
    runs = [
        (command.run, f"terraform {command.subcommand}") for command in _commands(project, "init", "validate", "plan", "apply", "destroy")
    ]
    runs += [
        (call.run, call.path.value or "")
        for call in project.script_calls[workflow.path]
        if call.path.value == project.environment.validation_script
    ]
    masked = [(run, what) for run, what in runs if run.ignored]
    if runs and not masked:
        yield passed("workflow/failures", f"Failures stop {workflow.path}", *(Evidence(run.place, what) for run, what in runs[:8]))
    for run, what in masked:
        yield failed(
            f"workflow/failures/{run.job.id}/{what.replace(' ', '-')}",
            f"A failure of {what} stops job {run.job.id}",
            Evidence(run.place, " ".join(run.words)[:120]),
            title=f"A failure of {what} does not stop job {run.job.id}: {run.ignored}",
            expected="the job fails",
            actual=run.ignored,
        )


@check(
    "WFL007",
    "workflow-does-not-apply",
    severity=Severity.MEDIUM,
    category="Workflow",
    work=works.WORKFLOW,
    why="A workflow that is only started by pull requests deploys nothing, or deploys what nobody has merged.",
    clear="Let workflow_dispatch, a tag or a release start the deployment.",
)
def workflow_does_not_apply(project: ProjectEvidence) -> Iterator[Outcome]:
    """What starts the deployment workflow: something else than pull requests alone."""
    workflow = project.workflow
    if workflow is None or not deployments(project, workflow):
        return
    subject, item = "workflow/triggers", f"{workflow.path} can be started for a merged commit"
    seen = tuple(Evidence(trigger.place, f"on: {trigger.name}") for trigger in workflow.triggers)
    if any(not trigger.name.startswith("pull_request") for trigger in workflow.triggers):
        yield passed(subject, item, *seen)
        return
    yield failed(
        subject,
        item,
        *seen,
        title=f"{workflow.path} is started by pull requests only",
        expected="workflow_dispatch, push or release",
        actual=", ".join(trigger.name for trigger in workflow.triggers) or "nothing",
    )
