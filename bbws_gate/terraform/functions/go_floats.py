"""Numbers as Go's ``%e``, ``%f`` and ``%g`` write them: exact decimals, rounded half to even.

https://github.com/golang/go/blob/go1.25.10/src/math/big/ftoa.go
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import copysign, isinf
from typing import Final

from bbws_gate.terraform.cty.precision import precision_of
from bbws_gate.terraform.cty.shortest import shortest_digits
from bbws_gate.terraform.cty.values import Number

_SHORTEST_LIMIT: Final = 6
"""With as many digits as needed, ``%g`` turns to an exponent from a million on."""


def written(amount: Number, verb: str, precision: int | None) -> str:
    """``amount`` for a verb of ``e``, ``E``, ``f``, ``g`` and ``G``; a precision of None is as many digits as needed."""
    negative = copysign(1.0, amount) < 0 if isinstance(amount, float) else amount < 0
    if isinstance(amount, float) and isinf(amount):
        return "-Inf" if negative else "+Inf"
    magnitude, bits = abs(Fraction(amount)), precision_of(amount)
    if verb in "eE":
        body = _exponential(*_significant(magnitude, None if precision is None else precision + 1, bits), precision, verb)
    elif verb == "f":
        body = _fixed(magnitude, precision, bits)
    else:
        body = _general(magnitude, precision, verb, bits)
    return f"-{body}" if negative else body


def _digits(whole: int) -> str:
    # Decimal has no limit on the length of an integer's text.
    return format(Decimal(whole), "f")


def _divided(numerator: int, denominator: int) -> int:
    """The nearest integer, ties to even."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole & 1))


def _significant(amount: Fraction, count: int | None, bits: int) -> tuple[str, int]:
    """``count`` significant digits, without zeros at the end, and the place of the decimal point before or after them."""
    if amount == 0:
        return "", 0
    exact, point = _exact(amount)
    if count is None:
        return shortest_digits(amount, bits)
    if count >= len(exact):
        return exact, point
    rounded = _divided(int(Decimal(exact)), 10 ** (len(exact) - count))
    digits = _digits(rounded) if rounded else ""
    return digits.rstrip("0"), point + max(0, len(digits) - count)


def _exact(amount: Fraction) -> tuple[str, int]:
    """All digits of a binary fraction, and the decimal point's place."""
    places = amount.denominator.bit_length() - 1
    digits = _digits(amount.numerator * 5**places)
    return digits.rstrip("0"), len(digits) - places


def _exponential(digits: str, point: int, precision: int | None, verb: str) -> str:
    exponent = point - 1 if digits else 0
    wanted = len(digits) if precision is None else precision + 1
    padded = (digits or "0").ljust(wanted, "0")
    fraction = f".{padded[1:]}" if len(padded) > 1 else ""
    return f"{padded[0]}{fraction}{verb}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _fixed(amount: Fraction, precision: int | None, bits: int) -> str:
    if precision is None:
        digits, point = _significant(amount, None, bits)
        return _placed(digits, point, max(len(digits) - point, 0))
    scaled = _divided(amount.numerator * 10**precision, amount.denominator)
    digits = _digits(scaled).rjust(precision + 1, "0")
    return digits if precision == 0 else f"{digits[:-precision]}.{digits[-precision:]}"


def _placed(digits: str, point: int, places: int) -> str:
    """Digits around the decimal point, with exactly ``places`` after it."""
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    fraction = ("0" * -point + digits[max(point, 0) :])[:places].ljust(places, "0")
    return f"{whole}.{fraction}" if places else whole


def _general(amount: Fraction, precision: int | None, verb: str, bits: int) -> str:
    wanted = 1 if precision == 0 else precision
    digits, point = _significant(amount, wanted, bits)
    if wanted is None:
        limit = _SHORTEST_LIMIT
        wanted = _SHORTEST_LIMIT if not digits else len(digits)
    else:
        limit = len(digits) if wanted > len(digits) >= point else wanted
    exponent = point - 1
    if exponent < -4 or exponent >= limit:
        return _exponential(digits, point, min(wanted, len(digits)) - 1, "e" if verb == "g" else "E")
    if wanted > point:
        wanted = len(digits)
    return _placed(digits, point, max(wanted - point, 0))
