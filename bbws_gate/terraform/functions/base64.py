"""Base64 as Go's ``StdEncoding`` reads and writes it (https://pkg.go.dev/encoding/base64)."""

from __future__ import annotations

import binascii
import string
from typing import Final

_ALPHABET: Final = frozenset(string.ascii_letters + string.digits + "+/")
_GROUP: Final = 4


class CorruptInput(ValueError):
    """Not base64; ``offset`` is where, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"illegal base64 data at input byte {offset}")
        self.offset = offset


def encode(data: bytes) -> str:
    """Padded base64 without line ends."""
    return binascii.b2a_base64(data, newline=False).decode()


def decode(text: str) -> bytes:
    """The bytes that ``text`` stands for; line ends in it do not count, padding is required, spare bits may be set.

    Raises:
        CorruptInput: for anything else.
    """
    symbols = text.replace("\r", "").replace("\n", "")
    payload = symbols.rstrip("=")
    padding = len(symbols) - len(payload)
    if len(symbols) % _GROUP == 0 and padding <= 2 and _ALPHABET.issuperset(payload) and len(payload) % _GROUP != 1:
        return binascii.a2b_base64(symbols)
    raise CorruptInput(_fault(text.encode()))


def _fault(data: bytes) -> int:
    """Where Go's decoder stops: it reads groups of four symbols, of which the last may end in padding."""
    position, filled = 0, 0
    while position < len(data):
        symbol = chr(data[position])
        position += 1
        if symbol in "\r\n":
            continue
        if symbol in _ALPHABET:
            filled = (filled + 1) % _GROUP
        elif symbol == "=" and filled == 2:
            position = _skip_line_ends(data, position)
            if position == len(data):
                return position
            return position - 1 if data[position : position + 1] != b"=" else _skip_line_ends(data, position + 1)
        elif symbol == "=" and filled == 3:
            return _skip_line_ends(data, position)
        else:
            return position - 1
    return position - filled


def _skip_line_ends(data: bytes, position: int) -> int:
    while data[position : position + 1] in (b"\r", b"\n"):
        position += 1
    return position
