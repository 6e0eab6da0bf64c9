"""Reusable workflows of the repository, followed: the jobs of a called workflow stand in the one that calls it.

https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bbws_gate.deferred import replace
from bbws_gate.evidence.expression import Scope, resolve, unknown_input
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.handed_on import handed_on
from bbws_gate.evidence.status_functions import outlives
from bbws_gate.evidence.workflow_parts import Job, Texts, Workflow

MAX_DEPTH = 4
MAX_JOBS = 200
"""In one workflow with all that it calls."""


def followed(workflows: Mapping[str, Workflow]) -> dict[str, Workflow]:
    """The workflows by path, each with the jobs of those that it calls from this repository beside the job that calls.

    A called job is named ``caller/job``. It waits for what its caller waits for, and whoever needs the caller waits for it. What it does
    not say of permissions, concurrency and condition its workflow or its caller says.
    """
    return {path: follow(workflow, workflows) for path, workflow in workflows.items()}


def follow(workflow: Workflow, workflows: Mapping[str, Workflow], prepare: Callable[[Workflow], Workflow] | None = None) -> Workflow:
    """One workflow with the jobs of those that it calls, as :func:`followed` has them.

    Args:
        workflow: as its file says it, its inputs given where they are known.
        workflows: what it may call, as their files say it.
        prepare: what is done to it and to each called workflow, the inputs given, before its own calls are followed.
    """
    return _followed(workflow, workflows, prepare or (lambda each: each), MAX_DEPTH)


def _followed(workflow: Workflow, workflows: Mapping[str, Workflow], prepare: Callable[[Workflow], Workflow], depth: int) -> Workflow:
    workflow = prepare(workflow)
    jobs: dict[str, Job] = {}
    for name, job in workflow.jobs.items():
        called = _called(job, workflows) if depth else None
        inner = _followed(_given_to(called, job), workflows, prepare, depth - 1) if called is not None else None
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
        condition=_both(caller.condition, job.condition),
        permissions=job.permissions or called.permissions or caller.permissions or workflow.permissions,
        concurrency=job.concurrency or called.concurrency or caller.concurrency,
    )


def _both(outer: Fact[str] | None, inner: Fact[str] | None) -> Fact[str] | None:
    """The conditions of a caller and of a job that it calls as one, at the place of the one that ignores what failed before."""
    if outer is None or inner is None:
        return inner or outer
    found = [each for fact in (outer, inner) if (each := _bare(fact.value))]
    if not found:
        return None
    whole = f"({found[0]}) && ({found[1]})" if len(found) > 1 else found[0]
    return Fact(whole, (outer if outlives(outer.value) else inner).place)


def _bare(text: str) -> str:
    """A condition as an expression; a text around ``${{ }}`` is true, and counts by the status functions in it."""
    inner = text[3:-2] if text.startswith("${{") and text.endswith("}}") else text
    if "${{" not in inner:
        return inner.strip()
    return "always()" if outlives(text) else ""


def _given_to(called: Workflow, caller: Job) -> Workflow:
    """A called workflow, its jobs knowing what the caller gives, and the default of what it does not give."""
    defaults = {name: entry.default for name, entry in called.inputs.items() if entry.default is not None}
    return with_inputs(called, {**defaults, **dict(_given(caller.inputs, caller.scope))}, caller.scope.events)


def with_inputs(workflow: Workflow, given: Texts, events: frozenset[str] = frozenset()) -> Workflow:
    """A workflow whose jobs know what its inputs are, and what may have started the run."""
    jobs = {name: rescoped(job, lambda scope: replace(scope, given=given, events=events)) for name, job in workflow.jobs.items()}
    return replace(workflow, jobs=jobs)


def rescoped(job: Job, change: Callable[[Scope], Scope]) -> Job:
    """A job in another scope, and its steps."""
    steps = handed_on(replace(step, scope=change(step.scope)) for step in job.steps)
    return replace(job, steps=steps, scope=change(job.scope))


def _given(inputs: Texts, scope: Scope) -> Iterator[tuple[str, Fact[str]]]:
    """What a caller gives, in words that mean the same in the called workflow."""
    for name, fact in inputs.items():
        resolved = resolve(fact.value, scope)
        if resolved.value is None or any(step.startswith("default of input") for step in resolved.through):
            yield name, Fact(unknown_input(name), fact.place)
        else:
            yield name, Fact(resolved.value.replace("${{", "$ {{"), fact.place)
