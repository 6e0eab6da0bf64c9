"""Values of a draft with the words that say where they come from, and what a person must know beside them."""

from __future__ import annotations

from typing import Generic, TypeVar

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place

T = TypeVar("T")


class Stated(NamedTuple, Generic[T]):
    """A value and why it is in the draft."""

    value: T
    note: str
    """``from docs/promotion_plan.md:44``, ``as in terraform/main.tf:3``, ``assumed: ...``."""


class Remark(NamedTuple):
    """Something that the draft cannot settle: a contradiction, a choice between several files."""

    place: Place
    """Where to look first."""
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def from_place(place: Place) -> str:
    """The note for what a document says."""
    return f"from {place}"


def as_in(place: Place) -> str:
    """The note for what the code has."""
    return f"as in {place}"
