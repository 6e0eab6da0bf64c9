"""Numbers of fewer bits than a literal has: Go's big.Float carries its precision along, and Terraform's arithmetic keeps it.

``length(x) / length(y)`` has the 64 bits of its operands, a power or logarithm 53, and everything that a literal takes part in 512.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bbws_gate.terraform.cty.shortest import PRECISION
from bbws_gate.terraform.cty.values import Number

INTEGER_BITS: Final = 64
"""Of what functions count: ``length``, ``index``, positions, ``count.index`` (cty.NumberIntVal)."""
FLOAT_BITS: Final = 53
"""Of what functions compute in float64 (cty.NumberFloatVal)."""


class NarrowInteger(int):
    """An integer whose mantissa has ``precision`` bits. Operators of Python itself forget that."""

    precision: int


class NarrowFraction(Fraction):
    """A broken number whose mantissa has ``precision`` bits."""

    __slots__ = ("precision",)
    precision: int


def precision_of(amount: Number) -> int:
    """Bits of mantissa; those of a literal for zeros with a sign and infinities, where they do not matter."""
    return amount.precision if isinstance(amount, (NarrowInteger, NarrowFraction)) else PRECISION


def with_precision(amount: Number, precision: int) -> Number:
    """``amount``, which fits into that many bits, as a number of that precision."""
    if isinstance(amount, float) or precision == precision_of(amount):
        return amount
    narrow: NarrowInteger | NarrowFraction
    if precision == PRECISION:
        return amount.numerator if amount.denominator == 1 else Fraction(amount.numerator, amount.denominator)
    narrow = NarrowInteger(amount) if isinstance(amount, int) else NarrowFraction(amount)
    narrow.precision = precision
    return narrow


def counted(amount: int) -> Number:
    """An integer as functions count it."""
    return with_precision(amount, INTEGER_BITS)
