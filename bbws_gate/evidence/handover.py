"""Plans that one job saves and another applies, carried between them as artifacts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow_parts import Job, Workflow

UPLOAD, DOWNLOAD = "actions/upload-artifact", "actions/download-artifact"


def artifacts(job: Job, action: str) -> frozenset[str]:
    """The names of the artifacts that a job uploads or downloads, as far as they are known; empty text where a step names none: all."""
    found: set[str] = set()
    for step in job.steps:
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


def planners(workflow: Workflow, commands: Mapping[str, tuple[TerraformCommand, ...]]) -> dict[str, frozenset[str]]:
    """The other jobs whose plans each job applies.

    Args:
        workflow: where they stand.
        commands: those of each job, by its id.

    Returns:
        Ids of jobs by the id of the one that applies; nothing for those that apply no other's plan.
    """
    makers: dict[str, set[str]] = {}
    for name, own in commands.items():
        for command in own:
            for out in command.values("out") if command.subcommand == "plan" else ():
                makers.setdefault(posixpath.basename(out.value or ""), set()).add(name)
    found: dict[str, set[str]] = {}
    for name, own in commands.items():
        for command in own:
            file = command.run.from_root(command.arguments[0]).value if command.subcommand == "apply" and command.arguments else None
            planned = makers.get(posixpath.basename(file), set()) if file else set()
            if planned and name not in planned:
                found.setdefault(name, set()).update(_nearest(workflow, workflow.jobs[name], planned))
    return {name: frozenset(each) for name, each in found.items()}


def _nearest(workflow: Workflow, job: Job, makers: set[str]) -> set[str]:
    """Those whose artifact it downloads, where names tell; else those that it needs itself; else all before it."""
    before = {other.id: other for other in workflow.before(job) if other.id in makers}
    downloaded = artifacts(job, DOWNLOAD) - {""}
    carried = {name for name, other in before.items() if downloaded & artifacts(other, UPLOAD)}
    direct = before.keys() & {need.value for need in job.needs}
    return carried or set(direct) or set(before)
