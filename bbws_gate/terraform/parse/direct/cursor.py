"""Where the direct reader is in the text, and what it hands to others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import Final

from bbws_gate.terraform.parse.source import EXACT_DIGITS
from bbws_gate.terraform.parse.strings import normalised
from bbws_gate.terraform.parse.tokens import KEYWORDS, decoded
from bbws_gate.terraform.parse.traversals import Traversals
from bbws_gate.terraform.syntax import Expression, GetAttr, Literal, Name, Span

CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
RESERVED: Final = frozenset(KEYWORDS) - CONSTANTS.keys()
DEEPEST: Final = 30
"""Levels of blocks and of brackets that are read here: with room for Python's own stack, and well within what files may have."""

new_span: Final = partial(tuple.__new__, Span)
"""A span of a tuple of its fields, in half the time that the class itself takes; a large root has a hundred thousand."""


class Unread(Exception):
    """Something that the direct reader leaves to the scanner and the tables."""


class Cursor(ABC):
    """A text, and the place up to which it is read."""

    def __init__(self, path: str, text: str, at: int) -> None:
        self._path = path
        self._text = text
        self._at = at
        self._line = 1
        self._is_ascii = text.isascii()
        self._level = 0
        """Levels of expressions around this place."""
        self._steps = 0
        """Operators and steps of traversals so far in this attribute: an expression is no deeper than these and its brackets."""
        self._deepest = 0
        self._traversals = Traversals()

    @abstractmethod
    def expression(self, quiet: bool) -> Expression:
        """The expression that begins here; ``quiet`` where newlines mean nothing."""

    def _go(self, start: int, end: int) -> None:
        """On to ``end``, over blanks and newlines before ``start``."""
        if start != self._at:
            self._line += self._text.count("\n", self._at, start)
        self._at = end

    def _string(self, value: str, start: int, end: int) -> Literal:
        """A string without escapes or sequences; ``start`` and ``end`` are those of its text, inside the quotation marks."""
        if not self._is_ascii and not value.isascii():
            value = normalised(decoded(value))
        line = self._line
        return Literal(value, new_span((self._path, start - 1, end + 1, line, line)))

    def _integer(self, text: str, start: int, end: int) -> Literal:
        if end - start > EXACT_DIGITS:
            raise Unread
        line = self._line
        return Literal(int(text), new_span((self._path, start, end, line, line)))

    def _unreserved(self, text: str, start: int, end: int) -> Expression:
        """As :meth:`_dotted`, where newlines mean nothing and some words are not always names."""
        if text in RESERVED or text.partition(".")[0] in RESERVED:
            raise Unread
        return self._dotted(text, start, end)

    def _dotted(self, text: str, start: int, end: int) -> Expression:
        """``true``, ``name`` or ``name.attribute.attribute``, on one line."""
        path, line = self._path, self._line
        if "." not in text:
            if text in CONSTANTS:
                return Literal(CONSTANTS[text], new_span((path, start, end, line, line)))
            return Name(text, new_span((path, start, end, line, line)))
        first, *names = text.split(".")
        end = start + len(first)
        span = new_span((path, start, end, line, line))
        term: Expression = Literal(CONSTANTS[first], span) if first in CONSTANTS else Name(first, span)
        self._steps += len(names)
        for name in names:
            end += 1 + len(name)
            term = GetAttr(term, name, new_span((path, start, end, line, line)))
        return term
