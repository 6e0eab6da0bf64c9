"""Working time as people write it: ``30m``, ``4h``, ``1.5d``, ``1w``."""

from __future__ import annotations

import re
from decimal import Decimal

from bbws_gate.deferred import regex

_DURATION = regex(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([mhdw])", re.ASCII)


def minutes(text: str, *, hours_per_day: int, days_per_week: int) -> int | None:
    """The working minutes that ``text`` stands for, rounded up; None when it does not say."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    unit = {"m": 1, "h": 60, "d": 60 * hours_per_day, "w": 60 * hours_per_day * days_per_week}[found[2]]
    return -int(-Decimal(found[1]) * unit // 1)


def in_words(amount: int, hours_per_day: int) -> str:
    """Working minutes as people write them: ``1d 2h``; ``0m`` for none."""
    days, rest = divmod(amount, 60 * hours_per_day)
    hours, left = divmod(rest, 60)
    return " ".join(f"{number}{unit}" for number, unit in ((days, "d"), (hours, "h"), (left, "m")) if number) or "0m"
