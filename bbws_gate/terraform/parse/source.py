"""From bytes to text that can be scanned, and what every way of parsing gives back."""

from __future__ import annotations

import codecs

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.repository.base import MAX_FILE_BYTES
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Body

MAX_DEPTH = 100
"""Levels of brackets, of template directives, and of an expression tree."""

EXACT_DIGITS = 150
"""Integers of no more digits are exact in the 512 bits that HCL keeps."""

_LONGEST_MESSAGE = 300
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class ParsedFile(NamedTuple):
    """One file: its body unless it cannot be read, and everything that is wrong with it."""

    body: Body | None
    problems: tuple[Problem, ...]


class ParseError(Exception):
    """Text that Terraform would refuse, or that is beyond the limits: one line of what, and where."""

    def __init__(self, message: str, place: Place, code: str = "HCL001") -> None:
        super().__init__(message)
        self.message = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}..."
        self.place = place
        self.code = code

    @property
    def problem(self) -> Problem:
        """The error as a value."""
        return Problem(self.code, self.message, self.place)


def too_deep(place: Place) -> ParseError:
    """The error for what is nested beyond :data:`MAX_DEPTH`."""
    return ParseError(f"nested deeper than {MAX_DEPTH}", place, "HCL006")


def without_bom(data: bytes) -> int:
    """How many bytes to skip: HCL takes one UTF-8 byte order mark at the start."""
    return len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0


def check_text(data: bytes, path: str) -> None:
    """Refuse what is not text that Terraform reads.

    Raises:
        ParseError: HCL006 for a file that is too large, HCL004 for one that is not UTF-8 text or not the file itself.
    """
    if len(data) > MAX_FILE_BYTES:
        raise ParseError(f"larger than {MAX_FILE_BYTES // 1_000_000} MB", Place(path, 0, 0), "HCL006")
    if data.startswith(_LFS_POINTER):
        raise ParseError("a Git LFS pointer, not the file itself: check out with LFS", Place(path, 1, 1), "HCL004")
    if data.startswith(_UTF16):
        raise ParseError("UTF-16 or UTF-32 text: save it as UTF-8", Place(path, 1, 1), "HCL004")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError("not UTF-8 text: save it as UTF-8", _line_of(data, error.start, path), "HCL004") from None
    if b"\0" in data:
        raise ParseError("a NUL byte: this is not text", _line_of(data, data.index(b"\0"), path), "HCL004")
    if b"\r" in data and b"\n" not in data:
        raise ParseError("lines end with CR only: save the file with LF or CRLF line endings", Place(path, 1, 1), "HCL004")


def _line_of(data: bytes, offset: int, path: str) -> Place:
    line = data.count(b"\n", 0, offset) + 1
    return Place(path, line, line)
