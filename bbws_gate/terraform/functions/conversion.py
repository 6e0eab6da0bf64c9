"""Type conversion functions: Terraform's funcs/conversion.go."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import ConvertError, conversion_exists, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    SetOf,
    Type,
    constraint_name,
    friendly_name,
)
from bbws_gate.terraform.cty.values import Unknown, Value, any_sensitive
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter


def _converter(name: str, wanted: Type) -> Function:
    """``tostring`` and its kin."""

    def result(arguments: Arguments) -> Type:
        given = arguments[0].type
        if not conversion_exists(given, wanted):
            raise FunctionError(f"cannot convert {friendly_name(given)} to {constraint_name(wanted)}", 0)
        return wanted

    def implementation(arguments: Arguments, promised: Type, _: Context) -> Value:
        given = arguments[0]
        if isinstance(given.raw, Unknown):
            return Value(promised, Unknown(given.raw.reason), given.sensitive)
        try:
            return convert(given, promised)
        except ConvertError as error:
            raise FunctionError(_failed_conversion(given, wanted), 0) from error

    return Function(name, (Parameter("v", DYNAMIC, null=True, unknown=True, dynamic=True, marked=True),), result, implementation)


def _failed_conversion(given: Value, wanted: Type) -> str:
    if any_sensitive(given):
        return f"cannot convert this sensitive {friendly_name(given.type)} to {constraint_name(wanted)}"
    if isinstance(given.raw, str) and wanted is BOOL:
        return f'cannot convert {quoted(given.raw)} to bool; only the strings "true" or "false" are allowed'
    if isinstance(given.raw, str) and wanted is NUMBER:
        return f"cannot convert {quoted(given.raw)} to number; given string must be a decimal representation of a number"
    return f"cannot convert {friendly_name(given.type)} to {constraint_name(wanted)}"


def _console_only(_: Arguments, _promised: Type, _context: Context) -> Value:
    raise FunctionError('The console-only "type" function cannot be used as part of an expression.', summary="Invalid use of type function")


def _removed(name: str, instead: str) -> Function:
    """A function of Terraform 0.11, of which only the error is left."""

    def refuse(_: Arguments) -> Type:
        raise FunctionError(
            f'the "{name}" function was deprecated in Terraform v0.12 and is no longer available; '
            f"use {instead} syntax to write a literal {name}"
        )

    def never(_: Arguments, promised: Type, _context: Context) -> Value:
        return Value(promised, None)

    return Function(name, (), refuse, never, Parameter("vals", DYNAMIC, null=True, unknown=True, dynamic=True))


FUNCTIONS = (
    _removed("list", "tolist([ ... ])"),
    _removed("map", "tomap({ ... })"),
    _converter("tobool", BOOL),
    _converter("tolist", ListOf(DYNAMIC)),
    _converter("tomap", MapOf(DYNAMIC)),
    _converter("tonumber", NUMBER),
    _converter("toset", SetOf(DYNAMIC)),
    _converter("tostring", STRING),
    Function("type", (Parameter("value", DYNAMIC, null=True, unknown=True, dynamic=True),), DYNAMIC, _console_only),
)
