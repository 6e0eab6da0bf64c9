"""The Terraform commands of the deployment workflow: values, plan file, version, and whether a failure stops it."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import doubted, failed, passed, unverified, worst
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.deployment import Deployment, deployments, left_to_others
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.handover import DOWNLOAD, UPLOAD, artifacts, brought, is_foreign, saved_as, saving
from bbws_gate.evidence.overrides import overrides
from bbws_gate.evidence.passed_inputs import passed_inputs
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import Run
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.variants import without_leg
from bbws_gate.evidence.versions import allows, parse_version
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Outcome, Place, Result, Severity


class _Judged(NamedTuple):
    """A Terraform command that answers for the target."""

    command: TerraformCommand
    workflow: Workflow
    """As it runs: the variant of the target's workflow."""
    number: int
    """Among the commands of its kind in it."""
    whose: str
    """Why it need not be the target's; empty where it certainly is."""
    where: str
    """Why it need not work on the root module; empty where it certainly does."""

    @property
    def doubt(self) -> str:
        """Why it need not concern the target, or the root module; empty where it certainly does."""
        return self.whose or self.where


def _judged(project: ProjectEvidence, *subcommands: str) -> Iterator[_Judged]:
    """The commands of the target's workflow on this project's root module; those on another one are another project's."""
    for _, jobs in itertools.groupby(project.judged, lambda job: id(job.workflow)):
        found = ((command, job) for job in jobs for command in job.commands if command.subcommand in subcommands)
        for number, (command, job) in enumerate((command, job) for command, job in found if project.checkout.holds(command)):
            yield _Judged(command, job.workflow, number, job.doubt, project.checkout.unlocated(command))


