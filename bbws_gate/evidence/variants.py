"""A workflow as it runs: once for each choice of its inputs, with a job for each combination of a matrix, calls followed.

What a file does not decide stays unknown in a variant: an input without options, a matrix that the run makes.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping

from bbws_gate.deferred import regex, replace
from bbws_gate.evidence.called_workflows import MAX_JOBS, follow, rescoped, with_inputs
from bbws_gate.evidence.condition import certainly_false
from bbws_gate.evidence.expression import CHOICE
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.handed_on import handed_on
from bbws_gate.evidence.matrix import Leg
from bbws_gate.evidence.status_functions import outlives
from bbws_gate.evidence.workflow_parts import Input, Job, Texts, Workflow

MAX_LABEL = 60
MAX_VARIANTS = 27
"""Three inputs of three choices each."""
MAX_TEXT = 500_000
"""Characters of scripts in all variants together, those of called workflows included, before choices are left unknown."""
STEP = 100
"""What a step counts beside its script."""

ANYWAY = regex(r"(?i)\b(?:always|failure|cancelled)\s*\(\s*\)")
"""Functions with which a job runs although one that it needs did not."""

DISPATCH = "workflow_dispatch"
"""The event with which somebody gives inputs; with every other one they are empty."""

_LEG = regex(r" \([^()]*\)")


def variants(workflow: Workflow, workflows: Mapping[str, Workflow]) -> tuple[Workflow, ...]:
    """How a workflow can run.

    Args:
        workflow: as its file says it.
        workflows: what it may call, by path, as their files say it.

    Returns:
        At least one: for each choice of its inputs, and for each other event that starts a workflow with choices. Jobs of a matrix are
        called as GitHub calls them, ``deploy (sit)``; jobs and steps whose condition an input, a matrix value or the event makes false are
        left out.
    """
    most = min(MAX_VARIANTS, MAX_TEXT // _size(workflow, workflows))
    found = []
    for given, events in _starts(workflow, _choices(workflow, most), most):
        found.append(follow(with_inputs(workflow, given, events) if given else workflow, workflows, _prepared))
    return tuple(found)


def _starts(workflow: Workflow, choices: Mapping[str, tuple[str, ...]], most: int) -> Iterator[tuple[Texts, frozenset[str]]]:
    """How it can be started: its inputs, and by which events. Without choices all that somebody may give is one way."""
    starts = list(dict.fromkeys(trigger.name for trigger in workflow.triggers))
    # Who calls a workflow was started by an event that its own file does not name.
    started = frozenset({DISPATCH} if choices else () if "workflow_call" in starts else starts)
    open_inputs = {name: Fact(f"${{{{ {CHOICE}.{name} }}}}", entry.place) for name, entry in workflow.inputs.items()}
    for values in itertools.product(*choices.values()):
        chosen = {name: Fact(value, workflow.inputs[name].place) for name, value in zip(choices, values, strict=True)}
        yield {**open_inputs, **chosen}, started
    others = [name for name in starts if name != DISPATCH] if choices else []
    together = math.prod(map(len, choices.values())) + len(others) > most
    for events in [others] if together and others else [[name] for name in others]:
        yield {name: Fact("", entry.place) for name, entry in workflow.inputs.items()}, frozenset(events)


def without_leg(job: str) -> str:
    """A job's id as files have it: ``deploy`` for ``deploy (sit)``."""
    return _LEG.sub("", job)


def _size(workflow: Workflow, workflows: Mapping[str, Workflow]) -> int:
    """How much one variant holds: the scripts of each leg of each job, and of what it calls."""
    total = 1
    for job in workflow.jobs.values():
        called = workflows.get(job.uses.value.removeprefix("./")) if job.uses is not None else None
        parts = called.jobs.values() if called is not None else (job,)
        total += max(1, len(job.legs)) * sum(map(_length, parts))
    return total


def _length(job: Job) -> int:
    return sum(STEP + (len(step.run.value) if step.run is not None else 0) for step in job.steps)


def _choices(workflow: Workflow, most: int) -> dict[str, tuple[str, ...]]:
    """The inputs of which the file lists every value, with these; the largest are left unknown where all together are too many."""
    found = {name: options for name, entry in workflow.inputs.items() if (options := _options(workflow, entry))}
    for name in sorted(found, key=lambda each: len(found[each]), reverse=True):
        if math.prod(map(len, found.values())) > most:
            del found[name]
    return found


def _options(workflow: Workflow, entry: Input) -> tuple[str, ...]:
    starts = {trigger.name for trigger in workflow.triggers}
    if entry.type != "choice" or not entry.options or "workflow_call" in starts or any("${{" in option for option in entry.options):
        return ()
    return tuple(dict.fromkeys(entry.options))


def _prepared(workflow: Workflow) -> Workflow:
    """Its jobs by leg, without what certainly does not run."""
    jobs: dict[str, Job] = {}
    names: dict[str, tuple[str, ...]] = {}
    for job in workflow.jobs.values():
        made = _legs(job) if len(jobs) + len(job.legs) <= MAX_JOBS else (job,)
        names[job.id] = tuple(each.id for each in made)
        jobs |= {each.id: _without_idle_steps(each) for each in made if not _is_idle(each)}
    if all(found == (name,) for name, found in names.items()) and jobs == dict(workflow.jobs):
        return workflow
    jobs = {
        name: replace(job, needs=tuple(Fact(leg, need.place) for need in job.needs for leg in names.get(need.value, (need.value,))))
        for name, job in jobs.items()
    }
    return replace(workflow, jobs=_without_waiting(jobs, {leg for made in names.values() for leg in made}))


def _legs(job: Job) -> tuple[Job, ...]:
    if not job.legs:
        return (job,)
    made = [_at(job, leg) for leg in job.legs]
    if len(made) == 1:
        return tuple(made)
    return tuple(replace(each, id=f"{job.id} ({label})") for each, label in zip(made, _labels(job.legs), strict=True))


def _labels(legs: tuple[Leg, ...]) -> list[str]:
    """The first value that is another one in each leg, else all its values as GitHub shows them."""
    for name in legs[0]:
        found = [leg[name].value for leg in legs if name in leg]
        if len({_plain(value) for value in found}) == len(legs):
            return [_plain(value) for value in found]
    labels = [", ".join(_plain(fact.value) for fact in leg.values()) for leg in legs]
    return labels if len(set(labels)) == len(labels) else [f"{number}: {label}" for number, label in enumerate(labels, 1)]


def _plain(value: str) -> str:
    """A value as a label: ids of jobs are taken apart at parentheses and slashes."""
    return re.sub(r"[()/]", "", value)[:MAX_LABEL]


def _at(job: Job, leg: Leg) -> Job:
    return rescoped(job, lambda scope: replace(scope, matrix=leg))


def _is_idle(job: Job) -> bool:
    return job.condition is not None and certainly_false(job.condition.value, job.scope)


def _without_idle_steps(job: Job) -> Job:
    steps = handed_on(step for step in job.steps if step.condition is None or not certainly_false(step.condition.value, step.scope))
    return job if len(steps) == len(job.steps) else replace(job, steps=steps)


def _without_waiting(jobs: dict[str, Job], every: set[str]) -> dict[str, Job]:
    """Without the jobs that GitHub skips because it skips one that they need."""
    while True:
        skipped = every - jobs.keys()
        left = {
            name: job
            for name, job in jobs.items()
            if (job.condition is not None and outlives(job.condition.value)) or not skipped & {need.value for need in job.needs}
        }
        if len(left) == len(jobs):
            return left
        jobs = left
