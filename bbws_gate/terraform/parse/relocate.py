"""Moves a tree that was parsed out of its file to where its text stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bbws_gate.terraform.syntax import Expression, Span


def relocated(node: Expression, move: Callable[[Span], Span]) -> Expression:
    """A copy of ``node`` (which is no deeper than :data:`~bbws_gate.terraform.parse.source.MAX_DEPTH`) with every span moved."""
    moved: Expression = _moved(node, move)
    return moved


def _moved(part: Any, move: Callable[[Span], Span]) -> Any:
    if type(part) is Span:
        return move(part)
    if not isinstance(part, tuple):
        return part
    parts = [_moved(inner, move) for inner in part]
    return tuple(parts) if type(part) is tuple else type(part)(*parts)
