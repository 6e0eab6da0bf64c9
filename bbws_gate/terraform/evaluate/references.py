"""What an expression refers to, read off the tree without evaluating anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.syntax import (
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    ForDirective,
    ForObject,
    ForTuple,
    GetAttr,
    IfDirective,
    Index,
    Literal,
    Name,
    ObjectCons,
    Span,
    Splat,
    SplatItem,
    Template,
    TemplatePart,
    TupleCons,
    Unary,
)

LONG_NAMES = frozenset({"data", "resource", "ephemeral"})
"""Roots that take two more words: ``data.aws_region.current``."""

_NOTHING: Final[frozenset[str]] = frozenset()

Access: TypeAlias = "str | Expression"
"""One step into a value: an attribute's name, or an index expression."""


class Reference(NamedTuple):
    """A reference in a module: ``local.tables["orders"].name``."""

    words: tuple[str, ...]
    """``("local", "tables")``, ``("data", "aws_region", "current")``, ``("aws_s3_bucket", "logs")``; one word where more are missing."""
    accesses: tuple[Access, ...]
    """What follows the words."""
    span: Span


def references(expression: Expression, bound: frozenset[str] = frozenset()) -> Sequence[Reference]:
    """Every reference in ``expression``, in source order; names in ``bound`` and those that ``for`` binds are not references."""
    if type(expression) is Literal:
        return ()
    found: list[Reference] = []
    _walk(expression, bound, found)
    return found


class Held(NamedTuple):
    """A reference in a body or in one of its nested blocks."""

    reference: Reference
    at: str
    """The argument or the type of the block of the body that it stands in."""
    made: bool
    """Whether a dynamic block makes what it stands in: there may be none of it."""


def held_references(body: Body) -> Sequence[Held]:
    """Every reference in a body and its nested blocks; dynamic blocks bind their iterator."""
    held: list[Held] = []
    _hold(body, _NOTHING, "", False, held)
    return held


def body_references(held: Sequence[Held], skipped: frozenset[str] = _NOTHING, *, contents: bool = True) -> Sequence[Reference]:
    """The references of a body outside what is ``skipped`` of it; without ``contents``, outside what dynamic blocks make, too."""
    return [reference for reference, at, made in held if at not in skipped and (contents or not made)]


def _hold(body: Body, bound: frozenset[str], at: str, made: bool, held: list[Held]) -> None:
    for attribute in body.attributes:
        if type(attribute.value) is not Literal:
            _hold_each(attribute, bound, at, made, held)
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            _hold_dynamic(block, bound, at or block.type, made, held)
        else:
            _hold(block.body, bound, at or block.type, made, held)


def _hold_each(attribute: Attribute, bound: frozenset[str], at: str, made: bool, held: list[Held]) -> None:
    held.extend([Held(reference, at or attribute.name, made) for reference in references(attribute.value, bound)])


def _hold_dynamic(block: Block, bound: frozenset[str], at: str, made: bool, held: list[Held]) -> None:
    inner = bound | {iterator_name(block)}
    for attribute in block.body.attributes:
        if attribute.name != "iterator":
            _hold_each(attribute, inner if attribute.name == "labels" else bound, at, made, held)
    for content in block.body.blocks:
        _hold(content.body, inner, at, True, held)


def iterator_name(block: Block) -> str:
    """The name that a dynamic block's content uses for the current element: its ``iterator``, else its label."""
    attribute = block.body.attribute("iterator")
    if attribute is not None and isinstance(attribute.value, Name):
        return attribute.value.name
    return block.labels[0] if block.labels else ""


def chain(expression: TemplatePart) -> tuple[Name, tuple[Access, ...]] | None:
    """The first word of a reference and all that follows it; None for an expression that is no plain reference."""
    accesses: list[Access] = []
    current: TemplatePart = expression
    while True:
        if type(current) is GetAttr:
            accesses.append(current.name)
        elif type(current) is Index:
            accesses.append(current.key)
        else:
            break
        current = current.source
    if type(current) is not Name:
        return None
    accesses.reverse()
    return current, tuple(accesses)


def reference_of(name: Name, accesses: tuple[Access, ...], span: Span) -> Reference:
    """The words of a reference and what follows them."""
    wanted = 3 if name.name in LONG_NAMES else 2
    words = [name.name]
    for access in accesses[: wanted - 1]:
        if not isinstance(access, str):
            break
        words.append(access)
    rest = accesses[len(words) - 1 :]
    if words[0] == "resource" and len(words) == 3:
        words = words[1:]
    return Reference(tuple(words), rest, span)


def _walk(node: TemplatePart, bound: frozenset[str], found: list[Reference]) -> None:
    kind = type(node)
    if kind is Literal:
        return
    if kind in _CHAINS:
        linked = chain(node)
        if linked is not None:
            name, accesses = linked
            if name.name not in bound:
                found.append(reference_of(name, accesses, node.span))
            for access in accesses:
                if not isinstance(access, str):
                    _walk(access, bound, found)
            return
    if isinstance(node, (ForTuple, ForObject, ForDirective)):
        _walk_for(node, bound, found)
        return
    for part in _PARTS[kind](node):
        _walk(part, bound, found)


def _walk_for(node: ForTuple | ForObject | ForDirective, bound: frozenset[str], found: list[Reference]) -> None:
    _walk(node.collection, bound, found)
    inner = bound | {node.value_name} | ({node.key_name} if node.key_name is not None else set())
    if isinstance(node, ForDirective):
        parts: tuple[TemplatePart | None, ...] = node.body
    elif isinstance(node, ForTuple):
        parts = (node.value, node.condition)
    else:
        parts = (node.key, node.value, node.condition)
    for part in parts:
        if part is not None:
            _walk(part, inner, found)


def _call_parts(node: Call) -> tuple[TemplatePart, ...]:
    """The second argument of ``convert`` is a type."""
    return node.args[:1] if node.name.removeprefix("core::") == "convert" else node.args


_CHAINS: Final = frozenset({Name, GetAttr, Index})
_PARTS: Final[dict[type, Callable[[Any], tuple[TemplatePart, ...]]]] = {
    Literal: lambda _: (),
    Name: lambda _: (),
    SplatItem: lambda _: (),
    Template: lambda node: node.parts,
    IfDirective: lambda node: (node.condition, *node.then, *node.otherwise),
    GetAttr: lambda node: (node.source,),
    Index: lambda node: (node.source, node.key),
    Splat: lambda node: (node.source, node.each),
    Call: _call_parts,
    Conditional: lambda node: (node.condition, node.yes, node.no),
    Binary: lambda node: (node.left, node.right),
    Unary: lambda node: (node.operand,),
    TupleCons: lambda node: node.items,
    ObjectCons: lambda node: tuple([part for item in node.items for part in item]),
}
"""The direct parts of nodes that bind no names."""
