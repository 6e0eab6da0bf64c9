"""DEFLATE (RFC 1951) byte for byte as Go's compress/flate writes it at its default level.

https://github.com/golang/go/tree/go1.25.10/src/compress/flate. Other compressors choose other matches and other codes, so that only
the same choices give the value that Terraform has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from bbws_gate.deferred import dataclass, field
from bbws_gate.terraform.functions.huffman import Code, codes, reversed_bits

LONGEST_INPUT: Final = 1 << 16
"""As much as Go's compressor holds at once; beyond, its window moves."""

_WINDOW: Final = 1 << 15
_SHORTEST, _LONGEST = 4, 258
_GOOD, _LAZY, _NICE, _CHAIN = 8, 16, 128, 128
_NEAR: Final = 4096
"""The shortest matches count only from here."""
_BLOCK_TOKENS: Final = 1 << 14
_STORED_LIMIT: Final = 65535
_END: Final = 256
_LENGTH_CODES: Final = 257
_SYMBOLS: Final = 286

_LENGTH_BASE: Final = (*range(8), 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 255)
_LENGTH_EXTRA: Final = (0,) * 8 + (1,) * 4 + (2,) * 4 + (3,) * 4 + (4,) * 4 + (5,) * 4 + (0,)
_OFFSET_BASE: Final = (0, 1, 2, 3, *(base << shift for shift in range(1, 14) for base in (2, 3)))
_OFFSET_EXTRA: Final = (0, 0, 0, 0, *(extra for extra in range(1, 14) for _ in (2, 3)))
_HEADER_ORDER: Final = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
_REPEAT_EXTRA: Final = {16: 2, 17: 3, 18: 7}

Token: TypeAlias = "int | tuple[int, int]"
"""A byte, or the length and distance of a match."""


@dataclass(slots=True)
class _Matcher:
    """Finds earlier occurrences of what stands at a position, by chains of positions with the same hash."""

    data: bytes
    spend: Callable[[int], None]
    heads: dict[int, int] = field(default_factory=dict)
    previous: dict[int, int] = field(default_factory=dict)

    def insert(self, position: int) -> int:
        """Puts a position at the head of its chain; gives the head before it, -1 for none."""
        key = ((int.from_bytes(self.data[position : position + 4], "big") * 0x1E35A7BD) & 0xFFFFFFFF) >> 15
        head = self.heads.get(key, -1)
        self.previous[position] = head
        self.heads[key] = position
        return head

    def longest(self, position: int, candidate: int) -> tuple[int, int]:
        """Length and distance of the best match along a chain; a length below the shortest when there is none."""
        data, length, distance = self.data, _SHORTEST - 1, 0
        limit = min(_LONGEST, len(data) - position)
        nice = min(limit, _NICE)
        lowest = position - _WINDOW
        tries = 0
        while tries < _CHAIN:
            tries += 1
            if data[position + length] == data[candidate + length]:
                found = self._common(candidate, position, limit)
                if found > length and (found > _SHORTEST or position - candidate <= _NEAR):
                    length, distance = found, position - candidate
                    if found >= nice:
                        break
            following = self.previous.get(candidate, -1)
            if candidate == lowest or following < max(lowest, 0):
                break
            candidate = following
        self.spend(tries)
        return length, distance

    def _common(self, first: int, second: int, limit: int) -> int:
        data, length = self.data, 0
        while length < limit and data[first + length] == data[second + length]:
            length += 1
        return length


def _tokens(data: bytes, spend: Callable[[int], None]) -> Iterator[tuple[Token, int]]:
    """The tokens, each with the position up to which everything is said; a match waits for a better one at the next position."""
    matcher = _Matcher(data, spend)
    last_insert = len(data) - (_SHORTEST - 1)
    index, head, pending = 0, -1, False
    length, distance = _SHORTEST - 1, 0
    while index < len(data):
        if index < last_insert:
            head = matcher.insert(index)
        before, before_distance = length, distance
        length, distance = _SHORTEST - 1, 0
        if head >= max(index - _WINDOW, 0) and len(data) - index > before and before < _LAZY:
            length, distance = matcher.longest(index, head)
        if before >= _SHORTEST and length <= before:
            end = index + before - 1
            for position in range(index + 1, min(end, last_insert)):
                matcher.insert(position)
            index, pending, length = end, False, _SHORTEST - 1
            yield (before, before_distance), index
            continue
        if pending:
            yield data[index - 1], index
        index += 1
        pending = True
    if pending:
        yield data[index - 1], index


