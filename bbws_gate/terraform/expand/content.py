"""A block's arguments and nested blocks, evaluated; dynamic blocks expanded (https://github.com/hashicorp/hcl/tree/main/ext/dynblock)."""

from __future__ import annotations

from typing import TypeAlias, final

from bbws_gate.terraform.cty.values import Unknown, Value, object_of, tuple_of, unknown
from bbws_gate.terraform.evaluate import BudgetExceeded, Scope, literal_value
from bbws_gate.terraform.evaluate.access import elements
from bbws_gate.terraform.evaluate.budget import BLOCK
from bbws_gate.terraform.evaluate.partial import resource_object
from bbws_gate.terraform.evaluate.references import iterator_name
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.stack import Plain
from bbws_gate.terraform.syntax import Attribute, Block, Body, Literal, Span

EVERYTHING: frozenset[str] = frozenset()


@final
class Content:
    """What one body says in one scope."""

    __slots__ = ("_attributes", "_blocks", "body", "element", "literals", "plain", "scope", "span")

    def __init__(self, body: Body, scope: Scope, span: Span, literals: int | None = None) -> None:
        self.body = body
        self.scope = scope
        self.span = span
        self.literals = literals
        """How many there are when the body holds nothing else. It then says the same in every scope: instances share it."""
        self.plain: dict[str, Plain] | None = None
        """The same as plain data, once somebody has made that of nothing but literals."""
        self.element: tuple[str, Attribute, Value] | None = None
        """Of a dynamic block's content: the iterator's name, the for_each, and the key of the element that this one is made of."""
        self._attributes: dict[str, Value] | None = None if literals is not None else {}
        self._blocks: dict[str, list[Content | Unknown]] | None = None if literals is not None else {}

    @property
    def attributes(self) -> dict[str, Value]:
        """Values of the arguments. Those of literals are made when somebody asks, which for most nobody does."""
        if self._attributes is None:
            written = [(attribute.name, attribute.value) for attribute in self.body.attributes]
            self._attributes = {name: literal_value(value) for name, value in written if isinstance(value, Literal)}
        return self._attributes

    @property
    def blocks(self) -> dict[str, list[Content | Unknown]]:
        """Nested blocks by type, in source order; an unknown stands for any number of blocks."""
        if self._blocks is None:
            self._blocks = {}
            for block in self.body.blocks:
                nested = Content(block.body, self.scope, block.span, count_literals(block.body))
                self._blocks.setdefault(block.type, []).append(nested)
        return self._blocks


def count_literals(body: Body) -> int | None:
    """How many arguments a body and its nested blocks have when all of them are literals, else None."""
    count = len(body.attributes)
    for attribute in body.attributes:
        if type(attribute.value) is not Literal:
            return None
    for block in body.blocks:
        inner = None if _is_dynamic(block) else count_literals(block.body)
        if inner is None:
            return None
        count += inner
    return count


def _is_dynamic(block: Block) -> bool:
    return block.type == "dynamic" and len(block.labels) == 1


Constants: TypeAlias = dict[int, "Content | None"]
"""Nested blocks of nothing but literals by the identity of their bodies, which must outlive this; None for other blocks."""


