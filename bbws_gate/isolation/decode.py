"""From JSON to frozen values, by the annotations of their classes and as strictly as they are written.

What comes from a worker is not believed: every value must have exactly the type that stands in the annotation, every field must be there,
and nothing else. Records are what a worker writes: objects for dataclasses, lists for named tuples.
A general validation library takes longer to load and to build its validators than a small assessment takes to be made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from itertools import product
from math import prod
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from bbws_gate.deferred import regex

T = TypeVar("T")
_SURROGATE = regex(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")
"""Half a character, spelled out; UTF-8 itself cannot hold it."""
_MOST_ROWS = 1024
"""Each optional field doubles their number."""


class Unexpected(ValueError):
    """What came is not what was asked for."""


class _Shape(NamedTuple):
    """What a value may be in JSON, and what is made of it."""

    types: frozenset[type]
    make: Callable[[Any], Any] | None
    """None where the value is taken as it is."""


def decode(payload: bytes, kind: type[T]) -> T:
    """The value of type ``kind`` that ``payload`` holds.

    Args:
        payload: JSON, UTF-8.
        kind: a scalar, a dataclass or a named tuple whose annotations are made of those, ``tuple``, ``Mapping[str, ...]``, enumerations,
            dates and decimals; each may be ``None`` as well.

    Raises:
        Unexpected: it holds no such value.
    """
    if b"\\u" in payload and _SURROGATE.search(payload):
        raise Unexpected("half a character")
    try:
        value = json.loads(payload.decode("utf-8"), parse_constant=_refuse)
        made: T = _value(shape(kind), value)
    except Unexpected:
        raise
    except (ValueError, LookupError, TypeError, RecursionError, InvalidOperation) as error:
        raise Unexpected(str(error)) from error
    return made


def shape(kind: Any) -> _Shape:
    """How a type looks in JSON; found out once.

    Raises:
        NotImplementedError: an annotation that no value of the model has.
    """
    return _shape(kind)


@cache
def _shape(kind: Any) -> _Shape:
    origin = get_origin(kind)
    if origin is UnionType:
        return _union(get_args(kind))
    if origin is tuple:
        return _Shape(frozenset({list}), _tuple(*get_args(kind)))
    if origin is not None and issubclass(origin, Mapping):
        return _Shape(frozenset({dict}), _mapping(get_args(kind)))
    if kind in (str, int, bool, NoneType):
        return _Shape(frozenset({kind}), None)
    if kind in _WRITTEN:
        return _Shape(frozenset({str}), _WRITTEN[kind])
    if issubclass(kind, Enum):
        return _Shape(frozenset({str}), {member.value: member for member in kind}.__getitem__)
    if issubclass(kind, tuple):
        return _Shape(frozenset({list}), _named_tuple(kind))
    if hasattr(kind, "__dataclass_fields__"):
        return _Shape(frozenset({dict}), _dataclass(kind))
    raise NotImplementedError(f"{kind} cannot be read from JSON")


def _value(wanted: _Shape, value: Any) -> Any:
    if type(value) not in wanted.types:
        raise Unexpected(f"{type(value).__name__} where {' or '.join(sorted(each.__name__ for each in wanted.types))} belongs")
    return value if wanted.make is None else wanted.make(value)


def _union(kinds: tuple[Any, ...]) -> _Shape:
    """Told apart by what JSON has, so of two kinds that look the same there nobody could say which one is meant."""
    shapes = [shape(kind) for kind in kinds]
    if sum(len(each.types) for each in shapes) != len(frozenset().union(*(each.types for each in shapes))):
        raise NotImplementedError(f"{kinds} cannot be told apart in JSON")
    makers = {kind: each.make for each in shapes for kind in each.types if each.make is not None}
    types = frozenset().union(*(each.types for each in shapes))
    return _Shape(types, (lambda value: makers[type(value)](value) if type(value) in makers else value) if makers else None)


def _tuple(*kinds: Any) -> Callable[[list[Any]], tuple[Any, ...]]:
    if kinds[1:] != (...,):
        return _fields(kinds, tuple)
    types, make = shape(kinds[0])

    def read(values: list[Any]) -> tuple[Any, ...]:
        if not types.issuperset(map(type, values)):
            raise Unexpected("an item of another type")
        return tuple(values) if make is None else tuple([make(value) for value in values])

    return read


def _mapping(kinds: tuple[Any, ...]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    if kinds[0] is not str:
        raise NotImplementedError(f"keys of type {kinds[0]} cannot be read from JSON")
    types, make = shape(kinds[1])

    def read(values: dict[str, Any]) -> dict[str, Any]:
        if not types.issuperset(map(type, values.values())):
            raise Unexpected("a value of another type")
        return values if make is None else {key: make(value) for key, value in values.items()}

    return read


def _named_tuple(kind: Any) -> Callable[[list[Any]], Any]:
    return _fields(tuple(get_type_hints(kind).values()), partial(tuple.__new__, kind))


def _dataclass(kind: Any) -> Callable[[dict[str, Any]], Any]:
    hints = get_type_hints(kind)
    names = tuple(kind.__dataclass_fields__)
    read = _fields(tuple(hints[name] for name in names), lambda values: kind(*values))
    in_order = itemgetter(*names) if len(names) > 1 else lambda value: (value[names[0]],)

    def read_object(value: dict[str, Any]) -> Any:
        if len(value) != len(names):
            raise Unexpected(f"{len(value)} fields where {kind.__name__} has {len(names)}")
        return read(in_order(value))

    return read_object


def _fields(kinds: tuple[Any, ...], make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads so many values of these types, in this order."""
    shapes = [shape(kind) for kind in kinds]
    allowed = _rows([each.types for each in shapes])
    changes = [(number, each.make) for number, each in enumerate(shapes) if each.make is not None]

    def read(values: Any) -> Any:
        if not allowed(tuple(map(type, values))):
            raise Unexpected("values of other types")
        if changes:
            values = [*values]
            for number, change in changes:
                values[number] = change(values[number])
        return make(values)

    return read


def _rows(columns: list[frozenset[type]]) -> Callable[[tuple[type, ...]], bool]:
    """Whether a row of types is one of those that the columns allow; by one look-up where there are not too many."""
    if prod(map(len, columns)) <= _MOST_ROWS:
        return frozenset(product(*columns)).__contains__
    return lambda row: len(row) == len(columns) and all(kind in column for kind, column in zip(row, columns, strict=True))


def _date(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise Unexpected("a date that is written in another way")
    return found


def _decimal(text: str) -> Decimal:
    found = Decimal(text)
    if str(found) != text or not found.is_finite():
        raise Unexpected("a number that is written in another way")
    return found


def _refuse(name: str) -> None:
    raise Unexpected(f"{name} is no JSON")


_WRITTEN: dict[Any, Callable[[str], Any]] = {date: _date, Decimal: _decimal}
