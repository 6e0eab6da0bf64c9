"""Defaults of optional object attributes, wherever in a type they stand: HCL's ext/typeexpr/defaults.go."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.deferred import dataclass
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.unify import unify
from bbws_gate.terraform.cty.values import Value, object_of, tuple_of


@dataclass(frozen=True, slots=True)
class Defaults:
    """The defaults of one type constraint and of the types within it."""

    type: Type
    values: Mapping[str, Value]
    """The default of each attribute that has one."""
    children: Mapping[str, Defaults]
    """By attribute name, by position in a tuple (as text), or ``""`` for the elements of a collection."""


def apply_defaults(value: Value, defaults: Defaults) -> Value:
    """``value`` with defaults where optional attributes are absent or null, at any depth.

    The result may still need conversion to the type; what does not fit is left as it is, for that conversion to report.
    """
    raw = value.raw
    if isinstance(raw, tuple):
        items = [_applied(item, _child(defaults, index)) for index, item in enumerate(raw)]
        result = _rebuilt_sequence(value.type, items)
    elif isinstance(raw, dict):
        named = {name: _applied(part, _child(defaults, name)) for name, part in raw.items()}
        for name, default in defaults.values.items():
            if name not in named or named[name].is_null:
                named[name] = _applied(default, defaults.children.get(name))
        result = _rebuilt_mapping(value.type, named)
    else:
        return value
    return result.marked() if value.sensitive else result


def _applied(value: Value, defaults: Defaults | None) -> Value:
    return value if defaults is None else apply_defaults(value, defaults)


def _child(defaults: Defaults, key: str | int) -> Defaults | None:
    if isinstance(defaults.type, TupleOf) and isinstance(key, int):
        return defaults.children.get(str(key))
    if isinstance(defaults.type, ObjectOf) and isinstance(key, str):
        return defaults.children.get(key)
    return defaults.children.get("")


def _rebuilt_sequence(kind: Type, items: list[Value]) -> Value:
    if not items and isinstance(kind, (ListOf, SetOf)):
        return Value(kind, ())
    alike = _alike(items) if isinstance(kind, (ListOf, SetOf)) else None
    if alike is None:
        return tuple_of(tuple(items))
    element = alike[0].type
    return set_of(element, alike) if isinstance(kind, SetOf) else Value(ListOf(element), tuple(alike))


def _rebuilt_mapping(kind: Type, named: dict[str, Value]) -> Value:
    if not named and isinstance(kind, MapOf):
        return Value(kind, {})
    names = sorted(named)
    alike = _alike([named[name] for name in names]) if isinstance(kind, MapOf) else None
    if alike is None:
        return object_of(named)
    return Value(MapOf(alike[0].type), dict(zip(names, alike, strict=True)))


def _alike(items: list[Value]) -> list[Value] | None:
    """All of one type, or None when there is none for them."""
    common = unify([item.type for item in items])
    if common is None:
        return None
    try:
        converted = [convert(item, common) for item in items]
    except ConvertError:
        return None
    return converted if all(item.type == converted[0].type for item in converted) else None
