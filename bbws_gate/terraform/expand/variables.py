"""The values of input variables: defaults, null rules, sensitivity (https://developer.hashicorp.com/terraform/language/block/variable)."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.terraform import parse
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.typeexpr import apply_defaults
from bbws_gate.terraform.cty.types import DYNAMIC, ListOf, MapOf, ObjectOf, Type, has_dynamic
from bbws_gate.terraform.cty.values import NULL, Unknown, Value, object_of, string, tuple_of, unknown
from bbws_gate.terraform.evaluate import Scope
from bbws_gate.terraform.evaluate.partial import untyped
from bbws_gate.terraform.expand.declaration import Constraint, Declared
from bbws_gate.terraform.expand.guard import Guard


class Assigned(NamedTuple):
    """A value that a variable is given, and where, for problems: ``var.names from prod.tfvars``."""

    value: Value | None
    """None when nothing gives one."""
    place: Place
    what: str


def default_value(declared: Declared, constants: Scope, guard: Guard) -> Value | None:
    """The default; None when there is none.

    It becomes what its own file asks for, and then what each later file does: ``1.50`` for a number is ``"1.5"`` where the type is
    overridden with string.
    """
    value: Value | None = None
    place = declared.place
    for version in declared.versions:
        if version.default is not None:
            place = version.default.span.place
            value = guard.value(version.default, constants, f"var.{declared.name}.default")
            if value.is_null and not version.nullable:
                return _not_null(declared, Assigned(value, place, "its default"), guard)
            if version.constraint is not None:
                value = _fitted(declared.name, version.constraint, Assigned(value, place, "its default"), guard)
        if value is not None:
            value = _fitted(declared.name, Constraint(version.type, None), Assigned(value, place, "its default"), guard)
    if value is not None and value.is_null and not declared.nullable:
        return _not_null(declared, Assigned(value, place, "its default"), guard)
    return value


def given_value(declared: Declared, given: Given, constants: Scope, guard: Guard) -> Value:
    """What a tfvars file or ``-var`` gives, not converted yet."""
    subject = f"var.{declared.name} from {given.source}"
    if not isinstance(given.value, str):
        return guard.value(given.value, constants, subject)
    if declared.is_literal:
        return string(given.value)
    try:
        expression = parse.parse_expression(given.value, declared.place.path, declared.place.line)
    except parse.ParseError as error:
        guard.add("VAR004", f"{subject}: {error}", declared.place)
        return unknown(f"{subject} cannot be read", declared.type)
    return guard.value(expression, constants, subject)


def final_value(declared: Declared, assigned: Assigned, default: Value | None, guard: Guard) -> Value:
    """What the variable is: the assigned value, else the default; of the declared type, sensitive where it is declared so."""
    chosen = assigned
    if assigned.value is None and default is not None:
        chosen = Assigned(default, declared.place, "its default")
    if chosen.value is None:
        result = _required(declared, assigned, guard)
    elif chosen.value.is_null and not declared.nullable:
        result = default if default is not None else _not_null(declared, assigned, guard)
    else:
        result = _fitted(declared.name, declared.constraint, chosen, guard)
    return result.marked() if declared.sensitive else result


def _required(declared: Declared, assigned: Assigned, guard: Guard) -> Value:
    guard.add("VAR001", f"{assigned.what} is required and nothing gives it a value", assigned.place)
    return unknown(f"{assigned.what} has no value", declared.type)


def _not_null(declared: Declared, assigned: Assigned, guard: Guard) -> Value:
    guard.add("VAR004", f"{assigned.what} is null, which var.{declared.name} does not allow", assigned.place)
    return unknown(f"var.{declared.name} must not be null", declared.type)


def _fitted(name: str, constraint: Constraint, assigned: Assigned, guard: Guard) -> Value:
    value, kind = assigned.value or NULL, constraint.type
    try:
        opened = opened_to(value, kind)
        if constraint.defaults is not None and not value.is_null:
            opened = apply_defaults(opened, constraint.defaults)
        return convert(opened, kind)
    except ConvertError as error:
        doubt = untyped(value) if has_dynamic(kind) else None
        if doubt is not None:
            return unknown(doubt.reason, kind)
        guard.add("VAR004", f"{assigned.what} does not fit var.{name}: {error.located}", assigned.place)
        return unknown(f"{assigned.what} does not fit its type", kind)


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
