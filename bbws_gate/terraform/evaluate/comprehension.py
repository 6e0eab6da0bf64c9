"""``for`` expressions (https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go, ForExpr)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, STRING, Primitive
from bbws_gate.terraform.cty.values import Unknown, Value, object_of, tuple_of, unknown
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.failure import EvaluationError
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.syntax import Expression, ForDirective, ForObject, ForTuple

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]


class _Undecidable(Exception):
    """Files cannot tell the result as a whole."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Marks:
    """Whether anything that shaped the result was sensitive."""

    __slots__ = ("sensitive",)

    def __init__(self) -> None:
        self.sensitive = False

    def strip(self, value: Value) -> Value:
        """``value`` unmarked, its mark noted."""
        if value.sensitive:
            self.sensitive = True
            return value.unmarked()
        return value


def for_tuple(node: ForTuple, scope: Scope, evaluate: Evaluate) -> Value:
    """``[for k, v in c : value if condition]``"""
    marks = _Marks()
    try:
        items = [evaluate(node.value, inner) for inner in _included(node, scope, evaluate, marks)]
    except _Undecidable as undecidable:
        return access.marked_if(unknown(undecidable.reason, not_null=True), marks.sensitive)
    return access.marked_if(tuple_of(tuple(items)), marks.sensitive)


def for_object(node: ForObject, scope: Scope, evaluate: Evaluate) -> Value:
    """``{for k, v in c : key => value... if condition}``"""
    marks = _Marks()
    groups: dict[str, list[Value]] = {}
    try:
        for inner in _included(node, scope, evaluate, marks):
            key = _key(marks.strip(evaluate(node.key, inner)), node)
            value = evaluate(node.value, inner)
            if not node.group and key in groups:
                message = f'two different items produced the key "{key}" in this for expression'
                raise EvaluationError(f"{message}; if duplicates are expected, use the ellipsis (...)", node.key.span)
            groups.setdefault(key, []).append(value)
    except _Undecidable as undecidable:
        return access.marked_if(unknown(undecidable.reason, not_null=True), marks.sensitive)
    if node.group:
        return access.marked_if(object_of({key: tuple_of(tuple(values)) for key, values in groups.items()}), marks.sensitive)
    return access.marked_if(object_of({key: values[0] for key, values in groups.items()}), marks.sensitive)


def for_directive(node: ForDirective, scope: Scope, evaluate: Evaluate) -> tuple[Iterator[Scope], bool] | Value:
    """The scopes of a template's ``%{ for }`` in turn and whether the collection is sensitive; an unknown when it cannot be told."""
    marks = _Marks()
    try:
        pairs = _pairs(node.collection, scope, evaluate, marks)
    except _Undecidable as undecidable:
        return access.marked_if(unknown(undecidable.reason, not_null=True), marks.sensitive)
    return _scopes(node.key_name, node.value_name, pairs, scope), marks.sensitive


def _included(node: ForTuple | ForObject, scope: Scope, evaluate: Evaluate, marks: _Marks) -> Iterator[Scope]:
    source = _collection(node.collection, scope, evaluate, marks)
    if node.condition is not None:
        _check_condition(node, node.condition, scope, evaluate, marks if isinstance(source.raw, Unknown) else _Marks())
    pairs = _elements(source, node.collection, scope)
    for inner in _scopes(node.key_name, node.value_name, pairs, scope):
        if node.condition is None or _holds(marks.strip(evaluate(node.condition, inner)), node.condition):
            yield inner


def _scopes(key_name: str | None, value_name: str, pairs: list[tuple[Value, Value]], scope: Scope) -> Iterator[Scope]:
    """One scope, changed for every element: nothing keeps it, since values are never lazy."""
    inner = scope.binding({})
    for key, value in pairs:
        if key_name is not None:
            inner.bindings[key_name] = key
        inner.bindings[value_name] = value
        yield inner


def _check_condition(node: ForTuple | ForObject, condition: Expression, scope: Scope, evaluate: Evaluate, marks: _Marks) -> None:
    """A condition that is wrong whatever the element is an error even without elements: HCL tries it on an unknown one first."""
    element = unknown("it stands for any element")
    names = (node.value_name,) if node.key_name is None else (node.key_name, node.value_name)
    result = marks.strip(evaluate(condition, scope.binding(dict.fromkeys(names, element))))
    with suppress(_Undecidable):
        _holds(result, condition)


def _pairs(collection: Expression, scope: Scope, evaluate: Evaluate, marks: _Marks) -> list[tuple[Value, Value]]:
    return _elements(_collection(collection, scope, evaluate, marks), collection, scope)


def _collection(collection: Expression, scope: Scope, evaluate: Evaluate, marks: _Marks) -> Value:
    """What to iterate over, unmarked; it may be unknown, but not of a type without elements. Untyped unknowns end it here, as in HCL."""
    source = marks.strip(evaluate(collection, scope))
    raw = source.raw
    if raw is None:
        raise EvaluationError("a null value cannot be used as the collection in a for expression", collection.span)
    if isinstance(raw, Unknown) and source.type is DYNAMIC:
        raise _Undecidable(raw.reason)
    if isinstance(source.type, Primitive):
        raise EvaluationError(f"a value of type {source.type!r} cannot be used as the collection in a for expression", collection.span)
    return source


def _elements(source: Value, collection: Expression, scope: Scope) -> list[tuple[Value, Value]]:
    if isinstance(source.raw, Unknown):
        raise _Undecidable(source.raw.reason)
    pairs = access.elements(source)
    if pairs is None:
        raise EvaluationError(f"a value of type {source.type!r} cannot be used as the collection in a for expression", collection.span)
    scope.budget.spend(len(pairs))
    return pairs


def _holds(condition: Value, node: Expression) -> bool:
    if condition.raw is None:
        raise EvaluationError("the value of the if clause must not be null", node.span)
    try:
        truth = convert(condition, BOOL).raw
    except ConvertError as error:
        raise EvaluationError(f"the if clause value is invalid: {error}", node.span) from error
    if isinstance(truth, Unknown):
        raise _Undecidable(truth.reason)
    return truth is True


def _key(key: Value, node: ForObject) -> str:
    if key.raw is None:
        raise EvaluationError("the key expression of a for expression must not produce a null value", node.key.span)
    try:
        name = convert(key, STRING).raw
    except ConvertError as error:
        raise EvaluationError(f"the key expression of a for expression must produce a string: {error}", node.key.span) from error
    if isinstance(name, Unknown):
        raise _Undecidable(name.reason)
    return str(name)
