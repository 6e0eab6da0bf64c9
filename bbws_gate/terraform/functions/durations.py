"""Durations as Go's ``time.ParseDuration`` reads them (https://pkg.go.dev/time#ParseDuration)."""

from __future__ import annotations

from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.cty.mismatch import quoted

_LONGEST: Final = 1 << 63
_UNITS: Final = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
_PART: Final = regex(r"([0-9]*)(\.?)([0-9]*)([^.0-9]*)")


class DurationError(ValueError):
    """Text that is no duration; in Go's words."""


def parse_duration(text: str) -> int:
    """Nanoseconds."""
    invalid = DurationError(f"time: invalid duration {quoted(text)}")
    negative = text.startswith("-")
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    if not rest:
        raise invalid
    total = 0
    while rest:
        match = _PART.match(rest)
        whole, _, fraction, unit = match.groups() if match else ("", "", "", "")
        if not (whole or fraction):
            raise invalid
        if not unit:
            raise DurationError(f"time: missing unit in duration {quoted(text)}")
        if unit not in _UNITS:
            raise DurationError(f"time: unknown unit {quoted(unit)} in duration {quoted(text)}")
        total += _nanoseconds(whole, fraction, _UNITS[unit])
        if len(whole) > 19 + len(whole) - len(whole.lstrip("0")) or total > _LONGEST:
            raise invalid
        rest = rest[match.end() :] if match else ""
    if total == _LONGEST and not negative:
        raise invalid
    return -total if negative else total


def _nanoseconds(whole: str, fraction: str, unit: int) -> int:
    """A number of units; of the fraction as many digits count as fit Go's integer, and the product is a float's."""
    amount = int(whole[-20:] or 0) * unit
    if fraction:
        digits, scale = 0, 1.0
        for digit in fraction:
            following = digits * 10 + int(digit)
            if digits > (_LONGEST - 1) // 10 or following > _LONGEST:
                break
            digits, scale = following, scale * 10
        amount += int(float(digits) * (float(unit) / scale))
    return amount
