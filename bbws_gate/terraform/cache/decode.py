"""Bytes to a parsed file. Nothing in them can run anything, reach outside them or make more nodes than they have numbers.

The format stands in :mod:`bbws_gate.terraform.cache.encode`. All nodes of a run are made at once, by the interpreter's own loops: that is
several times faster than one by one.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, repeat
from typing import Any, Final

from bbws_gate.model import Place
from bbws_gate.terraform.cache.shapes import FRACTION, INTEGER, SHAPES, TYPES, Holds
from bbws_gate.terraform.parse.source import ParsedFile
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Body, Node, Span

_SPAN_NUMBERS: Final = 4


class Malformed(Exception):
    """Bytes that :func:`~bbws_gate.terraform.cache.encode.encode` did not make."""


def decode(payload: bytes, path: str) -> ParsedFile:
    """The parsed file, with ``path`` as the file's own.

    Raises:
        Malformed: what does not fit together.
    """
    try:
        return _decoded(payload, path)
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise Malformed(f"{type(error).__name__}: {error}") from error


def _decoded(payload: bytes, path: str) -> ParsedFile:
    begin = 4 + int.from_bytes(payload[:4], "little")
    table = json.loads(payload[4:begin])
    numbers = array("I")
    numbers.frombytes(payload[begin:])
    if sys.byteorder == "big":
        numbers.byteswap()
    problems = tuple([Problem(code, message, Place(path, line, end)) for code, message, line, end in table["problems"]])
    nodes = _Columns(numbers.tolist(), [_read(value) for value in table["values"]], path).nodes()
    if not nodes:
        return ParsedFile(None, problems)
    body = nodes[-1]
    if not isinstance(body, Body):
        raise Malformed("the last node is not a body")
    return ParsedFile(body, problems)


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if FRACTION in value:
        numerator, denominator = value[FRACTION]
        return Fraction(int(numerator, 16), int(denominator, 16))
    return int(value[INTEGER], 16)


class _Columns:
    """Reads column after column."""

    def __init__(self, numbers: list[int], values: list[Any], path: str) -> None:
        self._numbers = numbers
        self._values = values
        self._path = path
        self._at = 0
        self._nodes: list[Node] = []

    def nodes(self) -> list[Node]:
        """All nodes, in their order."""
        (runs,) = self._take(1)
        for _ in range(runs):
            kind, count = self._take(2)
            columns = [self._column(holds, count) for holds in SHAPES[TYPES[kind]]]
            self._nodes += map(TYPES[kind], *columns)
        if self._at != len(self._numbers):
            raise Malformed("numbers are left over")
        return self._nodes

    def _take(self, count: int) -> list[int]:
        taken = self._numbers[self._at : self._at + count]
        if len(taken) != count:
            raise Malformed("ends too early")
        self._at += count
        return taken

    def _column(self, holds: Holds, count: int) -> Iterable[Any]:
        if holds is Holds.SPAN:
            starts, ends, lines, last = [self._take(count) for _ in range(_SPAN_NUMBERS)]
            return map(tuple.__new__, repeat(Span), zip(repeat(self._path), starts, ends, lines, last, strict=False))
        if holds is Holds.VALUE:
            return map(self._values.__getitem__, self._take(count))
        if holds is Holds.NODE:
            return [*map(self._nodes.__getitem__, self._take(count))]
        if holds is Holds.OPTIONAL:
            return [None if number == 0 else self._nodes[number - 1] for number in self._take(count)]
        if holds is Holds.FLAG:
            return map(bool, self._take(count))
        return self._tuples(holds, self._take(count))

    def _tuples(self, holds: Holds, lengths: list[int]) -> Iterator[tuple[Any, ...]]:
        known = self._values if holds is Holds.WORDS else self._nodes
        width = 2 if holds is Holds.PAIRS else 1
        contents = map(known.__getitem__, self._take(width * sum(lengths)))
        items: Iterator[Any] = zip(contents, contents, strict=True) if width == 2 else contents
        return iter([tuple(islice(items, length)) for length in lengths])
