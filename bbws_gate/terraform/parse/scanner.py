"""Text to tokens, by HCL's own rules rather than python-hcl2's.

What the grammar's tables cannot tell apart is settled here: which newlines count, where strings and heredocs end, which sequences are
escaped. The rules are those of https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl and ``peeker.go`` beside it.
"""

from __future__ import annotations

from typing import Final

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.terraform.parse import patterns, strings
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParseError, too_deep
from bbws_gate.terraform.parse.tokens import (
    ATTR_SPLAT,
    ATTRIBUTE,
    CHARS,
    DIRECTIVE,
    DOT,
    END,
    ENDS_TERM,
    EQ,
    FULL_SPLAT,
    INTERPOLATION,
    KEYWORDS,
    LBRACE,
    LPAR,
    LSQB,
    MINUS,
    NAME,
    NEWLINE,
    NOT,
    NUMBER,
    OPERATORS,
    QUOTE,
    RBRACE,
    RPAR,
    RSQB,
    STRING,
    TIMES,
    Tokens,
    decoded,
)

BODY: Final = 0
"""Items of a block or file: newlines end them."""
OBJECT: Final = 1
"""Items of an object constructor: newlines separate them."""
GROUP: Final = 2
"""Parentheses, square brackets, for expressions and bare expressions: newlines mean nothing."""
SEQUENCE: Final = 3
"""``${...}`` and ``%{...}``: newlines mean nothing, the brace ends it."""
QUOTED: Final = 4
HEREDOC: Final = 5
BARE: Final = 6
"""A template without quotation marks, up to the end of the text."""

_CONSTANTS: Final = frozenset(KEYWORDS[word] for word in ("true", "false", "null"))
"""Names like any other when a call follows."""
_BEFORE_BLOCK: Final = frozenset({NAME, STRING, QUOTE}) | _CONSTANTS
_HINTS: Final = {"'": "use double quotes", "`": "use a heredoc", ";": "use a new line", "&": "did you mean &&?", "|": "did you mean ||?"}
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_OPEN_KINDS: Final = {"(": LPAR, "[": LSQB, "{": LBRACE}
_CLOSE_KINDS: Final = {")": RPAR, "]": RSQB, "}": RBRACE}


class _Context(NamedTuple):
    kind: int
    start: int
    line: int
    marker: str = ""


