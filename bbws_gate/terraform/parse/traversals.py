"""Steps after a term: ``.name``, ``[key]``, ``.*`` and ``[*]``, which reach differently far.

After ``[*]`` every further step belongs to the elements, after ``.*`` only attributes do
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#splat-operators).
"""

from __future__ import annotations

from collections.abc import Callable

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParseError, too_deep
from bbws_gate.terraform.syntax import Expression, GetAttr, Index, Span, Splat, SplatItem


class Step(NamedTuple):
    """``.name``, or ``[key]`` and ``.0``."""

    name: str
    key: Expression | None
    dotted: bool
    """Spelled with a dot: an attribute-only splat takes it along."""
    end: int
    end_line: int


class Traversals:
    """Applies steps to terms, and remembers which splats of this text further steps still go into."""

    def __init__(self) -> None:
        # By identity, and holding on to the node so that the identity stays its own; parentheses make another node.
        self._full: dict[int, Splat] = {}
        self._attribute_only: dict[int, Splat] = {}

    def follow(self, source: Expression, steps: list[Step]) -> Expression:
        """``source`` with ``steps`` after it."""
        return self._inside(source, lambda term: _followed(term, steps))

    def full_splat(self, source: Expression, marker: Span, steps: list[Step]) -> Expression:
        """``source[*]`` with ``steps`` after it."""

        def splat(term: Expression) -> Expression:
            return self._opened(Splat(term, _followed(SplatItem(marker), steps), _from(term, marker, steps)))

        return self._inside(source, splat)

    def attribute_splat(self, source: Expression, marker: Span, steps: list[Step]) -> Expression:
        """``source.*`` with ``steps`` after it.

        Raises:
            ParseError: for ``.*`` inside ``.*``, which HCL refuses.
        """
        taken = 0
        while taken < len(steps) and steps[taken].dotted:
            taken += 1
        own, others = steps[:taken], steps[taken:]

        def splat(term: Expression) -> Expression:
            if self._attribute_only.get(id(term)) is term:
                raise ParseError("a splat .* inside another .* (use [*])", marker.place)
            made = Splat(term, _followed(SplatItem(marker), own), _from(term, marker, own))
            self._attribute_only[id(made)] = made
            return _followed(made, others)

        return self._inside(source, splat)

    def _opened(self, splat: Splat) -> Splat:
        self._full[id(splat)] = splat
        return splat

    def _inside(self, source: Expression, change: Callable[[Expression], Expression]) -> Expression:
        """``source`` changed at the place where further steps go: in the elements of its innermost full splat."""
        around: list[Splat] = []
        while type(source) is Splat and self._full.get(id(source)) is source:
            around.append(source)
            if len(around) > MAX_DEPTH:
                raise too_deep(source.span.place)
            source = source.each
        result = change(source)
        for splat in reversed(around):
            end: Span = result.span
            span = splat.span._replace(end=end.end, end_line=end.end_line)
            result = self._opened(Splat(splat.source, result, span))
        return result


def _followed(term: Expression, steps: list[Step]) -> Expression:
    for step in steps:
        start: Span = term.span
        span = Span(start.path, start.start, step.end, start.line, step.end_line)
        term = GetAttr(term, step.name, span) if step.key is None else Index(term, step.key, span)
    return term


def _from(term: Expression, marker: Span, steps: list[Step]) -> Span:
    start: Span = term.span
    end, end_line = (steps[-1].end, steps[-1].end_line) if steps else (marker.end, marker.end_line)
    return Span(start.path, start.start, end, start.line, end_line)
