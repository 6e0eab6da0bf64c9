"""From the pieces of a template to its parts: strip markers, ``<<-`` indents, and the nesting of directives, as HCL orders them.

Follows https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go: strip markers first, which reach only into the neighbouring
piece; then the indent, counted over pieces that still begin a line; then neighbouring literals become one.
"""

from __future__ import annotations

from typing import Final

from bbws_gate.deferred import NamedTuple, dataclass, field
from bbws_gate.terraform.parse import strings
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParseError, too_deep
from bbws_gate.terraform.syntax import Expression, ForDirective, IfDirective, Literal, Span, Template, TemplatePart

INTERPOLATION: Final = "interpolation"
IF: Final = "if"
ELSE: Final = "else"
ENDIF: Final = "endif"
FOR: Final = "for"
ENDFOR: Final = "endfor"


class Text(NamedTuple):
    """Literal text, escapes already resolved."""

    text: str
    span: Span


class Sequence(NamedTuple):
    """``${...}`` or ``%{...}``"""

    kind: str
    span: Span
    strips_left: bool
    strips_right: bool
    expression: Expression | None = None
    key_name: str | None = None
    value_name: str = ""


Piece = Text | Sequence


def template(pieces: list[Piece], flush: bool, span: Span) -> Literal | Template:
    """The expression that a template's pieces make; ``flush`` for ``<<-``.

    Raises:
        ParseError: for directives that do not nest.
    """
    if not pieces:
        return Literal("", span)
    pieces = _trimmed(pieces)
    if flush:
        pieces = _flushed(pieces)
    pieces = _melded(pieces)
    parts = _nested(pieces)
    only = parts[0] if len(pieces) == 1 else None
    if type(only) is Literal:
        return Literal(only.value, span)
    # An empty text left over by a strip marker still makes the whole a string, not the bare value of the one interpolation.
    full = [part for part in parts if type(part) is not Literal or part.value != ""]
    return Template(tuple(full if len(full) > 1 else parts), span)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    strip_next = False
    for piece in pieces:
        if isinstance(piece, Text):
            result.append(piece._replace(text=piece.text.lstrip(strings.BLANKS)) if strip_next else piece)
            strip_next = False
            continue
        before = result[-1] if result else None
        if piece.strips_left and type(before) is Text:
            result[-1] = before._replace(text=before.text.rstrip(strings.BLANKS))
        result.append(piece)
        strip_next = piece.strips_right
    return result


def _flushed(pieces: list[Piece]) -> list[Piece]:
    smallest: int | None = None
    begins_line = True
    leading: list[int] = []
    for index, piece in enumerate(pieces):
        if begins_line:
            width: int | None = 0
            if type(piece) is Text:
                width = strings.indent(piece.text)
                if width is not None:
                    leading.append(index)
            if width is not None:
                smallest = width if smallest is None else min(smallest, width)
        begins_line = type(piece) is Text and piece.text.endswith("\n")
    result = list(pieces)
    for index in leading:
        piece = result[index]
        if type(piece) is Text and smallest:
            result[index] = piece._replace(text=piece.text[smallest:])
    return result


def _melded(pieces: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    texts: list[Text] = []

    def flush() -> None:
        if texts:
            first, last = texts[0].span, texts[-1].span
            span = Span(first.path, first.start, last.end, first.line, last.end_line)
            result.append(Text("".join(text.text for text in texts), span))
            texts.clear()

    for piece in pieces:
        if type(piece) is Text:
            texts.append(piece)
        else:
            flush()
            result.append(piece)
    flush()
    return result


@dataclass(slots=True)
class _Open:
    """A directive whose end has not come yet."""

    sequence: Sequence
    then: list[TemplatePart] = field(default_factory=list)
    otherwise: list[TemplatePart] = field(default_factory=list)
    in_else: bool = False

    def begin_else(self, piece: Sequence) -> None:
        if self.sequence.kind != IF or self.in_else:
            raise _misplaced(piece)
        self.in_else = True

    def add(self, part: TemplatePart) -> None:
        (self.otherwise if self.in_else else self.then).append(part)

    def closed(self, piece: Sequence) -> IfDirective | ForDirective:
        begin, subject = self.sequence, self.sequence.expression
        if subject is None or piece.kind != f"end{begin.kind}":
            raise _misplaced(piece)
        span = Span(begin.span.path, begin.span.start, piece.span.end, begin.span.line, piece.span.end_line)
        if begin.kind == IF:
            return IfDirective(subject, tuple(self.then), tuple(self.otherwise), span)
        return ForDirective(begin.key_name, begin.value_name, subject, tuple(self.then), span)


def _nested(pieces: list[Piece]) -> list[TemplatePart]:
    root = _Open(Sequence("", pieces[0].span, False, False))
    opened = [root]
    for piece in pieces:
        if isinstance(piece, Text):
            if piece.text or len(opened) == 1:
                opened[-1].add(Literal(strings.normalised(piece.text), piece.span))
        else:
            _take(piece, opened)
    if len(opened) > 1:
        unclosed = opened[-1].sequence
        raise ParseError(f"the directive %{{ {unclosed.kind} }} is never closed", unclosed.span.place)
    return root.then


def _take(piece: Sequence, opened: list[_Open]) -> None:
    if piece.kind == INTERPOLATION and piece.expression is not None:
        opened[-1].add(piece.expression)
    elif piece.kind in (IF, FOR):
        if len(opened) > MAX_DEPTH:
            raise too_deep(piece.span.place)
        opened.append(_Open(piece))
    elif piece.kind == ELSE:
        opened[-1].begin_else(piece)
    else:
        part = opened.pop().closed(piece)
        opened[-1].add(part)


def _misplaced(piece: Sequence) -> ParseError:
    return ParseError(f"%{{ {piece.kind} }} without the directive that it belongs to", piece.span.place)
