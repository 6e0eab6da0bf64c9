"""Markdown to HTML for what our templates print by the thousand: tables, lists, paragraphs of one line.

A complete parser takes seconds for a report of thousands of lines. What is read here is read exactly as that parser reads it
(CommonMark with tables, https://spec.commonmark.org/, as markdown-it-py writes it); everything else is given up on, and left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from bbws_gate.deferred import regex

TABLE_BEGINS = '<div class="table" tabindex="0" role="group" aria-label="Table"><table>'
"""Tables scroll by themselves where they are too wide."""
TABLE_ENDS = "</table></div>"

Inline = Callable[[str], str]
"""The HTML of one line's text, by the complete parser."""

_HEADING = regex(r"#{1,6} ")
_FENCE = regex(r"(`{3,})[^`]*")
_CONTAINED = regex(r"(?m)^[ \t>*+.)0-9-]*(?:~~~|\[[^\]\n]*\]:)|^[ \t>*+.)0-9-]+```|[\r\0]")
"""What may make one line of a document mean something in another: link definitions, fences of other kinds or inside lists."""
_TEXT_BEGINS = regex(r"\[[ x]\] |(?:\*\*)?[A-Za-z]|`[^`]")
"""Text that begins like this is a paragraph, not a list, a rule, a quotation."""
_PIPE = regex(r"(?<!\\)\|")
_ALIGNED = {"---": "", "---:": ' style="text-align:right"'}
_STRONG = regex(r"(?<![\w*])\*\*([A-Za-z][A-Za-z ,-]*[A-Za-z])\*\*(?![\w*])")
_ACTIVE = regex(r"[\\*_\[<&]")
"""What can be more than text outside of code."""


class _GiveUp(Exception):
    """The text needs the complete parser."""


def sections(markdown: str) -> Iterator[tuple[str, str]]:
    """A document cut before each heading that stands by itself: the heading (empty before the first one) and what follows.

    Each piece can be read by itself. A document of which that is not certain comes in one piece, its title aside.
    """
    if _CONTAINED.search(markdown):
        title, _, rest = markdown.partition("\n\n")
        yield (title, rest) if _HEADING.match(title) and "\n" not in title else ("", markdown)
        return
    heading, fence = "", ""
    body: list[str] = []
    for line, following in pairwise([*markdown.split("\n"), ""]):
        if fence:
            fence = "" if line.rstrip(" ").strip("`") == "" and line.startswith(fence) else fence
        elif not following and _HEADING.match(line):  # before a line of dashes it may be a table's head
            yield heading, "\n".join(body)
            heading, body = line, []
            continue
        elif (opened := _FENCE.fullmatch(line)) is not None:
            fence = opened[1]
        body.append(line)
    yield heading, "\n".join(body)


def quick_html(markdown: str, inline: Inline) -> str | None:
    """The HTML of a section's body; None where only the complete parser can tell.

    Args:
        markdown: without headings.
        inline: asked for lines whose text needs the complete parser.
    """
    if "\t" in markdown:
        return None
    chunks = [chunk.strip("\n") for chunk in markdown.split("\n\n") if chunk.strip("\n")]
    try:
        return "".join(_block(kind, list(members), inline) for kind, members in groupby(chunks, key=_kind))
    except _GiveUp:
        return None


def _kind(chunk: str) -> str:
    return chunk[0] if chunk.startswith(("|", "- ")) else ""


def _block(kind: str, chunks: list[str], inline: Inline) -> str:
    if kind == "|":
        return "".join(_table(chunk.split("\n"), inline) for chunk in chunks)
    if kind == "-":
        return _list(chunks, inline)
    return "".join(f"<p>{_text(chunk, inline)}</p>\n" for chunk in chunks)


def _list(chunks: list[str], inline: Inline) -> str:
    """Bullets of one or two levels; an empty line between two of them puts the text of all in paragraphs."""
    loose = len(chunks) > 1
    html: list[str] = ["<ul>\n"]
    inside = False
    for line in "\n".join(chunks).split("\n"):
        if line.startswith("- "):
            text = _text(line[2:], inline)
            ends = "</ul>\n</li>\n" if inside else "" if len(html) == 1 else "</li>\n"
            html.append(f"{ends}<li>\n<p>{text}</p>\n" if loose else f"{ends}<li>{text}")
            inside = False
        elif line.startswith("  - "):
            begins = "" if inside else "<ul>\n" if loose else "\n<ul>\n"
            html.append(f"{begins}<li>{_text(line[4:], inline)}</li>\n")
            inside = True
        else:
            raise _GiveUp
    html.append("</ul>\n</li>\n</ul>\n" if inside else "</li>\n</ul>\n")
    return "".join(html)


def _table(lines: list[str], inline: Inline) -> str:
    if len(lines) < 2 or not all(line.startswith("|") for line in lines):
        raise _GiveUp
    heads = _cells(lines[0])
    marks = [cell.strip(" ") for cell in _cells(lines[1])]
    if not heads or len(heads) != len(marks) or not all(mark in _ALIGNED for mark in marks):
        raise _GiveUp
    styles = [_ALIGNED[mark] for mark in marks]
    rows = [_row(line, "td", styles, inline) for line in lines[2:]]
    body = f"<tbody>\n{''.join(rows)}</tbody>\n" if rows else ""
    return f"{TABLE_BEGINS}<thead>\n{_row(lines[0], 'th', styles, inline)}</thead>\n{body}{TABLE_ENDS}"


def _row(line: str, tag: str, styles: list[str], inline: Inline) -> str:
    cells = _cells(line)
    if len(cells) != len(styles):
        raise _GiveUp
    shown = [f"<{tag}{style}>{_content(cell.strip(' '), inline)}</{tag}>\n" for cell, style in zip(cells, styles, strict=True)]
    return f"<tr>\n{''.join(shown)}</tr>\n"


def _cells(line: str) -> list[str]:
    cells = [cell.replace("\\|", "|") for cell in _PIPE.split(line)] if "\\" in line else line.split("|")
    return cells[1 if cells[0] == "" else 0 : -1 if cells[-1] == "" else None]


def _text(line: str, inline: Inline) -> str:
    """A paragraph that is one line."""
    if "\n" in line or _TEXT_BEGINS.match(line) is None:
        raise _GiveUp
    box = line[:4] if line[0] == "[" else ""
    return box + _content(line[len(box) :], inline)


def _content(text: str, inline: Inline) -> str:
    """Text with code spans between single backticks, words in strong type and line breaks."""
    if text != text.strip():
        raise _GiveUp
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return inline(text)
    for at, part in enumerate(parts):
        html = _code(part) if at % 2 else _plain(part)
        if html is None:
            return inline(text)
        parts[at] = html
    return "".join(parts)


def _code(text: str) -> str | None:
    return None if text[0] == " " or text[-1] == " " else f"<code>{_escaped(text)}</code>"


def _plain(text: str) -> str | None:
    if "<br>" in text:
        pieces = [_plain(piece) for piece in text.split("<br>")]
        return None if None in pieces else "<br />\n".join(piece or "" for piece in pieces)
    if _ACTIVE.search(_STRONG.sub("", text) if "*" in text else text):
        return None
    return _STRONG.sub(r"<strong>\1</strong>", _escaped(text)) if "*" in text else _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
