"""Conversion of values, as Terraform does it for variables, function arguments and operands: cty's convert package.

Facts: https://github.com/zclconf/go-cty, cty/convert/conversion_*.go. Messages are Terraform's own.
"""

from __future__ import annotations

from fractions import Fraction

from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.cty.mismatch import mismatch_message, quoted
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    constraint_name,
    friendly_name,
    without_optional,
)
from bbws_gate.terraform.cty.unify import common_element, conversion_exists, unify
from bbws_gate.terraform.cty.values import FALSE, TRUE, Unknown, Value, first_unknown, object_of, tuple_of

__all__ = ["ConvertError", "constraint_name", "conversion_exists", "convert", "friendly_name", "unify"]


class ConvertError(Exception):
    """A value does not convert; the text is Terraform's message, ``path`` leads to the part that is at fault."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        """As Terraform writes it, ``.rules["web"][0]``; empty for the value as a whole."""

    @property
    def located(self) -> str:
        """The message behind the path: ``.rules["web"][0]: a number is required``."""
        return f"{self.path}: {self.message}" if self.path else self.message


def convert(value: Value, to: Type) -> Value:
    """``value`` as a value of type ``to``, or ConvertError.

    Null and unknown values keep being so and get the type; an unknown one keeps its reason. ``any`` in ``to`` becomes the type that
    fits the value. Optional attributes that are absent become null, attributes that ``to`` does not name are dropped. Marks stay.
    """
    if to is DYNAMIC or value.type is to or value.type == to or value.type == without_optional(to):
        return value
    if not conversion_exists(value.type, to):
        raise ConvertError(mismatch_message(value.type, to))
    return _converted(value, to)


def _converted(value: Value, to: Type) -> Value:
    """The conversion itself; that one exists for the types has been seen before."""
    if to is DYNAMIC or value.type is to or value.type == to:
        return value
    if value.sensitive:
        return _converted(value.unmarked(), to).marked()
    raw = value.raw
    if raw is None or isinstance(raw, Unknown):
        return Value(_filled_in(value.type, without_optional(to)), raw)
    if isinstance(to, Primitive):
        return _to_primitive(value, to)
    if isinstance(to, ObjectOf) and isinstance(raw, dict):
        return _to_object(value, raw, to)
    if isinstance(to, MapOf) and isinstance(raw, dict):
        return _to_map(value, raw, to)
    if isinstance(to, TupleOf) and isinstance(raw, tuple):
        return tuple_of(tuple([_part(part, to.elements[index], f"[{index}]") for index, part in enumerate(raw)]))
    if isinstance(to, (ListOf, SetOf)) and isinstance(raw, tuple):
        return _to_sequence(value, raw, to)
    raise _mismatch(value.type, to)


def _part(value: Value, to: Type, step: str) -> Value:
    """A part of a value converted; ``step`` leads to it, for errors."""
    if value.type is to:
        return value
    try:
        return _converted(value, to)
    except ConvertError as problem:
        raise ConvertError(problem.message, step + problem.path) from None


def _mismatch(source: Type, to: Type) -> ConvertError:
    return ConvertError(mismatch_message(source, to))


def _to_primitive(value: Value, to: Primitive) -> Value:
    raw = value.raw
    if to is STRING and isinstance(raw, bool):
        return Value(STRING, "true" if raw else "false")
    if to is STRING and isinstance(raw, (int, float, Fraction)):
        return Value(STRING, numbers.text(raw))
    if to is NUMBER and isinstance(raw, str):
        try:
            return Value(NUMBER, numbers.parse(raw))
        except ValueError as problem:
            raise ConvertError(str(problem)) from None
    if to is BOOL and isinstance(raw, str):
        return _to_bool(raw)
    raise _mismatch(value.type, to)


def _to_bool(text: str) -> Value:
    if text in {"true", "1"}:
        return TRUE
    if text in {"false", "0"}:
        return FALSE
    lower = text.lower()
    hint = f"; to convert from string, use lowercase {quoted(lower)}" if lower in {"true", "false"} else ""
    raise ConvertError(f"a bool is required{hint}")


def _to_object(value: Value, parts: dict[str, Value], to: ObjectOf) -> Value:
    from_map = isinstance(value.type, MapOf)
    attributes: dict[str, Value] = {}
    for name, kind in to.attributes.items():
        part = parts.get(name)
        if part is None:
            if name not in to.optional:
                raise ConvertError(f"map has no element for required attribute {quoted(name)}")
            attributes[name] = Value(without_optional(kind), None)
            continue
        if from_map and not conversion_exists(part.type, kind):
            reason = mismatch_message(part.type, kind)
            raise ConvertError(f"map element type is incompatible with attribute {quoted(name)}: {reason}")
        attributes[name] = _part(part, kind, f"[{quoted(name)}]" if from_map else f".{name}")
    return object_of(attributes)


def _to_map(value: Value, parts: dict[str, Value], to: MapOf) -> Value:
    element = to.element
    if not parts:
        known = value.type.element if element is DYNAMIC and isinstance(value.type, MapOf) else element
        return Value(MapOf(without_optional(known)), {})
    if element is DYNAMIC and isinstance(value.type, ObjectOf):
        element = unify(tuple(value.type.attributes.values())) or DYNAMIC
    names = sorted(parts)
    converted = [part if (part := parts[name]).type is element else _part(part, element, f"[{quoted(name)}]") for name in names]
    if not isinstance(element, (Primitive, TupleOf)):
        converted = _alike(converted)
    kind = _element_type(converted, "map")
    return Value(MapOf(kind), dict(zip(names, _retyped(converted, kind), strict=True)))


def _to_sequence(value: Value, parts: tuple[Value, ...], to: ListOf | SetOf) -> Value:
    element: Type | None = to.element
    if not parts:
        known = value.type.element if element is DYNAMIC and isinstance(value.type, (ListOf, SetOf)) else to.element
        return Value(type(to)(without_optional(known)), ())
    if isinstance(value.type, TupleOf):
        element = common_element(value.type.elements, to.element)
    if element is None:
        raise _mismatch(value.type, to)
    if isinstance(value.type, SetOf) and isinstance(to, ListOf) and len(parts) > 1:
        pending = first_unknown(value)
        if pending is not None:
            return Value(ListOf(value.type.element), pending)
    converted = [_part(part, element, f"[{index}]") for index, part in enumerate(parts)]
    if isinstance(value.type, TupleOf) and isinstance(to, ListOf):
        converted = _alike(converted)
    kind = _element_type(converted, to.word)
    return set_of(kind, converted) if isinstance(to, SetOf) else Value(ListOf(kind), tuple(_retyped(converted, kind)))


def _alike(parts: list[Value]) -> list[Value]:
    """Parts that ``any`` inside the element type let differ, brought to one type."""
    kinds = list(dict.fromkeys([part.type for part in parts]))
    if len(kinds) <= 1:
        return parts
    common = unify(kinds)
    if common is None:
        raise ConvertError("cannot find a common base type for all elements")
    return [_converted(part, common) for part in parts]


def _element_type(parts: list[Value], word: str) -> Type:
    kinds = {part.type for part in parts} - {DYNAMIC}
    if len(kinds) > 1:
        raise ConvertError(f"element types must all match for conversion to {word}")
    return kinds.pop() if kinds else DYNAMIC


def _retyped(parts: list[Value], kind: Type) -> list[Value]:
    """Untyped nulls and unknowns take the type of the collection's elements."""
    return [part if part.type == kind else Value(kind, part.raw, part.sensitive) for part in parts]


