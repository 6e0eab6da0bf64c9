"""What an environment will cost a month: a range, made of lines that a reader can check by hand.

Amounts are exact :class:`~decimal.Decimal`; only what is shown is rounded: totals outward to whole cents, lines to the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from bbws_gate.deferred import dataclass
from bbws_gate.model.place import Place

EXACT = Context(prec=200)
"""Wide enough that no sum or product of numbers from a spec (40 digits each) is ever rounded."""
_CENT = Decimal("0.01")
ZERO = Decimal(0)


def down(amount: Decimal) -> Decimal:
    """Whole cents, never more than ``amount``."""
    return amount.quantize(_CENT, ROUND_FLOOR, EXACT)


def up(amount: Decimal) -> Decimal:
    """Whole cents, never less than ``amount``."""
    return amount.quantize(_CENT, ROUND_CEILING, EXACT)


def nearest(amount: Decimal) -> Decimal:
    """Whole cents, half a cent away from zero."""
    return amount.quantize(_CENT, ROUND_HALF_UP, EXACT)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    result = ZERO
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


@dataclass(frozen=True, slots=True)
class Price:
    """One price fact: what a unit of something costs in a region, and how well that is known."""

    id: str
    """``dynamodb.storage``"""
    service: str
    item: str
    unit: str
    """What is counted: ``GB-month``, ``write request units``."""
    per: Decimal
    """How many units the price is for: 1 or 1,000,000."""
    region: str
    amount: Decimal
    free: Decimal
    """Units a month that AWS gives for nothing, counted at the low end only: other things in the account may use them up."""
    date: str
    """When each source had it, as the sources say."""
    sources: tuple[str, ...]
    """Keys of the snapshot's sources."""
    confidence: str
    """``two sources``, ``one source`` or ``derived``."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one resource adds to a line."""

    address: str
    low: Decimal
    """Units at the low end; 0 where they are not known."""
    high: Decimal | None
    """Units at the high end; None where nobody knows."""
    assumption: str
    """Where the units come from, or why they are not known."""
    place: Place


@dataclass(frozen=True, slots=True)
class CostLine:
    """One price times what all resources use of it."""

    price: Price
    charges: tuple[Charge, ...]
    """In address order."""

    @property
    def units(self) -> tuple[Decimal, Decimal | None]:
        """The units at both ends, before anything that is free."""
        high = [charge.high for charge in self.charges]
        known = [units for units in high if units is not None]
        return total(charge.low for charge in self.charges), total(known) if len(known) == len(high) else None

    @property
    def low(self) -> Decimal:
        """Low use, less what is free: the least that it costs."""
        return self._worth(max(ZERO, EXACT.subtract(self.units[0], self.price.free)))

    @property
    def high(self) -> Decimal | None:
        """High use, nothing free; None where a charge is not known."""
        units = self.units[1]
        return None if units is None else self._worth(units)

    @property
    def known_high(self) -> Decimal:
        """High use of the charges that are known, nothing free."""
        return self._worth(total(charge.high for charge in self.charges if charge.high is not None))

    def _worth(self, units: Decimal) -> Decimal:
        return EXACT.divide(EXACT.multiply(units, self.price.amount), self.price.per)

    @property
    def unknown(self) -> tuple[Charge, ...]:
        """The charges whose use nobody has stated."""
        return tuple(charge for charge in self.charges if charge.high is None)


@dataclass(frozen=True, slots=True)
class NotPriced:
    """A resource that may cost something, for which there is no price here."""

    address: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Difference:
    """What the estimate is more, or less, than another one."""

    against: str
    """``the base branch``, ``dev``"""
    low: Decimal
    """Low end less low end, over the lines that are known on both sides."""
    high: Decimal
    lines: tuple[tuple[str, Decimal, Decimal], ...]
    """Lines that changed: service and item, low and high difference."""
    uncounted: tuple[str, ...]
    """Lines, and resources without price, that are unknown on either side and therefore not in the difference."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What Infracost says, where a team has it."""

    form: str
    """``v0.10`` or ``v2``"""
    project: str
    total: Decimal | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """The monthly cost of one environment before tax, as far as files and usage assumptions tell."""

    currency: str
    snapshot: str
    """ISO date of the price snapshot."""
    lines: tuple[CostLine, ...]
    not_priced: tuple[NotPriced, ...]
    free: tuple[str, ...]
    """Addresses of resources that AWS does not charge for."""
    notes: tuple[str, ...]
    """What a reader must know beside the lines: an old snapshot, usage of resources that are not there."""
    differences: tuple[Difference, ...] = ()
    imported: Imported | None = None

    @property
    def low(self) -> Decimal:
        """The least that it costs, exact: known lines only, and what they cost at least."""
        return total(line.low for line in self.lines)

    @property
    def known_high(self) -> Decimal:
        """The high end of what is known, exact."""
        return total(line.known_high for line in self.lines)

    @property
    def high(self) -> Decimal | None:
        """The most that it costs under the assumptions, exact; None where something is not known or has no price."""
        return self.known_high if self.complete else None

    @property
    def complete(self) -> bool:
        """Whether everything that costs money is in the range."""
        return not self.not_priced and all(line.high is not None for line in self.lines)

    @property
    def unknown(self) -> tuple[CostLine, ...]:
        """Lines with use that nobody has stated."""
        return tuple(line for line in self.lines if line.unknown)
