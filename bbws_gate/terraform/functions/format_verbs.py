"""The verbs of ``format``: how one argument is written, as cty's stdlib/format.go does it."""

from __future__ import annotations

from fractions import Fraction
from math import isinf
from typing import Final

from bbws_gate.deferred import dataclass
from bbws_gate.terraform.cty import json
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import BOOL, NUMBER, STRING, Primitive
from bbws_gate.terraform.cty.values import Number, Value, string
from bbws_gate.terraform.functions.arguments import integral, text
from bbws_gate.terraform.functions.base import Context, FunctionError
from bbws_gate.terraform.functions.go_floats import written
from bbws_gate.terraform.functions.graphemes import clusters, count

_BASES: Final = {"b": "b", "o": "o", "x": "x", "X": "X"}
_PREFIXES: Final = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}
_DEFAULT_PRECISION: Final = 6


@dataclass(slots=True)
class Verb:
    """One ``%`` sequence."""

    raw: str
    offset: int
    """In bytes, as messages have it."""
    argument: int
    """From 1."""
    mode: str
    flags: str
    width: int | None
    precision: int | None

    def fail(self, why: str) -> FunctionError:
        """The error for a value that this verb cannot write."""
        return FunctionError(f"unsupported value for {quoted(self.raw)} at {self.offset}: {why}")


def write(verb: Verb, argument: Value, context: Context) -> str:
    """``argument``, a wholly known value, as the verb writes it."""
    if verb.mode != "v" and argument.raw is None:
        raise verb.fail("null value cannot be formatted")
    context.spend((verb.width or 0) + (verb.precision or 0))
    match verb.mode:
        case "v":
            return _pad(verb, _as_is(verb, argument, context))
        case "t":
            return "true" if _converted(verb, argument, BOOL).raw else "false"
        case "b" | "d" | "o" | "x" | "X":
            return _integer(verb, _converted(verb, argument, NUMBER))
        case "e" | "E" | "f" | "g" | "G":
            return _float(verb, _converted(verb, argument, NUMBER))
        case "s" | "q":
            return _pad(verb, _text(verb, text(_converted(verb, argument, STRING)), context))
    raise FunctionError(f"unsupported format verb {quoted_character(verb.mode)} in {quoted(verb.raw)} at offset {verb.offset}")


def _converted(verb: Verb, argument: Value, kind: Primitive) -> Value:
    try:
        return convert(argument, kind)
    except ConvertError as error:
        raise verb.fail(str(error)) from error


def _as_is(verb: Verb, argument: Value, context: Context) -> str:
    if "#" not in verb.flags and argument.raw is not None:
        if argument.type is STRING:
            return text(argument)
        if argument.type is NUMBER:
            return written(_amount(argument), "g", None)
    return encoded(argument, context, verb)


def encoded(argument: Value, context: Context, verb: Verb) -> str:
    """``argument`` as JSON."""
    try:
        return json.encode(argument, context.spend)
    except json.JsonError as error:
        raise verb.fail(str(error)) from error


def _amount(argument: Value) -> Number:
    return argument.raw if isinstance(argument.raw, (int, Fraction, float)) else 0


def _integer(verb: Verb, argument: Value) -> str:
    whole = integral(argument.raw)
    if whole is None:
        raise verb.fail("an integer is required")
    if whole == 0 and verb.precision == 0:
        return ""
    sign = "-" if whole < 0 else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    prefix = _PREFIXES.get(verb.mode, "") if "#" in verb.flags else ""
    magnitude = written(abs(whole), "f", 0) if verb.mode == "d" else format(abs(whole), _BASES[verb.mode])
    digits = magnitude.rjust(verb.precision or 0, "0")
    missing = (verb.width or 0) - len(sign) - len(prefix) - len(digits)
    if missing <= 0:
        return f"{sign}{prefix}{digits}"
    if "-" in verb.flags:
        return f"{sign}{prefix}{digits}{' ' * missing}"
    if "0" in verb.flags and verb.precision is None:
        return f"{sign}{prefix}{'0' * missing}{digits}"
    return f"{' ' * missing}{sign}{prefix}{digits}"


def _float(verb: Verb, argument: Value) -> str:
    amount = _amount(argument)
    precision = _DEFAULT_PRECISION if verb.precision is None and verb.mode in "eEf" else verb.precision
    body = written(amount, verb.mode, precision)
    infinite = isinstance(amount, float) and isinf(amount)
    sign = "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    if body[0] in "+-":
        sign, body = body[0], body[1:]
        if sign == "+" and " " in verb.flags:
            sign = " "
    missing = max(0, (verb.width or 0) - len(sign) - len(body))
    if "0" in verb.flags and not infinite:
        return f"{sign}{'0' * missing}{body}"
    if "-" in verb.flags:
        return f"{sign}{body}{' ' * missing}"
    return f"{' ' * missing}{sign}{body}"


def _text(verb: Verb, given: str, context: Context) -> str:
    shown = "".join(clusters(given)[: verb.precision]) if verb.precision else given
    return shown if verb.mode == "s" else encoded(string(shown), context, verb)


def _pad(verb: Verb, shown: str) -> str:
    missing = 0 if verb.width is None else verb.width - count(shown)
    if missing <= 0:
        return shown
    padding = ("0" if "0" in verb.flags else " ") * missing
    return shown + padding if "-" in verb.flags else padding + shown


def quoted_character(character: str) -> str:
    """``character`` as Go's ``%q`` prints a rune."""
    if character == "'":
        return "'\\''"
    inner = character if character == '"' else quoted(character)[1:-1]
    return f"'{inner}'"
