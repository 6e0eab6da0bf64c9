"""Plain values that are as an annotation wants them, read without pydantic.

Only what is certainly right is taken, and as strictly as pydantic's strict mode takes it. Everything else is :class:`NotPlain`:
whether it is wrong, and in which words, is for pydantic to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

Read = Callable[[Any], Any]
"""Gives what is made of a value; raises ValueError (:class:`NotPlain` is one) when it is not as it should be."""


class NotPlain(ValueError):
    """Not certainly right."""


def reader(kind: Any) -> Read:
    """What reads values of the type ``kind``: a scalar, a model, or a ``tuple``, ``Mapping``, ``Literal`` or ``... | None`` of those.

    In ``Annotated``, the method ``around(read)`` of each mark says what it makes of the reader of what stands before it.
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        read = reader(arguments[0])
        for mark in arguments[1:]:
            read = mark.around(read) if hasattr(mark, "around") else _refused
        return read
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return _items(reader(arguments[0]))
    if origin is Mapping:
        return _mapping(reader(arguments[0]), reader(arguments[1]))
    if origin is Literal:
        return _one_of(arguments)
    return _scalar(kind)


def _scalar(kind: Any) -> Read:
    if kind is Any:
        return lambda value: value
    if kind is str:
        return _text
    if kind in (bool, int, NoneType):
        return lambda value: value if type(value) is kind else _refused()
    read: Read = getattr(kind, "read_plain", _refused)  # a model; of anything else pydantic knows more
    return read


def _text(value: Any) -> str:
    if type(value) is not str:
        raise NotPlain
    if not value.isascii():
        value.encode()  # half a character is a ValueError
    return value


def _optional(kinds: tuple[Any, ...]) -> Read:
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) != 1 or len(kinds) != 2:
        return _refused
    read = reader(others[0])
    return lambda value: None if value is None else read(value)


def _items(read: Read) -> Read:
    return lambda value: tuple([read(item) for item in value]) if type(value) is tuple else _refused()


def _mapping(read_key: Read, read: Read) -> Read:
    return lambda value: {read_key(key): read(inner) for key, inner in value.items()} if type(value) is dict else _refused()


def _one_of(choices: tuple[Any, ...]) -> Read:
    allowed = {(type(choice), choice) for choice in choices}
    return lambda value: value if isinstance(value, str | int) and (type(value), value) in allowed else _refused()


def _refused(_: object = None) -> Any:
    raise NotPlain
