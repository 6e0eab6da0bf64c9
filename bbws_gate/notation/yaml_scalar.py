"""What a plain scalar of YAML stands for, https://yaml.org/spec/1.2.2/#1032-tag-resolution (core schema)."""

from __future__ import annotations

from decimal import Decimal

from bbws_gate.deferred import regex
from bbws_gate.notation.node import MAX_DIGITS, number

_WORDS: dict[str, None | bool] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED = regex(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NO_NUMBER = regex(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class OutOfRange(Exception):
    """A number that cannot be compared, with words for it."""


def resolve(text: str) -> None | bool | int | Decimal | str:
    """Null, boolean, number or text.

    Raises:
        OutOfRange: more digits than anything here counts, infinity, or not a number.
    """
    if text in _WORDS:
        return _WORDS[text]
    if not text[0].isdigit() and text[0] not in "-+.":
        return text
    if _NUMBER.fullmatch(text):
        value = number(text)
        if value is None:
            raise OutOfRange("number out of range")
        return value
    if _BASED.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise OutOfRange("number out of range")
        return int(text, 0)
    if _NO_NUMBER.fullmatch(text):
        raise OutOfRange(f"{text} is not a number that can be compared")
    return text
