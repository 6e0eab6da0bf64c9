"""Working days: everybody works the same hours on the same days, so that working time maps to dates in one way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bbws_gate.deferred import dataclass

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON = 3660
"""Calendar days that are looked at: work of more than ten years has no date worth printing."""


class BeyondHorizon(Exception):
    """The date lies beyond :data:`HORIZON`, beyond the calendar, or there are no working days at all."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked on, from a first day on."""

    first: date
    weekdays: frozenset[str]
    """Of :data:`WEEK`."""
    holidays: frozenset[date]
    minutes_per_day: int

    def works_on(self, day: date) -> bool:
        """Whether anybody works on ``day``."""
        return WEEK[day.weekday()] in self.weekdays and day not in self.holidays

    def from_day(self, day: date) -> date:
        """``day`` itself when it is a working day, else the next one.

        Raises:
            BeyondHorizon: there is none.
        """
        return self._step(day, 0, ())

    def after(self, day: date, *, free: Iterable[tuple[date, date]] = ()) -> date:
        """The next working day after ``day`` that lies in none of the ``free`` ranges (both ends included).

        Raises:
            BeyondHorizon: there is none.
        """
        return self._step(day, 1, tuple(free))

    def _step(self, day: date, skip: int, free: tuple[tuple[date, date], ...]) -> date:
        for number in range(skip, HORIZON):
            each = self._plus(day, number)
            if self.works_on(each) and not any(since <= each <= until for since, until in free):
                return each
        raise BeyondHorizon

    def days(self, number: int) -> list[date]:
        """The first ``number`` working days.

        Raises:
            BeyondHorizon: there are not as many.
        """
        found: list[date] = []
        for offset in range(HORIZON):
            if len(found) >= number:
                return found
            each = self._plus(self.first, offset)
            if self.works_on(each):
                found.append(each)
        raise BeyondHorizon

    def count(self, since: date, until: date) -> int:
        """Working days after ``since`` up to and including ``until``; negative the other way round."""
        if until < since:
            return -self.count(until, since)
        span = (until - since).days
        if span > HORIZON:
            raise BeyondHorizon
        return sum(1 for offset in range(1, span + 1) if self.works_on(since + timedelta(days=offset)))

    @staticmethod
    def _plus(day: date, number: int) -> date:
        try:
            return day + timedelta(days=number)
        except OverflowError as error:
            raise BeyondHorizon from error
