"""Pydantic models that are made when pydantic is needed: for its words about what is wrong, and for JSON Schema.

Importing pydantic and making some thirty models took a third of a small ``check``, and nearly every value that is read is right.
A model is declared in pydantic's words, and type checkers know pydantic's classes. At run time the class here reads right values by its
annotations and hands all others to the pydantic model of the same declaration, which alone decides what is refused.
Supported is what this project uses: strict and frozen models, ``Field``, and ``model_validator(mode="after")``.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Union, get_args, get_origin, get_type_hints

from bbws_gate.deferred import fields
from bbws_gate.deferred.fields import AfterValidator
from bbws_gate.deferred.reading import NotPlain, Read, reader

__all__ = ["BaseModel", "ConfigDict", "Field", "model_validator", "pydantic_model"]


class _Names:
    """``model_fields``: the fields' names in their order; for all that pydantic says of them there is :func:`pydantic_model`."""

    def __get__(self, instance: object, owner: Any) -> dict[str, None]:
        return dict.fromkeys(_declaration(owner).names.values())


class _Model:
    """``pydantic.BaseModel``."""

    model_fields = _Names()

    def __new__(cls, /, **values: Any) -> Any:
        """The model with these values; pydantic's ValidationError when one is wrong."""
        return cls.model_validate(values)

    @classmethod
    def model_validate(cls: Any, values: Any) -> Any:
        """The model that ``values`` describe; pydantic's ValidationError when they describe none."""
        try:
            return cls.read_plain(values)
        except ValueError:
            return _ours(pydantic_model(cls).model_validate(values))

    @classmethod
    def read_plain(cls: Any, values: Any) -> Any:
        """The model that ``values`` describe; ValueError when they describe none, or when only pydantic can tell."""
        return _declaration(cls).read(values)

    @property
    def model_fields_set(self) -> set[str]:
        """Fields that were given; the others have their defaults."""
        return set(vars(self)[_GIVEN])

    def model_copy(self, *, update: dict[str, Any]) -> Any:
        """Another one with some other values, which are taken as they are."""
        return _instance(type(self), {**vars(self), **update}, vars(self)[_GIVEN] | update.keys())

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash((self.__class__, *_values(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in _values(self).items())})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot assign to {name!r}: {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r}: {type(self).__name__} is frozen")


if TYPE_CHECKING:
    from pydantic import BaseModel, ConfigDict, Field, model_validator  # type checkers know those
else:
    BaseModel = _Model
    ConfigDict = dict
    Field = fields.Field
    model_validator = fields.model_validator

_GIVEN = "fields that were given"
"""Among an instance's values; no field can have that name."""
_NONE = object()
"""No default."""


def _values(made: Any) -> dict[str, Any]:
    return {name: vars(made)[name] for name in made.model_fields}


def _instance(cls: Any, values: dict[str, Any], given: frozenset[str]) -> Any:
    made = object.__new__(cls)
    vars(made).update(values)
    vars(made)[_GIVEN] = given
    return made


class _Declaration:
    """What a class declares, and how its values are read."""

    def __init__(self, cls: Any) -> None:
        kinds = get_type_hints(cls, include_extras=True)
        self.names = {_key(name, kind): name for name, kind in kinds.items()}
        """Fields by the key that is written for them."""
        self._cls = cls
        self._readers = _Readers({key: kinds[name] for key, name in self.names.items()})
        self._constants: dict[str, Any] = {}
        self._made: dict[str, fields.Field] = {}
        self._required = {key for key in self.names if not self._has_default(key)}
        self._checks = [each.check for base in reversed(cls.__mro__) for each in vars(base).values() if isinstance(each, AfterValidator)]

    def _has_default(self, key: str) -> bool:
        default = getattr(self._cls, self.names[key], _NONE)
        if isinstance(default, fields.Field):
            self._made[key] = default.by_default()
            return default.has_default
        if default is not _NONE:
            self._constants[self.names[key]] = default
        return default is not _NONE

    def read(self, values: Any) -> Any:
        """The instance that ``values`` describe."""
        if type(values) is not dict or not self._required <= values.keys() <= self.names.keys():
            raise NotPlain
        given = {self.names[key]: self._readers[key](value) for key, value in values.items()}
        made = {self.names[key]: field.default(self._readers[key]) for key, field in self._made.items() if key not in values}
        instance = _instance(self._cls, {**self._constants, **made, **given}, frozenset(given))
        for check in self._checks:
            instance = check(instance)
        return instance


@cache
def _declaration(cls: Any) -> _Declaration:
    return _Declaration(cls)


class _Readers(dict[str, Read]):
    """By key; each is made when its key first comes: a spec has a third of all keys."""

    def __init__(self, kinds: dict[str, Any]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, key: str) -> Read:
        made = self[key] = reader(self._kinds[key])
        return made


def _key(name: str, kind: Any) -> str:
    """An alias takes the place of the name."""
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark.given["alias"] for mark in marks if isinstance(mark, fields.Field) and "alias" in mark.given), name)


@cache
def pydantic_model(cls: Any) -> Any:
    """The pydantic model of the declaration ``cls``."""
    import pydantic

    if cls is _Model:
        return pydantic.BaseModel
    kinds = get_type_hints(cls, include_extras=True)
    namespace = {name: _with_pydantic(value) for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    namespace["__annotations__"] = {name: _with_pydantic(kinds[name]) for name in cls.__annotations__}
    namespace["__qualname__"] = cls.__qualname__
    make: Any = type(pydantic.BaseModel)
    made = make(cls.__name__, tuple(map(pydantic_model, cls.__bases__)), namespace)
    made.declared_as = cls
    return made


def _ours(value: Any) -> Any:
    """What pydantic has read, as reading it directly gives it: one declaration has instances of one class."""
    kind = getattr(type(value), "declared_as", None)
    if kind is not None:
        values = {name: _ours(getattr(value, name)) for name in kind.model_fields}
        return _instance(kind, values, frozenset(value.model_fields_set))
    if type(value) is tuple:
        return tuple(map(_ours, value))
    return {key: _ours(inner) for key, inner in value.items()} if type(value) is dict else value


def _with_pydantic(value: Any) -> Any:
    """Pydantic's own in the place of what stands for it: what a class has, or an annotation down to its parts."""
    import pydantic

    if isinstance(value, fields.Field):
        return pydantic.Field(**value.given)
    if isinstance(value, AfterValidator):
        return pydantic.model_validator(mode="after")(value.check)
    kind: Any = value
    if isinstance(kind, type) and issubclass(kind, _Model):
        return pydantic_model(value)
    origin, parts = get_origin(value), tuple(map(_with_pydantic, get_args(value)))
    if origin is None or origin is Literal:
        return value
    return (Union if origin is UnionType else Annotated if origin is Annotated else origin)[parts]
