"""One escaping function per context for text that came from a repository.

Untrusted text is quoted, never interpreted: no mention, link, image, reference, HTML, emoji or list marker in it acts, and characters that
cannot be seen are spelled out as ``<U+202E>``. In Markdown only a code span is inert on GitHub: entities are decoded and backslashes are
dropped before mentions and references are looked for (https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import repeat
from urllib.parse import quote, urlsplit

from bbws_gate.deferred import regex

MAX_TICKS = 40
"""Longer runs of backticks are counted, not shown: cmark gives up on spans fenced by more than 80."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_HIDDEN_LETTERS = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)})
"""Joiners, fillers and variation selectors: letters and marks by category, invisible on screen."""

_WORD = regex(
    r"""(?P<before>["'“(]*)
        (?P<core>[A-Za-z0-9](?:[A-Za-z0-9'.,/%-]*[A-Za-z0-9%])?)
        (?P<after>["'”).,;:?!…]*)""",
    re.VERBOSE,
)
"""A word that is only letters, digits and tame punctuation."""
_QUOTED = regex(r"""(?P<before>["'“(]*)(?P<core>.*?)(?P<after>["'”).,;:?!…]*)""", re.DOTALL)
_ACTS = regex(r"(?i)www\.|(?:ghsa|cve)-|.*[a-z]-[0-9]|[0-9a-f]{7,}$")
"""Tame words that GitHub may still turn into links: hosts, advisories, ``GH-1`` and a repository's own prefixes, commits."""
_SIGNS = frozenset("=\u2192\u2014\u2013\u2265\u2264\u00b7\u2026")
"""Arrows, dashes and the like, which may stand alone."""
_WORDS = 1 << 14
"""Words that are remembered: pages have few, many times over."""
_PIECE = regex(
    r"""(?P<before>["'(]*)`(?P<span>[^` ](?:[^`]*[^` ])?)`(?P<after>["').,;:?!]*)(?=\ |\Z)
        |(?P<expression>\$\{\{[^{}]*\}\})(?=\ |\Z)
        |[^ ]+""",
    re.VERBOSE,
)
"""A code span as authors of findings write one (a single pair of backticks), an expression of a workflow, or a word."""


class _Spelled(dict[int, str]):
    """Translation table, filled as characters are met: what cannot be seen is spelled out."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        category = unicodedata.category(character)
        hidden = category in _HIDDEN_CATEGORIES or (category == "Zs" and character != " ") or point in _HIDDEN_LETTERS
        hidden = hidden or 0xE0000 <= point <= 0xE0FFF
        self[point] = f"<U+{point:04X}>" if hidden else character
        return self[point]


_SPELLED = _Spelled()


def visible(text: str) -> str:
    """``text`` on one line, with every control, bidirectional, zero-width, tag or private character (and lone surrogate) spelled out."""
    return text if text.isascii() and text.isprintable() else text.translate(_SPELLED)


def cut(text: str, limit: int) -> str:
    """``text``, shortened to ``limit`` characters with an ellipsis where it is longer."""
    return text if len(text) <= limit else f"{text[: max(limit - 1, 0)]}…"


def one_line(text: str, limit: int = 0) -> str:
    """Prose on one line: white space collapsed, what cannot be seen spelled out, cut to ``limit`` characters when one is given."""
    if text.isascii() and text.isprintable() and "  " not in text:  # as most of it is
        return cut(text.strip(" "), limit) if limit else text.strip(" ")
    start = text[: 4 * limit] if limit else text
    line = start if start.isprintable() else re.sub(r"[\t\r\n]+", " ", start)
    line = visible(line)
    if "  " in line:
        line = re.sub(r" {2,}", " ", line)
    line = line.strip(" ")
    if not limit:
        return line
    return cut(line if len(start) == len(text) else f"{line}…", limit)


def markdown_code(text: str, limit: int = 0) -> str:
    """A value as a code span whose fence is longer than any run of backticks inside; never empty."""
    if text.isascii() and text.isprintable() and "`" not in text and 0 < len(text) <= (limit or len(text)) and text[0] != " " != text[-1]:
        return f"`{text}`"  # as most of them are
    shown = _few_ticks(visible(text[: limit + 1] if limit else text))
    shown = cut(shown, limit) if limit else shown
    if not shown:
        return "*(empty)*"
    if not shown.strip(" "):
        return f"`<U+0020 x {len(shown)}>`"
    if "`" not in shown and shown[0] != " " != shown[-1]:
        return f"`{shown}`"
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def markdown_inline(text: str, limit: int = 0) -> str:
    """A sentence: tame words stay as they are, every other word becomes a code span."""
    return _sentence(one_line(text, limit), _markdown_word, markdown_code)


def markdown_cell(text: str, limit: int = 0) -> str:
    """A sentence inside a table cell; an empty one is a dash, so that the row keeps its cells."""
    return pipes(markdown_inline(text, limit)) or "—"


def pipes(markdown: str) -> str:
    """Escaped Markdown made fit for a table cell: GitHub splits rows at bare pipes even inside code spans."""
    return markdown.replace("|", "\\|") if "|" in markdown else markdown


def markdown_block(text: str, language: str = "", limit: int = 4000) -> str:
    """Lines as a fenced block whose fence is longer than any run of backticks inside; ``limit`` characters of them."""
    lines = re.split(r"\r\n|\r|\n", cut(text, limit))
    shown = "\n".join(_few_ticks("\t".join(visible(part) for part in line.split("\t"))) for line in lines).rstrip("\n")
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def html_inline(text: str, limit: int = 0) -> str:
    """A sentence inside an HTML element: tame words stay as they are, every other word becomes a ``<code>`` element."""
    return _sentence(one_line(text, limit), _html_word, _html_code)


def html_text(text: str) -> str:
    """Text for an HTML element that is code already: elsewhere GitHub still looks for mentions in it."""
    return html.escape(visible(text), quote=True)


def markdown_link(label: str, url: str) -> str:
    """A link with ``label`` as code; the label alone when ``url`` is not a plain http(s) address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not parts.netloc:
        return markdown_code(label)
    target = quote(url.encode("utf-8", "replace"), safe="/:?#@!$&'*+,;=%-._~")
    return f"[{markdown_code(label)}]({target})"


