"""Markdown to HTML for what our templates print by the thousand: tables, lists, paragraphs of one line.

A complete parser takes seconds for a report of thousands of lines. What is read here is read exactly as that parser reads it
(CommonMark with tables, https://spec.commonmark.org/, as markdown-it-py writes it); everything else is given up on, and left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from bbws_gate.deferred import regex

TABLE_BEGINS = '<div class="table" tabindex="0" role="group" aria-label="Table"><table>'
"""Tables scroll by themselves where they are too wide."""
TABLE_ENDS = "</table></div>"

Inline = Callable[[str], str]
"""The HTML of one line's text, by the complete parser."""

_HEADING = regex(r"#{1,6} ")
_FENCE = regex(r"(`{3,})[^`]*")
_SIGNS = ("~~~", "]:", "```")
_CONTAINED = regex(r"[ \t>*+.)0-9-]*(?:~~~|\[[^\]]*\]:)|[ \t>*+.)0-9-]+```")
"""What may make one line of a document mean something in another: link definitions, fences of other kinds or inside lists."""
_TEXT_BEGINS = regex(r"\[[ x]\] |(?:\*\*)?[A-Za-z]|`[^`]")
"""Text that begins like this is a paragraph, not a list, a rule, a quotation."""
_PIPE = regex(r"(?<!\\)\|")
_ALIGNED = {"---": "", "---:": ' style="text-align:right"'}
_STRONG = regex(r"\*\*(?<![\w*]\*\*)([A-Za-z][A-Za-z ,-]*[A-Za-z])\*\*(?![\w*])")
_ACTIVE = regex(r"[\\*_\[<&]")
"""What can be more than text outside of code."""
_END = "\x1f"
"""Stands between texts that are read together."""
_TOGETHER = 100
"""Texts that are read together: enough to save the steps for each, so few that one that acts does not slow down many."""


class _GiveUp(Exception):
    """The text needs the complete parser."""


def sections(markdown: str) -> Iterator[tuple[str, str]]:
    """A document cut before each heading that stands by itself: the heading (empty before the first one) and what follows.

    Each piece can be read by itself. A document of which that is not certain comes in one piece, its title aside.
    """
    lines = markdown.split("\n")
    if _reaches_out(markdown, lines):
        title, _, rest = markdown.partition("\n\n")
        yield (title, rest) if _HEADING.match(title) and "\n" not in title else ("", markdown)
        return
    heading, fence, start = "", "", 0
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.rstrip(" ").strip("`") == "" and line.startswith(fence) else fence
        elif line.startswith("#"):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if not following and _HEADING.match(line):  # before a line of dashes it may be a table's head
                yield heading, "\n".join(lines[start:number])
                heading, start = line, number + 1
        elif line.startswith("```") and (opened := _FENCE.fullmatch(line)) is not None:
            fence = opened[1]
    yield heading, "\n".join(lines[start:])


def _reaches_out(markdown: str, lines: list[str]) -> bool:
    """Whether a line may make another one mean something else."""
    if "\r" in markdown or "\0" in markdown:
        return True
    signs = [sign for sign in _SIGNS if sign in markdown]
    return any(_CONTAINED.match(line) for line in lines if any(sign in line for sign in signs)) if signs else False


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
    if any("\n" in chunk for chunk in chunks):
        raise _GiveUp
    return "".join(f"<p>{text}</p>\n" for text in _texts(chunks, inline))


def _list(chunks: list[str], inline: Inline) -> str:
    """Bullets of one or two levels; an empty line between two of them puts the text of all in paragraphs."""
    loose = len(chunks) > 1
    lines = "\n".join(chunks).split("\n")
    if not all(line.startswith(("- ", "  - ")) for line in lines):
        raise _GiveUp
    html: list[str] = ["<ul>\n"]
    inside = False
    for line, text in zip(lines, _texts([line.lstrip(" ")[2:] for line in lines], inline), strict=True):
        if line[0] == "-":
            ends = "</ul>\n</li>\n" if inside else "" if len(html) == 1 else "</li>\n"
            html.append(f"{ends}<li>\n<p>{text}</p>\n" if loose else f"{ends}<li>{text}")
            inside = False
        else:
            begins = "" if inside else "<ul>\n" if loose else "\n<ul>\n"
            html.append(f"{begins}<li>{text}</li>\n")
            inside = True
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
    rows = [_cells(line) for line in lines[2:]]
    if not all(len(row) == len(heads) for row in rows):
        raise _GiveUp
    body = f"<tbody>\n{_rows(rows, 'td', styles, inline)}</tbody>\n" if rows else ""
    return f"{TABLE_BEGINS}<thead>\n{_rows([heads], 'th', styles, inline)}</thead>\n{body}{TABLE_ENDS}"


def _rows(rows: list[list[str]], tag: str, styles: list[str], inline: Inline) -> str:
    shown = iter(_contents([cell.strip(" ") for row in rows for cell in row], inline))
    row = "".join(["<tr>\n", *(f"<{tag}{style}>%s</{tag}>\n" for style in styles), "</tr>\n"])
    return "".join([row % cells for cells in zip(*[shown] * len(styles), strict=True)])


def _cells(line: str) -> list[str]:
    cells = [cell.replace("\\|", "|") for cell in _PIPE.split(line)] if "\\" in line else line.split("|")
    return cells[1 if cells[0] == "" else 0 : -1 if cells[-1] == "" else None]


def _texts(lines: list[str], inline: Inline) -> list[str]:
    """Paragraphs and items that are one line each."""
    if not all(map(_TEXT_BEGINS.match, lines)):
        raise _GiveUp
    boxes = [line[:4] if line[0] == "[" else "" for line in lines]
    shown = _contents([line[len(box) :] for box, line in zip(boxes, lines, strict=True)], inline)
    return [box + text for box, text in zip(boxes, shown, strict=True)]


def _contents(texts: list[str], inline: Inline) -> list[str]:
    """Texts with code spans between single backticks, words in strong type and line breaks."""
    if texts != [text.strip() for text in texts]:
        raise _GiveUp
    html: list[str] = []
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        html += _together(some) or [_content(text, inline) for text in some]
    return html


def _together(texts: list[str]) -> list[str] | None:
    """The same for many texts in a few steps; None where one of them may need the complete parser."""
    joined = _END.join(texts)
    spans = joined.split("`")
    code, plain = "`".join(spans[1::2]), "`".join(spans[::2])
    if len(spans) % 2 == 0 or "``" in joined or _END in code or joined.count(_END) >= len(texts):
        return None
    shown = _plain(plain)
    if shown is None or "` " in f"`{code}" or " `" in f"{code}`":
        return None
    spans[::2] = shown.split("`")
    if code:
        spans[1::2] = [f"<code>{span}</code>" for span in _escaped(code).split("`")]
    return "".join(spans).split(_END)


def _content(text: str, inline: Inline) -> str:
    return (_together([text]) or [inline(text)])[0]


def _plain(text: str) -> str | None:
    """The HTML of text outside of code; None where something in it acts."""
    lines = text.replace("<br>", "\n")
    if _ACTIVE.search(_STRONG.sub("", lines) if "*" in lines else lines):
        return None
    shown = _escaped(lines)
    return (_STRONG.sub(r"<strong>\1</strong>", shown) if "*" in shown else shown).replace("\n", "<br />\n")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
