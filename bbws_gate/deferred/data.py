"""Dataclasses whose methods are made when first used.

The standard decorator writes and compiles up to seven functions for each class at import, about a millisecond; a run imports two hundred
classes and makes instances of a third of them. Here a class costs what its slots cost, and a frozen instance half of what it costs there.
What a class can do is the same, by the same names: ``replace``, ``fields``, ``match`` and pydantic see a dataclass. Supported is what this
project uses: ``frozen``, ``slots``, ``unsafe_hash``, and ``field`` with a default or ``repr=False``; no fields in base classes.
``field`` and ``replace`` stand for the standard library's: importing that takes longer than importing fifty modules of ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "replace"]

_NONE = object()
"""No default."""
_NOT_GIVEN = object()
"""The default of a field whose value a factory makes."""


def _dataclass(*, frozen: bool = False, slots: bool = False, unsafe_hash: bool = False) -> Callable[[Any], Any]:
    """``dataclasses.dataclass``, with methods made when first used."""
    return lambda cls: _made(cls, frozen=frozen, slots=slots, hashable=frozen or unsafe_hash)


class _Field:
    """``dataclasses.field``: what is said of a field."""

    def __init__(self, **options: Any) -> None:
        self.options = options


def _replace(made: Any, /, **changes: Any) -> Any:
    """``dataclasses.replace``: another instance with some other values."""
    return type(made)(**{name: getattr(made, name) for name in made.__match_args__} | changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace  # type checkers know those
else:
    dataclass = _dataclass
    field = _Field
    replace = _replace


def _made(given: Any, *, frozen: bool, slots: bool, hashable: bool) -> Any:
    """The class with its slots and members; a class gets slots only when it is made, so it is made anew."""
    namespace = {name: value for name, value in vars(given).items() if name not in ("__dict__", "__weakref__")}
    annotations = namespace.get("__annotations__", {})
    names = tuple(name for name, kind in annotations.items() if not str(kind).startswith("ClassVar"))
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    if slots:
        namespace["__slots__"] = names
    values = attrgetter(*names) if names else lambda _: ()
    members = {
        "__match_args__": names,
        "__dataclass_fields__": _Fields(annotations, defaults),
        "__eq__": lambda self, other: values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented,
        "__hash__": (lambda self: hash(values(self))) if hashable else None,
        "__repr__": _text,
    }
    if frozen:
        members |= {"__setattr__": _refuse_assignment, "__delattr__": _refuse_deletion}
    if namespace.get("__hash__") is None:  # where Python set it because the class has its own __eq__
        namespace.pop("__hash__", None)
    cls = type(given)(given.__name__, given.__bases__, {**members, **namespace})
    cls.__qualname__ = given.__qualname__
    if "__init__" not in namespace:
        cls.__init__ = _init_when_needed(cls, names, defaults, frozen=frozen)
    return cls


def _init_when_needed(cls: Any, names: tuple[str, ...], defaults: dict[str, Any], *, frozen: bool) -> Callable[..., None]:
    """An ``__init__`` that puts the real one in its place."""

    def __init__(self: Any, *positional: Any, **named: Any) -> None:  # noqa: N807 - becomes the method
        cls.__init__ = _init(cls, names, defaults, frozen=frozen)
        cls.__init__(self, *positional, **named)

    return __init__


def _init(cls: Any, names: tuple[str, ...], defaults: dict[str, Any], *, frozen: bool) -> Any:
    """The function that sets every field; what it refers to stands in its globals, as in the standard library's."""
    scope: dict[str, Any] = {"_NOT_GIVEN": _NOT_GIVEN}
    parameters, body = ["self"], ["pass"]
    for name in names:
        parameter = value = name
        default, factory = _default(defaults[name]) if name in defaults else (_NONE, None)
        if factory is not None:
            scope[f"_make_{name}"] = factory
            value = f"_make_{name}() if {name} is _NOT_GIVEN else {name}"
        if default is not _NONE:
            scope[f"_default_{name}"] = default
            parameter = f"{name}=_default_{name}"
        parameters.append(parameter)
        if frozen:  # past __setattr__, which refuses
            scope[f"_set_{name}"] = _setter(cls, name)
            body.append(f"_set_{name}(self, {value})")
        else:
            body.append(f"self.{name} = {value}")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(body), scope)  # noqa: S102 - names of fields, nothing read
    made = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _setter(cls: Any, name: str) -> Callable[[Any, Any], None]:
    member = vars(cls).get(name)
    if hasattr(member, "__set__"):
        setter: Callable[[Any, Any], None] = member.__set__
        return setter
    return lambda self, value: object.__setattr__(self, name, value)


def _default(given: Any) -> tuple[Any, Callable[[], Any] | None]:
    """The default, and what makes one for each instance where it must not be shared."""
    if isinstance(given, _Field):
        given = given.options
    elif (standard := sys.modules.get("dataclasses")) is not None and isinstance(given, standard.Field):
        given = {name: value for name in ("default", "default_factory") if (value := getattr(given, name)) is not standard.MISSING}
    else:
        return given, None
    return (_NOT_GIVEN, given["default_factory"]) if "default_factory" in given else (given.get("default", _NONE), None)


class _Fields:
    """``__dataclass_fields__``: asked from the standard library at the first use."""

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._annotations = annotations
        self._defaults = defaults

    def __get__(self, instance: object, owner: Any) -> Any:
        import dataclasses

        # A docstring of its own keeps the standard library from writing one, which takes longer than all the rest.
        given = {name: dataclasses.field(**value.options) if isinstance(value, _Field) else value for name, value in self._defaults.items()}
        namespace = {"__annotations__": self._annotations, **given, "__module__": owner.__module__, "__doc__": owner.__doc__}
        same: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type(owner.__name__, (), namespace))
        found = same.__dataclass_fields__
        holder = next(each for each in owner.__mro__ if vars(each).get("__dataclass_fields__") is self)
        holder.__dataclass_fields__ = found
        return found


def _text(self: Any) -> str:
    from dataclasses import fields

    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_assignment(self: object, name: str, value: object) -> None:  # noqa: ARG001 - as Python calls it
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: object, name: str) -> None:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")
