"""What follows from a syntax node alone, found out once: instances of one block ask the same of the same nodes, thousands of times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from bbws_gate.terraform.evaluate.references import Held, Reference, body_references, held_references, references
from bbws_gate.terraform.syntax import Body, Expression, Literal, ObjectCons


@final
class Facts:
    """Answers by the identity of nodes, which it holds on to, so that an identity stays its node's own."""

    __slots__ = ("_held", "_items", "_references")

    def __init__(self) -> None:
        self._references: dict[int, tuple[Expression, Sequence[Reference]]] = {}
        self._held: dict[int, tuple[Body, Sequence[Held]]] = {}
        self._items: dict[int, tuple[ObjectCons, Mapping[str, Expression] | None]] = {}

    def references(self, expression: Expression) -> Sequence[Reference]:
        """Every reference in an expression, as :func:`~bbws_gate.terraform.evaluate.references.references` finds them."""
        if type(expression) is Literal:
            return ()
        known = self._references.get(id(expression))
        if known is None:
            known = self._references[id(expression)] = expression, references(expression)
        return known[1]

    def held_references(self, body: Body) -> Sequence[Held]:
        """Every reference in a body with where it stands."""
        known = self._held.get(id(body))
        if known is None:
            known = self._held[id(body)] = body, held_references(body)
        return known[1]

    def body_references(self, body: Body, skipped: frozenset[str] = frozenset(), *, contents: bool = True) -> Sequence[Reference]:
        """Those of a body, as :func:`~bbws_gate.terraform.evaluate.references.body_references` chooses them."""
        return body_references(self.held_references(body), skipped, contents=contents)

    def items(self, expression: ObjectCons) -> Mapping[str, Expression] | None:
        """The last value expression of each key of an object; None where a key is not a literal."""
        known = self._items.get(id(expression))
        if known is None:
            known = self._items[id(expression)] = expression, _literal_items(expression)
        return known[1]


def _literal_items(expression: ObjectCons) -> Mapping[str, Expression] | None:
    items: dict[str, Expression] = {}
    for key, value in expression.items:
        if type(key) is not Literal:
            return None
        if key.value is not None:
            items[str(key.value)] = value
    return items
