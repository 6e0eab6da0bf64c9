"""Terraform's values: a type, and either what it is, null, or unknown with the reason.

``Value`` is the only currency of the evaluator and the function library. It is immutable by agreement: never change ``raw``.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol, TypeAlias, final

from bbws_gate.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    MAX_PARTS,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TooComplex,
    TupleOf,
    Type,
)


class KnownAttributes(Protocol):
    """What is known of an object that is not wholly known."""

    single: bool
    """Whether it is certainly one object, not a list of them."""

    def attribute(self, name: str) -> Value | None:
        """The attribute, unknown with a reason when it is not among the known ones; None when there is none of that name."""
        ...


@final
class Unknown:
    """A value that files cannot tell, and why: ``aws_s3_bucket.x.arn is known after apply``.

    ``known`` holds the attributes that are known of an object which as a whole is not: a resource's written arguments. Only
    attribute access looks at it; every operation and function sees a plain unknown. Keep the instance when a value passes through.
    ``not_null`` says that it cannot turn out to be null, as the results of operators, templates and most functions cannot: then
    ``x == null`` is false although ``x`` is unknown.
    """

    __slots__ = ("known", "not_null", "reason")

    def __init__(self, reason: str, known: KnownAttributes | None = None, not_null: bool = False) -> None:
        self.reason = reason
        self.known = known
        self.not_null = not_null or (known is not None and known.single)

    def as_not_null(self) -> Unknown:
        """What an operation makes of this: a value as unknown, for the same reason, but surely not null."""
        return self if self.not_null and self.known is None else Unknown(self.reason, not_null=True)

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"


Number: TypeAlias = int | Fraction | float
"""Exact integers; fractions whose denominator is a power of two with at most 512 bits of mantissa; float only for +Inf, -Inf and -0.0."""

Raw: TypeAlias = "None | str | bool | int | Fraction | float | tuple[Value, ...] | dict[str, Value] | Unknown"


def _counted(parts: Iterable[Value]) -> int:
    count = 1 + sum([part.count for part in parts])
    if count > MAX_PARTS:
        raise TooComplex(f"is made of more than {MAX_PARTS:,} values")
    return count


@final
class Value:
    """One value.

    ``raw`` is None for null; str, bool or :data:`Number` for primitives; a tuple of values for lists, tuples and sets (a set's in
    Terraform's iteration order, without repetitions); a dict with keys in code-point order for maps and objects; or :class:`Unknown`.
    ``sensitive`` marks this very value (cty marks are deep: a part of a collection may be marked when the whole is not).
    ``count`` says of how many values it is made, itself included, a shared one counted as often as it occurs.

    Raises:
        TooComplex: it would be made of more than MAX_PARTS values.
    """

    __slots__ = ("count", "raw", "sensitive", "type")

    def __init__(self, type: Type, raw: Raw, sensitive: bool = False) -> None:
        self.type = type
        self.raw = raw
        self.sensitive = sensitive
        if isinstance(raw, tuple):
            self.count = _counted(raw)
        elif isinstance(raw, dict):
            self.count = _counted(raw.values())
        else:
            self.count = 1

    def __repr__(self) -> str:
        return f"Value({self.type!r}, {'(sensitive)' if self.sensitive else repr(self.raw)})"

    @property
    def is_null(self) -> bool:
        """Null, of whatever type."""
        return self.raw is None

    @property
    def is_known(self) -> bool:
        """Not unknown itself; parts of it may be (see :func:`first_unknown`)."""
        return type(self.raw) is not Unknown

    def marked(self) -> Value:
        """This value, sensitive."""
        return self if self.sensitive else Value(self.type, self.raw, True)

    def unmarked(self) -> Value:
        """This value, its own mark removed (marks of its parts stay)."""
        return Value(self.type, self.raw) if self.sensitive else self


TRUE = Value(BOOL, True)
FALSE = Value(BOOL, False)
NULL = Value(DYNAMIC, None)
EMPTY_TUPLE = Value(TupleOf(()), ())
EMPTY_OBJECT = Value(ObjectOf({}), {})


def string(text: str) -> Value:
    """A known string; the caller gives NFC-normalised text."""
    return Value(STRING, text)


def number(amount: Number) -> Value:
    """A known number."""
    return Value(NUMBER, amount)


def boolean(truth: bool) -> Value:
    """A known bool."""
    return TRUE if truth else FALSE


def unknown(reason: str, type: Type = DYNAMIC, *, not_null: bool = False) -> Value:
    """A value that files cannot tell; ``not_null`` when it surely is not null."""
    return Value(type, Unknown(reason, not_null=not_null))


def tuple_of(items: tuple[Value, ...]) -> Value:
    """A tuple with the types of its items."""
    return Value(TupleOf(tuple([item.type for item in items])), items)


def object_of(attributes: dict[str, Value]) -> Value:
    """An object with the types of its attributes; keys are put in order here."""
    ordered = {name: attributes[name] for name in sorted(attributes)}
    return Value(ObjectOf({name: value.type for name, value in ordered.items()}), ordered)


def first_unknown(value: Value) -> Unknown | None:
    """The first unknown in ``value`` or its parts, or None when it is wholly known."""
    raw = value.raw
    if type(raw) is Unknown:
        return raw
    if type(raw) is tuple:
        parts = raw
    elif type(raw) is dict:
        parts = tuple(raw.values())
    else:
        return None
    for part in parts:
        found = first_unknown(part)
        if found is not None:
            return found
    return None


def any_sensitive(value: Value) -> bool:
    """Whether ``value`` or a part of it is sensitive."""
    if value.sensitive:
        return True
    raw = value.raw
    if type(raw) is tuple:
        return any(any_sensitive(part) for part in raw)
    if type(raw) is dict:
        return any(any_sensitive(part) for part in raw.values())
    return False


def is_collection(kind: Type) -> bool:
    """list, set or map."""
    return isinstance(kind, (ListOf, SetOf, MapOf))
