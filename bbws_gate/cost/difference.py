"""What an estimate is more, or less, than another: the base branch's, or a lower environment's."""

from __future__ import annotations

from decimal import Decimal

from bbws_gate.deferred import replace
from bbws_gate.model.cost import EXACT, CostEstimate, CostLine, Difference, total


def with_difference(estimate: CostEstimate, other: CostEstimate, against: str, *, same_environment: bool = False) -> CostEstimate:
    """``estimate`` with its difference to ``other``, which readers know as ``against``.

    Lines are the same priced item, wherever it is bought. One that is unknown on either side is named and not counted; in the same
    environment, unknown use of the same resources is the same use.
    """
    found = difference(estimate, other, against, same_environment=same_environment)
    return replace(estimate, differences=(*estimate.differences, found))


def difference(estimate: CostEstimate, other: CostEstimate, against: str, *, same_environment: bool = False) -> Difference:
    """The difference line by line."""
    mine, theirs = _by_item(estimate), _by_item(other)
    changed: list[tuple[str, Decimal, Decimal]] = []
    uncounted: list[str] = []
    for name in sorted({*mine, *theirs}):
        ends = _ends(mine.get(name, [])), _ends(theirs.get(name, []))
        if ends[0][1] is None or ends[1][1] is None:
            if not same_environment or _used(mine.get(name, [])) != _used(theirs.get(name, [])):
                uncounted.append(name)
            continue
        low, high = EXACT.subtract(ends[0][0], ends[1][0]), EXACT.subtract(ends[0][1], ends[1][1])
        if low or high:
            changed.append((name, low, high))
    unpriced = _unpriced(estimate) ^ _unpriced(other) if same_environment else _unpriced(estimate) | _unpriced(other)
    return Difference(
        against=against,
        low=total(low for _, low, _ in changed),
        high=total(high for _, _, high in changed),
        lines=tuple(changed),
        uncounted=(*uncounted, *sorted(unpriced)),
    )


def _by_item(estimate: CostEstimate) -> dict[str, list[CostLine]]:
    found: dict[str, list[CostLine]] = {}
    for line in estimate.lines:
        found.setdefault(f"{line.price.service}: {line.price.item}", []).append(line)
    return found


def _ends(lines: list[CostLine]) -> tuple[Decimal, Decimal | None]:
    high = [line.high for line in lines]
    known = [each for each in high if each is not None]
    return total(line.low for line in lines), total(known) if len(known) == len(high) else None


def _unpriced(estimate: CostEstimate) -> set[str]:
    return {each.address for each in estimate.not_priced}


def _used(lines: list[CostLine]) -> list[tuple[str, str, Decimal, Decimal | None]]:
    """What is bought: the same on both sides means the same cost, known or not."""
    return sorted(((each.address, line.price.region, each.low, each.high) for line in lines for each in line.charges), key=repr)
