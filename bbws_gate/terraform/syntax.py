"""The syntax tree of Terraform's language: compact, immutable by agreement, our own.

Node shapes follow HashiCorp's native syntax (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Nothing here
knows which parser made the tree; nothing but ``parse`` and ``parse_json`` makes one.

Slotted classes and not named tuples: type checkers compare tuples by structure, and for a tree of this shape never come to an end.
Immutable by agreement and not ``frozen``: a frozen node takes several times as long to make, and a large root has a hundred thousand.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias, final

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model import Place

new_place: Final = partial(tuple.__new__, Place)
"""A place of a tuple of its fields, in half the time that the class itself takes."""


class Span(NamedTuple):
    """A range of source text in one file."""

    path: str
    """POSIX path relative to the repository root."""
    start: int
    """Byte offset of the first byte."""
    end: int
    """Byte offset after the last byte."""
    line: int
    """Line of the first byte, from 1."""
    end_line: int
    """Line of the last byte."""

    @property
    def place(self) -> Place:
        """The lines, without the byte offsets."""
        return new_place((self.path, self.line, self.end_line))


class Node:
    """What all nodes have in common: fields in order, named by ``__slots__``, the last or last but one of them a :class:`Span`."""

    __slots__: tuple[str, ...] = ()


@final
@dataclass(slots=True, unsafe_hash=True)
class Literal(Node):
    """A constant. Strings are decoded (escapes) and NFC-normalised; numbers are exact or rounded to 512 bits as HCL does."""

    value: None | bool | str | int | Fraction
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Template(Node):
    """A quoted string or heredoc with at least one sequence that is not literal text; strip markers are already applied.

    A template whose only part is one interpolation is its value unchanged (HCL: "template unwrapping"): ``parts`` is then a
    single expression that is neither a string :class:`Literal` nor a directive.
    """

    parts: tuple[TemplatePart, ...]
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class IfDirective(Node):
    """``%{ if c }...%{ else }...%{ endif }``"""

    condition: Expression
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class ForDirective(Node):
    """``%{ for k, v in c }...%{ endfor }``"""

    key_name: str | None
    value_name: str
    collection: Expression
    body: tuple[TemplatePart, ...]
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Name(Node):
    """The first word of a reference: ``var``, ``local``, ``aws_s3_bucket``, ``each``, an iterator."""

    name: str
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class GetAttr(Node):
    """``source.name``"""

    source: Expression
    name: str
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Index(Node):
    """``source[key]``, and the legacy ``source.0`` with a number literal as key."""

    source: Expression
    key: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Splat(Node):
    """``source[*]...`` or ``source.*...``; ``each`` is applied to every element, which :class:`SplatItem` stands for."""

    source: Expression
    each: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class SplatItem(Node):
    """The current element inside :class:`Splat`."""

    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Call(Node):
    """``name(args...)``; ``expand`` for an ellipsis after the last argument. Provider functions keep their full name ``provider::p::f``."""

    name: str
    args: tuple[Expression, ...]
    expand: bool
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Conditional(Node):
    """``condition ? yes : no``"""

    condition: Expression
    yes: Expression
    no: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Binary(Node):
    """``left op right``; op is one of ``|| && == != < > <= >= + - * / %``."""

    op: str
    left: Expression
    right: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Unary(Node):
    """``op operand``; op is ``!`` or ``-``."""

    op: str
    operand: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class TupleCons(Node):
    """``[a, b]``"""

    items: tuple[Expression, ...]
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class ObjectCons(Node):
    """``{k = v}``; a bare-word key is already a string :class:`Literal`, ``(k)`` and templates are expressions. Repeated keys are kept."""

    items: tuple[tuple[Expression, Expression], ...]
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class ForTuple(Node):
    """``[for k, v in c : value if condition]``"""

    key_name: str | None
    value_name: str
    collection: Expression
    value: Expression
    condition: Expression | None
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class ForObject(Node):
    """``{for k, v in c : key => value... if condition}``; ``group`` for the ellipsis."""

    key_name: str | None
    value_name: str
    collection: Expression
    key: Expression
    value: Expression
    group: bool
    condition: Expression | None
    span: Span


Expression: TypeAlias = (
    Literal
    | Template
    | Name
    | GetAttr
    | Index
    | Splat
    | SplatItem
    | Call
    | Conditional
    | Binary
    | Unary
    | TupleCons
    | ObjectCons
    | ForTuple
    | ForObject
)
TemplatePart: TypeAlias = Expression | IfDirective | ForDirective


@final
@dataclass(slots=True, unsafe_hash=True)
class Attribute(Node):
    """``name = value`` in a body."""

    name: str
    value: Expression
    span: Span


@final
@dataclass(slots=True, unsafe_hash=True)
class Block(Node):
    """``type "label" { ... }``"""

    type: str
    labels: tuple[str, ...]
    body: Body
    span: Span
    """From the type to the closing brace."""
    header: Span
    """From the type to the opening brace: where findings about the block as a whole point."""


@final
@dataclass(slots=True, unsafe_hash=True)
class Body(Node):
    """Attributes and blocks, each in source order. Attribute names are unique (HCL refuses a repetition)."""

    attributes: tuple[Attribute, ...]
    blocks: tuple[Block, ...]
    span: Span

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, or None."""
        for candidate in self.attributes:
            if candidate.name == name:
                return candidate
        return None

    def blocks_of(self, kind: str) -> tuple[Block, ...]:
        """The direct child blocks of one type, in source order."""
        return tuple(block for block in self.blocks if block.type == kind)