def basic_plane(text: str) -> str:
    """``text`` without characters above U+FFFF, which fields of check runs may refuse; they are spelled out."""
    return re.sub(r"[\U00010000-\U0010ffff]", lambda found: f"<U+{ord(found[0]):04X}>", text)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _few_ticks(text: str) -> str:
    if "`" not in text:
        return text
    return re.sub(f"`{{{MAX_TICKS + 1},}}", lambda run: f"<U+0060 x {len(run[0])}>", text)


_Word = Callable[[str, bool], str]
"""What becomes of a word, and whether it is the first one."""


def _sentence(line: str, shown: _Word, quoted: Callable[[str], str]) -> str:
    if "`" in line or "${{" in line:
        return " ".join([_piece(found, shown, quoted) for found in _PIECE.finditer(line)])
    if not line:
        return ""
    first, *others = line.split(" ")
    return " ".join([shown(first, True), *map(shown, filter(None, others), repeat(False))])


def _piece(found: re.Match[str], shown: _Word, quoted: Callable[[str], str]) -> str:
    if found["span"] is not None:
        return f"{found['before']}{quoted(found['span'])}{found['after']}"
    if found["expression"] is not None:
        return quoted(found["expression"])
    return shown(found[0], found.start() == 0)


@lru_cache(maxsize=_WORDS)
def _markdown_word(word: str, first: bool) -> str:
    return _word(word, markdown_code, first=first)


@lru_cache(maxsize=_WORDS)
def _html_word(word: str, first: bool) -> str:
    return _word(word, _html_code, first=first)


def _html_code(text: str) -> str:
    return f"<code>{html_text(text)}</code>"


def _word(word: str, quoted: Callable[[str], str], *, first: bool) -> str:
    """A word as it is where it is tame, else as a code span between what stands before and after it."""
    if word in _SIGNS and not first:
        return word
    tame = _WORD.fullmatch(word)
    if tame is not None and _ACTS.match(tame["core"]) is None and not (first and tame["core"].isdigit() and tame["after"]):
        return word
    parts = _QUOTED.fullmatch(word)
    if parts is None or not parts["core"]:
        return quoted(word)
    return f"{parts['before']}{quoted(parts['core'])}{parts['after']}"
