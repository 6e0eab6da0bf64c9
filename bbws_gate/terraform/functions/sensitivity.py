"""Functions of marks: Terraform's funcs/sensitive.go, and ``ephemeralasnull``."""

from __future__ import annotations

from collections.abc import Callable

from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, Type
from bbws_gate.terraform.cty.values import TRUE, Unknown, Value, boolean
from bbws_gate.terraform.functions.base import Arguments, Context, Function, Parameter

_ANYTHING = Parameter("value", DYNAMIC, null=True, unknown=True, dynamic=True, marked=True)


def _keeping_type(name: str, change: Callable[[Value], Value]) -> Function:
    def implementation(arguments: Arguments, _: Type, _context: Context) -> Value:
        return change(arguments[0])

    return Function(name, (_ANYTHING,), lambda arguments: arguments[0].type, implementation)


def _issensitive(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = arguments[0]
    if given.sensitive:
        return TRUE
    return Value(promised, given.raw) if isinstance(given.raw, Unknown) else boolean(False)


FUNCTIONS = (
    # Files hold no ephemeral values: what is ephemeral is unknown, and stays so.
    _keeping_type("ephemeralasnull", lambda value: value),
    Function("issensitive", (_ANYTHING,), BOOL, _issensitive),
    _keeping_type("nonsensitive", Value.unmarked),
    _keeping_type("sensitive", Value.marked),
)
