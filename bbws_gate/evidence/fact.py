"""The unit of what readers find."""

from __future__ import annotations

from typing import Generic, TypeVar

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place

T = TypeVar("T")


class Fact(NamedTuple, Generic[T]):
    """A value and where it is written."""

    value: T
    place: Place