def _commands(project: ProjectEvidence, *subcommands: str) -> tuple[TerraformCommand, ...]:
    """The same as the file has them, whatever the choice of inputs; those of which nobody can tell where they work are among them."""
    workflow = project.target_workflow
    if workflow is None:
        return ()
    return tuple(
        command
        for command in project.terraform_commands[workflow.path]
        if command.subcommand in subcommands and command.directory.value in (None, project.root) and command.run.job.id in workflow.jobs
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
    the spec gives the environment; and that no ``-var`` gives a variable another value than it was assessed with.
    """
    backend = project.environment.backend
    settings = tuple(
        posixpath.normpath(posixpath.join(project.root, name)) for name in (backend.config_files if backend is not None else ())
    )
    for option, key, wanted, subcommands in (
        ("var-file", "var_files", _Wanted(project.inputs, passed_inputs(project)), ("plan", "apply", "destroy")),
        ("backend-config", "backend", _Wanted(settings, settings), ("init",)),
    ):
        found = [_files(project, each, option, wanted, project.target_evidence(key)) for each in _judged(project, *subcommands)]
        yield from worst(_if_it_runs(project, each.judged, each.outcome) for each in found if each is not None)


class _Wanted(NamedTuple):
    """The files that a command may take."""

    allowed: tuple[str, ...]
    needed: tuple[str, ...]
    """Those that nothing reads unless the command names them."""


class _Files(NamedTuple):
    """What a command's files come to."""

    judged: _Judged
    outcome: Outcome


def _files(project: ProjectEvidence, judged: _Judged, option: str, wanted: _Wanted, asked: Evidence) -> _Files | None:
    """None where the command has nothing to take values for, or takes none and needs none."""
    command = judged.command
    files = command.files(option)
    if command.is_without_backend or (command.subcommand == "apply" and (command.arguments or not files)):
        return None
    subject = f"workflow/{option}/{command.run.job.id}/{command.subcommand}{judged.number or ''}"
    item = f"terraform {command.subcommand} in job {command.run.job.id} takes the files of {project.environment_name}"
    outcome = next(_values(project, command, files, wanted, subject=subject, item=item, asked=asked), None)
    if option == "var-file" and (outcome is None or outcome.result is Result.PASS):
        outcome = _overridden(project, command, subject, item) or outcome
    return None if outcome is None else _Files(judged, doubted(outcome, judged.doubt))


def _overridden(project: ProjectEvidence, command: TerraformCommand, subject: str, item: str) -> Outcome | None:
    """What is wrong with the ``-var`` of a command whose files are right."""
    found = sorted(overrides(project, command), key=lambda each: bool(each.why))
    if not found:
        return None
    first = found[0]
    seen = [_said(command), *(Evidence(each.source, f"sets {each.name}") for each in found if each.source is not None)]
    if first.why:
        return unverified(subject, item, f"-var {first.name}: {first.why}", *seen)
    names = ", ".join(each.name for each in found if not each.why)
    return failed(
        subject,
        item,
        *seen,
        title=f"terraform {command.subcommand} in {command.run.place.path}: -var gives {names} another value than was assessed",
        expected=f"{names} as the values of {project.environment_name} have it",
        actual=f"-var {names}",
    )


def _if_it_runs(project: ProjectEvidence, judged: _Judged, outcome: Outcome) -> Outcome:
    """An outcome; that of a command which need not run for the target is no failure."""
    run = judged.command.run
    return outcome if run.runs_for(project.environment_name) else doubted(outcome, run.condition)


def _values(
    project: ProjectEvidence,
    command: TerraformCommand,
    files: tuple[Resolved, ...],
    wanted: _Wanted,
    *,
    subject: str,
    item: str,
    asked: Evidence,
) -> Iterator[Outcome]:
    # A word of a plan that is no option is a variable with options: only the run knows which.
    unsaid = command.arguments if command.subcommand != "apply" else ()
    unknown = next((file for file in (*files, *unsaid) if file.value is None), None)
    known = [file.value for file in files if file.value is not None]
    missing = [path for path in known if path not in project.files]
    foreign = [path for path in known if path not in wanted.allowed and path in project.files and wanted.allowed]
    absent = [path for path in wanted.needed if path not in known] if unknown is None else []
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
            expected=", ".join(wanted.allowed) or "files that exist",
            actual=", ".join(known) or "none",
            because_of=tuple(f"file/{path}" for path in (*missing, *absent)),
        )
    elif unknown is not None:
        yield unverified(subject, item, unknown.why, _said(command), asked)
    elif known:
        yield passed(subject, item, _said(command), asked)


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
    found = tuple(_judged(project, "apply"))
    # Where none is known to be the target's, one of them is; when none has a plan file it does not matter which.
    is_any = all(each.where and not each.command.arguments for each in found)
    yield from worst(
        doubted(_applied(project, each), each.whose if is_any and each.command.directory.value is None else each.doubt) for each in found
    )


def _applied(project: ProjectEvidence, judged: _Judged) -> Outcome:
    command, job = judged.command, judged.command.run.job
    subject, item = f"workflow/plan/{job.id}{judged.number or ''}", f"Job {job.id} applies a saved plan"
    if command.arguments:
        plans = tuple(each.command for each in _judged(project, "plan") if each.workflow is judged.workflow)
        return _carried(judged.workflow, command, plans, subject, item)
    return failed(
        subject,
        item,
        _said(command),
        title=f"Job {job.id} of {command.run.place.path} runs terraform apply without a saved plan",
        expected="terraform apply PLANFILE",
        actual=" ".join(command.run.words)[:120],
    )


