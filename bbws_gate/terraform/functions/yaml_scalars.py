"""What a YAML scalar is: go-cty-yaml's resolve.go, which mixes YAML 1.2 numbers with YAML 1.1 booleans and timestamps.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/resolve.go
"""

from __future__ import annotations

from calendar import monthrange
from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.numbers import INFINITY, NumberError
from bbws_gate.terraform.cty.numbers import parse as parse_number
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import BOOL
from bbws_gate.terraform.cty.values import FALSE, NULL, TRUE, Value, number, string
from bbws_gate.terraform.functions import base64
from bbws_gate.terraform.functions.strings import normal

TAG_PREFIX: Final = "tag:yaml.org,2002:"
_STR, _BOOL, _INT, _FLOAT = (TAG_PREFIX + name for name in ("str", "bool", "int", "float"))
_NULL, _TIMESTAMP, _BINARY = (TAG_PREFIX + name for name in ("null", "timestamp", "binary"))
_RESOLVABLE: Final = frozenset({"", _STR, _BOOL, _INT, _FLOAT, _NULL, _TIMESTAMP, _BINARY})


def _spellings(word: str) -> tuple[str, str, str]:
    return word, word.capitalize(), word.upper()


_WORDS: Final = (
    dict.fromkeys(("y", "Y", *_spellings("yes"), *_spellings("true"), *_spellings("on")), TRUE)
    | dict.fromkeys(("n", "N", *_spellings("no"), *_spellings("false"), *_spellings("off")), FALSE)
    | dict.fromkeys(("", "~", *_spellings("null")), NULL)
    | dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), number(INFINITY))
    | dict.fromkeys(("-.inf", "-.Inf", "-.INF"), number(-INFINITY))
)
_NOT_A_NUMBER: Final = (".nan", ".NaN", ".NAN")
_INTEGER: Final = regex(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL: Final = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_GO_INTEGER: Final = regex(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+))")
_DATE: Final = regex(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK: Final = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?"
_TIMESTAMPS: Final = (regex(rf"{_DATE.pattern}[Tt]{_CLOCK}(Z|[-+][0-9]{{2}}:[0-9]{{2}})"), regex(rf"{_DATE.pattern} {_CLOCK}()"))


class ScalarError(ValueError):
    """A scalar that is not what its tag says, or that Terraform cannot hold."""


def resolve(tag: str, source: str, *, is_quoted: bool) -> Value:
    """The value of a scalar with that tag, "" for none; ``is_quoted`` for single and double quotes."""
    if tag not in _RESOLVABLE:
        raise ScalarError(f"unsupported tag {quoted(tag)}")
    if tag not in (_STR, _BINARY) and _has_hint(source):
        if is_quoted:
            return string(normal(source))
        plain = _plain(tag, source)
        if isinstance(plain, Value):
            return plain
        tag = plain
    return _tagged(tag, source)


def _has_hint(source: str) -> bool:
    """Whether the first character may begin something else than text."""
    return not source or source[0] in "+-0123456789yYnNtTfFoO~."


def _plain(tag: str, source: str) -> Value | str:
    """The value of an unquoted scalar by its looks, or the tag that it has."""
    if source in _WORDS:
        return _WORDS[source]
    if tag == "" and source in _NOT_A_NUMBER:
        raise ScalarError("floating point NaN is not supported")
    if source[0] == ".":
        amount = _number(source)
        return tag if amount is None else amount
    if source[0] in "+-0123456789":
        if tag in ("", _TIMESTAMP):
            moment = _timestamp(source)
            if moment is not None:
                return moment
        if _INTEGER.fullmatch(source):
            return _INT
        if _DECIMAL.fullmatch(source):
            return _FLOAT
    return tag


def _tagged(tag: str, source: str) -> Value:
    unfit = ScalarError(f"cannot parse {quoted(source)} as {tag}")
    if tag in ("", _STR):
        return string(normal(source))
    if tag == _BINARY:
        try:
            base64.decode(source)
        except base64.CorruptInput as error:
            raise ScalarError(f"{unfit}: not valid base64") from error
        return string(normal(source))
    if tag == _NULL:
        return NULL
    if tag == _BOOL:
        found: Value | None = _WORDS.get(source)
        found = found if found is not None and found.type is BOOL else None
    elif tag == _TIMESTAMP:
        found = _timestamp(source)
    else:
        found = _number(source.replace("_", "")) or _go_integer(source.replace("_", ""))
    if found is None:
        raise unfit
    return found


def _number(source: str) -> Value | None:
    try:
        return number(parse_number(source))
    except NumberError:
        return None


def _go_integer(source: str) -> Value | None:
    """``strconv.ParseInt`` with the base in the prefix, then ``ParseUint``."""
    match = _GO_INTEGER.fullmatch(source)
    if match is None:
        return None
    sign, hexadecimal, octal, binary = match.groups()
    magnitude = int(hexadecimal, 16) if hexadecimal else int(octal, 8) if octal else int(binary, 2)
    amount = -magnitude if sign == "-" else magnitude
    fits = -(1 << 63) <= amount < (1 << 63) or (not sign and amount < 1 << 64)
    return number(counted(amount)) if fits else None


def _timestamp(source: str) -> Value | None:
    """The RFC 3339 text of a date or a time, as the language's time functions take it."""
    for pattern in _TIMESTAMPS:
        match = pattern.fullmatch(source)
        if match is not None:
            *parts, zone = match.groups()
            return _rfc3339([int(part) for part in parts], zone or "Z")
    match = _DATE.fullmatch(source)
    return None if match is None else _rfc3339([*map(int, match.groups()), 0, 0, 0], "Z")


def _rfc3339(parts: list[int], zone: str) -> Value | None:
    year, month, day, hour, minute, second = parts
    # Only the offset 0 is written as Z; Python's calendar has no year 0, which is a leap year.
    valid_date = 1 <= month <= 12 and 1 <= day <= monthrange(year or 4, month)[1]
    valid_zone = zone == "Z" or (int(zone[1:3]) <= 24 and int(zone[4:]) < 60)
    if not (valid_date and valid_zone and hour < 24 and minute < 60 and second < 60):
        return None
    shown = "Z" if zone[1:] == "00:00" else zone
    return string(f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{shown}")
