"""JSON (RFC 8259) with lines. Stricter than the standard library: no repeated keys, no NaN, no lone surrogates, bounded depth."""

from __future__ import annotations

import re
from bisect import bisect_left
from json import JSONDecodeError, JSONDecoder

from bbws_gate.deferred import regex
from bbws_gate.notation.node import MAX_DEPTH, MAX_NODES, Malformed, Mapping, Node, Scalar, Sequence, decode, number

_BLANK = regex(r"[ \t\r\n]*")
_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = regex(r"[A-Za-z_$][A-Za-z0-9_$]*|[-+.0-9A-Za-z]+")
_STRINGS = JSONDecoder()
_WORDS = {"null": None, "true": True, "false": False}


def parse(text: bytes, path: str) -> Node:
    """The one value in ``text``.

    Raises:
        Malformed: not UTF-8, not JSON, a repeated key, or nested or large beyond the limits.
    """
    return _Reader(decode(text, path), path).document()


class _Reader:
    """Recursive descent; depth is bounded far below Python's own limit."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._nodes = 0

    def document(self) -> Node:
        node, position = self._value(self._skip(0), 0)
        position = self._skip(position)
        if position != len(self._text):
            raise self._malformed(position, "not JSON: something after the end of the value")
        return node

    def _line(self, position: int) -> int:
        return bisect_left(self._breaks, position) + 1

    def _malformed(self, position: int, why: str) -> Malformed:
        return Malformed(self._path, self._line(position), why)

    def _skip(self, position: int) -> int:
        blank = _BLANK.match(self._text, position)
        return blank.end() if blank is not None else position

    def _value(self, position: int, depth: int) -> tuple[Node, int]:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._malformed(position, f"more than {MAX_NODES:,} values")
        if depth > MAX_DEPTH:
            raise self._malformed(position, f"nested deeper than {MAX_DEPTH}")
        first = self._text[position : position + 1]
        if first == "{":
            return self._mapping(position, depth)
        if first == "[":
            return self._sequence(position, depth)
        if first == '"':
            text, end = self._string(position)
            line = self._line(position)
            return Scalar(text, line, line, '"'), end
        return self._scalar(position)

    def _scalar(self, position: int) -> tuple[Scalar, int]:
        line = self._line(position)
        found = _NUMBER.match(self._text, position)
        if found is not None and (word := _WORD.match(self._text, position)) is not None and word.end() == found.end():
            value = number(found.group())
            if value is None:
                raise self._malformed(position, "number out of range")
            return Scalar(value, line, line, "", found.group()), found.end()
        word = _WORD.match(self._text, position)
        if word is not None and word.group() in _WORDS:
            return Scalar(_WORDS[word.group()], line, line, "", word.group()), word.end()
        seen = word.group() if word is not None else self._text[position : position + 1]
        raise self._malformed(position, f"not JSON: {seen!r:.40} where a value should be" if seen else "not JSON: ends too early")

    def _string(self, position: int) -> tuple[str, int]:
        try:
            text, end = _STRINGS.raw_decode(self._text, position)
        except JSONDecodeError as error:
            raise self._malformed(error.pos, f"not JSON: {error.msg}") from None
        try:
            text.encode()
        except UnicodeEncodeError:
            raise self._malformed(position, "a lone surrogate is not text") from None
        return str(text), end

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        position = self._skip(start + 1)
        while self._text[position : position + 1] != "]":
            node, position = self._value(position, depth + 1)
            items.append(node)
            position = self._separated(position, "]")
        return Sequence(tuple(items), self._line(start), self._line(position)), position + 1

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        position = self._skip(start + 1)
        while self._text[position : position + 1] != "}":
            if self._text[position : position + 1] != '"':
                raise self._malformed(position, "not JSON: a key in double quotes should be here")
            line = self._line(position)
            key, position = self._string(position)
            if key in items:
                raise Malformed(self._path, line, f"duplicate key {key!r:.80}, first set in line {lines[key]}")
            position = self._skip(position)
            if self._text[position : position + 1] != ":":
                raise self._malformed(position, "not JSON: ':' should be here")
            items[key], position = self._value(self._skip(position + 1), depth + 1)
            lines[key] = line
            position = self._separated(position, "}")
        return Mapping(items, lines, self._line(start), self._line(position)), position + 1

    def _separated(self, position: int, closing: str) -> int:
        """The start of the next item, or the closing bracket."""
        position = self._skip(position)
        found = self._text[position : position + 1]
        if found == closing:
            return position
        if found != ",":
            raise self._malformed(position, f"not JSON: ',' or {closing!r} should be here")
        following = self._skip(position + 1)
        if self._text[following : following + 1] == closing:
            raise self._malformed(following, f"not JSON: ',' before {closing!r}")
        return following
