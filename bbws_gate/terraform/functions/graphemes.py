"""Grapheme clusters: what Terraform counts as one character of a string.

A cluster is a regular expression over the classes of its characters: the same one that Terraform's segmenter is generated from
(https://github.com/apparentlymart/go-textseg/blob/v15.0.0/textseg/grapheme_clusters.rl), Unicode 15's extended grapheme clusters.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.functions.grapheme_data import CONTROL, EXTEND, EXTENDED_PICTOGRAPHIC, PREPEND, SPACING_MARK

_OTHER: Final = "o"
_EXTENSION: Final = "(?:[es]|z(?:pe*)?)*"
_HANGUL: Final = f"(?:L+(?:(?:W?V+|X)T*|W)?|WV*T*|V+T*|XT*|T+){_EXTENSION}"
_EMOJI: Final = f"p{_EXTENSION}"
_JOINER: Final = "z[zes]*"
_FLAG: Final = f"rr?{_EXTENSION}"
_ANY: Final = "[oes][ezs]*"
_VISIBLE: Final = f"{_HANGUL}|{_EMOJI}|{_JOINER}|{_FLAG}|{_ANY}"
_CLUSTER: Final = regex(f"CN|c|{_VISIBLE}|P+(?:{_VISIBLE})?|.")

_SYLLABLES: Final = range(0xAC00, 0xD7A4)
_FINALS: Final = 28
"""Every 28th Hangul syllable has no final consonant."""


@cache
def _classes() -> tuple[list[int], list[str]]:
    """Where each run of one class begins, and the class; what lies between runs is ``o``."""
    runs = [(0x0D, 0x0D, "C"), (0x0A, 0x0A, "N"), (0x200D, 0x200D, "z"), (0x1F1E6, 0x1F1FF, "r"), (0xFFFD, 0xFFFD, "c")]
    runs += [(0x1100, 0x115F, "L"), (0xA960, 0xA97C, "L"), (0x1160, 0x11A7, "V"), (0xD7B0, 0xD7C6, "V")]
    runs += [(0x11A8, 0x11FF, "T"), (0xD7CB, 0xD7FB, "T"), (_SYLLABLES.start, _SYLLABLES.stop - 1, "X")]
    for letter, ranges in (("c", CONTROL), ("e", EXTEND), ("s", SPACING_MARK), ("P", PREPEND), ("p", EXTENDED_PICTOGRAPHIC)):
        for written in ranges.split():
            first, _, last = written.partition("-")
            runs.append((int(first, 16), int(last or first, 16), letter))
    starts, letters = [0], [_OTHER]
    for start, end, letter in sorted(runs):
        starts += [start, end + 1]
        letters += [letter, _OTHER]
    return starts, letters


@cache
def _class(character: str) -> str:
    point = ord(character)
    if point in _SYLLABLES:
        return "X" if (point - _SYLLABLES.start) % _FINALS else "W"
    starts, letters = _classes()
    return letters[bisect_right(starts, point) - 1]


def clusters(text: str) -> list[str]:
    """``text`` cut into its grapheme clusters."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    pattern = "".join([_class(character) for character in text])
    return [text[match.start() : match.end()] for match in _CLUSTER.finditer(pattern)]


def count(text: str) -> int:
    """The number of grapheme clusters in ``text``."""
    if text.isascii() and "\r\n" not in text:
        return len(text)
    return sum(1 for _ in _CLUSTER.finditer("".join([_class(character) for character in text])))
