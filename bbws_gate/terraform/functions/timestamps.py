"""Times as RFC 3339 text, read with Go's leniencies and its errors in Terraform's words.

https://github.com/golang/go/blob/go1.25.10/src/time/format.go, and cty's stdlib/datetime.go and datetime_rfc3339.go. Python's
datetime has neither the year 0 nor years of five digits.
"""

from __future__ import annotations

from typing import Final

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.terraform.cty.mismatch import quoted

_DAYS_OF_400_YEARS: Final = 146_097
_EPOCH: Final = 719_468
"""Days from 0000-03-01 to 1970-01-01."""
_NAMES: Final = {
    "2006": "year",
    "01": "month",
    "02": "day of month",
    "15": "hour",
    "04": "minute",
    "05": "second",
    "Z07:00": "UTC offset",
}
_FRACTION: Final = regex(r"[.,]([0-9]+)")
_OFFSET: Final = regex(r"([-+])([0-9]{2}):([0-9]{2})")


class TimestampError(ValueError):
    """Text that is no timestamp; in Terraform's words."""


class Moment(NamedTuple):
    """A point in time and the zone in which it was written."""

    days: int
    """Days since 1970-01-01 in its zone."""
    second: int
    """Of the day in its zone."""
    nanosecond: int
    offset: int
    """Seconds east of UTC."""

    @property
    def instant(self) -> tuple[int, int]:
        """Seconds since 1970 in UTC, and nanoseconds."""
        return self.days * 86_400 + self.second - self.offset, self.nanosecond

    def plus(self, nanoseconds: int) -> Moment:
        """The moment so much later, in the same zone."""
        total = (self.days * 86_400 + self.second) * 1_000_000_000 + self.nanosecond + nanoseconds
        seconds, nanosecond = divmod(total, 1_000_000_000)
        days, second = divmod(seconds, 86_400)
        return Moment(days, second, nanosecond, self.offset)

    @property
    def date(self) -> tuple[int, int, int]:
        """Year, month and day in the Gregorian calendar, which is taken to have always been there."""
        era, day = divmod(self.days + _EPOCH, _DAYS_OF_400_YEARS)
        year_of_era = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
        day_of_year = day - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        shifted = (5 * day_of_year + 2) // 153
        month = shifted + 3 if shifted < 10 else shifted - 9
        return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1

    @property
    def weekday(self) -> int:
        """0 for Sunday."""
        return (self.days + 4) % 7

    def zone(self, *, colon: bool) -> str:
        """The offset as ``+01:00`` or ``+0100``."""
        hours, minutes = divmod(abs(self.offset) // 60, 60)
        return f"{'-' if self.offset < 0 else '+'}{hours:02d}{':' if colon else ''}{minutes:02d}"

    def rfc3339(self) -> str:
        """As Go's ``time.RFC3339`` writes it, without fractions of a second."""
        year, month, day = self.date
        minutes, second = divmod(self.second, 60)
        hour, minute = divmod(minutes, 60)
        shown = f"-{-year:04d}" if year < 0 else f"{year:04d}"
        zone = self.zone(colon=True) if self.offset else "Z"
        return f"{shown}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}"


def days_since_epoch(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date."""
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def parse(text: str, *, strict: bool) -> Moment:
    """Reads a timestamp.

    ``strict`` is how cty's functions read it; otherwise as Go's time package, which takes an hour of one digit, a comma before
    fractions and offsets up to 24:60.
    """
    return _Reader(text, strict=strict).read()


class _Reader:
    """Goes through the text element by element, as Go follows its layout."""

    def __init__(self, text: str, *, strict: bool) -> None:
        self._text = text
        self._rest = text
        self._strict = strict

    def _fail(self, element: str, value: str) -> TimestampError:
        problem = self._problem(element, value)
        return TimestampError(f"not a valid RFC3339 timestamp: {problem}")

    def _problem(self, element: str, value: str) -> str:
        if element == "T":
            return "missing required time introducer 'T'"
        if element in ("-", ":"):
            wanted = quoted(element)
            return f"found {quoted(value)} where {wanted} is expected" if value else f"end of string where {wanted} is expected"
        name = _NAMES.get(element, "timestamp segment")
        if not value:
            return f"end of string before {name}"
        if self._strict and name == "hour" and ":" in value:
            return "hour must be between 0 and 23 inclusive"
        if self._strict and name in ("hour", "minute") and len(value.encode()) != 2:
            return f"{name} must have exactly two digits"
        return f"cannot use {quoted(value)} as {name}"

    def _sign(self, element: str) -> None:
        if not self._rest.startswith(element):
            raise self._fail(element, self._rest)
        self._rest = self._rest[1:]

    def _digits(self, element: str, shortest: int, longest: int) -> int:
        count = 0
        while count < longest and self._rest[count : count + 1].isdecimal() and self._rest[count].isascii():
            count += 1
        if count < shortest:
            raise self._fail(element, self._rest)
        number = int(self._rest[:count])
        self._rest = self._rest[count:]
        return number

    def _bounded(self, element: str, lowest: int, highest: int, shortest: int = 2) -> int:
        number = self._digits(element, shortest, 2)
        if not lowest <= number <= highest:
            raise self._fail(element, self._rest)
        return number

    def read(self) -> Moment:
        year = self._digits("2006", 4, 4)
        self._sign("-")
        month = self._bounded("01", 1, 12)
        self._sign("-")
        day = self._digits("02", 2, 2)
        self._sign("T")
        hour_text = self._rest[:2]
        hour = self._bounded("15", 0, 23, shortest=1)
        self._sign(":")
        minute = self._bounded("04", 0, 59)
        self._sign(":")
        second = self._bounded("05", 0, 59)
        separator, nanosecond = self._fraction()
        zone, offset = self._zone()
        if self._rest:
            raise self._fail("", self._rest)
        if not 1 <= day <= _days_in(year, month):
            raise TimestampError("not a valid RFC3339 timestamp: day out of range")
        if self._strict:
            self._check(hour_text, separator, zone)
        return Moment(days_since_epoch(year, month, day), (hour * 60 + minute) * 60 + second, nanosecond, offset)

    def _fraction(self) -> tuple[str, int]:
        match = _FRACTION.match(self._rest)
        if match is None:
            return "", 0
        self._rest = self._rest[match.end() :]
        return match.group()[0], int(match.group(1)[:9].ljust(9, "0"))

    def _zone(self) -> tuple[str, int]:
        if self._rest.startswith("Z"):
            self._rest = self._rest[1:]
            return "Z", 0
        match = _OFFSET.match(self._rest)
        if match is None:
            raise self._fail("Z07:00", self._rest)
        sign, hours, minutes = match.groups()
        self._rest = self._rest[match.end() :]
        if int(hours) > 24 or int(minutes) > 60:
            raise self._fail("Z07:00", self._rest)
        seconds = (int(hours) * 60 + int(minutes)) * 60
        return match.group(), -seconds if sign == "-" else seconds

    def _check(self, hour: str, separator: str, zone: str) -> None:
        if hour.endswith(":"):
            raise self._fail("15", hour[:1])
        if separator == ",":
            raise self._fail(".", ",")
        if zone != "Z" and (int(zone[1:3]) >= 24 or int(zone[4:]) >= 60):
            raise self._fail("Z07:00", zone)
