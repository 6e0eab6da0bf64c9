"""Huffman codes of limited length, chosen as Go's compress/flate chooses them: any other choice gives other bytes.

The lengths come from the boundary package-merge algorithm (https://en.wikipedia.org/wiki/Package-merge_algorithm), the codes from
RFC 1951, 3.2.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbws_gate.deferred import NamedTuple, dataclass

_NEVER: Final = 1 << 31


class Code(NamedTuple):
    """A code word, its bits in the order in which they are written, and how many they are."""

    bits: int
    length: int


def reversed_bits(number: int, length: int) -> int:
    """The lowest ``length`` bits of ``number``, turned round."""
    return int(format(number, f"0{length}b")[::-1], 2)


def codes(frequencies: Sequence[int], longest: int) -> dict[int, Code]:
    """A code for every symbol that occurs, none longer than ``longest``; with one or two symbols they have one bit."""
    symbols = sorted([(frequency, symbol) for symbol, frequency in enumerate(frequencies) if frequency])
    if len(symbols) <= 2:
        return {symbol: Code(index, 1) for index, symbol in enumerate(sorted(symbol for _, symbol in symbols))}
    counts = _length_counts([frequency for frequency, _ in symbols], longest)
    assigned: dict[int, Code] = {}
    word, end = 0, len(symbols)
    for length, count in enumerate(counts):
        word <<= 1
        if length == 0 or count == 0:
            continue
        for symbol in sorted([symbol for _, symbol in symbols[end - count : end]]):
            assigned[symbol] = Code(reversed_bits(word, length), length)
            word += 1
        end -= count
    return assigned


@dataclass(slots=True)
class _Level:
    """One row of the algorithm: what was added to it last, and what comes next."""

    last: int
    next_leaf: int
    next_pair: int
    needed: int = 0


def _length_counts(frequencies: list[int], longest: int) -> list[int]:
    """How many symbols get a code of each length, for three or more symbols in order of frequency."""
    leaves = [*frequencies, _NEVER]
    deepest = min(longest, len(frequencies) - 1)
    pair = leaves[0] + leaves[1]
    rows = [_Level(leaves[1], leaves[2], _NEVER if level == 1 else pair) for level in range(deepest + 2)]
    used = [[0] * (deepest + 1) for _ in range(deepest + 1)]
    for level in range(1, deepest + 1):
        used[level][level] = 2
    rows[deepest].needed = 2 * len(frequencies) - 4
    level = deepest
    while True:
        row = rows[level]
        if row.next_pair == _NEVER and row.next_leaf == _NEVER:
            row.needed = 0
            rows[level + 1].next_pair = _NEVER
            level += 1
            continue
        before = row.last
        if row.next_leaf < row.next_pair:
            used[level][level] += 1
            row.last, row.next_leaf = row.next_leaf, leaves[used[level][level]]
        else:
            row.last = row.next_pair
            used[level][:level] = used[level - 1][:level]
            rows[level - 1].needed = 2
        row.needed -= 1
        if row.needed == 0:
            if level == deepest:
                break
            rows[level + 1].next_pair = before + row.last
            level += 1
        else:
            while rows[level - 1].needed > 0:
                level -= 1
    reached = used[deepest]
    return [0, *(reached[level] - reached[level - 1] for level in range(deepest, 0, -1))]
