"""Which lines of a comment its author says: not what is quoted, code, or hidden in HTML.

A small part of CommonMark, on the safe side of it: what might belong to something else does not count.
https://spec.commonmark.org/0.31.2/#html-blocks and #fenced-code-blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex

MAX_TEXT = 70_000
"""Characters of a comment that are read; GitHub takes 65,536."""

_FENCE = regex(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RAW = "(?:script|pre|style|textarea)"
_HTML = (
    (regex(rf" {{0,3}}<{_RAW}(?:[\s>]|$)", re.IGNORECASE), regex(rf"</{_RAW}>", re.IGNORECASE)),
    (regex(r" {0,3}<!--"), regex(r"-->")),
    (regex(r" {0,3}<\?"), regex(r"\?>")),
    (regex(r" {0,3}<!\[CDATA\["), regex(r"\]\]>")),
    (regex(r" {0,3}<![A-Za-z]"), regex(r">")),
    (regex(r" {0,3}<"), regex(r"^\s*$")),
)
"""What begins a block of HTML, and what ends it; the last holds for every other tag: until an empty line."""


class SpokenLine(NamedTuple):
    """A line that stands in a paragraph at the left edge."""

    text: str
    doubt: bool
    """Whether an earlier line of its paragraph may have drawn it into a quote, a code span or a tag."""


def spoken(text: str) -> Iterator[SpokenLine]:
    """The lines of ``text`` that begin at the left edge and are neither quoted nor code nor HTML."""
    lines = iter(re.split(r"\r\n|\n|\r", text[:MAX_TEXT]))
    doubt = False
    for line in lines:
        if not line.strip(" \t"):
            doubt = False
        elif fence := _FENCE.match(line):
            _skip_fence(fence[1], lines)
            doubt = False
        elif ending := next((end for start, end in _HTML if start.match(line)), None):
            if not ending.search(line):
                _skip_until(ending, lines)
            doubt = True
        else:
            if line[0] not in " \t":
                yield SpokenLine(line, doubt)
            doubt = doubt or line.lstrip(" ").startswith(">") or bool(re.search(r"[`<\[\\]|^ {0,3}(?:[-+*]|[0-9]+[.)])(?:\s|$)", line))


def _skip_fence(opening: str, lines: Iterator[str]) -> None:
    closing = re.compile(rf" {{0,3}}{re.escape(opening[0])}{{{len(opening)},}}[ \t]*")
    for line in lines:
        if closing.fullmatch(line):
            return


def _skip_until(ending: re.Pattern[str], lines: Iterator[str]) -> None:
    for line in lines:
        if ending.search(line):
            return
