"""Operands, the steps after them and operators, read directly."""

from __future__ import annotations

import re
from typing import Final

from bbws_gate.deferred import replace
from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.parse.direct import patterns
from bbws_gate.terraform.parse.direct.brackets import BracketReader
from bbws_gate.terraform.parse.direct.cursor import DEEPEST, RESERVED, Unread, new_span
from bbws_gate.terraform.parse.source import EXACT_DIGITS
from bbws_gate.terraform.parse.traversals import Step
from bbws_gate.terraform.syntax import Binary, Conditional, Expression, GetAttr, Literal, Splat, Unary

_LEVELS: Final = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
PRECEDENCE: Final = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


class ExpressionReader(BracketReader):
    """Reads expressions; the cursor is before them, and then after them."""

    _next: re.Match[str] | None
    """The operator after the last operand, which is not read yet; None when the expression ends there."""

    def expression(self, quiet: bool) -> Expression:
        """An expression; newlines inside it mean nothing where it is ``quiet``, and end it otherwise.

        Raises:
            Unread: for what the tables have to read.
            ParseError: for what they will refuse.
        """
        self._level += 1
        if self._level > self._deepest:
            if self._level > DEEPEST:
                raise Unread
            self._deepest = self._level
        result = self._operation(quiet, 0)
        if self._next is not None:
            self._follow(self._next)
            self._steps += 1
            yes = self.expression(quiet)
            colon = patterns.COLON[quiet].match(self._text, self._at)
            if colon is None:
                raise Unread
            self._go(colon.end(), colon.end())
            no = self.expression(quiet)
            first, last = result.span, no.span
            result = Conditional(result, yes, no, new_span((self._path, first.start, last.end, first.line, last.end_line)))
        self._level -= 1
        return result

    def _follow(self, found: re.Match[str]) -> None:
        """On to after the operator or bracket that was found."""
        self._go(found.start(found.lastindex or 0), found.end())

    def _operation(self, quiet: bool, lowest: int) -> Expression:
        """Operands with operators of at least that precedence between them."""
        left = self._operand(quiet)
        while (found := self._next) is not None and found.lastindex == patterns.A_OPERATOR:
            operator = found[patterns.A_OPERATOR]
            precedence = PRECEDENCE[operator]
            if precedence < lowest:
                break
            self._follow(found)
            self._steps += 1
            right = self._operation(quiet, precedence + 1)
            first, last = left.span, right.span
            left = Binary(operator, left, right, new_span((self._path, first.start, last.end, first.line, last.end_line)))
        return left

    def _operand(self, quiet: bool) -> Expression:
        """One operand with the steps after it; sets :attr:`_next`."""
        found = patterns.OPERAND[quiet].match(self._text, self._at)
        if found is None:
            raise Unread
        kind = found.lastindex or 0
        start, end = found.span(kind)
        self._go(start - (kind == patterns.O_STRING), found.end())
        if kind == patterns.O_UNARY:
            return self._unary(found[kind], start, quiet)
        term: Expression
        if kind == patterns.O_DOTTED:
            term = self._unreserved(found[kind], start, end) if quiet else self._dotted(found[kind], start, end)
        elif kind == patterns.O_STRING:
            term = self._string(found[kind], start, end)
        elif kind == patterns.O_CALL:
            if quiet and found[kind] in RESERVED:
                raise Unread
            term = self._call(found[kind], start)
        elif kind == patterns.O_QUOTE:
            term = self._template(start)
        else:
            term = self._rarer_operand(kind, start, end)
        self._next = found = patterns.AFTER[quiet].match(self._text, self._at)
        if found is None or (found.lastindex or 0) <= patterns.A_CONDITIONAL:
            return term
        return self._with_steps(term, quiet)

    def _rarer_operand(self, kind: int, start: int, end: int) -> Expression:
        if kind == patterns.O_TUPLE:
            return self._tuple(start)
        if kind == patterns.O_OBJECT:
            return self._object(start)
        if kind == patterns.O_NUMBER:
            return self._number(start, end)
        if kind == patterns.O_HEREDOC:
            return self._heredoc(start, end)
        line = self._line
        inner = self.expression(quiet=True)
        if self._mark() != ")":
            raise Unread
        return replace(inner, span=self._ended(start, line))

    def _number(self, start: int, end: int) -> Literal:
        text = self._text[start:end]
        if len(text) > EXACT_DIGITS:
            raise Unread
        value = int(text) if text.isdigit() else numbers.parse(text)
        if isinstance(value, float):
            raise Unread
        line = self._line
        return Literal(value, new_span((self._path, start, end, line, line)))

    def _unary(self, operator: str, start: int, quiet: bool) -> Unary:
        """One operator; the tables read several in a row."""
        line = self._line
        self._steps += 1
        after = patterns.OPERAND[quiet].match(self._text, self._at)
        if after is not None and after.lastindex == patterns.O_UNARY:
            raise Unread
        operand = self._operand(quiet)
        span = operand.span
        return Unary(operator, operand, new_span((self._path, start, span.end, line, span.end_line)))

    # Steps

    def _with_steps(self, term: Expression, quiet: bool) -> Expression:
        """``term`` with all attributes, indexes and splats after it; sets :attr:`_next`."""
        while True:
            found = self._next
            kind = 0 if found is None else found.lastindex or 0
            if found is None or kind <= patterns.A_CONDITIONAL:
                return term
            self._steps += 1
            if kind == patterns.A_ATTRIBUTE and type(term) is not Splat:
                self._follow(found)
                name = found[kind][1:].lstrip(" \t")
                span = term.span
                term = GetAttr(term, name, new_span((self._path, span.start, self._at, span.line, self._line)))
                self._next = patterns.AFTER[quiet].match(self._text, self._at)
                continue
            splat = self._splat_end(found, quiet)
            if splat is None:
                term = self._traversals.follow(term, [self._step(found, quiet)])
            else:
                term = self._with_splat(term, found, splat, quiet)

    def _splat_end(self, found: re.Match[str], quiet: bool) -> int | None:
        """Where the splat ends that was found; None when it is an index."""
        kind = found.lastindex
        if kind == patterns.A_SPLAT:
            return found.end()
        full = patterns.FULL_SPLAT[quiet].match(self._text, found.start(kind)) if kind == patterns.A_INDEX else None
        return None if full is None else full.end()

    def _with_splat(self, term: Expression, found: re.Match[str], end: int, quiet: bool) -> Expression:
        self._follow(found)
        start, line = found.start(found.lastindex or 0), self._line
        marker = new_span((self._path, start, end, line, line))
        self._go(end, end)
        self._next = patterns.AFTER[quiet].match(self._text, self._at)
        steps: list[Step] = []
        while (after := self._next) is not None and (after.lastindex or 0) > patterns.A_CONDITIONAL:
            if self._splat_end(after, quiet) is not None:
                break
            steps.append(self._step(after, quiet))
        self._steps += len(steps) + 1
        if found.lastindex == patterns.A_SPLAT:
            return self._traversals.attribute_splat(term, marker, steps)
        return self._traversals.full_splat(term, marker, steps)

    def _step(self, found: re.Match[str], quiet: bool) -> Step:
        """``.name``, ``.0`` or ``[key]``; sets :attr:`_next`."""
        self._follow(found)
        kind = found.lastindex or 0
        if kind == patterns.A_ATTRIBUTE:
            step = Step(found[kind][1:].lstrip(" \t"), None, True, self._at, self._line)
        elif kind == patterns.A_LEGACY:
            number = self._number(found.start(kind) + 1, found.end(kind))
            step = Step("", number, True, self._at, self._line)
        else:
            key = self.expression(quiet=True)
            if self._mark() != "]":
                raise Unread
            step = Step("", key, False, self._at, self._line)
        self._next = patterns.AFTER[quiet].match(self._text, self._at)
        return step
