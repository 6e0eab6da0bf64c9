"""Terraform's operators on values: conversions, null rules, unknowns and marks (HCL's expression_ops.go, cty's stdlib functions).

Operands arrive evaluated. Where evaluating one fails, Terraform still lets the other decide ``&&`` and ``||``, and it ignores the
branch that a conditional does not choose: hand over an unknown in place of the failed operand, and report the failure only when the
result is unknown, or the failed branch was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.equality import equals
from bbws_gate.terraform.cty.mismatch import branch_mismatch
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.unify import unify
from bbws_gate.terraform.cty.values import Number, Unknown, Value, any_sensitive, boolean, number

_INCONSISTENT = "Inconsistent conditional result types"

_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": numbers.add,
    "-": numbers.sub,
    "*": numbers.mul,
    "/": numbers.div,
    "%": numbers.mod,
}
_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


class OperationError(Exception):
    """An operator refuses its operands; ``summary`` and ``detail`` are Terraform's words."""

    def __init__(self, summary: str, detail: str) -> None:
        super().__init__(f"{summary}: {detail}")
        self.summary = summary
        self.detail = detail


def binary(op: str, left: Value, right: Value) -> Value:
    """``left op right``; op is one of ``|| && == != < > <= >= + - * / %``.

    ``==`` and ``!=`` convert nothing; the others convert both operands to bool or number and refuse null. Raises OperationError.
    """
    if op in {"==", "!="}:
        result = equals(left, right)
        # Unlike cty's Equals, the operator passes on what is marked inside of a value even where the other is null.
        sensitive = any_sensitive(left) or any_sensitive(right)
        return Value(BOOL, result.raw is (op == "==") if result.is_known else result.raw, sensitive)
    kind = BOOL if op in {"&&", "||"} else NUMBER
    one, other = _operand(left, kind, "left"), _operand(right, kind, "right")
    result = _logical(op, one, other) if kind is BOOL else _numeric(op, one, other)
    return result.marked() if one.sensitive or other.sensitive else result


def _operand(given: Value, kind: Primitive, side: str) -> Value:
    try:
        return convert(given, kind)
    except ConvertError as problem:
        raise OperationError("Invalid operand", f"Unsuitable value for {side} operand: {problem}.") from None


def _logical(op: str, left: Value, right: Value) -> Value:
    """Either side decides alone, be the other unknown or null; a null that decides nothing counts as false for ``&&``."""
    controlling = op == "||"
    if controlling in [bool(operand.raw) for operand in (left, right) if operand.is_known]:
        return boolean(controlling)
    for operand in (left, right):
        if isinstance(operand.raw, Unknown):
            return Value(BOOL, operand.raw.as_not_null())
    if left.is_null or right.is_null:
        raise _null_argument()
    return boolean(not controlling)


def _null_argument() -> OperationError:
    return OperationError("Operation failed", "Error during operation: argument must not be null.")


def _numeric(op: str, left: Value, right: Value) -> Value:
    compares = _COMPARISONS.get(op)
    if left.is_null or right.is_null:
        raise _null_argument()
    for operand in (left, right):
        if isinstance(operand.raw, Unknown):
            return Value(BOOL if compares else NUMBER, operand.raw.as_not_null())
    if compares:
        return boolean(compares(numbers.compare(_amount(left), _amount(right))))
    try:
        return number(_ARITHMETIC[op](_amount(left), _amount(right)))
    except numbers.NumberError as problem:
        raise OperationError("Operation failed", f"Error during operation: {problem}.") from None


def _amount(operand: Value) -> Number:
    if isinstance(operand.raw, (int, float, Fraction)):
        return operand.raw
    raise TypeError(f"{operand.type!r} is not a number")


