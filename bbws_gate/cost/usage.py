"""How much a resource is used: what the spec states, by type, wildcard or address.

Lookup as in Infracost (internal/schema/usage_data.go): the type's default, then the first wildcard that fits, then the exact address;
the later wins, key by key. Two differences: nested maps follow the same order (there the earlier wins), and fractions count
(there some keys are cut to whole numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bbws_gate.deferred import NamedTuple, dataclass, field
from bbws_gate.model.cost import EXACT
from bbws_gate.spec.cost import Cost, Spread
from bbws_gate.terraform.stack import Resource

_DEEPEST = 4


class Quantity(NamedTuple):
    """Units a month at both ends, and where they come from. ``high`` is None where nobody knows."""

    low: Decimal
    high: Decimal | None
    why: str

    def times(self, factor: Decimal | int, why: str = "") -> Quantity:
        """That many times as much."""
        number = Decimal(factor)
        high = None if self.high is None else EXACT.multiply(self.high, number)
        return Quantity(EXACT.multiply(self.low, number), high, ", ".join(filter(None, (self.why, why))))


_NOTHING = Decimal(0)


def unknown(why: str) -> Quantity:
    """A number that nobody has stated: at least nothing, at most nobody knows what."""
    return Quantity(_NOTHING, None, why)


def exactly(number: Decimal | int, why: str) -> Quantity:
    """The same at both ends."""
    return Quantity(Decimal(number), Decimal(number), why)


class _Stated(NamedTuple):
    value: Any
    source: str
    """The key of the usage map that states it."""


@dataclass(frozen=True, slots=True)
class ResourceUsage:
    """What is stated about one resource, by key; nested keys are dotted: ``standard.storage_gb``."""

    address: str
    spread: Spread
    stated: Mapping[str, _Stated] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether anything is stated for that key."""
        return key in self.stated

    def number(self, key: str) -> Decimal | None:
        """The stated number as it is, None where there is none."""
        value = self.stated[key].value if key in self.stated else None
        return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0 else None

    def quantity(self, key: str) -> Quantity:
        """The stated number, spread to both ends; unknown where it is not stated or no number."""
        number = self.number(key)
        if number is None:
            return unknown(f"{key} is {'not a number' if self.has(key) else 'not stated'}")
        factors, source = self.spread.of(self.address, key), self.stated[key].source
        spread = "" if factors.low == factors.high == 1 else f" x {_shown(factors.low)} to {_shown(factors.high)}"
        why = f"{key} {_shown(number)}{spread}" + (f" ({source})" if source != self.address else "")
        return Quantity(EXACT.multiply(number, factors.low), EXACT.multiply(number, factors.high), why)


class Usage:
    """Everything that is stated for one environment."""

    def __init__(self, *parts: Cost) -> None:
        """Of several parts, the later says more: the project's, then the environment's."""
        self._maps = [each for part in parts for each in (part.usage, part.extra_usage) if each]
        spreads = [part.spread for part in parts if part.spread is not None]
        self._spread = spreads[-1] if spreads else Spread.model_validate({})

    def of(self, resource: Resource) -> ResourceUsage:
        """What is stated about one resource."""
        stated: dict[str, _Stated] = {}
        for each in self._maps:
            wildcard = next((key for key in each if "*" in key and fits(key, resource.address)), None)
            for key in (resource.type, wildcard, resource.address):
                if key is not None and key in each:
                    stated |= {name: _Stated(value, key) for name, value in _flat(each[key])}
        return ResourceUsage(resource.address, self._spread, stated)

    def without_resource(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Addresses and wildcards that stand for none of ``resources``; defaults of types may always do so."""
        addresses = [resource.address for resource in resources]
        named = dict.fromkeys(key for each in self._maps for key in each if "." in key)
        return tuple(key for key in named if not any(fits(key, address) for address in addresses))


def fits(pattern: str, address: str) -> bool:
    """Whether an address is what ``pattern`` says; ``*`` stands for anything. Takes time linear in the address for each part."""
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == address
    if not address.startswith(first) or len(address) < sum(map(len, (first, *rest))):
        return False
    position = len(first)
    for part in rest[:-1]:
        found = address.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return len(address) - len(rest[-1]) >= position and address.endswith(rest[-1])


def _flat(values: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping) and depth < _DEEPEST:
            yield from _flat(value, f"{prefix}{key}.", depth + 1)
        else:
            yield f"{prefix}{key}", value


def _shown(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