def _carried(workflow: Workflow, command: TerraformCommand, plans: tuple[TerraformCommand, ...], subject: str, item: str) -> Outcome:
    job, file = command.run.job, command.run.from_root(command.arguments[0])
    if file.value is None:
        return unverified(subject, item, file.why, _said(command))
    makers, own = saving(plans, file.value), saved_as(command, plans)
    foreign = next((step for step in brought(command, own) if is_foreign(step)), None)
    if own and foreign is not None:
        why = "an artifact of another run, or with a name that only the run knows, may take its place before it is applied"
        return unverified(subject, item, why, *map(_said, own), Evidence(foreign.place, foreign.action), _said(command))
    if own:
        return passed(subject, item, *map(_said, own), _said(command))
    before = workflow.before(job)
    downloaded = artifacts(job, DOWNLOAD)
    uploaded = {name for other in before for name in artifacts(other, UPLOAD)}
    if any(maker.run.job in before for maker in makers) and (downloaded & uploaded or "" in downloaded):
        return passed(subject, item, *map(_said, makers), _said(command))
    if any(maker.run.job is job for maker in makers):
        return unverified(
            subject, item, f"the job saves a plan of that name in another folder than {file.value}", *map(_said, makers), _said(command)
        )
    if any(step.action == DOWNLOAD for step in job.steps) and not downloaded:
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
    constraint, workflow = project.stack.required_version, project.target_workflow
    if workflow is None or constraint is None:
        return
    told = set()
    for job, step in workflow.steps():
        given = step.input("terraform_version") if step.action == "hashicorp/setup-terraform" else None
        if given is None or (given[1], given[0].value) in told:
            continue  # a reusable workflow that is called several times says it once
        told.add((given[1], given[0].value))
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
    workflow = project.target_workflow
    if workflow is None:
        return
    runs = [
        (command.run, f"terraform {command.subcommand}") for command in _commands(project, "init", "validate", "plan", "apply", "destroy")
    ]
    runs += [
        (call.run, call.path.value or "")
        for call in project.script_calls[workflow.path]
        if call.path.value == project.environment.validation_script and call.run.job.id in workflow.jobs
    ]
    doubts = _doubts(project)
    # A reusable workflow that is called several times says it once.
    masked: dict[tuple[Place, str], Run] = {}
    for run, what in runs:
        if run.ignored or run.tolerance:
            masked.setdefault((run.place, what), run)
    if runs and not masked:
        yield passed("workflow/failures", f"Failures stop {workflow.path}", *(Evidence(run.place, what) for run, what in runs[:8]))
    for (_, what), run in masked.items():
        yield doubted(_masked(run, what), doubts.get(run.job.id, ""))


def _masked(run: Run, what: str) -> Outcome:
    subject, item = f"workflow/failures/{run.job.id}/{what.replace(' ', '-')}", f"A failure of {what} stops job {run.job.id}"
    seen = Evidence(run.place, " ".join(run.words)[:120])
    if not run.ignored:
        return unverified(subject, item, run.tolerance, seen)
    return failed(
        subject,
        item,
        seen,
        title=f"A failure of {what} does not stop job {run.job.id}: {run.ignored}",
        expected="the job fails",
        actual=run.ignored,
    )


def _doubts(project: ProjectEvidence) -> dict[str, str]:
    """Why jobs need not be the target's, by their ids in the file; nothing of those that are in one of the ways in which they run."""
    certain = {without_leg(job.job.id) for job in project.judged if not job.doubt}
    return {name: job.doubt for job in project.judged if (name := without_leg(job.job.id)) not in certain}


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
    """What starts the deployment workflow: something else than pull requests alone; and that not all its jobs deploy to other
    environments.
    """
    workflow, named = project.workflow, project.environment.workflow
    if workflow is None or named is None:
        return
    # Where an approval is demanded, that check says it.
    others = left_to_others(project) if named.approval_environment is None else ()
    if others:
        yield _for_others(project, others)
    if others or not deployments(project, workflow):
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


def _for_others(project: ProjectEvidence, others: tuple[Deployment, ...]) -> Outcome:
    path, target = others[0].workflow.path, project.environment_name
    return failed(
        "workflow/deploys",
        f"{path} deploys to {target}",
        *(each.evidence for each in others[:8]),
        project.target_evidence("workflow", "path"),
        title=f"No job of {path} deploys to {target}",
        expected=f"a job that applies to {target}",
        actual=f"{', '.join(dict.fromkeys(each.job.id for each in others))}: for other environments",
        impact=f"What changes {target} is not known.",
        action=f"Add the job that deploys to {target}, or name its workflow in the spec.",
    )
