"""What ``variable`` blocks declare (https://developer.hashicorp.com/terraform/language/block/variable), override files included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model import Place
from bbws_gate.terraform.configuration.literal import argument, literal_bool
from bbws_gate.terraform.cty.typeexpr import Defaults, TypeExprError, parse_type
from bbws_gate.terraform.cty.types import DYNAMIC, Primitive, Type
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.syntax import Block, Expression


class Constraint(NamedTuple):
    """What a ``type`` argument asks for."""

    type: Type
    defaults: Defaults | None
    """Those of its optional attributes."""


_ANY: Final = Constraint(DYNAMIC, None)


class Version(NamedTuple):
    """A variable as one file writes it."""

    constraint: Constraint | None
    """None where an override file leaves the type as it is."""
    type: Type
    """This file's, or that of the last file that has one."""
    default: Expression | None
    nullable: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """What a ``variable`` block declares, override files included."""

    name: str
    place: Place
    versions: tuple[Version, ...]
    """As first declared, then as each override file changes it."""
    constraint: Constraint
    nullable: bool
    sensitive: bool
    is_literal: bool
    """Whether text from ``-var`` is the value itself: for primitive types and where no type is written."""

    @property
    def type(self) -> Type:
        """The type that values become."""
        return self.constraint.type


def declare(block: Block, versions: Sequence[Block], guard: Guard) -> Declared:
    """Reads a ``variable`` block that its files write in these ``versions``; a type that cannot be read is reported and counts as ``any``.

    An override file changes the type, but not the defaults of its optional attributes (internal/configs/module_merge.go in Terraform).
    """
    constraints = [_constraint(version, guard) for version in versions]
    first = constraints[0] or _ANY
    found = [_version(versions[0], first, first.type)]
    for version, constraint in zip(versions[1:], constraints[1:], strict=True):
        found.append(_version(version, constraint, found[-1].type if constraint is None else constraint.type))
    kind = found[-1].type
    return Declared(
        block.labels[0],
        block.header.place,
        tuple(found),
        Constraint(kind, first.defaults),
        literal_bool(argument(block.body, "nullable")) is not False,
        literal_bool(argument(block.body, "sensitive")) is True,
        not any(constraints) or (isinstance(kind, Primitive) and kind is not DYNAMIC),
    )


def _constraint(block: Block, guard: Guard) -> Constraint | None:
    expression = argument(block.body, "type")
    if expression is None:
        return None
    try:
        return Constraint(*parse_type(expression))
    except TypeExprError as error:
        guard.add("VAR004", f"var.{block.labels[0]}: {error}", expression.span.place)
        return _ANY


def _version(block: Block, constraint: Constraint | None, kind: Type) -> Version:
    return Version(constraint, kind, argument(block.body, "default"), literal_bool(argument(block.body, "nullable")) is not False)
