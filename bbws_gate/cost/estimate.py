"""Adds up what every resource uses: the monthly cost of one environment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bbws_gate.cost.charging import Said, Subject, Units, Unpriced, hidden
from bbws_gate.cost.prices import OLD_AFTER_DAYS, Snapshot, bundled
from bbws_gate.cost.types import ESTIMATORS, is_free
from bbws_gate.cost.usage import Quantity, Usage
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Place
from bbws_gate.model.cost import Charge, CostEstimate, CostLine, NotPriced, Price
from bbws_gate.terraform.stack import Resource

MAX_NOTED = 10
"""Usage keys without a resource that are named."""


class _Use(NamedTuple):
    price: Price
    charge: Charge


def estimate(project: ProjectEvidence, *, today: date, snapshot: Snapshot | None = None) -> CostEstimate:
    """What the environment costs a month under the spec's usage assumptions.

    Args:
        project: the evaluated Terraform and the spec; nothing else of it is looked at.
        today: to tell whether the prices are old.
        snapshot: other prices than the bundled ones.

    Returns:
        Every resource is in a line, free, or not priced. What nobody has stated is unknown, never nothing.
    """
    prices = snapshot or bundled()
    usages = Usage(project.spec.cost, project.environment.cost)
    managed = [resource for resource in project.stack.resources if resource.mode == "managed"]
    uses: list[_Use] = []
    missing: list[NotPriced] = []
    free: list[str] = []
    for resource in sorted(managed, key=lambda each: each.address):
        said = _said(resource, usages, project)
        if said is None:
            missing.append(NotPriced(resource.address, f"no price for {resource.type}", resource.place))
            continue
        if not said:
            free.append(resource.address)
            continue
        for found in _uses(resource, said, project, prices):
            if isinstance(found, _Use):
                uses.append(found)
            else:
                missing.append(found)
    if project.unread:
        missing.append(NotPriced("resources that were not seen", project.unread, Place(project.root or ".", 0, 0)))
    notes = (*_age(prices, today), *_unmatched(usages, managed))
    return CostEstimate(prices.currency, prices.compiled.isoformat(), _lines(uses), tuple(missing), tuple(free), notes)


def _said(resource: Resource, usages: Usage, project: ProjectEvidence) -> list[Said] | None:
    """What its estimator says; nothing for what is free, None for a type that nobody knows."""
    estimator = ESTIMATORS.get(resource.type)
    if estimator is not None:
        return list(estimator(Subject(resource, usages.of(resource), usages, project)))
    return [] if is_free(resource.type) else None


def _uses(resource: Resource, said: list[Said], project: ProjectEvidence, prices: Snapshot) -> Iterator[_Use | NotPriced]:
    home = _region(resource, project)
    for each in said:
        if isinstance(each, Unpriced):
            yield NotPriced(resource.address, each.reason, resource.place)
            continue
        region, why = (each.region, "") if each.region else home
        price = prices.price(each.item, region) if region else None
        if price is not None:
            yield _Use(price, _charge(resource, each))
        else:
            yield NotPriced(resource.address, why or f"no price for {each.item} in {region}", resource.place)


def _charge(resource: Resource, units: Units) -> Charge:
    used: Quantity = units.quantity
    if not resource.expanded:
        used = used._replace(low=used.low * 0, high=None, why="how many there are cannot be known")
    return Charge(resource.address, used.low, used.high, used.why, resource.place)


def _region(resource: Resource, project: ProjectEvidence) -> tuple[str, str]:
    """Where it is created, or why that cannot be known: an aliased provider's region, else the environment's, else the provider's."""
    provider = resource.provider
    said = provider.attributes.get("region") if provider is not None else None
    if project.environment.region is not None and (provider is None or provider.alias is None):
        return project.environment.region, ""
    if isinstance(said, str):
        return said, ""
    return "", f"its region cannot be known: {hidden(said) or 'neither the spec nor its provider names one'}"


def _lines(uses: list[_Use]) -> tuple[CostLine, ...]:
    """One line for each price, in the order of services and of the snapshot."""
    prices = {(use.price.id, use.price.region): use.price for use in uses}
    grouped: dict[tuple[str, str], list[Charge]] = {name: [] for name in prices}
    for use in uses:
        grouped[use.price.id, use.price.region].append(use.charge)
    lines = [CostLine(prices[name], tuple(charges)) for name, charges in grouped.items()]
    return tuple(sorted(lines, key=lambda line: (line.price.service, line.price.id, line.price.region)))


def _age(prices: Snapshot, today: date) -> Iterator[str]:
    days = prices.age(today)
    if days > OLD_AFTER_DAYS:
        yield f"The prices are {days} days old, of {prices.compiled}: look them up before relying on the range"


def _unmatched(usages: Usage, managed: list[Resource]) -> Iterator[str]:
    unmatched = usages.without_resource(managed)
    for key in unmatched[:MAX_NOTED]:
        yield f"cost.usage of {key}: there is no such resource"
    if len(unmatched) > MAX_NOTED:
        yield f"and {len(unmatched) - MAX_NOTED} more usage keys without a resource"
