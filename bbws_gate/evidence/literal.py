"""Python literals without running anything: constants, containers, f-strings and sums of known parts.

What a script computes stays :data:`COMPUTED`; nothing is imported, called or evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final, final

from bbws_gate.deferred import dataclass

MAX_DEPTH = 40
MAX_ITEMS = 10_000
MAX_TEXT = 10_000


@final
class Computed:
    """A value that only running the script would give."""

    def __repr__(self) -> str:
        return "COMPUTED"


COMPUTED: Final = Computed()

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value with the lines of its parts."""

    value: Any
    """None, bool, int, float, str, bytes, list (also of tuples and sets), dict with text keys, or :data:`COMPUTED`, at any depth."""
    lines: Mapping[Path, int]
    """By position in the value: ``("orders", 0)``; a mapping's entry stands where its key stands."""

    size: int = 1
    """How many parts it has, those of constants that it refers to included."""

    def line(self, *path: str | int) -> int:
        """The line of a part; of the nearest one around it that is known."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0


def literal(node: ast.expr, names: Mapping[str, Literal]) -> Literal:
    """What an expression is, as far as its text says; ``names`` are module constants that it may refer to."""
    reader = _Reader(names)
    value = reader.value(node, ())
    return Literal(value, reader.lines, reader.size)


class _Reader:
    """Reads one expression within a budget: constants that are built from constants could otherwise multiply without end."""

    def __init__(self, names: Mapping[str, Literal]) -> None:
        self._names = names
        self.lines: dict[Path, int] = {}
        self.size = 0

    def value(self, node: ast.expr, path: Path) -> Any:
        self.lines.setdefault(path, node.lineno)
        self.size += 1
        if len(path) > MAX_DEPTH or self.size > MAX_ITEMS:
            return COMPUTED
        match node:
            case ast.Constant(value=value):
                return COMPUTED if value is Ellipsis or isinstance(value, complex) else value
            case ast.Name(id=name) if name in self._names:
                return self._named(self._names[name])
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return self._sequence(elements, path)
            case ast.Dict():
                return self._mapping(node, path)
            case ast.JoinedStr():
                return self._text(node, path)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
            case ast.BinOp(op=ast.Add()):
                return self._sum(node, path)
            case ast.Call(func=ast.Name(id="set" | "frozenset" | "list" | "tuple" | "sorted"), args=[argument], keywords=[]):
                found = self.value(argument, path)
                return found if isinstance(found, list) else COMPUTED
            case _:
                return COMPUTED

    def _named(self, known: Literal) -> Any:
        self.size += known.size
        return known.value if self.size <= MAX_ITEMS else COMPUTED

    def _sequence(self, elements: list[ast.expr], path: Path) -> Any:
        found: list[Any] = []
        for element in elements:
            if isinstance(element, ast.Starred):
                spread = self.value(element.value, (*path, len(found)))
                if not isinstance(spread, list):
                    return COMPUTED
                found += spread
            else:
                found.append(self.value(element, (*path, len(found))))
        return found

    def _mapping(self, node: ast.Dict, path: Path) -> Any:
        found: dict[str, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                spread = self.value(value, path)
                if not isinstance(spread, dict):
                    return COMPUTED
                found |= spread
                continue
            name = self.value(key, path)
            if not isinstance(name, str):
                return COMPUTED
            self.lines[(*path, name)] = key.lineno
            found[name] = self.value(value, (*path, name))
        return found

    def _text(self, node: ast.JoinedStr, path: Path) -> Any:
        parts: list[str] = []
        for part in node.values:
            match part:
                case ast.Constant(value=str(text)):
                    parts.append(text)
                case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                    known = self.value(inner, path)
                    if not isinstance(known, str | int) or isinstance(known, bool):
                        return COMPUTED
                    parts.append(str(known))
                case _:
                    return COMPUTED
        return _bounded("".join(parts))

    def _sum(self, node: ast.BinOp, path: Path) -> Any:
        """``"a" + NAME``, ``[...] + [...]``; a long chain is walked, not recursed into."""
        operands: list[ast.expr] = []
        current: ast.expr = node
        while isinstance(current, ast.BinOp) and isinstance(current.op, ast.Add):
            operands.append(current.right)
            current = current.left
        values = [self.value(operand, path) for operand in (current, *reversed(operands))]
        if all(isinstance(value, str) for value in values):
            return _bounded("".join(values))
        if all(isinstance(value, list) for value in values):
            return [item for value in values for item in value]
        return COMPUTED


def _bounded(text: str) -> Any:
    return text if len(text) <= MAX_TEXT else COMPUTED
