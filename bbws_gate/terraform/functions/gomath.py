"""``math.Log`` and ``math.Pow`` as Terraform's Go build computes them, to the last bit.

The C library's results differ from Go's in the last place, which ``ceil(log(x, 2))`` can turn into another integer. The logarithm is
FreeBSD's e_log.c (argument reduction to [sqrt(1/2), sqrt(2)), polynomial in s = f/(2+f)); the exponential is Shibata's method with
fused multiply-add, as on amd64 (https://pkg.go.dev/math).
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction
from typing import Final

_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_LOG_EVEN: Final = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)
_LOG_ODD: Final = (6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01)

_EXP_OVERFLOW: Final = 7.09782712893384e02
_EXP_LOG2E: Final = 1.4426950408889634
_EXP_LN2_HIGH: Final = 0.69314718055966295651160180568695068359375
_EXP_LN2_LOW: Final = 0.28235290563031577122588448175013436025525412068e-12
_EXP_TAYLOR: Final = (1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5, 1.0)
_HUGE_EXPONENT: Final = 1 << 12
_SUBNORMAL_BITS: Final = 1074
"""The smallest number is two to the power of minus this."""


def go_log(x: float) -> float:
    """The natural logarithm; -Inf for 0 and NaN for negative numbers."""
    if math.isnan(x) or x == math.inf:
        return x
    if x < 0:
        return math.nan
    if x == 0:
        return -math.inf
    mantissa, exponent = _parts(x)
    if mantissa < math.sqrt(2) / 2:
        mantissa *= 2
        exponent -= 1
    f = mantissa - 1
    s = f / (2 + f)
    square = s * s
    fourth = square * square
    odd = square * _horner(fourth, _LOG_ODD)
    even = fourth * _horner(fourth, _LOG_EVEN)
    half = 0.5 * f * f
    return exponent * _LN2_HIGH - ((half - (s * (half + (odd + even)) + exponent * _LN2_LOW)) - f)


def _parts(x: float) -> tuple[float, int]:
    """Mantissa and exponent; of a subnormal number those that its bits would mean in a normal one, as amd64's log takes them."""
    if x >= sys.float_info.min:
        return math.frexp(x)
    return 0.5 + math.ldexp(x, _SUBNORMAL_BITS - 53), -1022


def _horner(x: float, coefficients: tuple[float, ...]) -> float:
    result = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        result = coefficient + x * result
    return result


def _fused(x: float, y: float, z: float) -> float:
    """``x * y + z`` rounded once."""
    return float(Fraction(x) * Fraction(y) + Fraction(z))


def _exp(x: float) -> float:
    """E to a finite ``x``."""
    if x > _EXP_OVERFLOW:
        return math.inf
    exponent = round(_EXP_LOG2E * x)
    if exponent <= -1023:
        return 0.0
    reduced = _fused(-_EXP_LN2_HIGH, exponent, x)
    reduced = _fused(-_EXP_LN2_LOW, exponent, reduced) * 0.0625
    series = 1 / 40320
    for coefficient in _EXP_TAYLOR:
        series = _fused(series, reduced, coefficient)
    grown = reduced * series
    for _ in range(3):
        grown *= grown + 2.0
    return math.ldexp(_fused(grown, grown + 2.0, 1.0), exponent)


def go_pow(x: float, y: float) -> float:
    """``x`` to the power ``y``; NaN for a negative base with a broken exponent."""
    special = _special_power(x, y)
    if special is not None:
        return special
    fraction, whole = math.modf(abs(y))
    if fraction and x < 0:
        return math.nan
    if whole >= 1 << 63:
        return 1.0 if x == -1 else 0.0 if (abs(x) < 1) == (y > 0) else math.inf
    result, exponent = 1.0, 0
    if fraction:
        if fraction > 0.5:
            fraction -= 1
            whole += 1
        result = _exp(fraction * go_log(x))
    mantissa, shift = math.frexp(x)
    bits = int(whole)
    while bits:
        if abs(shift) > _HUGE_EXPONENT:
            exponent += shift
            break
        if bits & 1:
            result *= mantissa
            exponent += shift
        mantissa *= mantissa
        shift <<= 1
        if mantissa < 0.5:
            mantissa += mantissa
            shift -= 1
        bits >>= 1
    if y < 0:
        result, exponent = 1 / result, -exponent
    return _scaled(result, exponent)


def _special_power(x: float, y: float) -> float | None:
    if y == 0 or x == 1:
        return 1.0
    if y == 1:
        return x
    if x == 0 or math.isinf(x) or math.isinf(y):
        # IEEE 754's cases, in which Python follows C; but a pole is an exception there and an infinity here.
        if x == 0 and y < 0:
            return math.copysign(math.inf, x) if math.isfinite(y) and y % 2 == 1 else math.inf
        return math.pow(x, y)
    if abs(y) == 0.5:
        root = math.sqrt(x) if x >= 0 else math.nan
        return root if y > 0 else 1 / root
    return None


def _scaled(mantissa: float, exponent: int) -> float:
    try:
        return math.ldexp(mantissa, exponent)
    except OverflowError:
        return math.copysign(math.inf, mantissa)