def unary(op: str, operand: Value) -> Value:
    """``!operand`` or ``-operand``. Raises OperationError."""
    value = _operand(operand, BOOL if op == "!" else NUMBER, "unary")
    if value.is_null:
        raise _null_argument()
    if isinstance(value.raw, Unknown):
        # HCL forgets the mark here, and only here.
        return Value(value.type, value.raw.as_not_null())
    result = boolean(value.raw is False) if op == "!" else number(numbers.neg(_amount(value)))
    return result.marked() if value.sensitive else result


def conditional(cond: Value, yes: Value, no: Value) -> Value:
    """``cond ? yes : no``: the chosen value, converted to the type that both can become, sensitive when any of the three is.

    Raises OperationError for branches without a common type, and for a condition that is null or not a bool.
    """
    kind = _branch_type(yes, no)
    if cond.is_null:
        raise OperationError("Null condition", "The condition value is null. Conditions must either be true or false.")
    sensitive = cond.sensitive or yes.sensitive or no.sensitive
    if isinstance(cond.raw, Unknown):
        result = _either(cond.raw, kind, yes, no)
        return result.marked() if sensitive else result
    try:
        truth = convert(cond, BOOL).raw is True
    except ConvertError:
        raise OperationError("Incorrect condition type", "The condition expression must be of type bool.") from None
    try:
        result = _chosen(yes, no.type, kind) if truth else _chosen(no, yes.type, kind)
    except ConvertError as problem:
        branch = "true" if truth else "false"
        raise OperationError(_INCONSISTENT, f"The {branch} result value has the wrong type: {problem}.") from None
    return result.marked() if sensitive else result


def _chosen(branch: Value, other: Type, kind: Type) -> Value:
    """The branch as the type of the conditional; with none in common it keeps its own."""
    if isinstance(kind, (ListOf, MapOf)) and kind.element is DYNAMIC and type(other) is type(kind) and branch.is_known:
        parts = branch.type.elements if isinstance(branch.type, TupleOf) else ()
        if isinstance(branch.type, ObjectOf):
            parts = tuple(branch.type.attributes.values())
        # Beside an empty list or map of no known type, cty converts the parts one by one and finds no type for all of them.
        if len(set(parts)) > 1:
            raise ConvertError(f"element types must all match for conversion to {kind.word}")
    return convert(branch, kind)


def _branch_type(yes: Value, no: Value) -> Type:
    """The type of a conditional; ``any`` when it depends on a branch whose type is not known."""
    for branch, other in ((yes, no), (no, yes)):
        if branch.type is DYNAMIC and branch.is_null and not branch.sensitive:
            return other.type
    if yes.type is DYNAMIC or no.type is DYNAMIC:
        return DYNAMIC
    kind = unify((yes.type, no.type))
    if kind is None:
        reason = branch_mismatch(yes.type, no.type)
        raise OperationError(_INCONSISTENT, f"The true and false result expressions must have consistent types. {reason}.")
    return kind


def _either(cause: Unknown, kind: Type, yes: Value, no: Value) -> Value:
    """What is known of a result when the condition is not: as much as both branches have in common (HCL's refinements)."""
    if yes.is_null and no.is_null:
        return Value(kind, None)
    one, other = yes.raw, no.raw
    not_null = _never_null(yes) and _never_null(no)
    if yes.type is NUMBER and no.type is NUMBER and isinstance(one, (int, float, Fraction)) and one == other:
        return Value(NUMBER, one)
    pending = Unknown(cause.reason, not_null=not_null)
    if isinstance(one, (tuple, dict)) and isinstance(other, (tuple, dict)) and yes.type == no.type and len(one) == len(other):
        if isinstance(kind, (ListOf, SetOf, MapOf)) and not one:
            return Value(kind, one)
        if isinstance(kind, ListOf) or (isinstance(kind, SetOf) and len(one) == 1):
            return Value(kind, tuple([Value(kind.element, Unknown(cause.reason)) for _ in one]))
    return Value(kind, pending)


def _never_null(value: Value) -> bool:
    return value.raw.not_null if isinstance(value.raw, Unknown) else not value.is_null
