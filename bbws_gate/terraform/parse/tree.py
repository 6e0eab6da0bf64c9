"""What each reduction of the grammar makes: the nodes of :mod:`bbws_gate.terraform.syntax`."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import Any, cast

from bbws_gate.model import Place
from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.parse import strings, templates, traversals
from bbws_gate.terraform.parse.depth import check_depth
from bbws_gate.terraform.parse.driver import Action
from bbws_gate.terraform.parse.grammar import Grammar
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParseError
from bbws_gate.terraform.parse.tokens import NEWLINE, Tokens, decoded
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import (
    Attribute,
    Binary,
    Block,
    Body,
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
    Template,
    TupleCons,
    Unary,
)

Values = list[Any]
Arguments = tuple[tuple[Expression, ...], bool]
Splatted = tuple[Span, list[traversals.Step]]
Pair = tuple[Expression, Expression]
Introduction = tuple[str | None, str, Expression]
"""The values of a rule's symbols: an index for a token, a node or list for a nonterminal; newlines and commas are left out."""

_PLAIN_DIGITS = 150
"""Integers no longer than this are exact in 512 bits."""
_CONSTANTS = {"true": True, "false": False, "null": None}


def _renamed(values: Values) -> Any:
    return values[0]


class Tree:
    """Builds the nodes of one text; the public methods are the grammar's actions, by name."""

    def __init__(self, tokens: Tokens) -> None:
        self.problems: list[Problem] = []
        self._tokens = tokens
        self._path = tokens.path
        self._text = tokens.text
        self._starts = tokens.starts
        self._ends = tokens.ends
        self._lines = tokens.lines
        self._traversals = traversals.Traversals()

    def actions(self, grammar: Grammar) -> list[Action]:
        """The methods, in the order in which the tables number them."""
        return [_renamed if name == "pass" else getattr(self, name) for name in grammar.actions]

    def body_of(self, items: list[Attribute | Block], span: Span) -> Body:
        """The items of a file or block. An attribute set twice is a problem, and the first setting stands, as in HCL."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for item in items:
            if type(item) is Block:
                blocks.append(item)
            elif type(item) is Attribute and attributes.setdefault(item.name, item) is not item:
                first = attributes[item.name].span.line
                message = f"attribute {item.name!r} was already set on line {first}; each may be set once"
                self.problems.append(Problem("HCL002", message, Place(self._path, item.span.line, item.span.line)))
        return Body(tuple(attributes.values()), tuple(blocks), span)

    # Lists

    def begin_list(self, values: Values) -> Values:
        """``__items : item``"""
        return values

    def continue_list(self, values: Values) -> Values:
        """``__items : __items item``"""
        values[0].extend(values[1:])
        return values[0]  # type: ignore[no-any-return]

    # Structure

    def start(self, values: Values) -> Any:
        """``start : body``"""
        return values[0]

    def body(self, values: Values) -> list[Attribute | Block]:
        """``body : items?``"""
        return values[0] if values else []

    def attribute(self, values: Values) -> Attribute:
        """``name = expression``"""
        index, _, value = values
        span = value.span
        start = self._starts[index]
        if (span.end - start > MAX_DEPTH and bisect_left(self._starts, span.end) - index > MAX_DEPTH) or self._tokens.has_runs:
            check_depth(value)
        return Attribute(self._word(index), value, Span(self._path, start, span.end, self._lines[index], span.end_line))

    def block(self, values: Values) -> Block:
        """``type labels { body }``"""
        kind, opening, items, closing = values[0], values[-3], values[-2], values[-1]
        labels = tuple([self._label(value) for value in values[1]]) if len(values) == 5 else ()
        self._check_lines(items, opening, closing)
        starts, ends, lines = self._starts, self._ends, self._lines
        start, line = starts[kind], lines[kind]
        return Block(
            self._word(kind),
            labels,
            self.body_of(items, Span(self._path, ends[opening], starts[closing], lines[opening], lines[closing])),
            Span(self._path, start, ends[closing], line, lines[closing]),
            Span(self._path, start, ends[opening], line, lines[opening]),
        )

    def _check_lines(self, items: list[Attribute | Block], opening: int, closing: int) -> None:
        """``{ name = value }`` may share a line; anything else in a block stands on lines of its own."""
        kinds = self._tokens.kinds
        if closing == opening + 1:
            return
        if kinds[opening + 1] == NEWLINE:
            if kinds[closing - 1] != NEWLINE:
                raise self._error("a new line is required before the closing brace", closing)
        elif len(items) != 1 or type(items[0]) is not Attribute or kinds[closing - 1] == NEWLINE:
            raise self._error("a block on one line holds one attribute only; write one attribute or block per line", opening)

    def _label(self, value: Any) -> str:
        if type(value) is Literal:
            return str(value.value)
        if type(value) is not int:
            raise ParseError("a label cannot contain template sequences", value.span.place)
        text = self._text[self._starts[value]]
        if text == "<":
            raise self._error("a heredoc cannot be a label", value)
        return self._string_value(value) if text == '"' else self._word(value)

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
        if len(text) <= _PLAIN_DIGITS and text.isdigit():
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

    def tuple(self, values: Values) -> TupleCons:
        """``[a, b]``"""
        items: Values = []
        for value in values[1:-1]:
            items += value if type(value) is list else (value,)
        return TupleCons(tuple(items), self._span(values[0], values[-1]))

    def object(self, values: Values) -> ObjectCons:
        """``{ k = v }``"""
        return ObjectCons(tuple(values[1]) if len(values) == 3 else (), self._span(values[0], values[-1]))

    def object_elem(self, values: Values) -> Pair:
        """``key = value`` or ``key : value``"""
        return values[0], values[2]

    def object_elem_key(self, values: Values) -> Expression:
        """A key; a bare word is a string."""
        (key,) = values
        if type(key) is int:
            return Literal(strings.normalised(self._word(key)), self._span(key, key))
        if type(key) is Name and self._text[key.span.start] != "(":
            return Literal(strings.normalised(key.name), key.span)
        if type(key) is Literal and (key.value is None or type(key.value) is bool) and self._text[key.span.start] != "(":
            return Literal(self._text[key.span.start : key.span.end], key.span)
        return key  # type: ignore[no-any-return]

    # For expressions

    def for_intro(self, values: Values) -> Introduction:
        """``for key, value in collection :``"""
        names = [self._word(value) for value in values[1:-3]]
        return (names[0] if len(names) == 2 else None), names[-1], values[-2]

    def for_cond(self, values: Values) -> Expression:
        """``if condition``"""
        return values[1]  # type: ignore[no-any-return]

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

    def arguments(self, values: Values) -> Arguments:
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
        return values[1]  # type: ignore[no-any-return]

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

    def _splat(self, values: Values) -> Splatted:
        steps = values[1] if len(values) > 1 else []
        return self._span(values[0], values[0]), [self._step(value) for value in steps]

    def _step(self, value: Any) -> traversals.Step:
        if type(value) is not int:
            return value  # type: ignore[no-any-return]
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

    # Templates

    def string(self, values: Values) -> Literal | Template:
        """A string or heredoc with sequences, or a bare template."""
        opening, closing = values[0], values[-1]
        opener = self._text[self._starts[opening] : self._ends[opening]]
        pieces = [self._piece(value, opener == '"') for value in (values[1] if len(values) == 3 else [])]
        return templates.template(pieces, opener.startswith("<<-"), self._span(opening, closing))

    def _piece(self, value: Any, quoted: bool) -> templates.Piece:
        if type(value) is not int:
            return value  # type: ignore[no-any-return]
        span = self._span(value, value)
        text = self._tokens.source(value)
        return templates.Text(strings.unescaped(text, span.place) if quoted else strings.unescaped_sequences(text), span)

    def _sequence(self, kind: str, values: Values, **parts: Any) -> templates.Sequence:
        opening, closing = values[0], values[-1]
        strips_left = self._text[self._ends[opening] - 1] == "~"
        strips_right = self._text[self._starts[closing]] == "~"
        return templates.Sequence(kind, self._span(opening, closing), strips_left, strips_right, **parts)

    def interpolation(self, values: Values) -> templates.Sequence:
        """``${ expression }``"""
        return self._sequence(templates.INTERPOLATION, values, expression=values[1])

    def template_if_start(self, values: Values) -> templates.Sequence:
        """``%{ if condition }``"""
        return self._sequence(templates.IF, values, expression=values[2])

    def template_else(self, values: Values) -> templates.Sequence:
        """``%{ else }``"""
        return self._sequence(templates.ELSE, values)

    def template_endif(self, values: Values) -> templates.Sequence:
        """``%{ endif }``"""
        return self._sequence(templates.ENDIF, values)

    def template_for_start(self, values: Values) -> templates.Sequence:
        """``%{ for key, value in collection }``"""
        names = [self._word(value) for value in values[2:-3]]
        key_name = names[0] if len(names) == 2 else None
        return self._sequence(templates.FOR, values, expression=values[-2], key_name=key_name, value_name=names[-1])

    def template_endfor(self, values: Values) -> templates.Sequence:
        """``%{ endfor }``"""
        return self._sequence(templates.ENDFOR, values)

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
