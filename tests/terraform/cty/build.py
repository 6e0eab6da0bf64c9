"""Short ways to write values in tests."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import convert
from bbws_gate.terraform.cty.plain import from_plain
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, MapOf, SetOf, Type
from bbws_gate.terraform.cty.values import Value, object_of, tuple_of, unknown

LIST, SET, MAP = ListOf(DYNAMIC), SetOf(DYNAMIC), MapOf(DYNAMIC)
U = unknown("known after apply", STRING)


def v(plain: object) -> Value:
    """A literal as Terraform reads it: sequences are tuples, mappings objects."""
    return from_plain(plain)


def as_list(*items: object) -> Value:
    return convert(tuple_of(tuple(map(_value, items))), LIST)


def as_set(*items: object) -> Value:
    return convert(tuple_of(tuple(map(_value, items))), SET)


def as_map(**items: object) -> Value:
    return convert(object_of({name: _value(item) for name, item in items.items()}), MAP)


def to(kind: Type, plain: object) -> Value:
    return convert(v(plain), kind)


def parts(value: Value) -> tuple[Value, ...]:
    """The elements or attribute values of a known value."""
    return value.raw if isinstance(value.raw, tuple) else tuple(value.raw.values()) if isinstance(value.raw, dict) else ()


def _value(given: object) -> Value:
    return given if isinstance(given, Value) else v(given)
