"""Terraform's types, as cty has them (https://github.com/zclconf/go-cty/blob/main/docs/types.md)."""

from __future__ import annotations

from typing import TypeAlias, final


@final
class Primitive:
    """``string``, ``number``, ``bool``; and ``any``: a type not yet known. Compare with ``is``."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


STRING = Primitive("string")
NUMBER = Primitive("number")
BOOL = Primitive("bool")
DYNAMIC = Primitive("any")
"""The type of an untyped null and of a value whose type is unknown; ``any`` in a type constraint."""


class _Collection:
    __slots__ = ("element",)
    _word = ""

    def __init__(self, element: Type) -> None:
        self.element = element

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.element == other.element

    def __hash__(self) -> int:
        return hash((self._word, self.element))

    def __repr__(self) -> str:
        return f"{self._word}({self.element!r})"


@final
class ListOf(_Collection):
    """``list(element)``"""

    __slots__ = ()
    _word = "list"


@final
class SetOf(_Collection):
    """``set(element)``"""

    __slots__ = ()
    _word = "set"


@final
class MapOf(_Collection):
    """``map(element)``, keys are strings."""

    __slots__ = ()
    _word = "map"


@final
class ObjectOf:
    """``object({...})``; ``optional`` names the attributes that a type constraint lets be absent."""

    __slots__ = ("attributes", "optional")

    def __init__(self, attributes: dict[str, Type], optional: frozenset[str] = frozenset()) -> None:
        self.attributes = attributes
        self.optional = optional

    def __eq__(self, other: object) -> bool:
        return type(other) is ObjectOf and self.attributes == other.attributes and self.optional == other.optional

    def __hash__(self) -> int:
        return hash(("object", frozenset(self.attributes.items()), self.optional))

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={kind!r}" for name, kind in sorted(self.attributes.items()))
        return f"object({{{inner}}})"


@final
class TupleOf:
    """``tuple([...])``"""

    __slots__ = ("elements",)

    def __init__(self, elements: tuple[Type, ...]) -> None:
        self.elements = elements

    def __eq__(self, other: object) -> bool:
        return type(other) is TupleOf and self.elements == other.elements

    def __hash__(self) -> int:
        return hash(("tuple", self.elements))

    def __repr__(self) -> str:
        return f"tuple([{', '.join(map(repr, self.elements))}])"


Type: TypeAlias = Primitive | ListOf | SetOf | MapOf | ObjectOf | TupleOf
