"""Names that mean nothing, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bbws_gate.terraform.evaluate import UndeclaredReference
from bbws_gate.terraform.syntax import Span


def undeclared(name: str, known: Iterable[str], span: Span, where: str = "in this module") -> UndeclaredReference:
    """The error for ``name``, with the nearest one of ``known``, which are what could stand there."""
    return UndeclaredReference(f"{name} is not declared {where}{nearest(name, known)}", span)


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message that suggests the nearest known name; empty when none is near."""
    near = get_close_matches(name, sorted(known), 1, 0.75)
    return f"; did you mean {near[0]}?" if near else ""
