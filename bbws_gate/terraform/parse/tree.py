"""What each reduction of the grammar makes: the nodes of :mod:`bbws_gate.terraform.syntax`."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from bbws_gate.model import Place
from bbws_gate.terraform.parse import patterns, strings, templates
from bbws_gate.terraform.parse.depth import check_depth
from bbws_gate.terraform.parse.driver import Action
from bbws_gate.terraform.parse.expressions import Expressions, Values
from bbws_gate.terraform.parse.grammar import Grammar
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParseError
from bbws_gate.terraform.parse.tokens import NEWLINE, Tokens
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Attribute, Block, Body, Literal, Span, Template


def _renamed(values: Values) -> Any:
    return values[0]


class Tree(Expressions):
    """Builds the nodes of one text; the public methods are the grammar's actions, by name."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self.problems: list[Problem] = []

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
                self.problems.append(ParseError(message, Place(self._path, item.span.line, item.span.line), "HCL002").problem)
        return Body(tuple(attributes.values()), tuple(blocks), span)

    # Lists

    def begin_list(self, values: Values) -> Values:
        """``__items : item``"""
        return values

    def continue_list(self, values: Values) -> Values:
        """``__items : __items item``"""
        items: Values = values[0]
        items.extend(values[1:])
        return items

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
        if type(value) is int:
            return self._string_value(value) if self._text[self._starts[value]] == '"' else self._word(value)
        text = self._text[value.span.start + 1 : value.span.end - 1]
        if type(value) is not Literal or not patterns.QUOTED_CHARS.fullmatch(text):
            raise ParseError("a label cannot contain template sequences", value.span.place)
        return str(value.value)

    # Templates

    def string(self, values: Values) -> Literal | Template:
        """A string or heredoc with sequences, or a bare template."""
        opening, closing = values[0], values[-1]
        opener = self._text[self._starts[opening] : self._ends[opening]]
        pieces = [self._piece(value, opener == '"') for value in (values[1] if len(values) == 3 else [])]
        return templates.template(pieces, opener.startswith("<<-"), self._span(opening, closing))

    def _piece(self, value: Any, quoted: bool) -> templates.Piece:
        if isinstance(value, templates.Sequence):
            return value
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
