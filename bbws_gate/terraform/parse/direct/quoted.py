"""Strings with escapes or interpolations, and heredocs, read directly. Directives and strip markers are left to the tables."""

from __future__ import annotations

from bbws_gate.model import Place
from bbws_gate.terraform.parse import strings, templates
from bbws_gate.terraform.parse.direct import patterns
from bbws_gate.terraform.parse.direct.cursor import Cursor, Unread, new_span
from bbws_gate.terraform.parse.patterns import LINE_CHARS, QUOTED_CHARS
from bbws_gate.terraform.parse.tokens import decoded
from bbws_gate.terraform.syntax import Expression, Literal, Template


class QuotedReader(Cursor):
    """Reads literals and templates."""

    def _template(self, start: int) -> Expression:
        """A quoted string from its opening mark at ``start``; the cursor is after that mark."""
        text, line = self._text, self._line
        parts: list[Expression] = []
        sequences = 0
        while True:
            at = self._at
            found = QUOTED_CHARS.match(text, at)
            end = found.end() if found else at
            if end > at:
                parts.append(self._chars(at, end))
            if text.startswith('"', end):
                break
            if not text.startswith("${", end):
                raise Unread
            parts.append(self._interpolation(end))
            sequences += 1
        self._at = end + 1
        span = new_span((self._path, start, end + 1, line, self._line))
        if len(parts) <= 1 and (not sequences or type(parts[0]) is Literal):
            only = parts[0] if parts else None
            return Literal(only.value if type(only) is Literal else "", span)
        # As in templates.template: an empty text makes no part.
        full = [part for part in parts if type(part) is not Literal or part.value != ""]
        return Template(tuple(full if len(full) > 1 else parts), span)

    def _chars(self, start: int, end: int) -> Literal:
        line = self._line
        value = strings.unescaped(decoded(self._text[start:end]), Place(self._path, line, line))
        return Literal(strings.normalised(value), new_span((self._path, start, end, line, line)))

    def _interpolation(self, start: int) -> Expression:
        """``${ expression }`` at ``start``."""
        simple = patterns.INTERPOLATION.match(self._text, start)
        if simple is not None:
            self._at = simple.end()
            return self._unreserved(simple[1], *simple.span(1))
        self._at = start + 2
        inner = self.expression(quiet=True)
        found = patterns.MARK.match(self._text, self._at)
        if found is None or found[1] != "}":
            raise Unread
        self._go(found.start(1), found.end())
        return inner

    def _heredoc(self, start: int, end: int) -> Expression:
        """A heredoc whose first line is ``start`` to ``end``."""
        text = self._text
        introducer = text[start:end].rstrip("\r\n")
        flush = introducer[2] == "-"
        word = introducer[3:] if flush else introducer[2:]
        closing = strings.find_closing_line(text, word, end)
        if closing is None:
            raise Unread
        body = text[end : closing.line]
        if "${" in body or "%{" in body:
            return self._heredoc_template(start, end, word, flush)
        if "\r" in body.replace("\r\n", ""):
            raise Unread
        lines = [line + "\n" for line in decoded(body).split("\n")[:-1]]
        value = strings.normalised("".join(strings.without_indent(lines) if flush else lines))
        first = self._line
        self._line += 1 + len(lines)
        self._at = closing.newline
        return Literal(value, new_span((self._path, start, closing.end, first, self._line)))

    def _heredoc_template(self, start: int, end: int, word: str, flush: bool) -> Expression:
        text, path, first = self._text, self._path, self._line
        pieces: list[templates.Piece] = []
        self._line += 1
        self._at = end
        while True:
            at = self._at
            closing = strings.closing_line(text, word, at) if text[at - 1] == "\n" else None
            if closing is not None:
                break
            found = LINE_CHARS.match(text, at)
            end = found.end() if found else at
            line = self._line
            if end > at:
                chars = strings.unescaped_sequences(decoded(text[at:end]))
                pieces.append(templates.Text(chars, new_span((path, at, end, line, line))))
                self._line += text.startswith("\n", end - 1)
                self._at = end
            elif text.startswith("${", at):
                inner = self._interpolation(at)
                span = new_span((path, at, self._at, line, self._line))
                pieces.append(templates.Sequence(templates.INTERPOLATION, span, False, False, inner))
            else:
                raise Unread
        self._at = closing.newline
        return templates.template(pieces, flush, new_span((path, start, closing.end, first, self._line)))
