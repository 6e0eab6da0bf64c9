"""Literal text: escapes, normalisation, and the whitespace rules of heredocs and strip markers."""

from __future__ import annotations

import re
import unicodedata

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.model import Place
from bbws_gate.terraform.parse.source import ParseError
from bbws_gate.terraform.parse.tokens import decoded

BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Go's unicode.IsSpace, which differs from Python's str.isspace."""

_BLANKS_IN_LINE = BLANKS.replace("\r", "")
_ESCAPE = regex(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{", re.DOTALL)
_SEQUENCE_ESCAPE = regex(r"\$\$\{|%%\{")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def normalised(text: str) -> str:
    """Unicode normalisation form C, as cty does for every string."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unescaped(text: str, place: Place) -> str:
    """The literal text of a quoted string; ``$${`` and ``%%{`` included.

    Raises:
        ParseError: for an escape that HCL does not know.
    """

    def value(match: re.Match[str]) -> str:
        escape = match[0]
        if escape[0] != "\\":
            return escape[1:]
        if len(escape) > 2:
            code = int(escape[2:], 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise ParseError(f"the escape {escape} is not a Unicode character", place)
            return chr(code)
        if escape[1] not in _SIMPLE:
            raise ParseError(f"the escape {escape} does not exist in strings" + (" (\\\\ is a backslash)"), place)
        return _SIMPLE[escape[1]]

    return _ESCAPE.sub(value, text) if "\\" in text or "{" in text else text


def unescaped_sequences(text: str) -> str:
    """The literal text of a heredoc or bare template, where only ``$${`` and ``%%{`` are escapes."""
    return _SEQUENCE_ESCAPE.sub(lambda match: match[0][1:], text) if "{" in text else text


def indent(line: str) -> int | None:
    """How many blanks a line begins with; None for a blank line, which does not count."""
    stripped = line.lstrip(BLANKS)
    return None if not stripped and line.endswith("\n") else len(line) - len(stripped)


def without_indent(lines: list[str]) -> list[str]:
    """``<<-``: every line less the smallest indent among them; blank lines stay as they are."""
    indents = [indent(line) for line in lines]
    smallest = min((width for width in indents if width is not None), default=0)
    return [line if width is None else line[smallest:] for line, width in zip(lines, indents, strict=True)]


class ClosingLine(NamedTuple):
    """The line that closes a heredoc, in positions of the text."""

    line: int
    start: int
    """Where the marker itself begins."""
    end: int
    """The end of the marker."""
    newline: int
    """Where the line ends: the newline that must follow it."""


def closing_line(text: str, marker: str, position: int) -> ClosingLine | None:
    """The line at ``position`` when it closes a heredoc: nothing but the marker and blanks. The text has one character per byte."""
    newline = text.find("\n", position)
    end = newline - text.startswith("\r", newline - 1)
    line = decoded(text[position:end]) if newline >= 0 else ""
    if line.strip(_BLANKS_IN_LINE) != decoded(marker):
        return None
    start = text.index(marker, position)
    return ClosingLine(position, start, start + len(marker), end)


def find_closing_line(text: str, marker: str, position: int) -> ClosingLine | None:
    """The first closing line from ``position``, which is the start of a line; None when there is none."""
    while True:
        occurrence = text.find(marker, position)
        if occurrence < 0:
            return None
        found = closing_line(text, marker, text.rfind("\n", position - 1, occurrence) + 1)
        if found is not None:
            return found
        position = text.find("\n", occurrence) + 1
        if not position:
            return None
