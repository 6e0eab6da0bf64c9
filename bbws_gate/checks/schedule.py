"""How often a schedule fires: AWS ``cron(...)`` and ``rate(...)`` expressions, in minutes and in words.

AWS cron has six fields, minutes hours day-of-month month day-of-week year, in UTC; one of the two day fields is ``?``
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from bbws_gate.deferred import regex

DAY = 1440
WORDS = {"hourly": 60, "daily": DAY, "weekly": 7 * DAY, "monthly": 31 * DAY}
"""The longest that a schedule of that name lets pass between two firings."""

_RATE = regex(r"rate\(\s*([0-9]{1,6})\s+(minute|hour|day)s?\s*\)")
_CRON = regex(r"cron\(([^()]{1,200})\)")
_PART = regex(r"(\*|[A-Z0-9]{1,3})(?:-([A-Z0-9]{1,3}))?(?:/([0-9]{1,3}))?")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MINUTES = {"minute": 1, "hour": 60, "day": DAY}
_YEARS = range(2027, 2029)
"""Two years, one of them a leap year: enough to meet every gap that a yearly pattern has."""


def longest_gap(expression: str) -> int | None:
    """The most minutes that can pass between two firings; None for an expression that cannot be read or names years."""
    rate = _rate(expression)
    if rate is not None:
        return rate or None
    cron = _cron(expression)
    if cron is None:
        return None
    times, days = cron
    within = max((later - earlier for earlier, later in pairwise(times)), default=0)
    between = [(later - earlier).days * DAY - times[-1] + times[0] for earlier, later in pairwise(days)]
    return max(within, *between) if between else None


def firings_a_day(expression: str) -> Fraction | None:
    """How often it fires on an average day; None for an expression that cannot be read or names years."""
    rate = _rate(expression)
    if rate is not None:
        return Fraction(DAY, rate) if rate else None
    cron = _cron(expression)
    return None if cron is None else Fraction(len(cron[0]) * len(cron[1]), len(_calendar()))


def _rate(expression: str) -> int | None:
    """The minutes of a ``rate(...)``."""
    rate = _RATE.fullmatch(expression.strip())
    return None if rate is None else int(rate[1]) * _MINUTES[rate[2]]


def _cron(expression: str) -> tuple[list[int], list[date]] | None:
    """The minutes of the day and the days on which a ``cron(...)`` fires."""
    cron = _CRON.fullmatch(expression.strip())
    fields = cron[1].upper().split() if cron is not None else []
    if len(fields) != 6 or fields[5] not in ("*", "?"):
        return None
    minutes, hours = _numbers(fields[0], 0, 59), _numbers(fields[1], 0, 23)
    fires = _fires_on(fields[2], fields[3], fields[4])
    if not minutes or not hours or fires is None:
        return None
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    return times, [day for day in _calendar() if fires(day)]


def in_words(minutes: int) -> str:
    """``hourly``, ``daily``, ... where that is what it is; ``every 15 minutes`` or ``up to 3 days apart`` elsewhere."""
    named = {value: word for word, value in WORDS.items()}
    if minutes in named:
        return named[minutes]
    if 28 * DAY <= minutes <= 31 * DAY:
        return "monthly"
    for unit, size in (("days", DAY), ("hours", 60)):
        if minutes % size == 0:
            return f"up to {minutes // size} {unit} apart"
    return f"up to {minutes} minutes apart"


def _calendar() -> list[date]:
    first = date(_YEARS[0], 1, 1)
    return [first + timedelta(days=number) for number in range((date(_YEARS[-1] + 1, 1, 1) - first).days)]


def _fires_on(day: str, month: str, weekday: str) -> Callable[[date], bool] | None:
    months = _numbers(month, 1, 12, _MONTHS)
    of_month = _day_of_month(day)
    of_week = _day_of_week(weekday)
    if months is None or of_month is None or of_week is None:
        return None
    return lambda when: when.month in months and of_month(when) and of_week(when)


def _day_of_month(field: str) -> Callable[[date], bool] | None:
    if field == "L":
        return lambda when: when.day == monthrange(when.year, when.month)[1]
    days = _numbers(field, 1, 31)
    return None if days is None else lambda when: when.day in days


def _day_of_week(field: str) -> Callable[[date], bool] | None:
    """Days of the week count from 1 on Sunday; ``2#1`` is the first Monday of a month, ``6L`` the last Friday."""
    special = re.fullmatch(r"([A-Z0-9]{1,3})(?:#([1-5])|(L))", field)
    if special is not None:
        number = _number(special[1], 1, _DAYS)
        if number is None:
            return None
        if special[2]:
            nth = int(special[2])
            return lambda when: when.isoweekday() % 7 + 1 == number and (when.day - 1) // 7 + 1 == nth
        return lambda when: when.isoweekday() % 7 + 1 == number and when.day + 7 > monthrange(when.year, when.month)[1]
    days = _numbers(field, 1, 7, _DAYS)
    return None if days is None else lambda when: when.isoweekday() % 7 + 1 in days


def _numbers(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> frozenset[int] | None:
    """The values that a cron field stands for; None when it cannot be read."""
    found: set[int] = set()
    for part in ("*" if field == "?" else field).split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        step = int(match[3]) if match[3] else None
        start = low if match[1] == "*" else _number(match[1], low, names)
        stop = _number(match[2], low, names) if match[2] else high if match[1] == "*" or step is not None else start
        if start is None or stop is None or not low <= start <= stop <= high or step == 0:
            return None
        found.update(range(start, stop + 1, step or 1))
    return frozenset(found)


def _number(text: str, low: int, names: tuple[str, ...]) -> int | None:
    if text in names:
        return names.index(text) + low
    return int(text) if text.isdecimal() else None
