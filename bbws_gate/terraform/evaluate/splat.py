"""Splats: one expression for every element (https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go, SplatExpr)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bbws_gate.terraform.cty.types import ListOf, SetOf, TupleOf
from bbws_gate.terraform.cty.values import EMPTY_TUPLE, Unknown, Value, tuple_of, unknown
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.failure import EvaluationError
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.syntax import Expression, Splat, SplatItem

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]

_ITEM: Final = "*"
"""What the current element of a splat is bound to; no identifier can be that."""


def splat(node: Splat, scope: Scope, evaluate: Evaluate) -> Value:
    """``source[*].each``; what is no sequence counts as one element, and null as none."""
    source = evaluate(node.source, scope)
    sensitive = source.sensitive
    raw = source.raw
    kind = source.type
    is_sequence = isinstance(kind, (ListOf, SetOf, TupleOf))
    if raw is None:
        if is_sequence:
            raise EvaluationError("splat expressions (with the * symbol) cannot be applied to null sequences", node.span)
        return access.marked_if(EMPTY_TUPLE, sensitive)
    if type(raw) is Unknown and (is_sequence or raw.known is None or not raw.known.single):
        return access.marked_if(unknown(raw.reason), sensitive)
    inner = scope.binding({_ITEM: source.unmarked()})
    if not is_sequence:
        return access.marked_if(tuple_of((evaluate(node.each, inner),)), sensitive)
    items = []
    for item in raw if isinstance(raw, tuple) else ():
        inner.bindings[_ITEM] = item
        items.append(evaluate(node.each, inner))
    if not items and isinstance(kind, (ListOf, SetOf)):
        inner.bindings[_ITEM] = unknown("", kind.element)
        return access.marked_if(Value(ListOf(evaluate(node.each, inner).type), ()), sensitive)
    return access.marked_if(access.sequence(tuple(items), kind), sensitive)


def splat_item(_: SplatItem, scope: Scope) -> Value:
    """The element that a splat is at."""
    return scope.bindings[_ITEM]
