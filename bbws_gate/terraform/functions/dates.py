"""Date and time functions: cty's stdlib/datetime.go and Terraform's funcs/datetime.go."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import NUMBER, STRING, Type
from bbws_gate.terraform.cty.values import Value, number, unknown
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.durations import DurationError, parse_duration
from bbws_gate.terraform.functions.strings import normal
from bbws_gate.terraform.functions.timestamps import Moment, TimestampError, parse

_MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS: Final = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_TOKEN: Final = regex(r"''|'(?:[^']|'')*'?|([a-zA-Z])\1*|[^'a-zA-Z]+", re.DOTALL)

_EXPLANATIONS: Final = {
    "Y": 'year must either be "YY" or "YYYY"',
    "M": 'month must be "M", "MM", "MMM", or "MMMM"',
    "D": 'day of month must either be "D" or "DD"',
    "E": 'day of week must either be "EEE" or "EEEE"',
    "h": '24-hour must either be "h" or "hh"',
    "H": '12-hour must either be "H" or "HH"',
    "A": 'must be "AA"',
    "a": 'must be "aa"',
    "m": 'minute must either be "m" or "mm"',
    "s": 'second must either be "s" or "ss"',
    "Z": "timezone must be Z, ZZZZ, or ZZZZZ",
}


def _numbers(letter: str, amount: int) -> dict[str, str]:
    return {letter: str(amount), letter * 2: f"{amount:02d}"}


def _verbs(moment: Moment) -> dict[str, str]:
    """What every verb of ``formatdate`` stands for."""
    year, month, day = moment.date
    minutes, second = divmod(moment.second, 60)
    hour, minute = divmod(minutes, 60)
    weekday, half = _DAYS[moment.weekday], "pm" if hour >= 12 else "am"
    zone = moment.zone(colon=False)
    return {
        "YY": f"{year % 100:02d}",
        "YYYY": f"{year:04d}",
        **_numbers("M", month),
        "MMM": _MONTHS[month - 1][:3],
        "MMMM": _MONTHS[month - 1],
        **_numbers("D", day),
        "EEE": weekday[:3],
        "EEEE": weekday,
        **_numbers("h", hour),
        **_numbers("H", hour % 12 or 12),
        "AA": half.upper(),
        "aa": half,
        **_numbers("m", minute),
        **_numbers("s", second),
        "Z": moment.zone(colon=True) if moment.offset else "Z",
        "ZZZ": zone if moment.offset else "UTC",
        "ZZZZ": zone,
        "ZZZZZ": moment.zone(colon=True),
    }


def _formatdate(arguments: Arguments, promised: Type, _: Context) -> Value:
    try:
        verbs = _verbs(parse(text(arguments[1]), strict=True))
    except TimestampError as error:
        raise FunctionError(str(error), 1) from error
    pieces = []
    for match in _TOKEN.finditer(text(arguments[0])):
        token = match.group()
        if token.startswith("'"):
            pieces.append(_literal(token))
        elif match.group(1):
            pieces.append(_written(token, verbs))
        else:
            pieces.append(token)
    return Value(promised, normal("".join(pieces)))


def _literal(token: str) -> str:
    if token == "''":
        return "'"
    body = token[1:].replace("''", "")
    if not body.endswith("'"):
        raise FunctionError("unterminated literal '", 0)
    return token[1:-1].replace("''", "'")


def _written(token: str, verbs: dict[str, str]) -> str:
    if token in verbs:
        return verbs[token]
    explanation = _EXPLANATIONS.get(token[0])
    raise FunctionError(f"invalid date format verb {quoted(token)}{f': {explanation}' if explanation else ''}", 0)


def _timeadd(arguments: Arguments, promised: Type, _: Context) -> Value:
    try:
        moment = parse(text(arguments[0]), strict=True).plus(parse_duration(text(arguments[1])))
    except (TimestampError, DurationError) as error:
        raise FunctionError(str(error)) from error
    return Value(promised, moment.rfc3339())


def _timecmp(arguments: Arguments, _: Type, _context: Context) -> Value:
    instants = []
    for position, argument in enumerate(arguments):
        try:
            instants.append(parse(text(argument), strict=False).instant)
        except TimestampError as error:
            raise FunctionError(str(error), position) from error
    first, second = instants
    return number(counted((first > second) - (first < second)))


def _clock(reason: str) -> Callable[[Arguments, Type, Context], Value]:
    def implementation(_: Arguments, promised: Type, _context: Context) -> Value:
        return unknown(reason, promised)

    return implementation


FUNCTIONS = (
    Function("formatdate", (Parameter("format", STRING), Parameter("time", STRING)), STRING, _formatdate),
    Function("plantimestamp", (), STRING, _clock("plantimestamp() is the time of each plan")),
    Function("timeadd", (Parameter("timestamp", STRING), Parameter("duration", STRING)), STRING, _timeadd),
    Function("timecmp", (Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING)), NUMBER, _timecmp),
    Function("timestamp", (), STRING, _clock("timestamp() is different at each run")),
)
