"""What the grammar's reductions inside expressions make: terms, calls, traversals, operations."""

from __future__ import annotations

from typing import Any, cast

from bbws_gate.deferred import replace
from bbws_gate.model import Place
from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.parse import strings, traversals
from bbws_gate.terraform.parse.source import EXACT_DIGITS, ParseError
from bbws_gate.terraform.parse.tokens import Tokens, decoded
from bbws_gate.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Literal,
    Name,
    ObjectCons,
    Span,
    Splat,
    TupleCons,
    Unary,
)

Values = list[Any]
"""The values of a rule's symbols: an index for a token, a node or list for a nonterminal; newlines and commas are left out."""

_CONSTANTS = {"true": True, "false": False, "null": None}


class Expressions:
    """Builds the nodes of one text's expressions; the public methods are the grammar's actions, by name."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._path = tokens.path
        self._text = tokens.text
        self._starts = tokens.starts
        self._ends = tokens.ends
        self._lines = tokens.lines
        self._traversals = traversals.Traversals()

    # Terms

    def reference(self, values: Values) -> Name:
        """``name``"""
        index = values[0]
        if index in self._tokens.payloads:
            raise self._error(f"{self._word(index)} is a function: its arguments in parentheses are missing", index)
        start, end, line = self._starts[index], self._ends[index], self._lines[index]
        return Name(decoded(self._text[start:end]), Span(self._path, start, end, line, line))

    def constant(self, values: Values) -> Literal:
        """``true``, ``false``, ``null``"""
        return Literal(_CONSTANTS[self._word(values[0])], self._span(values[0], values[0]))

    def number(self, values: Values) -> Literal:
        """An integer or fraction without a sign."""
        return self._number(values[0])

    def _number(self, index: int) -> Literal:
        text = self._text[self._starts[index] : self._ends[index]]
        if len(text) <= EXACT_DIGITS and text.isdigit():
            return Literal(int(text), self._span(index, index))
        try:
            value = numbers.parse(text)
        except numbers.NumberError:
            if text.count(".") > 1 or text.lower().count("e") > 1:
                raise self._error(f"{text[:40]!r} is not a number", index) from None
            raise ParseError("number out of range", self._span(index, index).place, "HCL006") from None
        if isinstance(value, float):
            raise ParseError("number out of range", self._span(index, index).place, "HCL006")
        return Literal(value, self._span(index, index))

    def string_term(self, values: Values) -> Expression:
        """A string: one token when it has no sequences."""
        (value,) = values
        return Literal(self._string_value(value), self._span(value, value)) if type(value) is int else value

    def _string_value(self, index: int) -> str:
        payload = self._tokens.payloads.get(index)
        return self._text[self._starts[index] + 1 : self._ends[index] - 1] if payload is None else payload

    def parentheses(self, values: Values) -> Expression:
        """``(expression)``: the expression, whose span then includes the parentheses."""
        opening, expression, closing = values
        return cast("Expression", replace(expression, span=self._span(opening, closing)))

    def tuple_cons(self, values: Values) -> TupleCons:
        """``[a, b]``"""
        items: Values = []
        for value in values[1:-1]:
            items += value if type(value) is list else (value,)
        return TupleCons(tuple(items), self._span(values[0], values[-1]))

    def object_cons(self, values: Values) -> ObjectCons:
        """``{ k = v }``"""
        return ObjectCons(tuple(values[1]) if len(values) == 3 else (), self._span(values[0], values[-1]))

    def object_elem(self, values: Values) -> tuple[Expression, Expression]:
        """``key = value`` or ``key : value``"""
        return values[0], values[2]

    def object_elem_key(self, values: Values) -> Expression:
        """A key; a bare word is a string."""
        if type(values[0]) is int:
            return Literal(strings.normalised(self._word(values[0])), self._span(values[0], values[0]))
        key: Expression = values[0]
        if type(key) is Name and self._text[key.span.start] != "(":
            return Literal(strings.normalised(key.name), key.span)
        if type(key) is Literal and (key.value is None or type(key.value) is bool) and self._text[key.span.start] != "(":
            return Literal(self._text[key.span.start : key.span.end], key.span)
        return key

    # For expressions

    def for_intro(self, values: Values) -> tuple[str | None, str, Expression]:
        """``for key, value in collection :``"""
        names = [self._word(value) for value in values[1:-3]]
        return (names[0] if len(names) == 2 else None), names[-1], values[-2]

    def for_cond(self, values: Values) -> Expression:
        """``if condition``"""
        condition: Expression = values[1]
        return condition

    def for_tuple_expr(self, values: Values) -> ForTuple:
        """``[for ...]``"""
        opening, (key_name, value_name, collection), value, *condition, closing = values
        return ForTuple(key_name, value_name, collection, value, condition[0] if condition else None, self._span(opening, closing))

    def for_object_expr(self, values: Values) -> ForObject:
        """``{for ...}``"""
        opening, (key_name, value_name, collection), key, _, value, *rest, closing = values
        group = bool(rest) and type(rest[0]) is int
        condition = rest[-1] if rest and type(rest[-1]) is not int else None
        return ForObject(key_name, value_name, collection, key, value, group, condition, self._span(opening, closing))

    # Calls

    def arguments(self, values: Values) -> tuple[tuple[Expression, ...], bool]:
        """Arguments and whether the last is expanded."""
        expand = type(values[-1]) is int
        items: Values = []
        for value in values[:-1] if expand else values:
            items += value if type(value) is list else (value,)
        return tuple(items), expand

    def function_call(self, values: Values) -> Call:
        """``name(arguments)``"""
        arguments, expand = values[2] if len(values) == 4 else ((), False)
        return Call(self._word(values[0]), arguments, expand, self._span(values[0], values[-1]))

    # Traversals

    def get_attr(self, values: Values) -> int:
        """``.name``, spelled with blanks or a newline after the dot."""
        name: int = values[1]
        return name

    def short_index(self, values: Values) -> traversals.Step:
        """``.0``; a fraction here is two indexes in a row, which HCL refuses."""
        if "." in self._tokens.source(values[1]):
            raise self._error("two legacy indexes in a row (like .0.1): write [0][1]", values[1])
        return traversals.Step("", self._number(values[1]), True, self._ends[values[1]], self._lines[values[1]])

    def braces_index(self, values: Values) -> traversals.Step:
        """``[key]``"""
        return traversals.Step("", values[1], False, self._ends[values[2]], self._lines[values[2]])

    def get_attr_expr_term(self, values: Values) -> Expression:
        """``source.name``"""
        source: Expression
        source, index = values
        if type(source) is Splat:
            return self._traversals.follow(source, [self._step(index)])
        start, end = source.span, self._ends[index]
        return GetAttr(source, self._attribute_name(index), Span(self._path, start.start, end, start.line, self._lines[index]))

    def index_expr_term(self, values: Values) -> Expression:
        """``source[key]``"""
        return self._traversals.follow(values[0], [values[1]])

    def attr_splat(self, values: Values) -> Values:
        """``.*`` and what follows it."""
        return values

    full_splat = attr_splat

    def attr_splat_expr_term(self, values: Values) -> Expression:
        """``source.*.name``"""
        return self._traversals.attribute_splat(values[0], *self._splat(values[1]))

    def full_splat_expr_term(self, values: Values) -> Expression:
        """``source[*].name``"""
        return self._traversals.full_splat(values[0], *self._splat(values[1]))

    def _splat(self, values: Values) -> tuple[Span, list[traversals.Step]]:
        steps = values[1] if len(values) > 1 else []
        return self._span(values[0], values[0]), [self._step(value) for value in steps]

    def _step(self, value: Any) -> traversals.Step:
        if isinstance(value, traversals.Step):
            return value
        return traversals.Step(self._attribute_name(value), None, True, self._ends[value], self._lines[value])

    def _attribute_name(self, index: int) -> str:
        name = self._text[self._starts[index] : self._ends[index]].lstrip(". \t")
        return name if name.isascii() else strings.normalised(decoded(name))

    # Operations

    def unary_op(self, values: Values) -> Expression:
        """``-x``, ``!x``, or a run of them."""
        index, operand = values
        return self._negations(index, self._tokens.payloads.get(index) or self._text[self._starts[index]], operand)

    def _negations(self, index: int, operators: str, operand: Expression) -> Expression:
        span = operand.span
        whole = Span(self._path, self._starts[index], span.end, self._lines[index], span.end_line)
        for operator in reversed(operators):
            operand = Unary(operator, operand, whole)
        return operand

    def binary_term(self, values: Values) -> Values:
        """``op right``"""
        return values

    def binary_op(self, values: Values) -> Binary:
        """``left op right``"""
        left, (index, right) = values
        run = self._tokens.payloads.get(index)
        operator = self._text[self._starts[index] : self._ends[index]]
        if run is not None:
            # `if` and `in` are also names: what looked like a run of negations begins with a subtraction.
            operator, right = run[0], self._negations(index, run[1:], right)
        first, last = left.span, right.span
        return Binary(operator, left, right, Span(self._path, first.start, last.end, first.line, last.end_line))

    def conditional(self, values: Values) -> Conditional:
        """``condition ? yes : no``"""
        condition, _, yes, _, no = values
        first, last = condition.span, no.span
        return Conditional(condition, yes, no, Span(self._path, first.start, last.end, first.line, last.end_line))

    # Tokens

    def _word(self, index: int) -> str:
        payload = self._tokens.payloads.get(index)
        return self._tokens.source(index) if payload is None else payload

    def _span(self, first: int, last: int) -> Span:
        return Span(
            self._path, self._starts[first], self._ends[last], self._lines[first], self._tokens.last_lines.get(last, self._lines[last])
        )

    def _error(self, message: str, index: int) -> ParseError:
        return ParseError(message, Place(self._path, self._lines[index], self._lines[index]))