class Expander:
    """Evaluates bodies. ``subject`` names them in problems: ``aws_dynamodb_table.orders``.

    Instances of one body share what is in ``constants``.
    """

    def __init__(self, guard: Guard, subject: str, constants: Constants | None = None) -> None:
        self._guard = guard
        self._subject = subject
        self._constants: Constants = {} if constants is None else constants

    def _inside(self, kind: str) -> Expander:
        return Expander(self._guard, f"{self._subject}.{kind}", self._constants)

    def _value(self, attribute: Attribute, scope: Scope) -> Value:
        expression, budget = attribute.value, self._guard.budget
        if type(expression) is Literal and budget.steps > 0:
            budget.steps -= 1
            return literal_value(expression)
        return self._guard.value(expression, scope, f"{self._subject}.{attribute.name}")

    def _nested(self, block: Block, scope: Scope, sensitive: bool) -> Content:
        body, budget = block.body, self._guard.budget
        if id(body) not in self._constants:
            literals = count_literals(body)
            self._constants[id(body)] = None if literals is None else Content(body, scope, block.span, literals)
        shared = self._constants[id(body)]
        if shared is not None and shared.literals is not None and not sensitive and budget.steps >= shared.literals:
            budget.steps -= shared.literals
            return shared
        return self._inside(block.type).content(body, scope, span=block.span, sensitive=sensitive)

    def content(
        self, body: Body, scope: Scope, skipped: frozenset[str] = EVERYTHING, *, span: Span | None = None, sensitive: bool = False
    ) -> Content:
        """Evaluates a body, which stands at ``span``; arguments and blocks named in ``skipped`` are left out."""
        content = Content(body, scope, span or body.span)
        for attribute in body.attributes:
            if attribute.name not in skipped:
                value = self._value(attribute, scope)
                content.attributes[attribute.name] = value.marked() if sensitive else value
        for block in body.blocks:
            if _is_dynamic(block):
                if block.labels[0] not in skipped:
                    self._expand(block, scope, content, sensitive)
            elif block.type not in skipped:
                content.blocks.setdefault(block.type, []).append(self._nested(block, scope, sensitive))
        return content

    def _expand(self, block: Block, scope: Scope, content: Content, sensitive: bool) -> None:
        kind = block.labels[0]
        found = content.blocks.setdefault(kind, [])
        each = block.body.attribute("for_each")
        bodies = block.body.blocks_of("content")
        subject = f'{self._subject}.dynamic["{kind}"]'
        if each is None or len(bodies) != 1:
            missing = "for_each" if each is None else "exactly one content block"
            self._guard.add("HCL005", f"{subject} needs {missing}", block.header.place)
            found.append(Unknown(f"{subject} needs {missing}"))
            return
        value = self._guard.value(each.value, scope, f"{subject}.for_each")
        pairs = self._pairs(value, each, subject)
        if isinstance(pairs, Unknown):
            found.append(pairs)
            return
        nested = self._inside(kind)
        name = iterator_name(block)
        for key, item in pairs:
            iterator = object_of({"key": key, "value": item})
            inner = scope.binding({name: iterator})
            expanded = nested.content(bodies[0].body, inner, span=bodies[0].span, sensitive=sensitive or value.sensitive)
            expanded.element = name, each, key
            found.append(expanded)

    def _pairs(self, value: Value, each: Attribute, subject: str) -> list[tuple[Value, Value]] | Unknown:
        if isinstance(value.raw, Unknown):
            return Unknown(f"{subject}: {value.raw.reason}")
        pairs = None if value.raw is None else elements(value)
        if pairs is None:
            what = "a null value" if value.raw is None else f"a value of type {value.type!r}"
            self._guard.add("EVL001", f"{subject}: cannot use {what} in for_each", each.span.place)
            return Unknown(f"{subject}: cannot use {what} in for_each")
        try:
            self._guard.budget.spend(len(pairs) * BLOCK)
        except BudgetExceeded as error:
            return Unknown(_reason(self._guard.exceeded(str(error), subject, each.span.place)))
        return pairs


def _reason(value: Value) -> str:
    return value.raw.reason if isinstance(value.raw, Unknown) else ""


def referable(content: Content, address: str, when: str) -> Value:
    """The object that references to a resource see: arguments and nested blocks, the rest unknown until ``when``.

    Null leaves the choice to the provider, as not setting the argument does.
    """
    written = {name: value for name, value in content.attributes.items() if value.raw is not None}
    for kind, nested in content.blocks.items():
        # A dynamic block without elements writes nothing, and the provider may still fill that block in.
        if nested:
            written[kind] = _block_list(nested, f"{address}.{kind}", when)
    return resource_object(address, written, when)


def _block_list(nested: list[Content | Unknown], address: str, when: str) -> Value:
    items = []
    for position, block in enumerate(nested):
        if isinstance(block, Unknown):
            return unknown(block.reason)
        items.append(referable(block, f"{address}[{position}]", when))
    return tuple_of(tuple(items))
