"""From the pieces of a template to its parts: strip markers, ``<<-`` indents, and the nesting of directives, as HCL orders them.

Follows https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go: strip markers first, which reach only into the neighbouring
piece; then the indent, counted over pieces that still begin a line; then neighbouring literals become one.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bbws_gate.model import Place
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
    pieces = _trimmed(pieces)
    if flush:
        pieces = _flushed(pieces)
    pieces = _melded(pieces)
    parts = _nested(pieces)
    only = parts[0] if len(pieces) == 1 else None
    if type(only) is Literal:
        return Literal(only.value, span)
    # An empty text left over by a strip marker still makes the whole a string, not the bare value of the one interpolation.
    full = [part for part in parts if type(part) is not Literal or part.value]
    if not parts:
        return Literal("", span)
    return Template(tuple(full if len(full) > 1 else parts), span)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    strip_next = False
    for piece in pieces:
        if type(piece) is Text:
            result.append(piece._replace(text=piece.text.lstrip(strings.BLANKS)) if strip_next else piece)
            strip_next = False
            continue
        if piece.strips_left and result and type(result[-1]) is Text:
            result[-1] = result[-1]._replace(text=result[-1].text.rstrip(strings.BLANKS))
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


class _Open(NamedTuple):
    """A directive whose end has not come yet."""

    sequence: Sequence
    then: list[TemplatePart]
    otherwise: list[TemplatePart]
    in_else: bool

    @property
    def current(self) -> list[TemplatePart]:
        """Where parts go that come now."""
        return self.otherwise if self.in_else else self.then


def _nested(pieces: list[Piece]) -> list[TemplatePart]:
    root: list[TemplatePart] = []
    current = root
    opened: list[_Open] = []
    for piece in pieces:
        if type(piece) is Text:
            if piece.text or not opened:
                current.append(Literal(strings.normalised(piece.text), piece.span))
        elif piece.kind == INTERPOLATION and piece.expression is not None:
            current.append(piece.expression)
        elif piece.kind in (IF, FOR):
            if len(opened) >= MAX_DEPTH:
                raise too_deep(piece.span.place)
            current = []
            opened.append(_Open(piece, current, [], False))
        elif piece.kind == ELSE:
            opened[-1:] = [_in_else(opened[-1] if opened else None, piece)]
            current = opened[-1].otherwise
        else:
            part = _closed(opened.pop() if opened else None, piece)
            current = opened[-1].current if opened else root
            current.append(part)
    if opened:
        raise ParseError(f"the %{{ {opened[-1].sequence.kind} }} directive has no end", opened[-1].sequence.span.place)
    return root


def _in_else(opened: _Open | None, piece: Sequence) -> _Open:
    if opened is None or opened.sequence.kind != IF or opened.in_else:
        raise ParseError("%{ else } without an %{ if } that it belongs to", piece.span.place)
    return opened._replace(in_else=True)


def _closed(opened: _Open | None, piece: Sequence) -> IfDirective | ForDirective:
    if opened is None or opened.sequence.expression is None or (opened.sequence.kind == IF) != (piece.kind == ENDIF):
        raise ParseError(f"%{{ {piece.kind} }} ends nothing", _place(piece))
    begin, first, last = opened.sequence, opened.sequence.span, piece.span
    span = Span(first.path, first.start, last.end, first.line, last.end_line)
    assert begin.expression is not None  # noqa: S101 - narrowed above
    if begin.kind == IF:
        return IfDirective(begin.expression, tuple(opened.then), tuple(opened.otherwise), span)
    return ForDirective(begin.key_name, begin.value_name, begin.expression, tuple(opened.then), span)


def _place(piece: Sequence) -> Place:
    return piece.span.place
