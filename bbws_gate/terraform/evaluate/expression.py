"""The evaluator: one handler for each kind of node (https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go).

Handlers raise :class:`EvaluationError` where HCL reports a diagnostic: an expression has a value or it has an error, never both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.operators import OperationError, binary, conditional, unary
from bbws_gate.terraform.cty.types import BOOL, NUMBER, STRING
from bbws_gate.terraform.cty.values import FALSE, NULL, TRUE, Unknown, Value, object_of, tuple_of, unknown
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.calls import call
from bbws_gate.terraform.evaluate.comprehension import for_object, for_tuple
from bbws_gate.terraform.evaluate.failure import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.partial import opaque, untyped
from bbws_gate.terraform.evaluate.residue import attempt
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.evaluate.splat import splat, splat_item
from bbws_gate.terraform.evaluate.template import template
from bbws_gate.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectCons,
    Splat,
    SplatItem,
    Template,
    TupleCons,
    Unary,
)

_LONG_NAMES = frozenset({"data", "resource", "ephemeral"})
"""Roots that take two more words: ``data.aws_region.current``."""


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of ``expression``.

    Raises:
        EvaluationError: Terraform refuses it.
        BudgetExceeded: it asks for too much.
    """
    budget = scope.budget
    budget.steps -= 1
    if budget.steps < 0:
        budget.spend(0)
    return _HANDLERS[type(expression)](expression, scope)


def literal_value(node: Literal) -> Value:
    """The value of a constant, whatever surrounds it."""
    value = node.value
    if type(value) is str:
        return Value(STRING, value)
    if value is None:
        return NULL
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    return Value(NUMBER, value)


def _name(node: Name, scope: Scope) -> Value:
    bound = scope.bindings.get(node.name)
    return bound if bound is not None else scope.lookup((node.name,), node.span)


def _get_attr(node: GetAttr, scope: Scope) -> Value:
    source = node.source
    if type(source) is Name and source.name not in scope.bindings:
        if source.name in _LONG_NAMES:
            raise UndeclaredReference(f"{source.name}.{node.name} must be followed by a name", node.span)
        return scope.lookup((source.name, node.name), node.span)
    if type(source) is GetAttr:
        first = source.source
        if type(first) is Name and first.name in _LONG_NAMES and first.name not in scope.bindings:
            words = (source.name, node.name) if first.name == "resource" else (first.name, source.name, node.name)
            return scope.lookup(words, node.span)
    return access.attribute(evaluate(source, scope), node.name, node.span)


def _index(node: Index, scope: Scope) -> Value:
    return access.index(evaluate(node.source, scope), evaluate(node.key, scope), node.span)


def _binary(node: Binary, scope: Scope) -> Value:
    if node.op in ("&&", "||"):
        return _logical(node, scope)
    left = evaluate(node.left, scope)
    right = evaluate(node.right, scope)
    try:
        return binary(node.op, left, right)
    except OperationError as error:
        raise EvaluationError(str(error), node.span) from error


def _logical(node: Binary, scope: Scope) -> Value:
    """Since Terraform 1.12, an operand that decides alone hides an error of the other; so does a left one that is not known yet."""
    left, left_error = attempt(node.left, scope, evaluate)
    right, right_error = attempt(node.right, scope, evaluate)
    error = left_error or right_error
    try:
        result = binary(node.op, left, right)
    except OperationError as problem:
        raise error or EvaluationError(str(problem), node.span) from problem
    if error is not None and type(result.raw) is Unknown and (left_error is not None or left.is_known):
        raise error
    return result


def _truth(value: Value) -> object:
    try:
        return convert(value, BOOL).raw
    except ConvertError:
        return None


def _unary(node: Unary, scope: Scope) -> Value:
    operand = evaluate(node.operand, scope)
    try:
        return unary(node.op, operand)
    except OperationError as error:
        raise EvaluationError(str(error), node.span) from error


def _conditional(node: Conditional, scope: Scope) -> Value:
    """Both branches are evaluated, for their types; only the chosen one's error counts."""
    yes, yes_error = attempt(node.yes, scope, evaluate)
    no, no_error = attempt(node.no, scope, evaluate)
    condition = evaluate(node.condition, scope)
    chosen = _truth(condition)
    error = yes_error if chosen is True else no_error
    if error is not None and isinstance(chosen, bool):
        raise error
    try:
        result = conditional(condition, yes, no)
    except OperationError as problem:
        doubt = untyped(yes) or untyped(no)
        if doubt is not None and (isinstance(chosen, bool) or not condition.is_known):
            return unknown(doubt.reason)
        raise EvaluationError(str(problem), node.span) from problem
    return result if isinstance(chosen, bool) else opaque(result)


def _tuple(node: TupleCons, scope: Scope) -> Value:
    return tuple_of(tuple([evaluate(item, scope) for item in node.items]))


def _object(node: ObjectCons, scope: Scope) -> Value:
    attributes: dict[str, Value] = {}
    sensitive = False
    hidden: Unknown | None = None
    for key_node, value_node in node.items:
        if _is_ambiguous(key_node):
            advice = "wrap it in parentheses if it is a reference, in quotes if it is a name with periods"
            raise EvaluationError(f"ambiguous attribute key: {advice}", key_node.span)
        key = evaluate(key_node, scope)
        value = evaluate(value_node, scope)
        if key.raw is None:
            raise EvaluationError("cannot use a null value as a key", key_node.span)
        sensitive = sensitive or key.sensitive
        name = _object_key(key, key_node)
        if isinstance(name, Unknown):
            hidden = hidden or name
        else:
            attributes[name] = value
    if hidden is not None:
        return unknown(f"a key of the object is not known: {hidden.reason}")
    return access.marked_if(object_of(attributes), sensitive)


def _is_ambiguous(key: Expression) -> bool:
    """Whether a key is written as a bare reference: in parentheses it would begin before its first word."""
    source = key
    while isinstance(source, GetAttr) or (isinstance(source, Index) and isinstance(source.key, Literal)):
        source = source.source
    return source is not key and isinstance(source, Name) and source.span.start == key.span.start


def _object_key(key: Value, node: Expression) -> str | Unknown:
    try:
        raw = convert(key, STRING).raw
    except ConvertError as error:
        raise EvaluationError(f"cannot use this value as a key: {error}", node.span) from error
    return raw if isinstance(raw, Unknown) else str(raw)


Handler: TypeAlias = Callable[[Any, Scope], Value]


_HANDLERS: dict[type, Handler] = {
    Literal: lambda node, _: literal_value(node),
    Name: _name,
    GetAttr: _get_attr,
    Index: _index,
    Splat: lambda node, scope: splat(node, scope, evaluate),
    SplatItem: splat_item,
    Binary: _binary,
    Unary: _unary,
    Conditional: _conditional,
    TupleCons: _tuple,
    ObjectCons: _object,
    ForTuple: lambda node, scope: for_tuple(node, scope, evaluate),
    ForObject: lambda node, scope: for_object(node, scope, evaluate),
    Template: lambda node, scope: template(node, scope, evaluate),
    Call: lambda node, scope: call(node, scope, evaluate),
}
