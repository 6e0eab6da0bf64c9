"""What an expression that fails is worth to those around it that need only its type: the other branch, the other operand.

HCL's expressions give a value beside their errors, mostly unknown but often of a known type, and a conditional converts the branch that
it chooses to what both have in common: ``var.port == null ? 80 : "${var.port}0"`` is the string "80".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, TypeAlias

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.operators import OperationError, binary, conditional
from bbws_gate.terraform.cty.types import BOOL, NUMBER, STRING, Type
from bbws_gate.terraform.cty.values import Value, object_of, tuple_of, unknown
from bbws_gate.terraform.evaluate.access import marked_if
from bbws_gate.terraform.evaluate.comprehension import for_object, for_tuple
from bbws_gate.terraform.evaluate.failure import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.evaluate.splat import splat
from bbws_gate.terraform.syntax import (
    Binary,
    Conditional,
    Expression,
    ForDirective,
    ForObject,
    ForTuple,
    IfDirective,
    Literal,
    ObjectCons,
    Splat,
    Template,
    TupleCons,
    Unary,
)

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]

_ARITHMETIC: Final = frozenset("+-*/%")


def attempt(expression: Expression, scope: Scope, evaluate: Evaluate) -> tuple[Value, EvaluationError | None]:
    """The value of an expression; or what it leaves, and its error.

    Raises:
        UndeclaredReference: Terraform refuses it before evaluating anything.
        BudgetExceeded: it asks for too much.
    """
    try:
        return evaluate(expression, scope), None
    except UndeclaredReference:
        raise
    except EvaluationError as error:
        return _residue(expression, scope, evaluate), error


def _residue(expression: Expression, scope: Scope, evaluate: Evaluate) -> Value:
    def tolerant(part: Expression, inner: Scope) -> Value:
        return attempt(part, inner, evaluate)[0]

    handler = _RESIDUES.get(type(expression))
    if handler is None:
        return _failed()
    try:
        return handler(expression, scope, tolerant)
    except UndeclaredReference:
        raise
    except (EvaluationError, OperationError, ConvertError):
        return _failed()


def _failed(kind: Type | None = None) -> Value:
    reason = "the expression fails"
    return unknown(reason) if kind is None else unknown(reason, kind)


def _template(node: Template, scope: Scope, tolerant: Evaluate) -> Value:
    only = node.parts[0] if len(node.parts) == 1 else None
    if only is not None and not isinstance(only, (Literal, IfDirective, ForDirective)):
        return tolerant(only, scope)
    values = [tolerant(part, scope) for part in node.parts if not isinstance(part, (IfDirective, ForDirective))]
    return marked_if(_failed(STRING), any(value.sensitive for value in values))


def _binary(node: Binary, scope: Scope, tolerant: Evaluate) -> Value:
    result = _failed(NUMBER if node.op in _ARITHMETIC else BOOL)
    left, right = tolerant(node.left, scope), tolerant(node.right, scope)
    try:
        binary(node.op, left, right)
    except (OperationError, ConvertError):
        return result
    # An operand fails, not the operation: only then does HCL keep their marks.
    return marked_if(result, left.sensitive or right.sensitive)


def _unary(node: Unary, _: Scope, _tolerant: Evaluate) -> Value:
    return _failed(NUMBER if node.op == "-" else BOOL)


def _tuple(node: TupleCons, scope: Scope, tolerant: Evaluate) -> Value:
    return tuple_of(tuple([tolerant(item, scope) for item in node.items]))


def _object(node: ObjectCons, scope: Scope, tolerant: Evaluate) -> Value:
    return object_of(dict(_attributes(node, scope, tolerant)))


def _attributes(node: ObjectCons, scope: Scope, tolerant: Evaluate) -> Iterator[tuple[str, Value]]:
    for key, value in node.items:
        name = convert(tolerant(key, scope), STRING).raw
        if not isinstance(name, str):
            raise EvaluationError("a key is not known", key.span)
        yield name, tolerant(value, scope)


def _conditional(node: Conditional, scope: Scope, tolerant: Evaluate) -> Value:
    condition = tolerant(node.condition, scope)
    yes, no = tolerant(node.yes, scope), tolerant(node.no, scope)
    if condition.is_null or (condition.is_known and not _is_bool(condition)):
        return _failed(conditional(_failed(BOOL), yes, no).type)
    return conditional(condition, yes, no)


def _is_bool(condition: Value) -> bool:
    try:
        convert(condition, BOOL)
    except ConvertError:
        return False
    return True


_RESIDUES: Final[dict[type, Callable[[Any, Scope, Evaluate], Value]]] = {
    Template: _template,
    Binary: _binary,
    Unary: _unary,
    TupleCons: _tuple,
    ObjectCons: _object,
    Conditional: _conditional,
    Splat: splat,
    ForTuple: for_tuple,
    ForObject: partial(for_object, tolerant=True),
}
"""Expressions that leave a value of known type; all others leave one of any type."""
