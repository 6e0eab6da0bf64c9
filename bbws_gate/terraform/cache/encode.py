"""A parsed file to bytes: columns of numbers and one table of constants, as :mod:`bbws_gate.terraform.cache.decode` reads them.

::

    payload := length of the table (4 bytes) table numbers
    table   := JSON: {"values": [...], "problems": [[code, message, line, end line], ...]}
    numbers := 32-bit little-endian: number of runs, then each run
    run     := type, count, then one column after the other for every field of the type

Nodes are in runs of one type, children always in an earlier run than their parents, the file's body last. A column of names or
constants holds indexes into the table, one of nodes positions among all nodes; tuples are a column of lengths and one of contents.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from bbws_gate.terraform.cache.shapes import FRACTION, INTEGER, NUMBER_OF, SHAPES, Holds
from bbws_gate.terraform.parse.source import ParsedFile
from bbws_gate.terraform.syntax import Node


def encode(parsed: ParsedFile) -> bytes:
    """The bytes from which :func:`~bbws_gate.terraform.cache.decode.decode` makes an equal file.

    Paths are left out: the same text means the same wherever it lies.
    """
    table = _Table()
    numbers = array("I")
    if parsed.body is None:
        numbers.append(0)
    else:
        ordered = _ordered(parsed.body)
        positions = {id(node): position for position, (_, _, node) in enumerate(ordered)}
        runs = [(kind, [node for _, _, node in run]) for (_, kind), run in groupby(ordered, key=lambda entry: entry[:2])]
        numbers.append(len(runs))
        for kind, nodes in runs:
            numbers.extend((kind, len(nodes)))
            for name, holds in zip(type(nodes[0]).__slots__, SHAPES[type(nodes[0])], strict=True):
                numbers.extend(_column(holds, [getattr(node, name) for node in nodes], table, positions))
    problems = [(problem.code, problem.message, problem.place.line, problem.place.end_line) for problem in parsed.problems]
    text = json.dumps({"values": table.values, "problems": problems}, separators=(",", ":")).encode("ascii")
    if sys.byteorder == "big":
        numbers.byteswap()
    return len(text).to_bytes(4, "little") + text + numbers.tobytes()


def _ordered(root: Node) -> list[tuple[int, int, Node]]:
    """Every node with its height and type, in that order."""
    heights: dict[int, tuple[int, Node]] = {}
    _measure(root, heights)
    return sorted(((height, NUMBER_OF[type(node)], node) for height, node in heights.values()), key=lambda entry: entry[:2])


def _measure(node: Node, heights: dict[int, tuple[int, Node]]) -> int:
    known = heights.get(id(node))
    if known is not None:
        return known[0]
    height = 0
    for name, holds in zip(node.__slots__, SHAPES[type(node)], strict=True):
        for child in _children(holds, getattr(node, name)):
            height = max(height, 1 + _measure(child, heights))
    heights[id(node)] = height, node
    return height


def _children(holds: Holds, part: Any) -> Iterable[Node]:
    if holds is Holds.NODE:
        return (part,)
    if holds is Holds.OPTIONAL:
        return () if part is None else (part,)
    if holds is Holds.NODES:
        return tuple(part)
    if holds is Holds.PAIRS:
        return [node for pair in part for node in pair]
    return ()


class _Table:
    """Constants and names, each once."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._known: dict[tuple[type, object], int] = {}

    def index(self, value: None | bool | str | int | Fraction) -> int:
        key = type(value), value  # True and 1 are equal
        if key not in self._known:
            self._known[key] = len(self.values)
            self.values.append(_written(value))
        return self._known[key]


def _written(value: None | bool | str | int | Fraction) -> object:
    if isinstance(value, Fraction):
        return {FRACTION: [hex(value.numerator), hex(value.denominator)]}
    if isinstance(value, int) and not isinstance(value, bool):
        return {INTEGER: hex(value)}
    return value


def _column(holds: Holds, parts: Sequence[Any], table: _Table, positions: dict[int, int]) -> Iterable[int]:
    if holds is Holds.SPAN:
        return (getattr(span, name) for name in ("start", "end", "line", "end_line") for span in parts)
    if holds is Holds.VALUE:
        return map(table.index, parts)
    if holds is Holds.NODE:
        return (positions[id(node)] for node in parts)
    if holds is Holds.OPTIONAL:
        return (0 if node is None else positions[id(node)] + 1 for node in parts)
    if holds is Holds.FLAG:
        return map(int, parts)
    if holds is Holds.WORDS:
        return (*map(len, parts), *(table.index(word) for words in parts for word in words))
    return (*map(len, parts), *(positions[id(node)] for part in parts for node in _children(holds, part)))
