"""How deep an expression is: chains of operators nest as deep as brackets do, without any bracket to count."""

from __future__ import annotations

from typing import Any

from bbws_gate.terraform.parse.source import MAX_DEPTH, too_deep
from bbws_gate.terraform.syntax import Expression, Span


def check_depth(expression: Expression) -> None:
    """Whoever evaluates an expression calls itself once per level; this keeps that within bounds.

    Raises:
        ParseError: HCL006, when there are more than :data:`MAX_DEPTH` nodes inside each other.
    """
    level: list[tuple[Any, ...]] = [expression]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise too_deep(expression[-1].place)


def _children(node: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    children: list[tuple[Any, ...]] = []
    for part in node:
        if type(part) is tuple:
            children += [item for entry in part for item in (entry if type(entry) is tuple else (entry,))]
        elif isinstance(part, tuple) and type(part) is not Span:
            children.append(part)
    return children
