"""The schedule in words and as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from bbws_gate.model import Remedy, Schedule, ScheduledItem
from bbws_gate.schedule.duration import in_words

Json = dict[str, Any]


def day(when: date) -> str:
    """``13 January 2026``: no locale decides the language or the order."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - twelve names
)


def headline(schedule: Schedule) -> str:
    """One sentence: planned, revised, and why."""
    work = _work(schedule)
    if schedule.target_date is None:
        return f"{work} The promotion can take place on {day(schedule.earliest_date)}; the spec plans no date."
    planned = day(schedule.target_date)
    if schedule.revised_date == schedule.target_date:
        return f"{work} The planned date, {planned}, {_margin(schedule)}."
    why = (
        "lies in a freeze" if schedule.earliest_date <= schedule.target_date else f"cannot be kept ({_days(-(schedule.margin or 0))} late)"
    )
    return f"{work} The planned date, {planned}, {why}; the revised date is {day(schedule.revised_date)}."


def _work(schedule: Schedule) -> str:
    if not schedule.items:
        return "Nothing is left to do."
    least = "at least " if schedule.unknown else ""
    return f"All that is left takes {least}{_days(schedule.working_days)}, until {day(schedule.done_on)}."


def _margin(schedule: Schedule) -> str:
    return f"can be kept with {_days(schedule.margin)} to spare" if schedule.margin else "can just be kept"


def _days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"


def slack(schedule: Schedule, item: ScheduledItem) -> str:
    """``none``, or how far an item may slip: ``5h``."""
    return in_words(item.slack, schedule.hours_per_day) if item.slack else "none"


def remedy(schedule: Schedule, one: Remedy) -> str:
    """``one more dba: done on 9 January 2026, promotion from 12 January 2026 on``, and whether that keeps the planned date."""
    words = f"{one.what}: done on {day(one.done_on)}, promotion from {day(one.earliest_date)} on"
    if not schedule.late or schedule.target_date is None:
        return words
    return f"{words}, which {'keeps' if one.earliest_date <= schedule.target_date else 'does not keep'} the planned date"


def to_json(schedule: Schedule | None, target_date: str | None) -> Json:
    """The contract's ``schedule``; only the planned date where no other can be given."""
    if schedule is None:
        return {"target_date": target_date}
    return {
        "target_date": target_date,
        "start": schedule.start.isoformat(),
        "done_on": schedule.done_on.isoformat(),
        "working_days": schedule.working_days,
        "earliest_date": schedule.earliest_date.isoformat(),
        "revised_date": schedule.revised_date.isoformat(),
        "margin_working_days": schedule.margin,
        "late": schedule.late,
        "people": dict(schedule.people),
        "critical_path": list(schedule.critical_path),
        "items": [_item(item) for item in schedule.items],
        "remedies": [
            {
                "what": one.what,
                "done_on": one.done_on.isoformat(),
                "earliest_date": one.earliest_date.isoformat(),
                "revised_date": one.revised_date.isoformat(),
                "working_days": one.working_days,
            }
            for one in schedule.remedies
        ],
        "without_estimate": list(schedule.unknown),
    }


def _item(item: ScheduledItem) -> Json:
    return {
        "id": item.id,
        "owners": list(item.owners),
        "person": item.person or None,
        "phase": item.phase,
        "start": item.start.isoformat(),
        "end": item.end.isoformat(),
        "minutes": item.minutes,
        "slack_minutes": item.slack,
        "holds_promotion": item.holds,
    }
