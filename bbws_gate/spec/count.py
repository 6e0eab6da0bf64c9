"""How many there must be."""

from typing import Annotated, Any, Self

from bbws_gate.deferred.models import Field, model_validator
from bbws_gate.spec.form import Part, Shorthand

_Number = Annotated[int, Field(ge=0)]


class Count(Part):
    """A number, or bounds of it."""

    exactly: _Number | None = None
    min: _Number | None = None
    max: _Number | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.is_empty:
            raise ValueError("a count needs a number, min or max")
        if self.exactly is not None and (self.min is not None or self.max is not None):
            raise ValueError("exactly cannot stand beside min or max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is more than max {self.max}")
        return self

    def holds(self, number: int) -> bool:
        """Whether ``number`` is within it."""
        if self.exactly is not None:
            return number == self.exactly
        return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)

    def __str__(self) -> str:
        """``6``, ``at least 1``, ``1 to 8``."""
        if self.exactly is not None:
            return str(self.exactly)
        if self.min is not None and self.max is not None:
            return f"{self.min} to {self.max}"
        return f"at least {self.min}" if self.min is not None else f"at most {self.max}"


def _expand(value: Any) -> object:
    return {"exactly": value} if isinstance(value, int) and not isinstance(value, bool) else value


Quantity = Annotated[Count, Shorthand(_expand, lambda: {"type": "integer", "minimum": 0})]
"""A field that may also be written as a plain number."""
