"""Blank lines and trailing blanks of what templates print, cleaned up piece by piece, so that no page need be in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

CHUNK = 1 << 16
"""Characters that are cleaned up at a time."""
_BLANK = " \t\n"


def tidied(pieces: Iterable[str], *, empty: int = 1) -> Iterator[str]:
    """No trailing blanks, no more than ``empty`` empty lines in a row, none at the beginning, one newline at the end.

    Args:
        pieces: a page, cut anywhere.
        empty: lines.
    """
    held = ""  # blanks, of which only what follows tells how many stay
    begun = False
    for chunk in _chunks(pieces):
        text = held + chunk
        sure = text.rstrip(_BLANK)
        held = text[len(sure) :]
        if sure:
            shown = _tidy(sure, empty)
            yield shown if begun else shown.lstrip("\n")
            begun = True
    rest = _tidy(held, empty).rstrip("\n")
    yield (rest if begun else rest.lstrip("\n")) + "\n"


def _tidy(text: str, empty: int) -> str:
    if " \n" in text or "\t\n" in text:
        *lines, last = text.split("\n")
        text = "\n".join([*(line.rstrip(" \t") for line in lines), last])
    longest = "\n" * (empty + 1)
    while longest + "\n" in text:
        text = text.replace(longest + "\n", longest)
    return text


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """The same in pieces of some :data:`CHUNK` characters."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= CHUNK:
            text = "".join(kept)
            yield from (text[start : start + CHUNK] for start in range(0, size, CHUNK))
            kept, size = [], 0
    yield "".join(kept)
