"""The tree that both readers make."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from bbws_gate.deferred import NamedTuple

MAX_DEPTH = 64
MAX_NODES = 100_000
MAX_DIGITS = 40
"""Longer numbers are refused: nothing here counts that far, and converting them can take for ever."""

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
"""How every pointer begins: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""

Plain: TypeAlias = "None | bool | int | Decimal | str | tuple[Plain, ...] | dict[str, Plain]"
"""A tree's values without their places. Sequences are tuples."""


class Malformed(Exception):
    """Text that is not sound YAML or JSON, or is beyond a limit: ``why`` on one line, and where."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")
        self.path = path
        self.line = line
        self.why = why


class Scalar(NamedTuple):
    """One value that has no parts."""

    value: None | bool | int | Decimal | str
    line: int
    end_line: int
    style: str = ""
    """How it was written: ``""`` plain, a quote character, ``|`` or ``>``."""
    text: str = ""
    """A plain scalar as written: ``012``, ``True``."""


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    end_line: int


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file. Keys are text, whatever they look like: ``on``, ``1``, ``true``."""

    items: dict[str, Node]
    lines: dict[str, int]
    """The line of each key."""
    line: int
    end_line: int

    def get(self, key: str) -> Node | None:
        """The value of ``key``, None when there is none."""
        return self.items.get(key)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """The values of a tree; depth is bounded by the readers."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return tuple(plain(item) for item in node.items)
    return {key: plain(value) for key, value in node.items.items()}


def number(text: str) -> int | Decimal | None:
    """A decimal number as JSON and YAML write it, exactly; None when it has more digits than :data:`MAX_DIGITS` or a huge exponent."""
    if len(text) > MAX_DIGITS:
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    value = Decimal(text)
    return value if abs(value.adjusted()) < MAX_DIGITS else None


def decode(text: bytes, path: str) -> str:
    """Text from UTF-8 bytes, a byte order mark left out.

    Raises:
        Malformed: it is not UTF-8, and the message names what it looks like; or a pointer of Git LFS stands in place of the file.
    """
    if text.startswith(LFS_POINTER):
        raise Malformed(path, 1, "a Git LFS pointer, not the file itself: check out with LFS")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Malformed(path, 1, "UTF-16, not UTF-8")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(path, text.count(b"\n", 0, error.start) + 1, f"not UTF-8: byte 0x{text[error.start]:02x}") from None
