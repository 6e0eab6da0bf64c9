"""String templates: interpolations and directives put together (hclsyntax/expression_template.go)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.types import BOOL, STRING
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.comprehension import for_directive
from bbws_gate.terraform.evaluate.failure import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.syntax import Expression, ForDirective, IfDirective, Literal, Template, TemplatePart

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]


class _Text:
    """The pieces so far, whether any was sensitive, and the first one that is unknown."""

    __slots__ = ("pieces", "sensitive", "unknown")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.sensitive = False
        self.unknown: Unknown | None = None


def template(node: Template, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a template; a lone interpolation is the value of its expression, whatever its type."""
    parts = node.parts
    if len(parts) == 1:
        only = parts[0]
        if not isinstance(only, (IfDirective, ForDirective)) and not (isinstance(only, Literal) and type(only.value) is str):
            return evaluate(only, scope)
    text = _Text()
    _write(parts, scope, evaluate, text)
    if text.unknown is not None:
        return Value(STRING, text.unknown.as_not_null(), text.sensitive)
    scope.budget.write(sum(map(len, text.pieces)))
    return access.marked_if(convert(Value(STRING, "".join(text.pieces)), STRING), text.sensitive)


def _write(parts: tuple[TemplatePart, ...], scope: Scope, evaluate: Evaluate, text: _Text) -> None:
    for part in parts:
        if isinstance(part, IfDirective):
            _write_if(part, scope, evaluate, text)
        elif isinstance(part, ForDirective):
            _write_for(part, scope, evaluate, text)
        elif isinstance(part, Literal) and type(part.value) is str:
            text.pieces.append(part.value)
        else:
            _write_value(evaluate(part, scope), part, text)


def _write_value(value: Value, part: Expression, text: _Text) -> None:
    if value.raw is None:
        raise EvaluationError("the expression result is null, which cannot be included in a string template", part.span)
    text.sensitive = text.sensitive or value.sensitive
    if isinstance(value.raw, Unknown):
        # Whatever its type is: HCL converts only what it knows.
        text.unknown = text.unknown or value.raw
        return
    try:
        text.pieces.append(str(convert(value, STRING).raw))
    except ConvertError as error:
        raise EvaluationError(f"cannot include the given value in a string template: {error}", part.span) from error


def _write_if(part: IfDirective, scope: Scope, evaluate: Evaluate, text: _Text) -> None:
    """To HCL this is a conditional of two templates: the branch that is not chosen may fail, but its mark counts."""
    then, then_error = _branch(part.then, scope, evaluate)
    otherwise, otherwise_error = _branch(part.otherwise, scope, evaluate)
    condition = evaluate(part.condition, scope)
    text.sensitive = text.sensitive or condition.sensitive or then.sensitive or otherwise.sensitive
    if condition.raw is None:
        raise EvaluationError("the condition value is null; conditions must either be true or false", part.condition.span)
    if isinstance(condition.raw, Unknown):
        # HCL does not ask an unknown condition for its type.
        text.unknown = text.unknown or condition.raw
        return
    try:
        truth = convert(condition, BOOL).raw
    except ConvertError as error:
        raise EvaluationError(f"the condition expression must be of type bool: {error}", part.condition.span) from error
    chosen, failure = (then, then_error) if truth else (otherwise, otherwise_error)
    if failure is not None:
        raise failure
    text.pieces.extend(chosen.pieces)
    text.unknown = text.unknown or chosen.unknown


def _branch(parts: tuple[TemplatePart, ...], scope: Scope, evaluate: Evaluate) -> tuple[_Text, EvaluationError | None]:
    """What a branch of a directive comes to, as far as it does, and its error."""
    text = _Text()
    try:
        _write(parts, scope, evaluate, text)
    except UndeclaredReference:
        raise
    except EvaluationError as error:
        return text, error
    return text, None


def _write_for(part: ForDirective, scope: Scope, evaluate: Evaluate, text: _Text) -> None:
    found = for_directive(part, scope, evaluate)
    if isinstance(found, Value):
        if isinstance(found.raw, Unknown):
            text.unknown = text.unknown or found.raw
        return
    scopes, sensitive = found
    rounds = _Text()
    for inner in scopes:
        _write(part.body, inner, evaluate, rounds)
    text.pieces.extend(rounds.pieces)
    text.unknown = text.unknown or rounds.unknown
    # As soon as one round is unknown, HCL keeps the mark of the collection only.
    text.sensitive = text.sensitive or sensitive or (rounds.sensitive and rounds.unknown is None)
