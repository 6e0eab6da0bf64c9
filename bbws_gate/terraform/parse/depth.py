"""How deep an expression is: chains of operators nest as deep as brackets do, without any bracket to count."""

from __future__ import annotations

from bbws_gate.terraform.parse.source import MAX_DEPTH, too_deep
from bbws_gate.terraform.syntax import Expression, Node


def check_depth(expression: Expression) -> None:
    """Whoever evaluates an expression calls itself once per level; this keeps that within bounds.

    Raises:
        ParseError: HCL006, when there are more than :data:`MAX_DEPTH` nodes inside each other.
    """
    level: list[Node] = [expression]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise too_deep(expression.span.place)


def _children(node: Node) -> list[Node]:
    children: list[Node] = []
    for name in node.__slots__:
        part = getattr(node, name)
        if isinstance(part, Node):
            children.append(part)
        elif type(part) is tuple:
            for entry in part:
                children += [item for item in (entry if type(entry) is tuple else (entry,)) if isinstance(item, Node)]
    return children
