"""What is said of a model's field beside its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bbws_gate.deferred.reading import NotPlain, Read

_BOUNDS: dict[str, Callable[[Any, int], bool]] = {
    "ge": lambda value, bound: value >= bound,
    "le": lambda value, bound: value <= bound,
    "min_length": lambda value, bound: len(value) >= bound,
    "max_length": lambda value, bound: len(value) <= bound,
}
_SUPPORTED = {"default", "default_factory", "validate_default", "alias", *_BOUNDS}


class Field:
    """``pydantic.Field``, by the same names."""

    def __init__(self, **given: Any) -> None:
        if not given.keys() <= _SUPPORTED:
            raise TypeError(f"a field of {', '.join(given)}: only {', '.join(sorted(_SUPPORTED))} are supported")
        self.given = given
        """As pydantic takes it."""

    def around(self, read: Read) -> Read:
        """``read``, and within the bounds."""
        bounds = [(_BOUNDS[name], bound) for name, bound in self.given.items() if name in _BOUNDS]

        def within(value: Any) -> Any:
            found = read(value)
            if found is None or not all(holds(found, bound) for holds, bound in bounds):
                raise NotPlain
            return found

        return within if bounds else read

    def by_default(self) -> Field:
        """As what stands after ``=``, where a field has its default; what bounds it belongs into ``Annotated``, beside the type.

        Raises:
            TypeError: bounds stand there.
        """
        misplaced = self.given.keys() & _BOUNDS.keys()
        if misplaced:
            raise TypeError(f"Field({', '.join(sorted(misplaced))}) after =: only in Annotated is it read")
        return self

    @property
    def has_default(self) -> bool:
        """Whether a value need not be given."""
        return "default" in self.given or "default_factory" in self.given

    def default(self, read: Read) -> Any:
        """The value where none is given; ``read`` reads one that is."""
        if "default_factory" in self.given:
            return self.given["default_factory"]()
        return read(self.given["default"]) if self.given.get("validate_default") else self.given["default"]


class AfterValidator:
    """A method that looks at a whole model once it is read; it gives the model or raises ValueError."""

    def __init__(self, check: Callable[[Any], Any]) -> None:
        self.check = check


def model_validator(*, mode: str) -> Callable[[Callable[[Any], Any]], AfterValidator]:
    """``pydantic.model_validator``."""
    if mode != "after":
        raise TypeError(f"mode {mode!r}: only after is supported")
    return AfterValidator
