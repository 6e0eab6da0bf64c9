"""Moves a tree that was parsed out of its file to where its text stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bbws_gate.terraform.syntax import Node, Span

Tree = TypeVar("Tree", bound=Node)


def relocated(node: Tree, move: Callable[[Span], Span]) -> Tree:
    """A copy of ``node`` (which is no deeper than :data:`~bbws_gate.terraform.parse.source.MAX_DEPTH`) with every span moved."""
    return type(node)(*[_moved(getattr(node, name), move) for name in node.__slots__])


def _moved(part: object, move: Callable[[Span], Span]) -> object:
    if isinstance(part, Span):
        return move(part)
    if isinstance(part, Node):
        return relocated(part, move)
    if isinstance(part, tuple):
        return tuple([_moved(item, move) for item in part])
    return part
