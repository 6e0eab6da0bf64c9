"""List scheduling: tasks in stages, each stage's tasks to the people of their role.

A stage begins when all of the one before it is done. Within a stage the tasks are independent, so that a fixed list, each task to the
person of its role who is free first, has none of the anomalies that lists with dependencies have (R. L. Graham, Bounds on
Multiprocessing Timing Anomalies, 1969): more people never end later. Stages are a phase of the work, and within it the steps that
dependencies between its tasks make.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bbws_gate.deferred import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one person of one role; minutes of working time."""

    id: str
    role: str
    """Empty for what takes nobody's time, only the calendar's: any number of those run side by side."""
    minutes: int
    stage: int
    urgency: int = 0
    """Higher goes first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A task in time."""

    task: Task
    person: int
    """Of the role, from 1; 0 where nobody's time is taken."""
    start: int
    """Working minutes after the start of everything."""
    end: int
    slack: int
    """How far it may slip, with what the same person does after it, before its stage ends later."""


def place(tasks: Iterable[Task], people: Mapping[str, int]) -> tuple[Placed, ...]:
    """Every task in time, stage by stage.

    The list: more urgent tasks first, then longer ones, then by id. Each goes to the person of its role who is free first.

    Args:
        tasks: with distinct ids.
        people: how many work in parallel, by role; 1 where it does not say.
    """
    begin = 0
    placed: list[Placed] = []
    ordered = sorted(tasks, key=lambda task: task.stage)
    for _, stage in groupby(ordered, key=lambda task: task.stage):
        members = list(stage)
        loads = {role: _loads([task for task in members if task.role == role], people.get(role, 1)) for role in {t.role for t in members}}
        length = max(end for queues in loads.values() for queue in queues for _, end in queue)
        for role, queues in sorted(loads.items()):
            placed += _stage(role, queues, begin, length)
        begin += length
    return tuple(placed)


def path(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The tasks that set the end, in order: in every stage those of the person (first by role and number) who is done last."""
    found: list[Placed] = []
    for _, stage in groupby(sorted(placed, key=lambda each: each.task.stage), key=lambda each: each.task.stage):
        critical = [each for each in stage if each.slack == 0 and each.end > each.start]
        if critical:
            who = min((each.task.role, each.person, each.task.id if not each.person else "") for each in critical)
            chain = [each for each in critical if (each.task.role, each.person, each.task.id if not each.person else "") == who]
            found += sorted(chain, key=lambda each: each.start)
    return tuple(found)


_Queue = list[tuple[Task, int]]
"""One person's tasks, each with the minute at which it is done, counted from the stage's begin."""


def _loads(tasks: list[Task], number: int) -> list[_Queue]:
    """One queue for each person who has something to do."""
    ordered = sorted(tasks, key=lambda task: (-task.urgency, -task.minutes, task.id))
    if not tasks[0].role:
        return [[(task, task.minutes)] for task in ordered]
    queues: list[_Queue] = [[] for _ in range(max(1, min(number, len(tasks))))]
    free = [(0, person) for person in range(len(queues))]
    for task in ordered:
        at, person = heapq.heappop(free)
        queues[person].append((task, at + task.minutes))
        heapq.heappush(free, (at + task.minutes, person))
    return [queue for queue in queues if queue]


def _stage(role: str, queues: list[_Queue], begin: int, length: int) -> Iterable[Placed]:
    for number, queue in enumerate(queues, 1):
        slack = length - queue[-1][1]
        for task, end in queue:
            yield Placed(task, number if role else 0, begin + end - task.minutes, begin + end, slack)
