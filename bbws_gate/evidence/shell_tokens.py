"""Shell text as words and operators. Nothing is expanded: ``$NAME``, ``$(...)`` and GitHub's ``${{ ... }}`` stay as they are written.

Token recognition: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_03
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex

MAX_TOKENS = 50_000

_LONG_OPERATORS = frozenset({"&&", "||", ";;", "|&"})
_BLANK = regex(r"(?:[ \t\r]|\\\r?\n)*(?:(?<![^\s;&|()])#[^\n]*)?")
_REDIRECTION = regex(r"(?:[0-9]*|&)(?:<<<|<<-?|>>|>\||<>|[<>]&?)")


class Token(NamedTuple):
    """A word or an operator."""

    text: str
    line: int
    is_word: bool


def tokens(text: str, first_line: int) -> Iterator[Token]:
    """The tokens of a script whose first line is ``first_line``; at most :data:`MAX_TOKENS`."""
    scanner = _Scanner(text, first_line)
    for _ in range(MAX_TOKENS):
        token = scanner.next()
        if token is None:
            return
        yield token


class _Scanner:
    """Splits text into words and operators."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._position = 0
        self._line = first_line
        self._heredocs: list[str] = []
        self._ready: list[Token] = []
        """What a line end has brought: the texts of its heredocs, and itself."""

    def next(self) -> Token | None:
        while True:
            self._skip_blanks()
            line, rest = self._line, self._text[self._position : self._position + 2]
            if not rest and not self._ready:
                return None
            if self._ready:
                return self._ready.pop(0)
            if rest[0] == "\n":
                self._advance(1)
                self._ready = [*self._heredocs_from(line), Token("\n", line, is_word=False)]
                continue
            if rest in _LONG_OPERATORS or (rest[0] in ";|&()" and rest != "&>"):
                operator = rest if rest in _LONG_OPERATORS else rest[0]
                self._advance(len(operator))
                return Token(operator, line, is_word=False)
            redirection = _REDIRECTION.match(self._text, self._position)
            if redirection is None:
                return Token(self._word(), line, is_word=True)
            self._advance(len(redirection[0]))
            operator = redirection[0].lstrip("0123456789")
            if operator not in {"<<", "<<-"}:
                return Token(operator, line, is_word=False)
            self._skip_blanks()
            self._heredocs.append(self._word())

    def _advance(self, count: int) -> None:
        self._line += self._text.count("\n", self._position, self._position + count)
        self._position += count

    def _skip_blanks(self) -> None:
        blank = _BLANK.match(self._text, self._position)
        if blank is not None:
            self._advance(blank.end() - self._position)

    def _heredocs_from(self, line: int) -> Iterator[Token]:
        """The texts of the heredocs that a line announces, each as ``<<`` and a word of that line."""
        for word in self._heredocs:
            end = re.compile(rf"^\t*{re.escape(word)}[ \t]*\r?$", re.MULTILINE).search(self._text, self._position)
            yield Token("<<", line, is_word=False)
            yield Token(self._text[self._position : end.start() if end is not None else len(self._text)], line, is_word=True)
            self._advance((end.end() if end is not None else len(self._text)) - self._position)
        self._heredocs.clear()

    def _word(self) -> str:
        parts: list[str] = []
        while self._position < len(self._text):
            character = self._text[self._position]
            if character in " \t\r\n;|&<>()":
                break
            if character == "\\":
                parts.append(self._text[self._position + 1 : self._position + 2].replace("\n", ""))
                self._advance(2)
            elif character in "'\"":
                parts.append(self._quoted(character))
            elif character == "`" or self._text.startswith(("$(", "${"), self._position):
                parts.append(self._nested())
            else:
                parts.append(character)
                self._advance(1)
        return "".join(parts)

    def _quoted(self, quote: str) -> str:
        self._advance(1)
        parts: list[str] = []
        while self._position < len(self._text):
            character = self._text[self._position]
            if character == quote:
                break
            if quote == '"' and character == "\\":
                following = self._text[self._position + 1 : self._position + 2]
                parts.append("" if following == "\n" else following if following in '$`"\\' else character + following)
                self._advance(2)
            elif quote == '"' and (character == "`" or self._text.startswith(("$(", "${"), self._position)):
                parts.append(self._nested())
            else:
                parts.append(character)
                self._advance(1)
        self._advance(1)
        return "".join(parts)

    def _nested(self) -> str:
        """``${{ ... }}``, ``${...}``, ``$(...)`` or backquotes, as written."""
        start, text = self._position, self._text
        if text.startswith("${{", start):
            end = text.find("}}", start)
            end = len(text) if end < 0 else end + 2
        elif text[start] == "`":
            end = text.find("`", start + 1)
            end = len(text) if end < 0 else end + 1
        else:
            end = _closing(text, start + 1)
        self._advance(end - start)
        return text[start:end]


def _closing(text: str, start: int) -> int:
    """The position after the bracket that closes the one at ``start``; quotes inside are stepped over."""
    pairs = {"(": ")", "{": "}"}
    opening, closing, depth = text[start], pairs[text[start]], 0
    quote = ""
    for position in range(start, len(text)):
        character = text[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if depth == 0:
                return position + 1
    return len(text)
