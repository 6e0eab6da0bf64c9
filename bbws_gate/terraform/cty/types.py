"""Terraform's types, as cty has them (https://github.com/zclconf/go-cty/blob/main/docs/types.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias, final

MAX_DEPTH: Final = 100
"""How deep types, and with them values, may be nested; whatever walks them may recurse."""
MAX_PARTS: Final = 500_000
"""How many parts a type or a value may have, counting what is shared as often as it occurs; whatever walks them may take each."""


class TooComplex(ValueError):
    """A type or value that is nested too deep or has too many parts; the text goes on from a subject: ``is nested ...``."""


def _measured(parts: Iterable[Type]) -> tuple[int, int]:
    depth, count = 0, 1
    for part in parts:
        count += part.count
        depth = max(depth, part.depth)
    if depth >= MAX_DEPTH:
        raise TooComplex(f"is nested more than {MAX_DEPTH} levels deep")
    if count > MAX_PARTS:
        raise TooComplex(f"is made of more than {MAX_PARTS:,} values")
    return depth + 1, count


@final
class Primitive:
    """``string``, ``number``, ``bool``; and ``any``: a type not yet known. Compare with ``is``."""

    __slots__ = ("name",)
    depth = 0
    count = 1

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
    __slots__ = ("count", "depth", "element")
    word = ""

    def __init__(self, element: Type) -> None:
        self.element = element
        self.depth, self.count = _measured((element,))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.element == other.element

    def __hash__(self) -> int:
        return hash((self.word, self.element))

    def __repr__(self) -> str:
        return f"{self.word}({self.element!r})"


@final
class ListOf(_Collection):
    """``list(element)``"""

    __slots__ = ()
    word = "list"


@final
class SetOf(_Collection):
    """``set(element)``"""

    __slots__ = ()
    word = "set"


@final
class MapOf(_Collection):
    """``map(element)``, keys are strings."""

    __slots__ = ()
    word = "map"


@final
class ObjectOf:
    """``object({...})``; ``optional`` names the attributes that a type constraint lets be absent."""

    __slots__ = ("attributes", "count", "depth", "optional")

    def __init__(self, attributes: dict[str, Type], optional: frozenset[str] = frozenset()) -> None:
        self.attributes = attributes
        self.optional = optional
        self.depth, self.count = _measured(attributes.values())

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

    __slots__ = ("count", "depth", "elements")

    def __init__(self, elements: tuple[Type, ...]) -> None:
        self.elements = elements
        self.depth, self.count = _measured(elements)

    def __eq__(self, other: object) -> bool:
        return type(other) is TupleOf and self.elements == other.elements

    def __hash__(self) -> int:
        return hash(("tuple", self.elements))

    def __repr__(self) -> str:
        return f"tuple([{', '.join(map(repr, self.elements))}])"


Type: TypeAlias = Primitive | ListOf | SetOf | MapOf | ObjectOf | TupleOf


def without_optional(kind: Type) -> Type:
    """The type that a known value has: the same, no attribute optional at any depth."""
    if isinstance(kind, ObjectOf):
        return ObjectOf({name: without_optional(part) for name, part in kind.attributes.items()})
    if isinstance(kind, TupleOf):
        return TupleOf(tuple([without_optional(part) for part in kind.elements]))
    return kind if isinstance(kind, Primitive) else type(kind)(without_optional(kind.element))


def has_dynamic(kind: Type) -> bool:
    """Whether a part of the type is not known yet."""
    if isinstance(kind, ObjectOf):
        return any(has_dynamic(part) for part in kind.attributes.values())
    if isinstance(kind, TupleOf):
        return any(has_dynamic(part) for part in kind.elements)
    return kind is DYNAMIC if isinstance(kind, Primitive) else has_dynamic(kind.element)


def conforms(given: Type, wanted: Type) -> bool:
    """Whether a value of ``given`` can stand where ``wanted`` is asked for without conversion: ``any`` takes everything."""
    if wanted is DYNAMIC or given == wanted:
        return True
    if isinstance(given, ObjectOf) and isinstance(wanted, ObjectOf):
        return given.attributes.keys() == wanted.attributes.keys() and all(
            conforms(given.attributes[name], part) for name, part in wanted.attributes.items()
        )
    if isinstance(given, TupleOf) and isinstance(wanted, TupleOf):
        return len(given.elements) == len(wanted.elements) and all(map(conforms, given.elements, wanted.elements))
    if isinstance(given, _Collection) and isinstance(wanted, _Collection):
        return type(given) is type(wanted) and conforms(given.element, wanted.element)
    return False


def friendly_name(kind: Type) -> str:
    """The type in words, as Terraform's messages name it: ``list of string``, ``object``, ``dynamic``."""
    if isinstance(kind, ObjectOf):
        return "object"
    if isinstance(kind, TupleOf):
        return "tuple"
    if isinstance(kind, Primitive):
        return "dynamic" if kind is DYNAMIC else kind.name
    return f"{kind.word} of {friendly_name(kind.element)}"


def constraint_name(kind: Type) -> str:
    """The type constraint in words: ``list of any single type``, ``any type``."""
    if kind is DYNAMIC:
        return "any type"
    if isinstance(kind, (ListOf, SetOf, MapOf)):
        return f"{kind.word} of {'any single type' if kind.element is DYNAMIC else constraint_name(kind.element)}"
    return friendly_name(kind)
