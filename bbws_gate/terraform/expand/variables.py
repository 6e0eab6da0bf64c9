"""Input variables: types, defaults, null rules, sensitivity (https://developer.hashicorp.com/terraform/language/block/variable)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bbws_gate.model import Place
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument, literal_bool
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.typeexpr import Defaults, TypeExprError, apply_defaults, parse_type
from bbws_gate.terraform.cty.types import DYNAMIC, ListOf, MapOf, ObjectOf, Primitive, Type, has_dynamic
from bbws_gate.terraform.cty.values import Unknown, Value, object_of, string, tuple_of, unknown
from bbws_gate.terraform.evaluate import Scope
from bbws_gate.terraform.evaluate.partial import untyped
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.parse import ParseError, parse_expression
from bbws_gate.terraform.syntax import Block, Expression


@dataclass(frozen=True, slots=True)
class Declared:
    """What a ``variable`` block declares."""

    name: str
    place: Place
    type: Type
    defaults: Defaults | None
    default: Expression | None
    nullable: bool
    sensitive: bool
    is_literal: bool
    """Whether text from ``-var`` is the value itself: for primitive types and where no type is written."""


def declare(block: Block, guard: Guard) -> Declared:
    """Reads a ``variable`` block; a type that cannot be read is reported and counts as ``any``."""
    name = block.labels[0]
    body = block.body
    kind: Type = DYNAMIC
    defaults: Defaults | None = None
    expression = argument(body, "type")
    if expression is not None:
        try:
            kind, defaults = parse_type(expression)
        except TypeExprError as error:
            guard.add("VAR004", f"var.{name}: {error}", expression.span.place)
    return Declared(
        name,
        block.header.place,
        kind,
        defaults,
        argument(body, "default"),
        literal_bool(argument(body, "nullable")) is not False,
        literal_bool(argument(body, "sensitive")) is True,
        expression is None or (isinstance(kind, Primitive) and kind is not DYNAMIC),
    )


def default_value(declared: Declared, constants: Scope, guard: Guard) -> Value | None:
    """The default, converted; None when there is none."""
    if declared.default is None:
        return None
    value = guard.value(declared.default, constants, f"var.{declared.name}.default")
    return _fitted(declared, value, declared.default.span.place, "its default", guard)


def given_value(declared: Declared, given: Given, constants: Scope, guard: Guard) -> Value:
    """What a tfvars file or ``-var`` gives, not converted yet."""
    subject = f"var.{declared.name} from {given.source}"
    if not isinstance(given.value, str):
        return guard.value(given.value, constants, subject)
    if declared.is_literal:
        return string(given.value)
    try:
        expression = parse_expression(given.value, declared.place.path, declared.place.line)
    except ParseError as error:
        guard.add("VAR004", f"{subject}: {error}", declared.place)
        return unknown(f"{subject} cannot be read", declared.type)
    return guard.value(expression, constants, subject)


class Assigned(NamedTuple):
    """A value that a variable is given, and where, for problems: ``var.names from prod.tfvars``."""

    value: Value | None
    """None when nothing gives one."""
    place: Place
    what: str


def final_value(declared: Declared, assigned: Assigned, default: Value | None, guard: Guard) -> Value:
    """What the variable is: the assigned value, else the default; of the declared type, sensitive where it is declared so."""
    value = assigned.value
    if value is None:
        result = default if default is not None else _required(declared, assigned, guard)
    elif value.raw is None and not declared.nullable:
        result = default if default is not None else _not_null(declared, assigned.place, assigned.what, guard)
    else:
        result = _fitted(declared, value, assigned.place, assigned.what, guard)
    return result.marked() if declared.sensitive else result


def _required(declared: Declared, assigned: Assigned, guard: Guard) -> Value:
    guard.add("VAR001", f"{assigned.what} is required and nothing gives it a value", assigned.place)
    return unknown(f"{assigned.what} has no value", declared.type)


def _not_null(declared: Declared, place: Place, what: str, guard: Guard) -> Value:
    guard.add("VAR004", f"{what} is null, which var.{declared.name} does not allow", place)
    return unknown(f"var.{declared.name} must not be null", declared.type)


def _fitted(declared: Declared, value: Value, place: Place, what: str, guard: Guard) -> Value:
    try:
        opened = opened_to(value, declared.type)
        if declared.defaults is not None and value.raw is not None:
            opened = apply_defaults(opened, declared.defaults)
        return convert(opened, declared.type)
    except ConvertError as error:
        doubt = untyped(value) if has_dynamic(declared.type) else None
        if doubt is not None:
            return unknown(doubt.reason, declared.type)
        guard.add("VAR004", f"{what} does not fit var.{declared.name}: {error.located}", place)
        return unknown(f"{what} does not fit its type", declared.type)


def opened_to(value: Value, kind: Type) -> Value:
    """``value`` with every resource in it as the object that ``kind`` asks for, so that what is known of it stays known."""
    raw = value.raw
    if type(raw) is Unknown:
        if raw.known is None or not isinstance(kind, ObjectOf) or value.type is not DYNAMIC:
            return value
        known = {name: raw.known.attribute(name) for name in kind.attributes}
        return object_of({name: opened_to(part, kind.attributes[name]) for name, part in known.items() if part is not None})
    if isinstance(kind, (ListOf, MapOf)) and isinstance(raw, (tuple, dict)) and _may_open(kind.element):
        if isinstance(raw, tuple):
            return _same_mark(tuple_of(tuple([opened_to(item, kind.element) for item in raw])), value)
        return _same_mark(object_of({name: opened_to(item, kind.element) for name, item in raw.items()}), value)
    if isinstance(kind, ObjectOf) and isinstance(raw, dict) and any(map(_may_open, kind.attributes.values())):
        parts = {name: opened_to(item, kind.attributes.get(name, DYNAMIC)) for name, item in raw.items()}
        return _same_mark(object_of(parts), value)
    return value


def _may_open(kind: Type) -> bool:
    return isinstance(kind, (ListOf, MapOf, ObjectOf))


def _same_mark(value: Value, source: Value) -> Value:
    return value.marked() if source.sensitive else value
