"""Calls, tuples, objects and ``for`` expressions, read directly."""

from __future__ import annotations

import re
from typing import Final

from bbws_gate.terraform.parse.direct import patterns
from bbws_gate.terraform.parse.direct.cursor import Unread, new_span
from bbws_gate.terraform.parse.direct.quoted import QuotedReader
from bbws_gate.terraform.parse.tokens import KEYWORDS
from bbws_gate.terraform.syntax import Call, Expression, ForObject, ForTuple, Literal, Name, ObjectCons, Span, TupleCons

_SIMPLE: Final = (patterns.F_STRING, patterns.F_DOTTED, patterns.F_NUMBER)


class BracketReader(QuotedReader):
    """Reads what stands in brackets; the cursor is after the opening one."""

    def _mark(self) -> str:
        """The punctuation that comes next, which is then read; empty when something else comes."""
        found = patterns.MARK.match(self._text, self._at)
        if found is None:
            return ""
        self._go(found.start(1), found.end())
        return found[1]

    def _ended(self, start: int, line: int) -> Span:
        return new_span((self._path, start, self._at, line, self._line))

    def _call(self, name: str, start: int) -> Call:
        """``name(arguments)``"""
        line = self._line
        items, mark = self._list(")")
        if mark == "...":
            mark = self._mark()
            if mark != ")" or not items:
                raise Unread
            return Call(name, tuple(items), True, self._ended(start, line))
        return Call(name, tuple(items), False, self._ended(start, line))

    def _list(self, closer: str) -> tuple[list[Expression], str]:
        """Expressions with commas between them, and what ends the list: ``closer`` or three dots."""
        items: list[Expression] = []
        while True:
            found = patterns.ELEMENT.match(self._text, self._at)
            if found is not None:
                items.append(self._element(found))
                if found.lastindex == patterns.E_COMMA:
                    continue
                if self._mark() != closer:
                    raise Unread
                return items, closer
            mark = self._mark()
            if mark == closer:
                return items, mark
            if mark:
                raise Unread
            items.append(self.expression(quiet=True))
            mark = self._mark()
            if mark in (closer, "..."):
                return items, mark
            if mark != ",":
                raise Unread

    def _element(self, found: re.Match[str]) -> Expression:
        """A string, integer or traversal, and all up to the end of the match."""
        value: Expression
        if (start := found.start(patterns.E_STRING)) >= 0:
            self._go(start - 1, start)
            value = self._string(found[patterns.E_STRING], start, found.end(patterns.E_STRING))
        elif (start := found.start(patterns.E_DOTTED)) >= 0:
            self._go(start, start)
            value = self._unreserved(found[patterns.E_DOTTED], start, found.end(patterns.E_DOTTED))
        else:
            start, end = found.span(patterns.E_NUMBER)
            self._go(start, start)
            value = self._integer(found[patterns.E_NUMBER], start, end)
        self._at = value.span.end
        self._go(found.end(), found.end())
        return value

    def _tuple(self, start: int) -> Expression:
        """``[a, b]`` or ``[for ...]``"""
        line = self._line
        found = patterns.FOR.match(self._text, self._at)
        if found is not None:
            key_name, value_name, collection = self._for_intro(found[1], found[2], found.end())
            value = self.expression(quiet=True)
            condition = self._condition()
            if self._mark() != "]":
                raise Unread
            return ForTuple(key_name, value_name, collection, value, condition, self._ended(start, line))
        items, mark = self._list("]")
        if mark != "]":
            raise Unread
        return TupleCons(tuple(items), self._ended(start, line))

    def _object(self, start: int) -> Expression:
        """``{ k = v }`` or ``{for ...}``"""
        line = self._line
        found = patterns.FOR.match(self._text, self._at)
        if found is not None:
            return self._for_object(found[1], found[2], found.end(), start)
        items: list[tuple[Expression, Expression]] = []
        while (item := self._field()) is not None:
            items.append(item)
        return ObjectCons(tuple(items), self._ended(start, line))

    def _field(self) -> tuple[Expression, Expression] | None:
        """One item and what separates it from the next; None after the closing brace."""
        found = patterns.FIELD.match(self._text, self._at)
        if found is None:
            before = patterns.ANYWHERE.match(self._text, self._at)
            if before is not None:
                self._go(before.end(), before.end())
            return self._other_field()
        kind = found.lastindex or 0
        if kind == patterns.F_CLOSE:
            self._go(found.start(kind), found.end())
            return None
        key = self._key(found)
        self._at = found.end()
        if kind == patterns.F_EXPRESSION:
            return key, self._field_value()
        newline = kind == patterns.F_NEWLINE
        if newline:
            kind = next(group for group in _SIMPLE if found[group] is not None)
        start, end = found.span(kind)
        value: Expression
        if kind == patterns.F_STRING:
            value = self._string(found[kind], start, end)
        elif kind == patterns.F_DOTTED:
            value = self._dotted(found[kind], start, end)
        else:
            value = self._integer(found[kind], start, end)
        self._line += newline
        return key, value

    def _key(self, found: re.Match[str]) -> Literal:
        """A bare word or plain string before ``=`` or ``:``."""
        start, end = found.span(patterns.F_WORD)
        if start < 0:
            start, end = found.span(patterns.F_QUOTED)
            self._go(start - 1, start)
            return self._string(found[patterns.F_QUOTED], start, end)
        self._go(start, end)
        return Literal(found[patterns.F_WORD], new_span((self._path, start, end, self._line, self._line)))

    def _field_value(self) -> Expression:
        value = self.expression(quiet=False)
        found = patterns.SEPARATOR.match(self._text, self._at)
        if found is None:
            raise Unread
        if found.lastindex:
            self._line += 1
        self._at = found.end()
        return value

    def _other_field(self) -> tuple[Expression, Expression]:
        """An item whose key is neither a bare word nor a plain string."""
        key = self.expression(quiet=False)
        found = patterns.ASSIGN.match(self._text, self._at)
        is_word = type(key) is Name or (type(key) is Literal and (key.value is None or type(key.value) is bool))
        if found is None or (is_word and self._text[key.span.start] != "("):
            raise Unread
        self._at = found.end()
        return key, self._field_value()

    def _for_intro(self, first: str | None, second: str | None, end: int) -> tuple[str | None, str, Expression]:
        """``for key, value in collection :``, from after the ``in``."""
        if first is None or first in KEYWORDS or second in KEYWORDS:
            raise Unread
        self._go(end, end)
        collection = self.expression(quiet=True)
        if self._mark() != ":":
            raise Unread
        return (None, first, collection) if second is None else (first, second, collection)

    def _for_object(self, first: str | None, second: str | None, end: int, start: int) -> ForObject:
        line = self._line
        key_name, value_name, collection = self._for_intro(first, second, end)
        key = self.expression(quiet=True)
        if self._mark() != "=>":
            raise Unread
        value = self.expression(quiet=True)
        mark = self._mark()
        group = mark == "..."
        condition = None
        if group or not mark:
            condition = self._condition()
            mark = self._mark()
        if mark != "}":
            raise Unread
        return ForObject(key_name, value_name, collection, key, value, group, condition, self._ended(start, line))

    def _condition(self) -> Expression | None:
        found = patterns.IF.match(self._text, self._at)
        if found is None:
            return None
        self._go(found.end(), found.end())
        return self.expression(quiet=True)