def _filled_in(source: Type, target: Type) -> Type:
    """``target`` with what ``source`` knows in place of ``any``: the type of a converted null or unknown."""
    if source is DYNAMIC:
        return target
    if target is DYNAMIC:
        return source
    if isinstance(target, MapOf):
        return MapOf(_filled_in(_common_part(source), target.element))
    if isinstance(target, (ListOf, SetOf)):
        return type(target)(_filled_in(_common_part(source), target.element))
    if isinstance(target, TupleOf) and isinstance(source, TupleOf):
        return TupleOf(tuple(map(_filled_in, source.elements, target.elements)))
    if isinstance(target, ObjectOf) and isinstance(source, ObjectOf):
        return ObjectOf({name: _filled_in(source.attributes.get(name, DYNAMIC), kind) for name, kind in target.attributes.items()})
    if isinstance(target, ObjectOf) and isinstance(source, MapOf):
        return ObjectOf({name: _filled_in(source.element, kind) for name, kind in target.attributes.items()})
    return target


def _common_part(source: Type) -> Type:
    if isinstance(source, (ListOf, SetOf, MapOf)):
        return source.element
    if isinstance(source, TupleOf):
        return unify(source.elements) or DYNAMIC
    return unify(tuple(source.attributes.values())) or DYNAMIC if isinstance(source, ObjectOf) else DYNAMIC
