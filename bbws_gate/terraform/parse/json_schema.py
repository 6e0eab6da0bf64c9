"""What Terraform's JSON syntax cannot say by itself: which properties are blocks, and how strings are read.

The facts stand in Terraform's ``internal/configs`` (``parser_config.go`` and one file per block type) and, for users, on
https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from bbws_gate.deferred import NamedTuple


class Reading(Enum):
    """How a string becomes an expression."""

    TEMPLATE = "template"
    LITERAL = "literal"
    """Verbatim: Terraform evaluates it without any context."""
    EXPRESSION = "expression"
    """Native syntax inside the string: references, keywords, types."""


class Schema(NamedTuple):
    """One kind of body."""

    blocks: Mapping[str, BlockType] = MappingProxyType({})
    readings: Mapping[str, Reading] = MappingProxyType({})
    """Attributes whose strings are not templates."""
    default: Reading = Reading.TEMPLATE
    only_blocks: bool = False
    """Whether any other property is a mistake."""


class BlockType(NamedTuple):
    """A property that is a block: how many labels it has, and its body."""

    labels: int
    body: Schema


_LITERAL, _EXPRESSION = Reading.LITERAL, Reading.EXPRESSION

_CONDITION = BlockType(0, Schema())
_CONNECTION = BlockType(0, Schema())
_PROVISIONER = BlockType(1, Schema(blocks={"connection": _CONNECTION}, readings={"when": _EXPRESSION, "on_failure": _EXPRESSION}))
_LIFECYCLE = BlockType(
    0,
    Schema(
        blocks={"precondition": _CONDITION, "postcondition": _CONDITION},
        readings={"ignore_changes": _EXPRESSION, "replace_triggered_by": _EXPRESSION},
    ),
)


def _dynamic() -> BlockType:
    within: dict[str, BlockType] = {}
    content = BlockType(0, Schema(blocks=within))
    within["dynamic"] = BlockType(1, Schema(blocks={"content": content}, readings={"iterator": _EXPRESSION}))
    return within["dynamic"]


_DYNAMIC = _dynamic()
_RESOURCE = Schema(
    blocks={
        "lifecycle": _LIFECYCLE,
        "connection": _CONNECTION,
        "provisioner": _PROVISIONER,
        "dynamic": _DYNAMIC,
        "timeouts": BlockType(0, Schema()),
    },
    readings={"depends_on": _EXPRESSION, "provider": _EXPRESSION},
)
_TERRAFORM = Schema(
    blocks={
        "backend": BlockType(1, Schema(default=_LITERAL)),
        "cloud": BlockType(0, Schema(blocks={"workspaces": BlockType(0, Schema(default=_LITERAL))}, default=_LITERAL)),
        "required_providers": BlockType(0, Schema(default=_LITERAL)),
        "provider_meta": BlockType(1, Schema()),
    },
    readings={"required_version": _LITERAL, "experiments": _EXPRESSION, "language": _EXPRESSION},
)
_VARIABLE = Schema(
    blocks={"validation": _CONDITION},
    readings={"type": _EXPRESSION, "default": _LITERAL, "description": _LITERAL, "deprecated": _LITERAL},
)
_OUTPUT = Schema(blocks={"precondition": _CONDITION}, readings={"description": _LITERAL, "deprecated": _LITERAL, "depends_on": _EXPRESSION})
_MODULE = Schema(
    readings={"source": _LITERAL, "version": _LITERAL, "providers": _EXPRESSION, "depends_on": _EXPRESSION},
)

ROOT = Schema(
    blocks={
        "terraform": BlockType(0, _TERRAFORM),
        "provider": BlockType(1, Schema(blocks={"dynamic": _DYNAMIC}, readings={"alias": _LITERAL, "version": _LITERAL})),
        "variable": BlockType(1, _VARIABLE),
        "locals": BlockType(0, Schema()),
        "output": BlockType(1, _OUTPUT),
        "module": BlockType(1, _MODULE),
        "resource": BlockType(2, _RESOURCE),
        "data": BlockType(2, _RESOURCE),
        "ephemeral": BlockType(2, _RESOURCE),
        "moved": BlockType(0, Schema(default=_EXPRESSION)),
        "removed": BlockType(
            0, Schema(blocks={"lifecycle": _LIFECYCLE, "connection": _CONNECTION, "provisioner": _PROVISIONER}, default=_EXPRESSION)
        ),
        "import": BlockType(0, Schema(readings={"to": _EXPRESSION, "provider": _EXPRESSION})),
        "action": BlockType(2, Schema(blocks={"config": BlockType(0, Schema())}, readings={"provider": _EXPRESSION})),
        "check": BlockType(1, Schema(blocks={"data": BlockType(2, _RESOURCE), "assert": _CONDITION})),
    },
    only_blocks=True,
)
"""A whole ``.tf.json`` file."""

VALUES = Schema(default=_LITERAL)
"""A whole ``.tfvars.json`` file."""
