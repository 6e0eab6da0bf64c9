"""Expressions without references and calls: the default values inside type constraints."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.operators import OperationError, binary, conditional, unary
from bbws_gate.terraform.cty.types import STRING
from bbws_gate.terraform.cty.values import NULL, Value, boolean, number, object_of, string, tuple_of
from bbws_gate.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    ForDirective,
    IfDirective,
    Literal,
    ObjectCons,
    Span,
    Template,
    TupleCons,
    Unary,
)


class ConstantError(ValueError):
    """An expression that is not constant, or that fails; ``span`` is where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def constant_value(expression: Expression) -> Value:
    """The value of a constant expression: literals, operators, conditionals, templates, and collections of these.

    Raises ConstantError for references, function calls, ``for`` and whatever Terraform refuses.
    """
    try:
        return _value(expression)
    except (OperationError, ConvertError) as problem:
        raise ConstantError(str(problem), expression.span) from None


def _value(expression: Expression) -> Value:
    if isinstance(expression, Literal):
        return _literal(expression)
    if isinstance(expression, TupleCons):
        return tuple_of(tuple([_value(item) for item in expression.items]))
    if isinstance(expression, ObjectCons):
        return object_of({_key(name): _value(item) for name, item in expression.items})
    if isinstance(expression, Unary):
        return unary(expression.op, _value(expression.operand))
    if isinstance(expression, Binary):
        return binary(expression.op, _value(expression.left), _value(expression.right))
    if isinstance(expression, Conditional):
        return conditional(_value(expression.condition), _value(expression.yes), _value(expression.no))
    if isinstance(expression, Template):
        return _template(expression)
    if isinstance(expression, Call):
        raise ConstantError("Function calls not allowed: Functions may not be called here.", expression.span)
    raise ConstantError("Variables not allowed: Variables may not be used here.", expression.span)


def _literal(literal: Literal) -> Value:
    value = literal.value
    if value is None:
        return NULL
    if isinstance(value, bool):
        return boolean(value)
    return string(value) if isinstance(value, str) else number(value)


def _key(expression: Expression) -> str:
    key = convert(_value(expression), STRING).raw
    if not isinstance(key, str):
        raise ConstantError("Null value as key: Can't use a null value as a key.", expression.span)
    return key


def _template(template: Template) -> Value:
    pieces: list[str] = []
    for part in template.parts:
        if isinstance(part, (IfDirective, ForDirective)):
            raise ConstantError("template directives are not supported here", part.span)
        value = _value(part)
        if len(template.parts) == 1 and not (isinstance(part, Literal) and isinstance(part.value, str)):
            return value
        piece = convert(value, STRING).raw
        if not isinstance(piece, str):
            raise ConstantError("Invalid template interpolation value: The expression result is null.", part.span)
        pieces.append(piece)
    return string("".join(pieces))