class _Bits:
    """Bits in the order of RFC 1951: the lowest first."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._held = 0
        self._count = 0

    def put(self, bits: int, length: int) -> None:
        """Appends the lowest ``length`` bits."""
        self._held |= bits << self._count
        self._count += length
        while self._count >= 8:
            self.data.append(self._held & 0xFF)
            self._held >>= 8
            self._count -= 8

    def code(self, code: Code) -> None:
        """Appends a code word."""
        self.put(code.bits, code.length)

    def stored(self, block: bytes, *, final: bool = False) -> None:
        """Appends a block that is not compressed."""
        self.put(int(final), 3)
        self.put(0, -self._count % 8)
        self.put(len(block), 16)
        self.put(len(block) ^ 0xFFFF, 16)
        self.data += block


_Table: TypeAlias = dict[int, Code]


def _fixed_literals() -> _Table:
    table = {}
    for first, end, length, word in ((0, 144, 8, 0x30), (144, 256, 9, 0x190), (256, 280, 7, 0), (280, _SYMBOLS, 8, 0xC0)):
        table.update({symbol: Code(reversed_bits(word + symbol - first, length), length) for symbol in range(first, end)})
    return table


_FIXED_LITERALS: Final = _fixed_literals()
_FIXED_OFFSETS: Final = {symbol: Code(reversed_bits(symbol, 5), 5) for symbol in range(30)}


def _length_code(length: int) -> int:
    return bisect_right(_LENGTH_BASE, length - 3) - 1


def _offset_code(distance: int) -> int:
    return bisect_right(_OFFSET_BASE, distance - 1) - 1


def _run_lengths(lengths: list[int]) -> list[tuple[int, int]]:
    """Code lengths as the symbols of RFC 1951, 3.2.7, each with the value of its extra bits."""
    written: list[tuple[int, int]] = []
    position = 0
    while position < len(lengths):
        size = lengths[position]
        count = 1
        while position + count < len(lengths) and lengths[position + count] == size:
            count += 1
        position += count
        if size:
            written.append((size, 0))
            count -= 1
            while count >= 3:
                run = min(count, 6)
                written.append((16, run - 3))
                count -= run
        else:
            while count >= 11:
                run = min(count, 138)
                written.append((18, run - 11))
                count -= run
            if count >= 3:
                written.append((17, count - 3))
                count = 0
        written += [(size, 0)] * count
    return written


class _Block:
    """One block: how often each symbol occurs, and its cheapest form."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.literals = Counter({_END: 1})
        self.offsets: Counter[int] = Counter()
        for token in tokens:
            if isinstance(token, int):
                self.literals[token] += 1
            else:
                self.literals[_LENGTH_CODES + _length_code(token[0])] += 1
                self.offsets[_offset_code(token[1])] += 1
        if not self.offsets:
            self.offsets[0] = 1
        self.literal_codes = codes([self.literals[symbol] for symbol in range(_SYMBOLS)], 15)
        self.offset_codes = codes([self.offsets[symbol] for symbol in range(30)], 15)
        self.literal_count = max(self.literals) + 1
        self.offset_count = max(self.offsets) + 1
        lengths = [self._length(self.literal_codes, symbol) for symbol in range(self.literal_count)]
        lengths += [self._length(self.offset_codes, symbol) for symbol in range(self.offset_count)]
        self.runs = _run_lengths(lengths)
        used = Counter(symbol for symbol, _ in self.runs)
        self.run_codes = codes([used[symbol] for symbol in range(19)], 7)
        self.header_count = 19
        while self.header_count > 4 and not used[_HEADER_ORDER[self.header_count - 1]]:
            self.header_count -= 1

    @staticmethod
    def _length(table: _Table, symbol: int) -> int:
        return table[symbol].length if symbol in table else 0

    def _size(self, literals: _Table, offsets: _Table) -> int:
        size = sum(count * literals[symbol].length for symbol, count in self.literals.items())
        return size + sum(count * offsets[symbol].length for symbol, count in self.offsets.items())

    def write(self, out: _Bits, source: bytes) -> None:
        """Appends the block in the form that takes the fewest bits: stored, with fixed codes, or with its own."""
        extra = sum(count * _LENGTH_EXTRA[symbol - _LENGTH_CODES] for symbol, count in self.literals.items() if symbol >= _LENGTH_CODES)
        extra += sum(count * _OFFSET_EXTRA[symbol] for symbol, count in self.offsets.items())
        storable = len(source) <= _STORED_LIMIT
        extra = extra if storable else 0
        runs = sum(self.run_codes[symbol].length + _REPEAT_EXTRA.get(symbol, 0) for symbol, _ in self.runs)
        fixed = 3 + self._size(_FIXED_LITERALS, _FIXED_OFFSETS) + extra
        own = 3 + 5 + 5 + 4 + 3 * self.header_count + runs + self._size(self.literal_codes, self.offset_codes) + extra
        if storable and (len(source) + 5) * 8 < min(own, fixed):
            out.stored(source)
        elif own < fixed:
            self._write_header(out)
            self._write_tokens(out, self.literal_codes, self.offset_codes)
        else:
            out.put(2, 3)
            self._write_tokens(out, _FIXED_LITERALS, _FIXED_OFFSETS)

    def _write_header(self, out: _Bits) -> None:
        out.put(4, 3)
        out.put(self.literal_count - 257, 5)
        out.put(self.offset_count - 1, 5)
        out.put(self.header_count - 4, 4)
        for symbol in _HEADER_ORDER[: self.header_count]:
            out.put(self._length(self.run_codes, symbol), 3)
        for symbol, value in self.runs:
            out.code(self.run_codes[symbol])
            out.put(value, _REPEAT_EXTRA.get(symbol, 0))

    def _write_tokens(self, out: _Bits, literals: _Table, offsets: _Table) -> None:
        for token in self.tokens:
            if isinstance(token, int):
                out.code(literals[token])
                continue
            length, distance = token
            code = _length_code(length)
            out.code(literals[_LENGTH_CODES + code])
            out.put(length - 3 - _LENGTH_BASE[code], _LENGTH_EXTRA[code])
            code = _offset_code(distance)
            out.code(offsets[code])
            out.put(distance - 1 - _OFFSET_BASE[code], _OFFSET_EXTRA[code])
        out.code(literals[_END])


def deflate(data: bytes, spend: Callable[[int], None]) -> bytes:
    """``data``, of at most LONGEST_INPUT bytes, compressed, flushed and ended, as Write, Flush and Close do."""
    out = _Bits()
    block: list[Token] = []
    start = end = 0
    for token, end in _tokens(data, spend):
        block.append(token)
        if len(block) == _BLOCK_TOKENS:
            _Block(block).write(out, data[start:end])
            block, start = [], end
    if block:
        _Block(block).write(out, data[start:end])
    out.stored(b"")
    out.stored(b"", final=True)
    return bytes(out.data)
