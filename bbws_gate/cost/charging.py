"""What an estimator of one resource type says: units of priced things."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from bbws_gate.cost.usage import Quantity, ResourceUsage, Usage, exactly, unknown
from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.terraform.stack import Plain, Resource, SensitiveValue, UnknownValue

HOURS = 730
"""Hours of a month, as AWS and Infracost count them."""


class Units(NamedTuple):
    """So much of one priced item."""

    item: str
    """Of the price snapshot: ``dynamodb.storage``."""
    quantity: Quantity
    region: str = ""
    """Where it is not the resource's own region."""


class Unpriced(NamedTuple):
    """Something of a resource that costs money and has no price here; the whole resource is then listed as not priced."""

    reason: str


Said = Units | Unpriced


@dataclass(frozen=True, slots=True)
class Subject:
    """One resource, how much it is used, and everything around it."""

    resource: Resource
    usage: ResourceUsage
    usages: Usage
    """How much everything else is used."""
    project: ProjectEvidence

    def get(self, *path: str | int) -> Plain:
        """An argument of the resource."""
        return self.resource.get(*path)

    def used(self, item: str, key: str) -> Units:
        """An item of which a usage key states how much."""
        return Units(item, self.usage.quantity(key))

    def if_stated(self, item: str, key: str) -> Iterable[Units]:
        """An item that only counts where somebody states how much: work that no resource implies."""
        return (self.used(item, key),) if self.usage.has(key) else ()


Estimator = Callable[[Subject], Iterable[Said]]


def hours(item: str, number: Decimal | int = 1, what: str = "") -> Units:
    """Something that runs all month."""
    return Units(item, exactly(number, what or "one").times(HOURS, f"{HOURS} hours"))


def whole(value: Plain, default: int | None = None) -> Decimal | None:
    """A number that Terraform states, as number or as text; None for anything else."""
    if value is None and default is not None:
        return Decimal(default)
    if isinstance(value, str) and len(value) <= 12 and value.isascii() and value.isdecimal():
        return Decimal(value)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0 else None


def hidden(value: Plain) -> str:
    """Why a value cannot be known; empty where it can."""
    if isinstance(value, UnknownValue):
        return value.reason
    return "it is sensitive" if isinstance(value, SensitiveValue) else ""


def stated(subject: Subject, *path: str | int, default: int | None = None) -> Quantity:
    """The number at an argument; unknown where files do not tell."""
    value = subject.get(*path)
    number, name = whole(value, default), ".".join(part for part in path if isinstance(part, str))
    return unknown(f"{name}: {hidden(value) or 'not a number'}") if number is None else exactly(number, f"{name} {number}")
