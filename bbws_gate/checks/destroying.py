"""Whether the deployment workflow removes everything before it deploys."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified, worst
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.condition import certainly_true
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.removal import Removal, are_same_values, removal, removes, state
from bbws_gate.evidence.serving import Served
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.variants import ANYWAY
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
    """``terraform destroy`` (``apply -destroy``, or a saved plan of that kind) with the target's values in a job of the deployment workflow
    that applies afterwards, or that such a job needs: that a condition stands before it. With values that nobody knows it is one, too,
    where the apply takes the very same. One of single resources (``-target``), or one that would wait for an answer, is not judged.
    """
    yield from worst(outcome for job in project.judged if job.changing for outcome in _outcome(project, job))


class _Later(NamedTuple):
    """What is applied after a removal."""

    command: TerraformCommand
    job: Served


def _outcome(project: ProjectEvidence, job: Served) -> Iterator[Outcome]:
    known = _before(project, job)
    first = next((found for command in _changing(project, job) if (found := removal(project, command, known)) is not None), None)
    if first is None:
        return
    after = tuple(_after(project, job, first))
    subject, item = f"workflow/destroy/{job.job.id}", f"Job {job.job.id} destroys nothing before it applies"
    seen = (_said(first.command), *(_said(later.command) for later in after[:1]))
    unsure = [_condition_of_first(first, job, after), *(_condition_of(later, job) for later in after)]
    conditions = [each for each in unsure if each]
    if not after:
        yield passed(subject, item, *seen)
        return
    if len(conditions) == len(unsure):
        return  # either the one or the other, as far as anybody can tell
    doubt = conditions[0] if conditions else min((_doubt(first, job, later) for later in after), key=bool)
    if doubt:
        yield unverified(subject, item, doubt, *seen)
        return
    yield failed(
        subject,
        item,
        *seen,
        title=f"Job {job.job.id} of {job.workflow.path} destroys everything before {_who(job, after)} applies",
        expected="no destroy on the way to an apply",
        actual=seen[0].value,
    )


def _doubt(first: Removal, job: Served, later: _Later) -> str:
    """Why what is applied later need not be what was removed."""
    if job.doubt or later.job.doubt:
        return job.doubt or later.job.doubt
    if first.doubt and not (later.job is job and are_same_values(first, later.command, job.commands)):
        return first.doubt
    is_same = state(first.command, job.commands) == state(later.command, later.job.commands)
    return "" if is_same else "what it destroys may be another state than the one that is applied to"


def _who(job: Served, after: tuple[_Later, ...]) -> str:
    return "it" if any(later.job is job for later in after) else f"job {after[0].job.job.id}"


def _changing(project: ProjectEvidence, job: Served) -> tuple[TerraformCommand, ...]:
    return tuple(command for command in job.changing if command.directory.value == project.root)


def _before(project: ProjectEvidence, job: Served) -> tuple[TerraformCommand, ...]:
    """The commands that have run before those of a job, and its own."""
    before = {other.id for other in job.workflow.before(job.job)}
    others = (each for each in project.judged if each.workflow is job.workflow and each.job.id in before)
    return tuple(command for each in (*others, job) for command in each.commands)


def _after(project: ProjectEvidence, job: Served, first: Removal) -> Iterator[_Later]:
    """What is applied in the removal's own job, and in those that need it; what removes is no change to come."""
    own = _changing(project, job)
    behind = own[own.index(first.command) + 1 :]
    waiting = (each for each in project.judged if each.workflow is job.workflow and job.job in each.workflow.before(each.job))
    later = ((job, behind), *((each, _changing(project, each)) for each in waiting))
    for other, commands in later:
        known = _before(project, other)
        yield from (_Later(command, other) for command in commands if command.subcommand == "apply" and not removes(command, known))


def _condition_of_first(first: Removal, job: Served, after: tuple[_Later, ...]) -> str:
    """Why a removal need not run where something is applied; a job is left out where one that it needs was, unless it says otherwise."""
    own = first.command.run.condition or first.values.run.condition
    waits = (later.job.job.condition is None or not ANYWAY.search(later.job.job.condition.value) for later in after)
    is_skipped = any(later.job is job for later in after) or any(waits)
    return own or ("" if is_skipped else _whole(job))


def _condition_of(later: _Later, job: Served) -> str:
    """Why something that is applied later need not run where the removal has."""
    is_same = later.job is job or later.job.job.condition_in_doubt == job.job.condition_in_doubt
    return later.command.run.condition or ("" if is_same else _whole(later.job))


def _whole(job: Served) -> str:
    """What must be so that a job runs."""
    condition = job.job.condition
    if condition is None or not job.job.condition_in_doubt or certainly_true(condition.value, job.job.scope):
        return ""
    return f"job {job.job.id} runs only if {job.job.condition_in_doubt[:120]}"


def _said(command: TerraformCommand) -> Evidence:
    return Evidence(command.run.place, " ".join(command.run.words)[:120])
