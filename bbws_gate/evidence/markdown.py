"""Markdown documents as headings, lines, tables, lists and code blocks with their places (CommonMark with tables).

Only block structure is parsed; emphasis and links are taken off texts where they are compared. Nothing is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bbws_gate.deferred import NamedTuple, dataclass, regex
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.markdown_plain import Block, plain_blocks
from bbws_gate.model import Place
from bbws_gate.notation import Malformed
from bbws_gate.notation.node import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_LINES = 20_000
MAX_LINE = 10_000


class Heading(NamedTuple):
    """A heading."""

    level: int
    text: str
    place: Place


class Line(NamedTuple):
    """One line of text: of a paragraph, a list item or a quotation."""

    text: str
    """As written, without list marker and box."""
    place: Place
    section: tuple[str, ...]
    """The headings above it, outermost first."""
    depth: int = 0
    """How deep in lists it stands; 0 outside."""
    checked: bool | None = None
    """Of a box: ticked or not; None without one."""


class Row(NamedTuple):
    """One row of a table."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """A table."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place
    section: tuple[str, ...]

    def column(self, *names: str) -> int | None:
        """The first column whose heading is one of ``names``, whatever the case."""
        wanted = {name.casefold() for name in names}
        return next((number for number, text in enumerate(self.header) if plain_text(text).casefold() in wanted), None)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block."""

    language: str
    lines: tuple[Fact[str], ...]
    place: Place
    section: tuple[str, ...]

    @property
    def text(self) -> str:
        """The code."""
        return "\n".join(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file."""

    path: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    tables: tuple[MarkdownTable, ...]
    code: tuple[CodeBlock, ...]
    metadata: Mapping[str, Fact[str]]
    """``**Owner**: DevOps Engineer`` by key in lower case; the first of each."""

    def texts(self) -> Iterator[Fact[str]]:
        """Every line of text, of table rows and of code, in the order of kinds."""
        for line in self.lines:
            yield Fact(line.text, line.place)
        for table in self.tables:
            for row in table.rows:
                yield Fact(" | ".join(row.cells), row.place)
        for block in self.code:
            yield from block.lines


def parse_markdown(text: bytes, path: str) -> Document:
    """The document in ``text``.

    Raises:
        Malformed: not UTF-8, or more or longer lines than a document for people has.
    """
    source = decode(text, path)
    lines = source.splitlines()
    if len(lines) > MAX_LINES:
        raise Malformed(path, MAX_LINES, f"more than {MAX_LINES:,} lines")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise Malformed(path, number, f"a line longer than {MAX_LINE:,} characters")
    blocks = plain_blocks(source)
    return _Reader(path).document(complete_blocks(source) if blocks is None else blocks)


def complete_blocks(source: str) -> Sequence[Token]:
    """The tokens of any document."""
    from markdown_it import MarkdownIt  # sixty modules, only for documents that need them

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])  # inline parsing is not linear on hostile text, and not needed
    return parser.parse(source)


def plain_text(text: str) -> str:
    """Text without emphasis marks, backticks and link targets."""
    linked = re.sub(r"\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)", r"\1", text)
    return re.sub(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", linked).strip()


def names(text: str) -> tuple[str, ...]:
    """What stands in backticks."""
    return tuple(name.strip() for name in re.findall(r"`([^`\n]{1,300})`", text))


_BOX = regex(r"\[([ xX])\]\s+")
_METADATA = regex(r"(?:\*\*|__)([^*_:]{1,80}?):?(?:\*\*|__)\s*:?\s*(.*)")


class _Reader:
    """Walks the parser's tokens once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._section: list[Heading] = []
        self._headings: list[Heading] = []
        self._lines: list[Line] = []
        self._tables: list[MarkdownTable] = []
        self._code: list[CodeBlock] = []

    def document(self, tokens: Sequence[Token | Block]) -> Document:
        depth = 0
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                depth += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                depth -= 1
            elif token.type == "heading_open":
                self._heading(token, tokens[position + 1])
                position += 1
            elif token.type == "table_open":
                position = self._table(tokens, position)
            elif token.type in {"fence", "code_block"}:
                self._block(token)
            elif token.type == "inline":
                self._text(token, depth)
            position += 1
        return Document(self._path, tuple(self._headings), tuple(self._lines), tuple(self._tables), tuple(self._code), self._metadata())

    def _place(self, token: Token | Block) -> Place:
        first, last = token.map or (0, 1)
        return Place(self._path, first + 1, max(first + 1, last))

    def _titles(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self._section)

    def _heading(self, token: Token | Block, content: Token | Block) -> None:
        level = int(token.tag[1:])
        heading = Heading(level, plain_text(content.content), self._place(token))
        self._section = [*(above for above in self._section if above.level < level), heading]
        self._headings.append(heading)

    def _text(self, token: Token | Block, depth: int) -> None:
        first = (token.map or (0, 1))[0] + 1
        for number, text in enumerate(token.content.split("\n")):
            box = _BOX.match(text) if depth and number == 0 else None
            checked = None if box is None else box[1] != " "
            own = text[box.end() :] if box is not None else text
            self._lines.append(Line(own.strip(), Place(self._path, first + number, first + number), self._titles(), depth, checked))

    def _block(self, token: Token | Block) -> None:
        first = (token.map or (0, 1))[0] + (2 if token.type == "fence" else 1)
        lines = token.content.split("\n")
        if lines and not lines[-1]:
            lines.pop()
        facts = tuple(Fact(text, Place(self._path, first + number, first + number)) for number, text in enumerate(lines))
        language = token.info.split()[0].casefold() if token.info.strip() else ""
        self._code.append(CodeBlock(language, facts, self._place(token), self._titles()))

    def _table(self, tokens: Sequence[Token | Block], start: int) -> int:
        """Reads one table; gives the position of its end."""
        rows: list[Row] = []
        cells: list[str] = []
        position = start
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(token.content.strip())
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), Place(self._path, 0, 0)))
            position += 1
        places = [self._place(token) for token in tokens[start:position] if token.type == "tr_open"]
        placed = [Row(row.cells, place) for row, place in zip(rows, places, strict=True)]
        self._tables.append(MarkdownTable(placed[0].cells, tuple(placed[1:]), self._place(tokens[start]), self._titles()))
        return position

    def _metadata(self) -> dict[str, Fact[str]]:
        found: dict[str, Fact[str]] = {}
        for line in self._lines:
            match = _METADATA.fullmatch(line.text)
            if match is not None and match[2] and (":" in line.text[: match.start(2)]):
                found.setdefault(plain_text(match[1]).casefold(), Fact(plain_text(match[2]), line.place))
        return found
