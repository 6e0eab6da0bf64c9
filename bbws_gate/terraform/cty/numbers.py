"""Terraform's numbers: Go's big.Float with a 512-bit mantissa, as exact Python numbers.

Parsing, printing and arithmetic follow https://pkg.go.dev/math/big#Float and cty's value_ops.go. Numbers beyond :data:`MAX_BITS`,
which Terraform would still take, are refused, so that no expression can ask for unbounded work.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.cty.precision import precision_of, with_precision
from bbws_gate.terraform.cty.shortest import PRECISION, rounded_digits, shortest_digits
from bbws_gate.terraform.cty.values import Number

MAX_BITS: Final = 32_768
"""Magnitudes stay between 2**-MAX_BITS and 2**MAX_BITS, which is some ten thousand decimal digits."""
MAX_TEXT: Final = 4_000
"""Characters in a number literal; within what Python converts without its own limit."""

INFINITY: Final = math.inf
NEGATIVE_ZERO: Final = -0.0

_LITERAL = regex(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:([eEpP])([+-]?[0-9]+))?")
_INFINITE = {"inf": INFINITY, "Inf": INFINITY, "+inf": INFINITY, "+Inf": INFINITY, "-inf": -INFINITY, "-Inf": -INFINITY}
_GUARD_BITS = 64


class NumberError(ValueError):
    """Not a number, an operation without a result, or a number out of range."""


def parse(text: str) -> Number:
    """The number that a decimal literal stands for, rounded to 512 bits (big.ParseFloat in base 10); NumberError for anything else."""
    if text in _INFINITE:
        return _INFINITE[text]
    match = _LITERAL.fullmatch(text) if len(text) <= MAX_TEXT else None
    if match is None:
        raise NumberError("a number is required")
    sign, whole, fraction, bare_fraction, marker, power = match.groups()
    digits = (whole or "") + (fraction or bare_fraction or "")
    mantissa = int(digits)
    if mantissa == 0:
        return NEGATIVE_ZERO if sign == "-" else 0
    fives = -len(fraction or bare_fraction or "")
    twos = fives
    if power:
        exponent = int(power) if len(power) < 12 else MAX_BITS * 9
        twos += exponent
        fives += exponent if marker in "eE" else 0
    if abs(twos) > MAX_BITS + 4 * len(digits):
        raise NumberError("a number this large or small is not supported")
    amount = rounded(_scaled(mantissa, twos, fives))
    return neg(amount) if sign == "-" else amount


def _scaled(mantissa: int, twos: int, fives: int) -> Fraction:
    """``mantissa * 2**twos * 5**fives``, the power of five rounded just where Go rounds it (math/big, Float.scan and Float.pow5)."""
    scale = _power_of_five(abs(fives))
    scaled = Fraction(mantissa) * scale if fives >= 0 else Fraction(mantissa) / scale
    return scaled * (1 << twos) if twos >= 0 else scaled / (1 << -twos)


def _power_of_five(exponent: int) -> int:
    precision = PRECISION + _GUARD_BITS
    table_end = 27
    result: int = 5 ** min(exponent, table_end)
    square, rest = 5, exponent - table_end if exponent > table_end else 0
    while rest:
        if rest & 1:
            result = _rounded_integer(result * square, precision)
        square = _rounded_integer(square * square, precision + _GUARD_BITS)
        rest >>= 1
    return result


def _rounded_integer(amount: int, precision: int) -> int:
    """A positive integer with only its ``precision`` highest bits, rounded half to even."""
    surplus = amount.bit_length() - precision
    if surplus <= 0:
        return amount
    kept = amount >> surplus
    rest = amount & ((1 << surplus) - 1)
    half = 1 << (surplus - 1)
    if rest > half or (rest == half and kept & 1):
        kept += 1
    return kept << surplus


def rounded(amount: Fraction | int, precision: int = PRECISION) -> Number:
    """The nearest number with a mantissa of that many bits, ties to even; NumberError when it is out of range."""
    return with_precision(_rounded(amount, precision), precision)


def _rounded(amount: Fraction | int, precision: int) -> int | Fraction:
    numerator, denominator = amount.numerator, amount.denominator
    if numerator == 0:
        return 0
    magnitude = abs(numerator)
    height = magnitude.bit_length() - denominator.bit_length()
    if abs(height) > MAX_BITS:
        raise NumberError("a number this large or small is not supported")
    if denominator == 1:
        whole = _rounded_integer(magnitude, precision)
        return whole if numerator > 0 else -whole
    if denominator & (denominator - 1) == 0 and magnitude.bit_length() <= precision:
        return Fraction(numerator, denominator)
    shift = precision + 2 - height
    scaled, rest = divmod(magnitude << shift, denominator) if shift >= 0 else divmod(magnitude, denominator << -shift)
    # The lowest bit stands for everything below: it only decides ties.
    mantissa = _rounded_integer((scaled << 1) | (rest != 0), precision)
    result = Fraction(mantissa if numerator > 0 else -mantissa, 1) * Fraction(2) ** -(shift + 1)
    return result.numerator if result.denominator == 1 else result


def text(amount: Number) -> str:
    """The number as Terraform prints it: no exponent, the fewest digits that parse back to it (Go's ``Text('f', -1)``)."""
    if isinstance(amount, float):
        return _special_text(amount)
    precision = precision_of(amount)
    if amount.denominator == 1 and amount.numerator.bit_length() <= precision:
        return str(amount.numerator)
    return ("-" if amount < 0 else "") + _positional(*shortest_digits(abs(Fraction(amount)), precision))


def significant_text(amount: Number) -> str:
    """The number in ten significant digits, with an exponent where it is long (Go's ``Text('g', 10)``)."""
    if isinstance(amount, float):
        return _special_text(amount)
    if amount == 0:
        return "0"
    sign = "-" if amount < 0 else ""
    digits, point = rounded_digits(abs(Fraction(amount)), 10)
    exponent = point - 1
    limit = len(digits) if len(digits) >= point else 10
    if -4 <= exponent < limit:
        return sign + _positional(digits, point)
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{mantissa}e{exponent:+03d}"


def _special_text(amount: float) -> str:
    if math.isinf(amount):
        return "+Inf" if amount > 0 else "-Inf"
    return "-0"


def _positional(digits: str, point: int) -> str:
    if point <= 0:
        return f"0.{'0' * -point}{digits}"
    if point >= len(digits):
        return digits + "0" * (point - len(digits))
    return f"{digits[:point]}.{digits[point:]}"


def _is_zero(amount: Number) -> bool:
    return amount == 0


def _is_negative(amount: Number) -> bool:
    """The sign bit, which zeros have too."""
    return math.copysign(1.0, amount) < 0 if isinstance(amount, float) else amount < 0


def _is_infinite(amount: Number) -> bool:
    return isinstance(amount, float) and math.isinf(amount)


def _exact(amount: Number) -> Fraction | int:
    """A finite number without the sign of zero."""
    return 0 if isinstance(amount, float) else amount


def _zero(negative: bool, precision: int) -> Number:
    return NEGATIVE_ZERO if negative else with_precision(0, precision)


def _wider(left: Number, right: Number) -> int:
    return max(precision_of(left), precision_of(right))


def _infinity(negative: bool) -> Number:
    return -INFINITY if negative else INFINITY


def neg(amount: Number) -> Number:
    """The number with its sign turned; of 0 it is -0, which Terraform prints."""
    if isinstance(amount, float):
        return 0 if amount == 0 else -amount
    return NEGATIVE_ZERO if amount == 0 else with_precision(-amount, precision_of(amount))


def absolute(amount: Number) -> Number:
    """The number without its sign."""
    if isinstance(amount, float):
        return 0 if amount == 0 else abs(amount)
    return with_precision(-amount if amount < 0 else amount, precision_of(amount))


def add(left: Number, right: Number) -> Number:
    """``left + right``; NumberError for opposing infinities."""
    if _is_infinite(left) or _is_infinite(right):
        if _is_infinite(left) and _is_infinite(right) and left != right:
            raise NumberError("can't compute sum of opposing infinities")
        return left if _is_infinite(left) else right
    if _is_zero(left) and _is_zero(right):
        return _zero(_is_negative(left) and _is_negative(right), _wider(left, right))
    return rounded(_exact(left) + _exact(right), _wider(left, right))


def sub(left: Number, right: Number) -> Number:
    """``left - right``; NumberError for infinity from itself."""
    if _is_infinite(left) and left == right:
        raise NumberError("can't subtract infinity from itself")
    return add(left, neg(right))


def mul(left: Number, right: Number) -> Number:
    """``left * right``; NumberError for zero times infinity. ``-1 * 0`` is -0."""
    negative = _is_negative(left) != _is_negative(right)
    if _is_infinite(left) or _is_infinite(right):
        if _is_zero(left) or _is_zero(right):
            raise NumberError("can't multiply zero by infinity")
        return _infinity(negative)
    if _is_zero(left) or _is_zero(right):
        return _zero(negative, _wider(left, right))
    product = rounded(_exact(left) * _exact(right))
    # cty widens the product as far as it needs to stay exact.
    return with_precision(product, max(_wider(left, right), _mantissa_bits(_exact(product))))


def div(left: Number, right: Number) -> Number:
    """``left / right``: by zero it is an infinity, and NumberError for 0/0 and infinity by infinity."""
    negative = _is_negative(left) != _is_negative(right)
    if (_is_zero(left) and _is_zero(right)) or (_is_infinite(left) and _is_infinite(right)):
        raise NumberError("can't divide zero by zero or infinity by infinity")
    if _is_infinite(left) or _is_zero(right):
        return _infinity(negative)
    if _is_zero(left) or _is_infinite(right):
        return _zero(negative, _wider(left, right))
    return rounded(Fraction(_exact(left)) / _exact(right), _wider(left, right))


def mod(left: Number, right: Number) -> Number:
    """``left % right``: the remainder of truncated division, with the dividend's sign; ``left`` itself when ``right`` is zero."""
    if _is_infinite(left) or _is_infinite(right):
        raise NumberError("can't use modulo with zero and infinity")
    if _is_zero(right):
        return left
    precision = precision_of(left)
    # Each step is rounded on its own, as cty's Modulo does.
    times = rounded(math.trunc(_exact(div(left, right))), precision)
    whole = rounded(_exact(right) * _exact(times), precision)
    return rounded(_exact(left) - _exact(whole), precision)


def ceil(amount: Number) -> Number:
    """The least integer that is not below a finite number."""
    return rounded(math.ceil(amount), precision_of(amount))


def floor(amount: Number) -> Number:
    """The greatest integer that is not above a finite number."""
    return rounded(math.floor(amount), precision_of(amount))


def _mantissa_bits(amount: Fraction | int) -> int:
    numerator = abs(amount.numerator)
    return (numerator // (numerator & -numerator)).bit_length() if numerator else 0


def equal(left: Number, right: Number) -> bool:
    """Whether two numbers are one to Terraform: integers by value, others by how they print (cty's rawNumberEqual)."""
    if isinstance(left, Fraction) and isinstance(right, Fraction) and precision_of(left) != precision_of(right):
        return text(left) == text(right)
    return left == right


def compare(left: Number, right: Number) -> int:
    """-1, 0 or 1; both zeros are equal."""
    return (left > right) - (left < right)