class Scanner:
    """Makes the tokens of one text; use it once."""

    def __init__(self, path: str, text: str, start: int = 0, line: int = 1) -> None:
        self._tokens = Tokens(path, text)
        self._text = text
        self._start = start
        self._line = line
        self._contexts: list[_Context] = []
        self._depth = 0
        self._last_unary = -1

    def file(self) -> Tokens:
        """The tokens of a file of attributes and blocks.

        Raises:
            ParseError: for what no token can be made of, and for unbalanced brackets and quotes.
        """
        return self._scan(BODY)

    def expression(self) -> Tokens:
        """The tokens of one expression, as the value of an attribute without a name. Raises as :meth:`file`."""
        self._pretend_attribute()
        return self._scan(GROUP)

    def template(self) -> Tokens:
        """The tokens of one bare template, likewise. Raises as :meth:`file`."""
        self._pretend_attribute()
        self._tokens.add(QUOTE, self._start, self._start, self._line)
        return self._scan(BARE)

    def _pretend_attribute(self) -> None:
        self._tokens.add(NAME, self._start, self._start, self._line)
        self._tokens.add(EQ, self._start, self._start, self._line)

    def _scan(self, context: int) -> Tokens:
        self._contexts.append(_Context(context, self._start, self._line))
        position = self._start
        while self._contexts:
            kind = self._contexts[-1].kind
            if kind <= SEQUENCE:
                position = self._code(position)
            elif kind == QUOTED:
                position = self._quoted(position)
            else:
                position = self._lines(position)
        self._tokens.add(END, position, position, self._line)
        return self._tokens

    def _code(self, position: int) -> int:
        """Tokens from ``position`` until a template begins or goes on, or the text ends; returns where."""
        tokens, text, contexts, match = self._tokens, self._text, self._contexts, patterns.TOKEN.match
        kinds, starts, ends, lines = tokens.kinds, tokens.starts, tokens.ends, tokens.lines
        ascii_only = text.isascii()
        while True:
            found = match(text, position)
            if found is None:
                raise self._error(self._unknown(position))
            group = found.lastindex or 0
            start, position = found.span(group)
            if group > patterns.T_STRING:
                if group == patterns.T_TRIVIA:
                    self._trivia(start, position)
                    continue
                position = self._rarer(group, start, position)
                if not contexts or contexts[-1].kind > SEQUENCE:
                    return position
                continue
            if not ascii_only:
                self._check_text(group, found[group])
            if group == patterns.T_NAME:
                kind = KEYWORDS.get(found[group], NAME)
                kinds.append(kind if kind == NAME or kind in _CONSTANTS or self._quiet else NAME)
            elif group == patterns.T_OPERATOR:
                kinds.append(OPERATORS[found[group]])
            else:
                kinds.append(ATTRIBUTE if group == patterns.T_ATTRIBUTE else STRING)
            starts.append(start)
            ends.append(position)
            lines.append(self._line)

    def _check_text(self, group: int, text: str) -> None:
        """What more there is to do where a file is not all ASCII."""
        if not text.isascii():
            if group == patterns.T_STRING:
                self._tokens.payloads[len(self._tokens.kinds)] = strings.normalised(decoded(text[1:-1]))
            else:
                self._check_name(text.lstrip(". \t"))

    def _rarer(self, group: int, start: int, end: int) -> int:
        if group == patterns.T_NUMBER:
            self._tokens.add(NUMBER, start, end, self._line)
        elif group == patterns.T_UNARY:
            self._unary(start, end)
        elif group == patterns.T_OPEN:
            return self._open(start, end)
        elif group == patterns.T_CLOSE:
            self._close(start, end)
        elif group == patterns.T_SPECIAL:
            return self._special(start, end)
        elif group == patterns.T_QUOTE:
            return self._string(start, end)
        elif len(self._contexts) > 1:
            raise self._unclosed(self._contexts[-1])
        else:
            self._contexts.pop()
        return end

    def _trivia(self, start: int, end: int) -> None:
        """Blanks, comments and newlines: at most one newline token, where newlines count."""
        breaks = self._text.count("\n", start, end)
        if breaks:
            counts = self._contexts[-1].kind <= OBJECT
            if counts and self._text.find("/*", start, end) >= 0:
                # A newline inside /* */ is none; one at the end of # or // is.
                counts = "\n" in patterns.COMMENTS.sub("", self._text[start:end])
            if counts:
                self._tokens.add(NEWLINE, start, end, self._line)
            self._line += breaks

    def _unary(self, start: int, end: int) -> None:
        """Minus and not. The grammar takes one operator before a term, HCL any number: a run of them becomes one token."""
        tokens = self._tokens
        last = len(tokens.kinds) - 1
        operator = self._text[start]
        if last >= 0 and last == self._last_unary:
            tokens.payloads[last] = tokens.payloads.get(last, self._text[tokens.starts[last]]) + operator
            tokens.ends[last] = end
            tokens.has_runs = True
            if len(tokens.payloads[last]) > MAX_DEPTH:
                raise too_deep(self._place())
            return
        if not tokens.kinds or tokens.kinds[last] not in ENDS_TERM:
            self._last_unary = last + 1
        tokens.add(NOT if operator == "!" else MINUS, start, end, self._line)

    def _open(self, start: int, end: int) -> int:
        bracket = self._text[start]
        kinds = self._tokens.kinds
        kind = GROUP
        if bracket == "[":
            splat = patterns.FULL_SPLAT[self._quiet].match(self._text, start)
            if splat is not None:
                self._tokens.add(FULL_SPLAT, start, splat.end(), self._line)
                self._line += self._text.count("\n", start, splat.end())
                return splat.end()
        elif bracket == "(" and kinds and kinds[-1] in _CONSTANTS:
            kinds[-1] = NAME
        elif bracket == "{":
            if self._contexts[-1].kind == BODY and kinds and kinds[-1] in _BEFORE_BLOCK:
                kind = BODY
            elif not patterns.FOR_AHEAD.match(self._text, end):
                kind = OBJECT
        self._push(_Context(kind, start, self._line))
        self._tokens.add(_OPEN_KINDS[bracket], start, end, self._line)
        return end

    def _close(self, start: int, end: int) -> None:
        bracket = self._text[end - 1]
        context = self._contexts[-1]
        if context.kind == SEQUENCE:
            expected = "}"
        elif len(self._contexts) == 1 or end - start > 1:
            raise self._error(f"{self._text[start:end]!r} closes nothing")
        else:
            expected = _CLOSERS[self._text[context.start]]
        if bracket != expected:
            opener = self._text[context.start : context.start + 1 + (context.kind == SEQUENCE)]
            raise self._error(f"found {bracket!r} where {expected!r} should close {opener!r} of line {context.line}")
        self._contexts.pop()
        self._depth -= 1
        self._tokens.add(_CLOSE_KINDS[bracket], start, end, self._line)

    def _special(self, start: int, end: int) -> int:
        """What begins like an operator and may not be one."""
        begins = self._text[start]
        if begins == "<":
            return self._heredoc(start, end)
        if begins == ":":
            return self._scope(start)
        if begins == "/":
            raise self._error("a comment that /* begins is never closed")
        tokens = self._tokens
        if tokens.kinds and tokens.kinds[-1] == DOT:
            tokens.kinds[-1] = ATTR_SPLAT
            tokens.ends[-1] = end
        else:
            tokens.add(TIMES, start, end, self._line)
        return end

    def _scope(self, start: int) -> int:
        """``::name``, as often as it comes, which belongs to the function name before it."""
        tokens = self._tokens
        found = patterns.SCOPE[self._quiet].match(self._text, start)
        if found is None or not tokens.kinds or (tokens.kinds[-1] != NAME and tokens.kinds[-1] not in KEYWORDS.values()):
            raise self._error("'::' only stands inside the name of a function that is called")
        last = len(tokens.kinds) - 1
        scoped = "".join(patterns.COMMENTS.sub("", found[0]).split())
        for word in scoped.split("::"):
            self._check_name(word)
        tokens.payloads[last] = tokens.source(last) + decoded(scoped)
        tokens.kinds[last] = NAME
        tokens.ends[last] = found.end()
        self._line += found[0].count("\n")
        return found.end()

    @property
    def _quiet(self) -> bool:
        """Whether newlines mean nothing here."""
        return self._contexts[-1].kind > OBJECT

    def _string(self, start: int, end: int) -> int:
        """A quoted string with escapes, or with sequences."""
        whole = patterns.WHOLE_STRING.match(self._text, start)
        if whole is None:
            self._contexts.append(_Context(QUOTED, start, self._line))
            self._tokens.add(QUOTE, start, end, self._line)
            return end
        value = strings.unescaped(decoded(self._text[start + 1 : whole.end() - 1]), self._place())
        self._tokens.payloads[len(self._tokens.kinds)] = strings.normalised(value)
        self._tokens.add(STRING, start, whole.end(), self._line)
        return whole.end()

    def _quoted(self, position: int) -> int:
        found = patterns.QUOTED_CHARS.match(self._text, position)
        end = found.end() if found else position
        if end > position:
            self._tokens.add(CHARS, position, end, self._line)
        if self._text.startswith('"', end):
            self._contexts.pop()
            self._tokens.add(QUOTE, end, end + 1, self._line)
            return end + 1
        return self._sequence(end)

    def _lines(self, position: int) -> int:
        """One line, or what is left of it, of a heredoc or bare template; trimming in HCL goes by these pieces."""
        context = self._contexts[-1]
        if context.marker and self._text[position - 1] == "\n":
            closing = strings.closing_line(self._text, context.marker, position)
            if closing is not None:
                self._contexts.pop()
                self._tokens.add(QUOTE, closing.start, closing.end, self._line)
                return closing.newline
        found = patterns.LINE_CHARS.match(self._text, position)
        end = found.end() if found else position
        if end > position:
            self._tokens.add(CHARS, position, end, self._line)
            self._line += self._text.startswith("\n", end - 1)
            return end
        if context.kind == BARE and not patterns.SEQUENCE.match(self._text, end):
            if end < len(self._text):
                # HCL's scanner gives up at a carriage return alone, and takes all that is left as text.
                self._tokens.add(CHARS, end, len(self._text), self._line)
            self._contexts.pop()
            self._tokens.add(QUOTE, len(self._text), len(self._text), self._line)
            return len(self._text)
        return self._sequence(end)

    def _sequence(self, position: int) -> int:
        """``${`` or ``%{`` at ``position``, after literal text."""
        found = patterns.SEQUENCE.match(self._text, position)
        if found is None:
            raise self._unclosed(self._contexts[-1], position)
        self._push(_Context(SEQUENCE, position, self._line))
        self._tokens.add(INTERPOLATION if found[0][0] == "$" else DIRECTIVE, position, found.end(), self._line)
        return found.end()

    def _heredoc(self, start: int, end: int) -> int:
        """A heredoc whose first line is ``start`` to ``end``: one token when it has no sequences."""
        introducer = self._text[start:end].rstrip("\r\n")
        flush = introducer[2] == "-"
        word = introducer[3:] if flush else introducer[2:]
        self._check_name(word)
        closing = strings.find_closing_line(self._text, word, end)
        if closing is None:
            raise self._error(f"the heredoc {decoded(word)[:40]} is never closed")
        body = self._text[end : closing.line]
        if "${" in body or "%{" in body:
            self._contexts.append(_Context(HEREDOC, start, self._line, word))
            self._tokens.add(QUOTE, start, end, self._line)
            self._line += 1
            return end
        if "\r" in body.replace("\r\n", ""):
            raise self._error("a carriage return without a line feed in a heredoc")
        index = len(self._tokens.kinds)
        self._tokens.add(STRING, start, closing.end, self._line)
        self._line += 1 + body.count("\n")
        lines = [line + "\n" for line in decoded(body).split("\n")[:-1]]
        self._tokens.payloads[index] = strings.normalised("".join(strings.without_indent(lines) if flush else lines))
        self._tokens.last_lines[index] = self._line
        return closing.newline

    def _push(self, context: _Context) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self._place())
        self._contexts.append(context)

    def _check_name(self, word: str) -> None:
        if word.isascii():
            return
        name = decoded(word)
        if not name.replace("-", "_").isidentifier():
            foreign = next((character for character in name if not f"_{character}".isidentifier() and character != "-"), name[0])
            raise self._error(f"{foreign!r} means nothing in this language, and cannot be in a name")

    def _place(self, line: int = 0) -> Place:
        line = line or self._line
        return Place(self._tokens.path, line, line)

    def _error(self, message: str) -> ParseError:
        return ParseError(message, self._place())

    def _unknown(self, position: int) -> str:
        rest = self._text[position:].lstrip(" \t")[:4]
        character = rest.encode("latin-1").decode("utf-8", "replace")[:1]
        hint = f" ({_HINTS[character]})" if character in _HINTS else ""
        return f"{character!r} means nothing in this language{hint}"

    def _unclosed(self, context: _Context, position: int = -1) -> ParseError:
        if context.kind == QUOTED and position < len(self._text):
            return ParseError("a quoted string goes over the end of its line: use \\n or a heredoc", self._place())
        if context.kind >= QUOTED and 0 <= position < len(self._text):
            return ParseError("a carriage return without a line feed", self._place())
        opener = self._text[context.start : context.start + 1 + (context.kind == SEQUENCE)]
        return ParseError(f"{opener!r} is never closed", self._place(context.line))
