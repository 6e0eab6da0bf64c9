"""Files and blocks, read directly."""

from __future__ import annotations

import re
from typing import Final

from bbws_gate.terraform.parse.depth import check_depth
from bbws_gate.terraform.parse.direct import patterns
from bbws_gate.terraform.parse.direct.cursor import DEEPEST, Unread, new_span
from bbws_gate.terraform.parse.direct.expressions import ExpressionReader
from bbws_gate.terraform.parse.source import MAX_DEPTH
from bbws_gate.terraform.parse.strings import normalised
from bbws_gate.terraform.parse.tokens import decoded
from bbws_gate.terraform.syntax import Attribute, Block, Body, Expression, Literal

_SURE_LEVELS: Final = 10
_SURE_STEPS: Final = MAX_DEPTH - 4 * _SURE_LEVELS
"""A level of brackets makes no more than four nodes inside each other, and a step makes one: what has no more is not too deep."""


def read_body(path: str, text: str, start: int) -> Body:
    """The body of a file of attributes and blocks, ``text`` from ``start`` on, with one character per byte.

    Raises:
        Unread: the scanner and the tables have to read it.
        ParseError: they will refuse it; only they know with which of its errors.
    """
    return _BodyReader(path, text, start).file()


class _BodyReader(ExpressionReader):
    def __init__(self, path: str, text: str, start: int) -> None:
        super().__init__(path, text, start)
        self._blocks = 0

    def file(self) -> Body:
        text = self._text
        if "\r" in text and text.count("\r") != text.count("\r\n"):
            raise Unread
        attributes, blocks, closing = self._items()
        if closing >= 0:
            raise Unread
        # Not the reader's own line: the last one may end without a newline.
        return Body(attributes, blocks, new_span((self._path, 0, len(text), 1, 1 + text.count("\n"))))

    def _items(self) -> tuple[tuple[Attribute, ...], tuple[Block, ...], int]:
        """Attributes and blocks up to a closing brace, and where that is; -1 when the text ends before one comes.

        The cursor is then at the end, or on the line after the brace.
        """
        text, path, match = self._text, self._path, patterns.ITEM.match
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        while True:
            at = self._at
            found = match(text, at)
            if found is None:
                raise Unread
            kind = found.lastindex or 0
            start = found.start(1 if kind < patterns.I_CLOSE else kind)
            self._line = line = self._line + text.count("\n", at, start)
            self._at = found.end()
            if kind > patterns.I_EXPRESSION:
                if kind > patterns.I_INLINE:
                    return tuple(attributes.values()), tuple(blocks), start if kind == patterns.I_CLOSE else -1
                blocks.append(self._block(found, start, kind == patterns.I_INLINE))
                continue
            value: Expression
            if kind == patterns.I_STRING and self._is_ascii:
                first, end = found.span(kind)
                end += 1
                value = Literal(found[kind], new_span((path, first - 1, end, line, line)))
                self._line = line + 1
                span = new_span((path, start, end, line, line))
            else:
                value = self._expression_of_attribute() if kind == patterns.I_EXPRESSION else self._value(found, kind)
                last = value.span
                span = new_span((path, start, last.end, line, last.end_line))
            name = found[1]
            if name in attributes:
                raise Unread
            attributes[name] = Attribute(name, value, span)

    def _value(self, found: re.Match[str], kind: int) -> Expression:
        """The value of an attribute that ends its line."""
        start, end = found.span(kind)
        if kind == patterns.I_DOTTED:
            value = self._dotted(found[kind], start, end)
            if end - start > MAX_DEPTH:
                check_depth(value)
        elif kind == patterns.I_STRING:
            value = self._string(found[kind], start, end)
        else:
            value = self._integer(found[kind], start, end)
        self._line += 1
        return value

    def _expression_of_attribute(self) -> Expression:
        value = self._attribute_value()
        found = patterns.LINE_END.match(self._text, self._at)
        if found is None:
            raise Unread
        self._at = found.end()
        self._line += 1
        return value

    def _attribute_value(self) -> Expression:
        self._steps = self._deepest = 0
        value = self.expression(quiet=False)
        if self._deepest > _SURE_LEVELS or self._steps > _SURE_STEPS:
            check_depth(value)
        return value

    def _block(self, found: re.Match[str], start: int, inline: bool) -> Block:
        """A block from the match of its header, after which the cursor is; it is then on the line after the block."""
        line = self._line
        opened = found.end(patterns.I_LABELS) + 1
        attributes: tuple[Attribute, ...]
        blocks: tuple[Block, ...] = ()
        if inline:
            attributes, closing = self._inline(opened)
            last = self._line
        else:
            self._line += 1
            self._blocks += 1
            if self._blocks > DEEPEST:
                raise Unread
            attributes, blocks, closing = self._items()
            self._blocks -= 1
            if closing < 0:
                raise Unread
            last = self._line
        self._line += 1
        path, labels = self._path, found[patterns.I_LABELS]
        return Block(
            found[1],
            self._labels(labels) if labels else (),
            Body(attributes, blocks, new_span((path, opened, closing, line, last))),
            new_span((path, start, closing + 1, line, last)),
            new_span((path, start, opened, line, line)),
        )

    def _labels(self, text: str) -> tuple[str, ...]:
        labels = [quoted or word for quoted, word in patterns.LABEL.findall(text)]
        return tuple(labels if self._is_ascii else [normalised(decoded(label)) for label in labels])

    def _inline(self, opened: int) -> tuple[tuple[Attribute, ...], int]:
        """``{ name = value }`` or ``{}``, and where its brace is; the cursor is then after the end of the line."""
        found = patterns.INLINE.match(self._text, opened)
        if found is None:
            raise Unread
        self._at = found.end()
        if found[1] is None:
            return (), found.start(2)
        start, line = found.start(1), self._line
        value = self._attribute_value()
        span = value.span
        end = patterns.INLINE_END.match(self._text, self._at)
        if end is None:
            raise Unread
        self._at = end.end()
        return (Attribute(found[1], value, new_span((self._path, start, span.end, line, span.end_line))),), end.start(1)
