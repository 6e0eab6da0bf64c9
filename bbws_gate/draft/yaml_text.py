"""Writes the draft as YAML with comments, so that any text reads back as it was (https://yaml.org/spec/1.2.2/).

Text that is not plainly a word stands in double quotes with everything unprintable escaped; comments hold printable characters only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bbws_gate.deferred import dataclass, regex

Value: TypeAlias = "None | bool | int | str | Sequence[Value] | Mapping[str, Value]"

MAX_LINE = 120
"""Wider values are written as blocks, and wider lines have their comment above them."""
MAX_COMMENT = 240
_INDENT = "  "
_WORD = regex(r"(?:\.[A-Za-z][A-Za-z0-9_-]*/)?[A-Za-z_][A-Za-z0-9_./-]*|v?[0-9]+\.[0-9]+\.[0-9][A-Za-z0-9.-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some reader of YAML takes for something other than text."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on its own line."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    value: Value | Block
    note: str = ""
    """A comment beside it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An element of a sequence."""

    value: Value
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a mapping (entries) or of a sequence (items), with notes between them."""

    parts: tuple[Entry | Item | Note, ...]

    def __bool__(self) -> bool:
        return any(not isinstance(part, Note) for part in self.parts)


def written(block: Block) -> str:
    """The YAML text of a document."""
    return "".join(f"{line}\n" for line in _block(block, 0))


def _block(block: Block, depth: int) -> Iterator[str]:
    margin = _INDENT * depth
    for part in block.parts:
        if isinstance(part, Note):
            yield f"{margin}{_comment(part.text)}" if part.text else ""
        elif isinstance(part, Item):
            yield from _item(part, depth)
        else:
            yield from _entry(part, depth)


def _entry(entry: Entry, depth: int) -> Iterator[str]:
    margin, key, value = _INDENT * depth, _scalar(entry.key), entry.value
    if isinstance(value, Block):
        yield from _noted(f"{margin}{key}:", entry.note)
        yield from _block(value, depth + 1)
    elif (flow := _flow(value)) and (len(margin) + len(key) + len(flow) <= MAX_LINE or not _splits(value)):
        yield from _noted(f"{margin}{key}: {flow}", entry.note)
    else:
        yield from _noted(f"{margin}{key}:", entry.note)
        yield from _block(_as_block(value), depth + 1)


def _item(item: Item, depth: int) -> Iterator[str]:
    margin = _INDENT * depth
    flow = _flow(item.value)
    if len(margin) + len(flow) <= MAX_LINE or not _splits(item.value):
        yield from _noted(f"{margin}- {flow}", item.note)
        return
    if item.note:
        yield f"{margin}{_comment(item.note)}"
    for number, line in enumerate(_block(_as_block(item.value), depth + 1)):
        yield line if number else f"{margin}- {line.lstrip(' ')}"


def _noted(line: str, note: str) -> Iterator[str]:
    if not note:
        yield line
    elif len(line) + len(note) + 4 <= MAX_LINE + 20:
        yield f"{line}  {_comment(note)}"
    else:
        yield f"{line[: len(line) - len(line.lstrip(' '))]}{_comment(note)}"
        yield line


def _splits(value: Value) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and bool(value)


def _as_block(value: Value) -> Block:
    if isinstance(value, Mapping):
        return Block(tuple(Entry(key, inner) for key, inner in value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Block(tuple(Item(inner) for inner in value))
    raise TypeError(f"{type(value).__name__} has no parts")


def _flow(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: None | bool | int | str) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if _WORD.fullmatch(value) and value.casefold() not in _NOT_WORDS:
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in {'"', "\\"}:
        return f"\\{character}"
    if character.isprintable() and not _is_surrogate(character):
        return character
    number = ord("\ufffd") if _is_surrogate(character) else ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _comment(text: str) -> str:
    """One line whatever the text: unprintable characters, line breaks among them, become spaces."""
    clean = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return f"# {clean if len(clean) <= MAX_COMMENT else clean[: MAX_COMMENT - 1] + '…'}"
