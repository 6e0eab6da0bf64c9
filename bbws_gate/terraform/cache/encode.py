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
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from typing import Any

from bbws_gate.terraform.cache.shapes import FRACTION, INTEGER, NUMBER_OF, SHAPES, TYPES, Holds
from bbws_gate.terraform.parse.source import ParsedFile
from bbws_gate.terraform.syntax import Node


def encode(parsed: ParsedFile) -> bytes:
    """The bytes from which :func:`~bbws_gate.terraform.cache.decode.decode` makes an equal file.

    Paths are left out: the same text means the same wherever it lies.
    """
    table = _Table()
    numbers = array("I", [0])
    if parsed.body is not None:
        runs = _runs(parsed.body)
        positions = {id(node): position for position, node in enumerate(node for nodes in runs.values() for node in nodes)}
        numbers[0] = len(runs)
        for (_, kind), nodes in runs.items():
            numbers.extend((kind, len(nodes)))
            for name, holds in _fields(TYPES[kind]):
                numbers.extend(_column(holds, [*map(attrgetter(name), nodes)], table, positions))
    problems = [(problem.code, problem.message, problem.place.line, problem.place.end_line) for problem in parsed.problems]
    text = json.dumps({"values": table.values, "problems": problems}, separators=(",", ":")).encode("ascii")
    if sys.byteorder == "big":
        numbers.byteswap()
    return len(text).to_bytes(4, "little") + text + numbers.tobytes()


def _runs(root: Node) -> dict[tuple[int, int], list[Node]]:
    """Every node by its height and type, in that order: a parent is higher than its children."""
    runs: defaultdict[tuple[int, int], list[Node]] = defaultdict(list)
    _measure(root, runs, {})
    return dict(sorted(runs.items()))


def _measure(node: Node, runs: dict[tuple[int, int], list[Node]], heights: dict[int, int]) -> int:
    known = heights.get(id(node))
    if known is not None:
        return known
    kind = type(node)
    height = 0
    for name, holds in _BRANCHES[kind]:
        for child in _children(holds, getattr(node, name)):
            height = max(height, 1 + _measure(child, runs, heights))
    heights[id(node)] = height
    runs[height, NUMBER_OF[kind]].append(node)
    return height


def _fields(kind: type[Node]) -> Iterable[tuple[str, Holds]]:
    return zip(kind.__slots__, SHAPES[kind], strict=True)


_BRANCHING = {Holds.NODE, Holds.OPTIONAL, Holds.NODES, Holds.PAIRS}
_BRANCHES = {kind: [(name, holds) for name, holds in _fields(kind) if holds in _BRANCHING] for kind in TYPES}
"""The fields that hold nodes."""


def _children(holds: Holds, part: Any) -> Iterable[Node]:
    if holds is Holds.NODE:
        return (part,)
    if holds is Holds.OPTIONAL:
        return () if part is None else (part,)
    if holds is Holds.NODES:
        nodes: Iterable[Node] = part
        return nodes
    return chain.from_iterable(part)


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
        return chain.from_iterable([*zip(*parts, strict=True)][1:])  # all but the path
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
