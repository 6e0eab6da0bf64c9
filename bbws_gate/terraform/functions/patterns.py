"""Regular expressions as Terraform has them: Go's syntax, which is RE2's, matched in time linear in the text.

A pattern under assessment is hostile; RE2 has no backtracking, and both its size and the text it reads are paid for. Positions are
bytes of UTF-8, as in Go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import re2

from bbws_gate.deferred import dataclass, regex

_MEMORY: Final = 1 << 20
_BYTES_PER_STEP: Final = 256
_INSTRUCTIONS_PER_STEP: Final = 64

_REASONS: Final = {
    "bad repetition operator": "invalid nested repetition operator",
    "invalid named capture group": "invalid named capture",
    "invalid perl operator": "invalid or unsupported Perl syntax",
    "invalid repetition size": "invalid repeat count",
    "missing )": "missing closing )",
    "missing ]": "missing closing ]",
    "no argument for repetition operator": "missing argument to repetition operator",
    "pattern too large - compile failed": "expression too large",
    "trailing \\": "trailing backslash at end of expression",
}
"""RE2's words for what is wrong, in Go's (https://pkg.go.dev/regexp/syntax#ErrorCode) where they differ."""

_QUOTED_OR_ESCAPE: Final = regex(r"\\Q(?:.*?)(?:\\E|$)|\\(.)", re.DOTALL)
_GROUP: Final = regex(r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?P?<(?P<name>\w+)>|(?P<plain>\((?!\?))", re.DOTALL)


class PatternError(ValueError):
    """A pattern that Go refuses: why, and the part that is wrong."""

    def __init__(self, reason: str, part: str) -> None:
        super().__init__(f"{reason} in {part}")
        self.reason = reason
        self.part = part


@dataclass(frozen=True, slots=True)
class Match:
    """One match: the spans of the whole and of every group, in bytes; -1 for a group that took no part."""

    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the match begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the match ends."""
        return self.spans[0][1]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    search: Callable[[bytes, int], Match | None]
    """The leftmost match that begins at or after a position."""
    names: tuple[str, ...]
    """The name of every group, in order; empty for a group without one. Several groups may share a name."""
    size: int

    def cost(self, length: int) -> int:
        """Steps that searching so many bytes takes."""
        return (1 + length // _BYTES_PER_STEP) * (1 + self.size // _INSTRUCTIONS_PER_STEP)

    def matches(self, text: bytes, spend: Callable[[int], None]) -> Iterator[Match]:
        """All matches that do not overlap, as Go's FindAll: an empty one never directly after another match."""
        position, previous_end = 0, -1
        while position <= len(text):
            spend(self.cost(len(text) - position))
            match = self.search(text, position)
            if match is None:
                return
            adjacent = match.end == position and match.start == previous_end
            position = match.end if match.end != position else position + _width(text, position)
            previous_end = match.end
            if not adjacent:
                yield match


def _width(text: bytes, position: int) -> int:
    """The length of the character at ``position``; 1 at the end of the text."""
    lead = text[position] if position < len(text) else 0
    return 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """Reads a pattern.

    Raises:
        PatternError: Go would not take it.
    """
    for match in _QUOTED_OR_ESCAPE.finditer(pattern):
        if match.group(1) == "C":
            raise PatternError("invalid escape sequence", "\\C")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        engine = re2.compile(pattern.encode(), options)
    except re2.error as error:
        reason, _, part = error.args[0].decode(errors="replace").partition(": ")
        raise PatternError(_REASONS.get(reason, reason), part) from error

    def search(text: bytes, position: int) -> Match | None:
        found = engine.search(text, position)
        if found is None:
            return None
        return Match(tuple([found.span(group) for group in range(engine.groups + 1)]))

    index = {group: name.decode() for name, group in engine.groupindex.items()}
    names = tuple([index.get(group, "") for group in range(1, engine.groups + 1)])
    if index and "" in names:
        # The engine tells only the first group of each name.
        written = _written_names(pattern)
        names = written if len(written) == engine.groups else names
    return Pattern(search, names, engine.programsize)


def _written_names(pattern: str) -> tuple[str, ...]:
    groups = [match for match in _GROUP.finditer(pattern) if match["name"] or match["plain"]]
    return tuple([match["name"] or "" for match in groups])
