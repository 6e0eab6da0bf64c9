"""Moves a tree that was parsed out of its file to where its text stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bbws_gate.terraform.syntax import Span

Node = TypeVar("Node", bound=tuple[Any, ...])


def relocated(node: Node, move: Callable[[Span], Span]) -> Node:
    """A copy of ``node`` (which is no deeper than :data:`~bbws_gate.terraform.parse.source.MAX_DEPTH`) with every span moved."""
    if isinstance(node, Span):
        return move(node)
    parts = [relocated(part, move) if isinstance(part, tuple) else part for part in node]
    return type(node)(*parts) if hasattr(node, "_fields") else type(node)(parts)
