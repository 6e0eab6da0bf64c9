"""Splats: one expression for every element (https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go, SplatExpr)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bbws_gate.terraform.cty.types import DYNAMIC, ListOf, SetOf, TupleOf, Type
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
    if source.raw is None:
        if _is_sequence(source.type):
            raise EvaluationError("splat expressions (with the * symbol) cannot be applied to null sequences", node.span)
        return access.marked_if(EMPTY_TUPLE, source.sensitive)
    inner = scope.binding({})

    def each(item: Value) -> Value:
        inner.bindings[_ITEM] = item
        return evaluate(node.each, inner)

    result = _of_unknown(source.raw, source.type, each) if type(source.raw) is Unknown else _of_known(source, each)
    return access.marked_if(result, source.sensitive)


def _is_sequence(kind: Type) -> bool:
    return isinstance(kind, (ListOf, SetOf, TupleOf))


def _of_known(source: Value, each: Callable[[Value], Value]) -> Value:
    kind = source.type
    if not _is_sequence(kind):
        return tuple_of((each(source.unmarked()),))
    items = tuple([each(item) for item in source.raw]) if isinstance(source.raw, tuple) else ()
    if not items and isinstance(kind, (ListOf, SetOf)):
        return Value(ListOf(each(unknown("", kind.element)).type), ())
    return access.sequence(items, kind)


def _of_unknown(raw: Unknown, kind: Type, each: Callable[[Value], Value]) -> Value:
    """What is known all the same: the type for a sequence, the one element for what is neither that nor null."""
    if isinstance(kind, (ListOf, SetOf)):
        return unknown(raw.reason, ListOf(each(unknown(raw.reason, kind.element)).type), not_null=True)
    if isinstance(kind, TupleOf):
        return unknown(raw.reason, TupleOf(tuple([each(unknown(raw.reason, part)).type for part in kind.elements])), not_null=True)
    if kind is DYNAMIC and (raw.known is None or not raw.known.single):
        return unknown(raw.reason)
    only = each(Value(kind, raw))
    return tuple_of((only,)) if raw.not_null else unknown(raw.reason)


def splat_item(_: SplatItem, scope: Scope) -> Value:
    """The element that a splat is at."""
    return scope.bindings[_ITEM]
