"""Values as YAML: go-cty-yaml's encoder and the parts of libyaml's emitter that it uses.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/encode.go: block style, strings in double quotes, or as literal blocks when they
have line ends.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from bbws_gate.terraform.cty.numbers import text as number_text
from bbws_gate.terraform.cty.values import Raw, Value

_INDENT: Final = 2
_WIDTH: Final = 80
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
    return point == 0x0A or 0x20 <= point <= 0x7E or (0xA0 <= point <= 0xD7FF) or (0xE000 <= point <= 0xFFFD and point != 0xFEFF)


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return f"\\{_ESCAPES[character]}"
    point = ord(character)
    return f"\\x{point:02X}" if point <= 0xFF else f"\\u{point:04X}" if point <= 0xFFFF else f"\\U{point:08X}"


def _is_block(text: str) -> bool:
    """Whether a string is written as a literal block: it has line ends, nothing unprintable, and no space before a line end or its own."""
    spaced = any(text[index] == " " and text[index + 1] in _BREAKS for index in range(len(text) - 1))
    return "\n" in text and not spaced and not text.endswith(" ") and all(map(_printable, text))


class _Emitter:
    """Writes one document, with libyaml's notion of where it stands on the line."""

    def __init__(self, spend: Callable[[int], None]) -> None:
        self._pieces: list[str] = []
        self._spend = spend
        self._column = 0
        self._after_space = True
        self._at_indent = True
        """Whether nothing but indentation and dashes stands on the line."""

    def document(self, value: Value) -> str:
        """The whole text. A plain scalar that is the document is closed with dots, for it might go on."""
        self._node(value, -1, in_mapping=False)
        self._break_to(0)
        plain = isinstance(value.raw, (bool, int, Fraction, float)) or value.raw is None
        return "".join(self._pieces) + ("...\n" if plain else "")

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._column += len(text)

    def _line_end(self) -> None:
        self._pieces.append("\n")
        self._column = 0

    def _break_to(self, indent: int) -> None:
        """Goes to a column, on a new line unless this one is still free."""
        if not self._at_indent or self._column > indent or (self._column == indent and not self._after_space):
            self._line_end()
        self._put(" " * (indent - self._column))
        self._after_space = self._at_indent = True

    def _indicator(self, sign: str, *, spaced: bool, keeps_indent: bool = False) -> None:
        if spaced and not self._after_space:
            self._put(" ")
        self._put(sign)
        self._after_space = False
        self._at_indent = self._at_indent and keeps_indent

    def _node(self, value: Value, indent: int, *, in_mapping: bool) -> None:
        self._spend(1)
        raw = value.raw
        if isinstance(raw, tuple) and raw:
            # Directly after a key the dashes stand below the key itself.
            flush = in_mapping and not self._at_indent
            self._sequence(raw, indent if flush else _deeper(indent))
        elif isinstance(raw, dict) and raw:
            self._mapping(raw, _deeper(indent))
        elif isinstance(raw, str):
            self._string(raw, max(indent, 0) + _INDENT)
        else:
            self._indicator(_plain(raw), spaced=True)

    def _sequence(self, items: tuple[Value, ...], indent: int) -> None:
        for item in items:
            self._break_to(indent)
            self._indicator("-", spaced=True, keeps_indent=True)
            self._node(item, indent, in_mapping=False)

    def _mapping(self, entries: dict[str, Value], indent: int) -> None:
        for name in sorted(entries):
            self._break_to(indent)
            if not any(character in _BREAKS for character in name) and len(name.encode()) <= _LONGEST_KEY:
                self._quoted(name, None)
                self._indicator(":", spaced=False)
            else:
                self._indicator("?", spaced=True, keeps_indent=True)
                self._string(name, indent + _INDENT)
                self._break_to(indent)
                self._indicator(":", spaced=True, keeps_indent=True)
            self._node(entries[name], indent, in_mapping=True)

    def _string(self, text: str, indent: int) -> None:
        if _is_block(text):
            self._literal(text, indent)
        else:
            self._quoted(text, indent)

    def _quoted(self, text: str, indent: int | None) -> None:
        """In double quotes; folded at spaces beyond the width, onto lines at ``indent``, None for a key, which is never folded."""
        self._indicator('"', spaced=True)
        after_space = False
        for index, character in enumerate(text):
            if character != " ":
                is_clear = _printable(character) and character not in _BREAKS and character not in '"\\'
                self._put(character if is_clear else _escape(character))
                after_space = False
                continue
            if indent is not None and not after_space and self._column > _WIDTH and 0 < index < len(text) - 1:
                self._at_indent = False
                self._break_to(indent)
                if text[index + 1] == " ":
                    self._put("\\")
            else:
                self._put(" ")
            after_space = True
        self._put('"')
        self._after_space = self._at_indent = False

    def _literal(self, text: str, indent: int) -> None:
        self._indicator(f"|{_hints(text)}", spaced=True)
        self._line_end()
        fresh = True
        for character in text:
            if character in _BREAKS:
                if character == "\n":
                    self._line_end()
                else:
                    self._put(character)
                    self._column = 0
                fresh = True
                continue
            if fresh:
                self._put(" " * (indent - self._column))
                fresh = False
            self._put(character)
        self._at_indent = self._after_space = fresh


def _deeper(indent: int) -> int:
    return 0 if indent < 0 else indent + _INDENT


def _hints(text: str) -> str:
    """The indentation, when it cannot be seen from the first line, and what becomes of the line ends at the end."""
    indentation = str(_INDENT) if text[0] in f" {_BREAKS}" else ""
    if text[-1] not in _BREAKS:
        return f"{indentation}-"
    return f"{indentation}+" if len(text) == 1 or text[-2] in _BREAKS else indentation


def _plain(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (int, Fraction, float)):
        return number_text(raw)
    return "[]" if raw == () else "{}" if raw == {} else "null"


def encode(value: Value, spend: Callable[[int], None]) -> str:
    """The YAML document of a wholly known value."""
    return _Emitter(spend).document(value)
