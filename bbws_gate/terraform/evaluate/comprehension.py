"""``for`` expressions (https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go, ForExpr)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, STRING, Primitive
from bbws_gate.terraform.cty.values import Unknown, Value, object_of, tuple_of, unknown
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.failure import EvaluationError
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.syntax import Expression, ForDirective, ForObject, ForTuple

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]


class _Shape:
    """Whether anything that shaped the result was sensitive, and why the result cannot be told, when it cannot."""

    __slots__ = ("reason", "sensitive")

    def __init__(self) -> None:
        self.sensitive = False
        self.reason: str | None = None

    def strip(self, value: Value) -> Value:
        """``value`` unmarked, its mark noted."""
        if value.sensitive:
            self.sensitive = True
            return value.unmarked()
        return value

    def result(self, value: Value) -> Value:
        """``value``, or an unknown when something does not let it be told."""
        return access.marked_if(value if self.reason is None else unknown(self.reason, not_null=True), self.sensitive)


def for_tuple(node: ForTuple, scope: Scope, evaluate: Evaluate) -> Value:
    """``[for k, v in c : value if condition]``"""
    shape = _Shape()
    items = [evaluate(node.value, inner) for inner in _included(node, scope, evaluate, shape)]
    return shape.result(tuple_of(tuple(items)))


def for_object(node: ForObject, scope: Scope, evaluate: Evaluate, *, tolerant: bool = False) -> Value:
    """``{for k, v in c : key => value... if condition}``; when ``tolerant``, of items with the same key the first counts."""
    shape = _Shape()
    groups: dict[str, list[Value]] = {}
    for inner in _included(node, scope, evaluate, shape):
        key = _key(shape.strip(evaluate(node.key, inner)), node, shape)
        if key is None:
            continue
        value = evaluate(node.value, inner)
        if not node.group and key in groups and not tolerant:
            shown = "same key" if shape.sensitive else f'key "{key}"'
            message = f"two different items produced the {shown} in this for expression"
            raise EvaluationError(f"{message}; if duplicates are expected, use the ellipsis (...)", node.key.span)
        groups.setdefault(key, []).append(value)
    if node.group:
        return shape.result(object_of({key: tuple_of(tuple(values)) for key, values in groups.items()}))
    return shape.result(object_of({key: values[0] for key, values in groups.items()}))


def for_directive(node: ForDirective, scope: Scope, evaluate: Evaluate) -> tuple[Iterator[Scope], bool] | Value:
    """The scopes of a template's ``%{ for }`` in turn and whether the collection is sensitive; an unknown when it cannot be told."""
    shape = _Shape()
    source = _collection(node.collection, scope, evaluate, shape)
    if isinstance(source.raw, Unknown):
        return unknown(source.raw.reason, not_null=True)
    return _scopes(node.key_name, node.value_name, _elements(source, node.collection, scope), scope), shape.sensitive


def _included(node: ForTuple | ForObject, scope: Scope, evaluate: Evaluate, shape: _Shape) -> Iterator[Scope]:
    """The scopes of the elements that belong to the result. What is unknown does not end it: an error in a later element still is one."""
    source = _collection(node.collection, scope, evaluate, shape)
    untyped = isinstance(source.raw, Unknown) and source.type is DYNAMIC
    if node.condition is not None and not untyped:
        _check_condition(node, node.condition, scope, evaluate, shape if isinstance(source.raw, Unknown) else _Shape())
    if isinstance(source.raw, Unknown):
        shape.reason = source.raw.reason
        # HCL forgets the mark of what has no known type, and only of that.
        shape.sensitive = shape.sensitive and not untyped
        return
    for inner in _scopes(node.key_name, node.value_name, _elements(source, node.collection, scope), scope):
        if node.condition is None:
            yield inner
            continue
        if _holds(shape.strip(evaluate(node.condition, inner)), node.condition, shape):
            yield inner


def _scopes(key_name: str | None, value_name: str, pairs: list[tuple[Value, Value]], scope: Scope) -> Iterator[Scope]:
    """One scope, changed for every element: nothing keeps it, since values are never lazy."""
    inner = scope.binding({})
    for key, value in pairs:
        if key_name is not None:
            inner.bindings[key_name] = key
        inner.bindings[value_name] = value
        yield inner


def _check_condition(node: ForTuple | ForObject, condition: Expression, scope: Scope, evaluate: Evaluate, shape: _Shape) -> None:
    """A condition that is wrong whatever the element is an error even without elements: HCL tries it on an unknown one first."""
    element = unknown("it stands for any element")
    names = (node.value_name,) if node.key_name is None else (node.key_name, node.value_name)
    _truth(shape.strip(evaluate(condition, scope.binding(dict.fromkeys(names, element)))), condition)


def _collection(collection: Expression, scope: Scope, evaluate: Evaluate, shape: _Shape) -> Value:
    """What to iterate over, unmarked; it may be unknown, but not of a type without elements."""
    source = shape.strip(evaluate(collection, scope))
    if source.raw is None:
        raise EvaluationError("a null value cannot be used as the collection in a for expression", collection.span)
    if isinstance(source.type, Primitive) and source.type is not DYNAMIC:
        raise EvaluationError(f"a value of type {source.type!r} cannot be used as the collection in a for expression", collection.span)
    return source


def _elements(source: Value, collection: Expression, scope: Scope) -> list[tuple[Value, Value]]:
    pairs = access.elements(source)
    if pairs is None:
        raise EvaluationError(f"a value of type {source.type!r} cannot be used as the collection in a for expression", collection.span)
    scope.budget.spend(len(pairs))
    return pairs


def _holds(condition: Value, node: Expression, shape: _Shape) -> bool:
    """Whether an element belongs to the result; False also when that cannot be told, which ``shape`` then knows."""
    if isinstance(condition.raw, Unknown):
        shape.reason = shape.reason or condition.raw.reason
        return False
    try:
        return _truth(condition, node).raw is True
    except EvaluationError:
        if shape.reason is None:
            raise
        # HCL reports what is wrong with a condition or a key only as long as all before it is known.
        return False


def _truth(condition: Value, node: Expression) -> Value:
    if condition.raw is None:
        raise EvaluationError("the value of the if clause must not be null", node.span)
    try:
        return convert(condition, BOOL)
    except ConvertError as error:
        raise EvaluationError(f"the if clause value is invalid: {error}", node.span) from error


def _key(key: Value, node: ForObject, shape: _Shape) -> str | None:
    """The key of an element; None when there is none that can be told, which ``shape`` then knows."""
    if isinstance(key.raw, Unknown):
        shape.reason = shape.reason or key.raw.reason
        return None
    try:
        return _text(key, node)
    except EvaluationError:
        if shape.reason is None:
            raise
        return None


def _text(key: Value, node: ForObject) -> str:
    if key.raw is None:
        raise EvaluationError("the key expression of a for expression must not produce a null value", node.key.span)
    try:
        return str(convert(key, STRING).raw)
    except ConvertError as error:
        raise EvaluationError(f"the key expression of a for expression must produce a string: {error}", node.key.span) from error
