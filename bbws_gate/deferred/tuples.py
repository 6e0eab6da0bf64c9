"""Named tuples whose constructor is made when first used.

The standard library evaluates a constructor for each class, and compiles every annotation: a third of a millisecond, for more than a
hundred classes. What is made here can do the same, by the same names. Supported is what this project uses: ``class Name(NamedTuple)``.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    def _getter(index: int, doc: str) -> property: ...
else:
    from _collections import _tuplegetter as _getter  # what the standard library's have; a property takes twice as long

__all__ = ["NamedTuple"]


class _Tuple(tuple[Any, ...]):
    """What all named tuples can do."""

    __slots__ = ()
    if TYPE_CHECKING:  # else it would count as a field
        _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Any:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Any:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class _Maker(type):
    """Makes a class out of what stands in the body of ``class Name(NamedTuple)``."""

    def __new__(cls, name: str, _: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        names = tuple(namespace.get("__annotations__", {}))
        defaults = {each: namespace.pop(each) for each in names if each in namespace}
        members = {each: _getter(index, f"Alias for field number {index}") for index, each in enumerate(names)}
        shared = {"__slots__": (), "_fields": names, "_field_defaults": defaults, "__match_args__": names}
        made: Any = type(name, (_Tuple,), {**namespace, **members, **shared})
        made.__new__ = _new_when_needed(made, names, defaults)
        return made


def _new_when_needed(made: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """A constructor that puts the standard library's in its place."""

    def __new__(cls: Any, /, *positional: Any, **named: Any) -> Any:  # noqa: N807 - becomes the method
        make: Any = namedtuple  # noqa: PYI024 - its constructor alone; and type checkers want literal names
        standard = make(made.__name__, names, defaults=tuple(defaults.values()))
        made.__new__ = staticmethod(vars(standard)["__new__"])
        return made.__new__(cls, *positional, **named)

    return staticmethod(__new__)


if TYPE_CHECKING:
    from typing import NamedTuple  # type checkers know that one
else:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
