"""A quick reader for plain Markdown: headings, paragraphs, flat lists of ``-`` items and fenced code, nothing indented.

Loading the complete parser takes longer than reading a small project. Whatever this reader is not certain of (tables, quotations, nested
or numbered lists, HTML, link definitions, underlined headings, tabs, odd characters) it leaves to that parser as a whole document.
Where it answers, it answers exactly as that parser does; tests compare the two. https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex

_HEADING = regex(r"(#{1,6}) ([^ #](?:.*[^ #])?)")
_FENCE = regex(r"```([A-Za-z0-9_-]*)")
_MAYBE_FENCE = regex(r" {0,3}```")
_TEXT = regex(r"(?:[A-Za-z\"'(]|\*\*(?=[A-Za-z])|`(?!``)|[0-9](?![0-9]*[.)](?: |$))).*")
"""Cannot begin anything but a paragraph, and goes on in one."""
_BOX = regex(r"\[[ xX]\] (?=[A-Za-z])")


class Block(NamedTuple):
    """One token, as far as a document is made from it; names and meanings are markdown-it's."""

    type: str
    tag: str = ""
    map: tuple[int, int] | None = None
    """First line, counted from 0, and the line after the last."""
    content: str = ""
    info: str = ""


class _GiveUp(Exception):
    """Something that only the complete parser reads."""


def plain_blocks(text: str) -> list[Block] | None:
    """The document's tokens, or None when the complete parser has to say."""
    lines = text.split("\n")
    if not all(map(str.isprintable, lines)):
        return None
    try:
        return list(_blocks(lines))
    except _GiveUp:
        return None


def _blocks(lines: list[str]) -> Iterator[Block]:
    position, is_list = 0, False
    while position < len(lines):
        line, start = lines[position], position
        position += 1
        if not line:
            continue
        is_item = line.startswith("- ")
        if is_list and not is_item:
            yield Block("bullet_list_close")
        if is_item and not is_list:
            yield Block("bullet_list_open")
        is_list = is_item
        if is_item:
            if position < len(lines) and _TEXT.fullmatch(lines[position]):
                raise _GiveUp  # goes on with the item
            yield Block("inline", map=(start, position), content=_item(line[2:]))
        elif line.startswith("#"):
            yield from _heading(line, start)
        elif line.startswith("```"):
            position = _end_of_fence(lines, position)
            yield _fence(lines, start, position)
        else:
            while position < len(lines) and _TEXT.fullmatch(lines[position]):
                position += 1
            yield _paragraph(lines, start, position)
    if is_list:
        yield Block("bullet_list_close")


def _item(text: str) -> str:
    box = _BOX.match(text)
    if not _TEXT.fullmatch(text if box is None else text[box.end() :]):
        raise _GiveUp
    return text.rstrip()


def _heading(line: str, start: int) -> Iterator[Block]:
    found = _HEADING.fullmatch(line)
    if found is None:
        raise _GiveUp
    yield Block("heading_open", tag=f"h{len(found[1])}", map=(start, start + 1))
    yield Block("inline", map=(start, start + 1), content=found[2])


def _end_of_fence(lines: list[str], position: int) -> int:
    """The line after the one that closes the fence."""
    while position < len(lines) and not _MAYBE_FENCE.match(lines[position]):
        position += 1
    if position == len(lines) or lines[position] != "```":
        raise _GiveUp
    return position + 1


def _fence(lines: list[str], start: int, end: int) -> Block:
    found = _FENCE.fullmatch(lines[start])
    if found is None:
        raise _GiveUp
    return Block("fence", map=(start, end), content="".join(f"{line}\n" for line in lines[start + 1 : end - 1]), info=found[1])


def _paragraph(lines: list[str], start: int, end: int) -> Block:
    """Paragraphs end before a blank line or something that is as certain: what else follows might still belong to this one."""
    if not _TEXT.fullmatch(lines[start]):
        raise _GiveUp
    return Block("inline", map=(start, end), content="\n".join(lines[start:end]).rstrip())
