"""Where the process that reads puts the texts whose trees were not kept, for the process that started it."""

from __future__ import annotations

import mmap
from typing import Final

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.cache.key import Syntax

CAPACITY: Final = 8_000_000
_SYNTAXES: Final = tuple(Syntax)
_HEAD: Final = 5
"""Bytes before each text: how it is read, and its length."""


class Text(NamedTuple):
    """One text and how it is read."""

    data: bytes
    syntax: Syntax


class Tray:
    """Memory that a process shares with those it forks; no file, so also for a process that may not write any.

    What lies on it is a proposal: texts, never trees. Whoever takes them parses them anew.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._memory = mmap.mmap(-1, capacity)
        self._at = 0

    def put(self, text: Text) -> None:
        """Leave a text; one that finds no room is left out."""
        size = len(text.data)
        if self._at + _HEAD + size + 1 > len(self._memory):
            return
        self._memory[self._at : self._at + _HEAD + size] = (
            bytes([1 + _SYNTAXES.index(text.syntax)]) + size.to_bytes(4, "little") + text.data
        )
        self._at += _HEAD + size

    def take(self) -> list[Text]:
        """All texts, each once, up to the first that makes no sense."""
        found: dict[Text, None] = {}
        at = 0
        while 0 < (mark := self._memory[at]) <= len(_SYNTAXES):
            size = int.from_bytes(self._memory[at + 1 : at + _HEAD], "little")
            end = at + _HEAD + size
            if end >= len(self._memory):
                break
            found[Text(self._memory[at + _HEAD : end], _SYNTAXES[mark - 1])] = None
            at = end
        return list(found)
