"""Reusable workflows of the repository, followed: the jobs of a called workflow stand in the one that calls it.

https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import replace
from bbws_gate.evidence.expression import Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.workflow_parts import Job, Texts, Workflow

MAX_DEPTH = 4
MAX_JOBS = 200
"""In one workflow with all that it calls."""


def followed(workflows: Mapping[str, Workflow]) -> dict[str, Workflow]:
    """The workflows by path, each with the jobs of those that it calls from this repository beside the job that calls.

    A called job is named ``caller/job``. It waits for what its caller waits for, and whoever needs the caller waits for it. What it does
    not say of permissions, concurrency and condition its workflow or its caller says.
    """
    return {path: _followed(workflow, workflows, MAX_DEPTH) for path, workflow in workflows.items()}


def _followed(workflow: Workflow, workflows: Mapping[str, Workflow], depth: int) -> Workflow:
    jobs: dict[str, Job] = {}
    for name, job in workflow.jobs.items():
        called = _called(job, workflows) if depth else None
        inner = _followed(_given_to(called, job), workflows, depth - 1) if called is not None else None
        if inner is None or len(jobs) + len(inner.jobs) > MAX_JOBS:
            jobs[name] = job
            continue
        found = {f"{name}/{other.id}": _in_caller(other, inner, job, workflow) for other in inner.jobs.values()}
        jobs[name] = replace(job, needs=(*job.needs, *(Fact(each, job.place) for each in found)))
        jobs |= found
    return workflow if len(jobs) == len(workflow.jobs) else replace(workflow, jobs=jobs)


def _called(job: Job, workflows: Mapping[str, Workflow]) -> Workflow | None:
    return workflows.get(job.uses.value.removeprefix("./")) if job.uses is not None and job.uses.value.startswith("./") else None


def _in_caller(job: Job, called: Workflow, caller: Job, workflow: Workflow) -> Job:
    return replace(
        job,
        id=f"{caller.id}/{job.id}",
        needs=(*(need._replace(value=f"{caller.id}/{need.value}") for need in job.needs), *caller.needs),
        condition=job.condition or caller.condition,
        permissions=job.permissions or called.permissions or caller.permissions or workflow.permissions,
        concurrency=job.concurrency or called.concurrency or caller.concurrency,
    )


def _given_to(called: Workflow, caller: Job) -> Workflow:
    """A called workflow, its jobs knowing what the caller gives."""
    given = dict(_given(caller.inputs, caller.scope))
    return replace(called, jobs={name: _with(job, given) for name, job in called.jobs.items()})


def _with(job: Job, given: Texts) -> Job:
    steps = tuple(replace(step, scope=replace(step.scope, given=given)) for step in job.steps)
    return replace(job, steps=steps, scope=replace(job.scope, given=given))


def _given(inputs: Texts, scope: Scope) -> Iterator[tuple[str, Fact[str]]]:
    """What a caller gives, in words that mean the same in the called workflow."""
    for name, fact in inputs.items():
        resolved = resolve(fact.value, scope)
        if resolved.value is None or any(step.startswith("default of input") for step in resolved.through):
            yield name, Fact(f"${{{{ caller.{name} }}}}", fact.place)
        else:
            yield name, Fact(resolved.value.replace("${{", "$ {{"), fact.place)
