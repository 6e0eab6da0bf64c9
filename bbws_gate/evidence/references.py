"""Whether a value leads to a certain resource, through locals, variables and outputs too."""

from __future__ import annotations

from decimal import Decimal

from bbws_gate.terraform.stack import Path, Plain, Resource, UnknownValue

_NAMED = " is known only "
"""How the evaluator says which attribute of which resource is missing: ``aws_backup_plan.x.id is known only after apply``."""


def leads_to(resource: Resource, path: Path, target: Resource) -> bool:
    """Whether the value at ``path`` comes from ``target``.

    An unknown value whose reason names one resource comes from that one alone; otherwise any resource that the expression refers to counts.
    """
    value = resource.get(*path)
    if isinstance(value, UnknownValue) and _NAMED in value.reason:
        return value.reason.startswith(f"{target.address}.")
    references = resource.trace.references(path)
    return target.address in references or _without_key(target) in references


def _without_key(target: Resource) -> str:
    """The address of all instances of the block that ``target`` is one of."""
    return target.address if target.key is None else target.address[: target.address.rindex("[")]


def identity_of(value: Plain, *, optional: bool = False) -> str | None:
    """What tells a value from others: itself, or the one attribute of the one resource that it comes from; None where neither is sure."""
    if isinstance(value, (str, bool, int, Decimal)):
        return f"={value}"
    if isinstance(value, UnknownValue) and _NAMED in value.reason:
        return value.reason.partition(_NAMED)[0]
    return "" if value is None and optional else None
