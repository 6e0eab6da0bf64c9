"""Keeps a page within what GitHub takes, by leaving out whole sections.

A page is its opening, its sections in order, and its closing. Templates mark where a section begins with two control characters, which
escaped text never contains; so nothing from a repository can make or end a section.
"""

from __future__ import annotations

from typing import NamedTuple

COMMENT = 64_000
"""UTF-8 bytes. Bodies of comments and issues may have 65,536 characters; bytes are never fewer, and there is room for hidden markers."""
CHECK_FIELD = 64_000
"""Summary and text of a check run may have 65,535 characters each."""
JOB_SUMMARY = 1_000_000
"""A step's summary may have 1 MiB."""

_BEGIN = "\x1e"
_TITLED = "\x1f"


class Section(NamedTuple):
    """One piece that is kept or left out as a whole."""

    title: str
    """Escaped Markdown; named when the section is left out."""
    text: str


class Page(NamedTuple):
    """A rendered page in pieces."""

    opening: str
    sections: tuple[Section, ...]
    closing: str


def begin_section(title: str) -> str:
    """What a template prints where a section begins; an empty title begins the page's closing."""
    return f"{_BEGIN}{title}{_TITLED}"


def parse_page(text: str) -> Page:
    """The pieces of what a template printed."""
    opening, *rest = text.split(_BEGIN)
    sections = [Section(*part.split(_TITLED, 1)) for part in rest]
    closing = "".join(section.text for section in sections if not section.title)
    return Page(opening, tuple(section for section in sections if section.title), closing)


def fit(page: Page, limit: int, *, where: str) -> str:
    """The page in at most ``limit`` UTF-8 bytes: opening and closing always, then sections as long as they fit.

    Args:
        page: the pieces; opening and closing are the template's to keep short.
        limit: in UTF-8 bytes.
        where: escaped Markdown that says where the rest stands, ``the job summary``.
    """
    whole = "".join((page.opening, *(section.text for section in page.sections), page.closing))
    if _size(whole) <= limit:
        return whole
    kept: list[str] = []
    left_out: list[str] = []
    room = limit - _size(page.opening) - _size(page.closing) - _size(_notice([section.title for section in page.sections], where))
    for section in page.sections:
        if not left_out and _size(section.text) <= room:
            kept.append(section.text)
            room -= _size(section.text)
        else:
            left_out.append(section.title)
    return "".join((page.opening, *kept, _notice(left_out, where), page.closing))


def _notice(titles: list[str], where: str) -> str:
    shown = ", ".join(titles[:10])
    more = f" and {len(titles) - 10} more sections" if len(titles) > 10 else ""
    return f"\nLeft out here for length: {shown}{more}. All of it is in {where}.\n\n"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
