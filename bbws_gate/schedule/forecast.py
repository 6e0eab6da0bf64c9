"""From what is left to do to dates: when it is done, when the promotion can take place, and what would make it earlier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from bbws_gate.deferred import dataclass, replace
from bbws_gate.model import ActionItem, Decision, Remedy, Schedule, ScheduledItem
from bbws_gate.schedule.duration import minutes
from bbws_gate.schedule.listing import Placed, Task, path, place
from bbws_gate.schedule.remedies import Variant, variants
from bbws_gate.schedule.stages import stages
from bbws_gate.schedule.workdays import BeyondHorizon, WorkCalendar

if TYPE_CHECKING:  # whoever only words a schedule needs no spec
    from bbws_gate.spec import Environment
    from bbws_gate.spec.promotion import Schedule as WorkingTime

_DECISIONS = -1
"""Stage of the decisions: nothing is built before they are taken."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is left to do, and the rules that give it dates."""

    items: tuple[ActionItem, ...]
    decisions: tuple[Decision, ...]
    blockers: frozenset[str]
    time: WorkingTime
    calendar: WorkCalendar
    target: date | None
    freezes: tuple[tuple[date, date], ...]

    def holds(self, item: ActionItem) -> bool:
        """Whether the promotion waits for an item."""
        return item.manual or not self.blockers.isdisjoint(item.findings)

    def minutes(self, estimate: str) -> int | None:
        """Working minutes of an estimate."""
        return minutes(estimate, hours_per_day=self.time.hours_per_day, days_per_week=len(self.time.working_days))


def forecast(
    items: Iterable[ActionItem],
    decisions: Iterable[Decision],
    *,
    assessed_at: str,
    time: WorkingTime,
    target: Environment,
    blockers: Iterable[str] = (),
) -> Schedule | None:
    """The plan for what is left to do.

    Work begins on the day of the assessment, or on the next working day. Open decisions come first and take the time that the spec gives
    them, or until their due date; they take nobody's working time. Work goes by phase, each phase after the one before it, one person a
    role unless the spec says more. The promotion takes place on the next working day after all of it is done, outside freezes; at once
    where nothing that is left holds it up. Manual work that somebody has closed as done takes no time.

    Args:
        items: what is to be done.
        decisions: taken ones are left out.
        assessed_at: ISO 8601; its date counts.
        time: the spec's working time.
        target: the environment, for its date and its freezes.
        blockers: ids of the findings that block.

    Returns:
        None where there is no date to start from, or the work ends beyond every horizon.
    """
    try:
        day = date.fromisoformat(assessed_at[:10])
        holidays = frozenset(holiday.date for holiday in time.holidays)
        calendar = WorkCalendar(day, frozenset(time.working_days), holidays, 60 * time.hours_per_day)
        work = _Work(
            items=tuple(item for item in items if item.done_by is None),
            decisions=tuple(decision for decision in decisions if decision.chosen is None),
            blockers=frozenset(blockers),
            time=time,
            calendar=WorkCalendar(calendar.from_day(day), calendar.weekdays, holidays, calendar.minutes_per_day),
            target=target.target_date,
            freezes=tuple((freeze.since, freeze.until) for freeze in target.freeze),
        )
        return _with_remedies(work, _calculate(work, Variant("")))
    except (ValueError, BeyondHorizon):
        return None


def _with_remedies(work: _Work, plan: Schedule) -> Schedule:
    found = []
    for variant in variants(plan):
        other = _calculate(work, variant)
        if other.done_on < plan.done_on:
            found.append(Remedy(variant.what, other.done_on, other.revised_date, other.earliest_date, other.working_days))
    found.sort(key=lambda remedy: remedy.done_on)
    return replace(plan, remedies=tuple(found))


def _calculate(work: _Work, variant: Variant) -> Schedule:
    chosen = [item for item in work.items if variant.optional or work.holds(item)]
    decided = work.decisions if variant.decisions else ()
    roles = sorted({item.owner for item in chosen})
    people = {role: work.time.people.get(role, 1) + variant.more.get(role, 0) for role in roles}
    tasks = [*(_decision_task(work, each) for each in decided), *_item_tasks(work, chosen)]
    placed = place(tasks, people)
    length = max((each.end for each in placed), default=0)
    days = work.calendar.days(max(1, -(-length // work.calendar.minutes_per_day)))
    done_on = days[-1] if placed else days[0]
    held = bool(decided) or any(work.holds(item) for item in chosen)
    first = work.calendar.after(done_on, free=work.freezes) if held else _not_frozen(work, work.calendar.first)
    return Schedule(
        start=work.calendar.first,
        done_on=done_on,
        working_days=len(days) if placed else 0,
        earliest_date=first,
        target_date=work.target,
        revised_date=first if work.target is None else max(first, _not_frozen(work, work.target)),
        margin=None if work.target is None else work.calendar.count(first, work.target),
        hours_per_day=work.time.hours_per_day,
        items=tuple(_scheduled(work, placed, days)),
        critical_path=tuple(each.task.id for each in path(placed)),
        remedies=(),
        people=MappingProxyType(people),
        unknown=tuple(sorted(item.id for item in chosen if work.minutes(item.estimate) is None)),
        days_per_week=len(work.time.working_days),
    )


def _not_frozen(work: _Work, day: date) -> date:
    """``day`` itself, even one without work, unless a freeze covers it."""
    if any(since <= day <= until for since, until in work.freezes):
        return work.calendar.after(day, free=work.freezes)
    return day


def _decision_task(work: _Work, decision: Decision) -> Task:
    length = work.minutes(work.time.decisions) or 0
    due = date.fromisoformat(decision.due) if decision.due else None
    if due is not None and due >= work.calendar.first:
        length = (work.calendar.count(work.calendar.first, due) + 1) * work.calendar.minutes_per_day
    return Task(f"decision/{decision.id}", "", length, _DECISIONS)


def _item_tasks(work: _Work, items: list[ActionItem]) -> Iterable[Task]:
    stage = stages(items)
    for item in items:
        yield Task(item.id, item.owner, work.minutes(item.estimate) or 0, stage[item.id], item.severity.rank)


def _scheduled(work: _Work, placed: tuple[Placed, ...], days: list[date]) -> Iterable[ScheduledItem]:
    items = {item.id: item for item in work.items}
    decisions = {f"decision/{each.id}": each for each in work.decisions}
    a_day = work.calendar.minutes_per_day
    for each in sorted(placed, key=lambda each: (each.start, each.end, each.task.role, each.person, each.task.id)):
        task = each.task
        decision = decisions.get(task.id) if not task.role else None
        item = items.get(task.id) if decision is None else None
        start = min(each.start // a_day, len(days) - 1)
        end = max(start, (each.end - 1) // a_day)
        yield ScheduledItem(
            id=task.id,
            title=decision.question if decision else item.title if item else "",
            owners=decision.owners if decision else (task.role,),
            person=each.person,
            phase="decide" if decision else item.phase if item else "",
            start=days[start],
            end=days[end],
            minutes=task.minutes,
            slack=each.slack,
            holds=decision is not None or (item is not None and work.holds(item)),
        )
