"""Numeric functions: cty's stdlib/number.go, and ``sum``.

https://github.com/zclconf/go-cty/blob/v1.18.0/cty/function/stdlib/number.go
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.numbers import INFINITY, absolute, add, ceil, compare, floor, rounded
from bbws_gate.terraform.cty.precision import FLOAT_BITS, INTEGER_BITS, counted, with_precision
from bbws_gate.terraform.cty.types import DYNAMIC, NUMBER, STRING, Type, friendly_name
from bbws_gate.terraform.cty.values import Number, Raw, Unknown, Value, number
from bbws_gate.terraform.functions.arguments import go_float, go_int, is_infinite, is_sequence, items, length, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter, plain
from bbws_gate.terraform.functions.gomath import go_log, go_pow

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAX_DIGITS: Final = 4_000
"""``parseint`` takes no longer text: far beyond what a 512-bit number can hold."""


def _number(raw: Raw) -> Number:
    return raw if isinstance(raw, (int, Fraction, float)) else 0


def _absolute(arguments: Arguments, promised: Type, _: Context) -> Value:
    (given,) = arguments
    if isinstance(given.raw, Unknown):
        return Value(promised, given.raw.as_not_null())
    return Value(promised, absolute(_number(given.raw)), given.sensitive)


def _ceil(raw: Raw) -> Number:
    amount = _number(raw)
    return amount if is_infinite(amount) else ceil(amount)


def _floor(raw: Raw) -> Number:
    amount = _number(raw)
    return amount if is_infinite(amount) else floor(amount)


def _from_float(result: float) -> Number:
    """A number of float64's precision: its shortest digits are how Terraform prints and compares it."""
    if math.isnan(result):
        raise FunctionError("result is not a number")
    if math.isinf(result) or (result == 0 and math.copysign(1.0, result) < 0):
        return result
    return with_precision(rounded(Fraction(result)), FLOAT_BITS)


def _log(amount: Raw, base: Raw) -> Number:
    numerator, denominator = go_log(go_float(amount)), go_log(go_float(base))
    if denominator == 0:
        undefined = numerator == 0 or math.isnan(numerator)
        return _from_float(math.nan if undefined else math.copysign(math.inf, numerator) * math.copysign(1.0, denominator))
    return _from_float(numerator / denominator)


def _power(amount: Raw, exponent: Raw) -> Number:
    return _from_float(go_pow(go_float(amount), go_float(exponent)))


def _signum(raw: Raw) -> Number:
    whole = go_int(raw)
    return counted((whole > 0) - (whole < 0))


def _least(arguments: Arguments, promised: Type, _: Context) -> Value:
    if not arguments:
        raise FunctionError("must pass at least one number")
    found: Number = INFINITY
    for argument in arguments:
        if compare(_number(argument.raw), found) < 0:
            found = _number(argument.raw)
    return Value(promised, found)


def _greatest(arguments: Arguments, promised: Type, _: Context) -> Value:
    if not arguments:
        raise FunctionError("must pass at least one number")
    found: Number = -INFINITY
    for argument in arguments:
        if compare(_number(argument.raw), found) > 0:
            found = _number(argument.raw)
    return Value(promised, found)


def _parseint_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if kind is not STRING:
        raise FunctionError(f"first argument must be a string, not {friendly_name(kind)}", 0)
    return NUMBER


def _parseint(arguments: Arguments, promised: Type, context: Context) -> Value:
    written, base = arguments
    hidden = written.sensitive or base.sensitive
    for argument in arguments:
        if isinstance(argument.raw, Unknown):
            return Value(promised, argument.raw, hidden)
    digits = written.raw if isinstance(written.raw, str) else ""
    try:
        radix = go_int(base.raw)
    except FunctionError as error:
        raise FunctionError(error.message, 1) from error
    if not 2 <= radix <= 62:
        raise FunctionError("base must be a whole number between 2 and 62 inclusive", 1)
    context.spend(len(digits))
    amount = parse_digits(digits, radix)
    if amount is None:
        shown = "(sensitive value)" if written.sensitive else quoted(digits)
        shown_base = "(sensitive value)" if base.sensitive else str(radix)
        raise FunctionError(f"cannot parse {shown} as a base {shown_base} integer", 0)
    return Value(promised, with_precision(amount, max(INTEGER_BITS, amount.bit_length())), hidden)


def parse_digits(digits: str, radix: int) -> int | None:
    """An optionally signed integer as big.Int.SetString reads it; None for anything else.

    Letters count without regard to case up to base 36; above, capitals follow the small letters.
    """
    unsigned = digits[1:] if digits[:1] in ("+", "-") else digits
    if not unsigned or len(unsigned) > _MAX_DIGITS:
        return None
    amount = 0
    for character in unsigned:
        value = _DIGITS.find(character if radix > 36 else character.lower() if character.isascii() else "?")
        if not 0 <= value < radix:
            return None
        amount = amount * radix + value
    return -amount if digits[0] == "-" else amount


def _sum(arguments: Arguments, promised: Type, _: Context) -> Value:
    summands = arguments[0]
    if not isinstance(summands.raw, (tuple, dict)):
        raise FunctionError("cannot sum noniterable", 0)
    if length(summands) == 0:
        raise FunctionError("cannot sum an empty list", 0)
    if not is_sequence(summands.type):
        raise FunctionError(f"argument must be list, set, or tuple. Received {friendly_name(summands.type)}", 0)
    unclear = undecided(summands, promised)
    if unclear is not None:
        return unclear
    amounts = [_summand(item) for item in items(summands)]
    total = amounts[0]
    for amount in amounts[1:]:
        total = add(total, amount)
    return number(total)


def _summand(item: Value) -> Number:
    wrong = FunctionError("argument must be list, set, or tuple of number values", 0)
    if item.raw is None:
        raise wrong
    try:
        return _number(convert(item, NUMBER).raw)
    except ConvertError as error:
        raise wrong from error


FUNCTIONS = (
    Function("abs", (Parameter("num", NUMBER, dynamic=True, unknown=True, marked=True),), NUMBER, _absolute),
    plain("ceil", {"num": NUMBER}, NUMBER, _ceil),
    plain("floor", {"num": NUMBER}, NUMBER, _floor),
    plain("log", {"num": NUMBER, "base": NUMBER}, NUMBER, _log),
    Function("max", (), NUMBER, _greatest, Parameter("numbers", NUMBER, dynamic=True)),
    Function("min", (), NUMBER, _least, Parameter("numbers", NUMBER, dynamic=True)),
    Function(
        "parseint",
        (Parameter("number", DYNAMIC, unknown=True, marked=True), Parameter("base", NUMBER, unknown=True, marked=True)),
        _parseint_type,
        _parseint,
    ),
    plain("pow", {"num": NUMBER, "power": NUMBER}, NUMBER, _power),
    plain("signum", {"num": NUMBER}, NUMBER, _signum),
    Function("sum", (Parameter("list", DYNAMIC),), NUMBER, _sum),
)
