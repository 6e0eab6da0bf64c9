"""Plans that one job saves and another applies, carried between them as artifacts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from bbws_gate.evidence.checked_out import in_repository
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.script_state import enter, tidy
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow_parts import Job, Step, Workflow

UPLOAD, DOWNLOAD = "actions/upload-artifact", "actions/download-artifact"


def artifacts(job: Job, action: str) -> frozenset[str]:
    """The names of the artifacts that a job uploads or downloads, as far as they are known; empty text where a step names none: all."""
    return _names(job.steps, action)


def _names(steps: Iterable[Step], action: str) -> frozenset[str]:
    found: set[str] = set()
    for step in steps:
        if step.action == action:
            given = step.input("name")
            found |= {""} if given is None else {given[0].value} if given[0].value is not None else set()
    return frozenset(found)


def saving(commands: Iterable[TerraformCommand], file: str) -> tuple[TerraformCommand, ...]:
    """The commands that save a plan under the name of ``file``, in whatever folder: artifacts are put elsewhere."""
    name = posixpath.basename(file)
    return tuple(
        command
        for command in commands
        if command.subcommand == "plan" and any(posixpath.basename(out.value or "") == name for out in command.values("out"))
    )


def saved_as(command: TerraformCommand, plans: Iterable[TerraformCommand]) -> tuple[TerraformCommand, ...]:
    """The commands of the same job that save the very file that an ``apply`` is given."""
    file = command.arguments[0]
    return tuple(
        plan
        for plan in plans
        if plan.run.job.id == command.run.job.id and any(_is_same(plan, out, command, file) for out in plan.values("out"))
    )


def brought(command: TerraformCommand, plans: Iterable[TerraformCommand]) -> tuple[Step, ...]:
    """The steps that may put an artifact in the place of the plan that an ``apply`` is given, after the same job has saved it."""
    file, job = _path(command, command.arguments[0]), command.run.job
    saved = [plan.run.step.number for plan in plans]
    steps = (step for step in job.steps if step.action == DOWNLOAD and max(saved, default=-1) < step.number < command.run.step.number)
    return tuple(step for step in steps if _may_hold(step, job, file))


def is_foreign(step: Step) -> bool:
    """Whether a download takes the artifact of another run or repository, or one whose name only the run knows."""
    given = step.input("name")
    return bool({"run-id", "repository", "artifact-ids"} & step.inputs.keys()) or (given is not None and given[0].value is None)


def planners(workflow: Workflow, commands: Mapping[str, tuple[TerraformCommand, ...]]) -> dict[str, frozenset[str]]:
    """The other jobs whose plans each job applies.

    Args:
        workflow: where they stand.
        commands: those of each job, by its id.

    Returns:
        Ids of jobs by the id of the one that applies; nothing for those that apply no other's plan.
    """
    makers: dict[str, set[str]] = {}
    plans = {
        name: tuple(command for command in own if command.subcommand == "plan" and command.values("out")) for name, own in commands.items()
    }
    for name, own in plans.items():
        for command in own:
            for out in command.values("out"):
                makers.setdefault(posixpath.basename(out.value or ""), set()).add(name)
    every = {name for name, own in plans.items() if own}
    found: dict[str, set[str]] = {}
    for name, own in commands.items():
        job = workflow.jobs[name]
        for command in own:
            if command.subcommand != "apply" or not command.arguments:
                continue
            file = command.arguments[0].value
            planned = makers.get(posixpath.basename(file), set()) if file else set()
            if name in planned:
                steps = brought(command, saved_as(command, plans[name]))
                found.setdefault(name, set()).update(_carried(workflow, job, every - {name}, steps))
            elif planned:
                found.setdefault(name, set()).update(_nearest(workflow, job, planned))
    return {name: frozenset(each) for name, each in found.items() if each}


def _path(command: TerraformCommand, path: Resolved) -> Resolved:
    """A plan's file relative to the repository root; an absolute path as it is."""
    return path if path.value is not None and path.value.startswith("/") else enter(command.directory, path)


def _is_same(plan: TerraformCommand, out: Resolved, command: TerraformCommand, file: Resolved) -> bool:
    one, other = _path(plan, out), _path(command, file)
    if one.value is None or other.value is None:
        # Where a folder is not known, it is taken for the same.
        return out.value is not None and out.value == file.value
    return one.value == other.value


def _may_hold(step: Step, job: Job, file: Resolved) -> bool:
    """Whether a file may be among those of the artifact that a step puts into its folder."""
    folder = step.input("path")
    if folder is None or folder[0].value is None or file.value is None:
        return True
    where = in_repository(folder[0]._replace(value=tidy(folder[0].value)), job, step)
    return not where.value or posixpath.dirname(file.value) == where.value or file.value.startswith(f"{where.value}/")


def _carried(workflow: Workflow, job: Job, makers: set[str], steps: tuple[Step, ...]) -> set[str]:
    """Those whose artifact one of the steps downloads: by its name, and any where it names none."""
    names = _names(steps, DOWNLOAD)
    uploads = {other.id: artifacts(other, UPLOAD) for other in workflow.before(job) if other.id in makers}
    return {name for name, uploaded in uploads.items() if uploaded and ("" in names or names & uploaded)}


def _nearest(workflow: Workflow, job: Job, makers: set[str]) -> set[str]:
    """Those whose artifact it downloads, where names tell; else those that it needs itself; else all before it."""
    before = {other.id: other for other in workflow.before(job) if other.id in makers}
    downloaded = artifacts(job, DOWNLOAD) - {""}
    carried = {name for name, other in before.items() if downloaded & artifacts(other, UPLOAD)}
    direct = before.keys() & {need.value for need in job.needs}
    return carried or set(direct) or set(before)
