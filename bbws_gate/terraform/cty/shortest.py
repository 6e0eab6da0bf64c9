"""The fewest decimal digits that stand for exactly one number of limited precision: math/big's roundShortest (Go, src/math/big/ftoa.go)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

PRECISION: Final = 512
"""Bits of mantissa of Terraform's numbers, unless they come from functions that count or compute in float64."""


def shortest_digits(amount: Fraction, precision: int = PRECISION) -> tuple[str, int]:
    """Significant digits of a positive number of that many bits, and where the decimal point stands: ``("125", -1)`` is 0.0125."""
    exact, point = _decimal(amount)
    # The amount is mantissa * unit; whatever lies within half a unit of it parses back to it, the ends only when the mantissa is even.
    unit = Fraction(2) ** (amount.numerator.bit_length() - amount.denominator.bit_length() - precision + 1)
    lower, _ = _decimal(amount - unit / 2)
    upper, _ = _decimal(amount + unit / 2)
    cut = _cut(exact, lower, upper, inclusive=(amount / unit).numerator % 2 == 0)
    if cut is None:
        return exact, point
    index, down, up = cut
    if down and up:
        up = _rounds_up(exact, index)
    return _rounded_up(exact, point, index) if up else (exact[:index].rstrip("0"), point)


def rounded_digits(amount: Fraction, count: int) -> tuple[str, int]:
    """Up to ``count`` significant digits of a positive number, ties to even, without trailing zeros; and the decimal point's place."""
    exact, point = _decimal(amount)
    return _rounded_up(exact, point, count) if _rounds_up(exact, count) else (exact[:count].rstrip("0"), point)


def _decimal(amount: Fraction) -> tuple[str, int]:
    """Every digit of a binary fraction without trailing zeros, and the decimal point's place."""
    shift = amount.denominator.bit_length() - 1
    # Decimal converts integers of any length; int's own conversion stops at 4,300 digits.
    digits = format(Decimal(amount.numerator * 5**shift), "f")
    return digits.rstrip("0"), len(digits) - shift


def _cut(exact: str, lower: str, upper: str, *, inclusive: bool) -> tuple[int, bool, bool] | None:
    """How many digits are enough, and whether the rest may be dropped or rounded up; None when every digit is needed."""
    for index, digit in enumerate(exact):
        low = lower[index] if index < len(lower) else "0"
        high = upper[index] if index < len(upper) else "0"
        down = low != digit or (inclusive and index + 1 == len(lower))
        up = digit != high and (inclusive or ord(digit) + 1 < ord(high) or index + 1 < len(upper))
        if down or up:
            return index + 1, down, up
    return None


def _rounds_up(digits: str, count: int) -> bool:
    if count >= len(digits):
        return False
    if digits[count] == "5" and count + 1 == len(digits):
        return int(digits[count - 1]) % 2 == 1
    return digits[count] >= "5"


def _rounded_up(digits: str, point: int, count: int) -> tuple[str, int]:
    if count >= len(digits):
        return digits, point
    kept = digits[:count].rstrip("9")
    if not kept:
        return "1", point + 1
    return kept[:-1] + str(int(kept[-1]) + 1), point
