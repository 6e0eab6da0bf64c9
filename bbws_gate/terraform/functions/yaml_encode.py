"""``yamlencode``: go-cty-yaml's encoder and the parts of libyaml's emitter that it uses.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/encode.go: block style, strings in double quotes, or as literal blocks when they
have line ends.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from bbws_gate.terraform.cty.numbers import text as number_text
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, Type
from bbws_gate.terraform.cty.values import Raw, Value, string
from bbws_gate.terraform.functions.arguments import undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, Parameter
from bbws_gate.terraform.functions.strings import normal

_INDENT: Final = 2
_LONGEST_KEY: Final = 128
"""Longer keys, in bytes, are written with a question mark."""
_BREAKS: Final = "\r\n\x85\u2028\u2029"
_ESCAPES: Final = {
    "\0": "0",
    "\x07": "a",
    "\x08": "b",
    "\t": "t",
    "\n": "n",
    "\x0b": "v",
    "\x0c": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
}


def _printable(character: str) -> bool:
    point = ord(character)
    return (
        point == 0x0A
        or 0x20 <= point <= 0x7E
        or (0xA0 <= point <= 0xD7FF)
        or (0xE000 <= point <= 0xFFFD and point != 0xFEFF)
    )


def _double_quoted(text: str) -> str:
    pieces = []
    for character in text:
        if _printable(character) and character not in _BREAKS and character not in '"\\':
            pieces.append(character)
        elif character in _ESCAPES:
            pieces.append(f"\\{_ESCAPES[character]}")
        else:
            point = ord(character)
            pieces.append(f"\\x{point:02X}" if point <= 0xFF else f"\\u{point:04X}" if point <= 0xFFFF else f"\\U{point:08X}")
    return f'"{"".join(pieces)}"'


def _block_allowed(text: str) -> bool:
    """Whether text with line ends may be a literal block: nothing unprintable, no space before a line end or at the end."""
    spaced = any(text[index] == " " and text[index + 1] in _BREAKS for index in range(len(text) - 1))
    return not spaced and not text.endswith(" ") and all(map(_printable, text))


class _Emitter:
    """Writes one value."""

    def __init__(self, spend: Callable[[int], None]) -> None:
        self.pieces: list[str] = []
        self._spend = spend

    def node(self, value: Value, indent: int, before: str, *, in_mapping: bool) -> None:
        """Writes a value after a key's colon, a dash, or nothing; ``before`` is the space that stands there for a scalar."""
        self._spend(1)
        raw = value.raw
        if isinstance(raw, tuple) and raw:
            self._sequence(raw, indent, in_mapping=in_mapping)
        elif isinstance(raw, dict) and raw:
            self._mapping(raw, indent, in_mapping=in_mapping)
        else:
            self.pieces.append(before + self._scalar(raw, indent))

    def _scalar(self, raw: Raw, indent: int) -> str:
        if isinstance(raw, str):
            return self._literal(raw, indent) if "\n" in raw and _block_allowed(raw) else _double_quoted(raw)
        if isinstance(raw, bool):
            return "true" if raw else "false"
        if isinstance(raw, (int, Fraction, float)):
            return number_text(raw)
        return "[]" if raw == () else "{}" if raw == {} else "null"

    def _literal(self, text: str, indent: int) -> str:
        hint = str(_INDENT) if text[0] in f" {_BREAKS}" else ""
        if not text.endswith("\n"):
            hint += "-"
        elif text == "\n" or text[-2] in _BREAKS:
            hint += "+"
        margin = " " * indent
        return "|" + hint + "\n" + "\n".join([margin + line if line else "" for line in text.removesuffix("\n").split("\n")])
