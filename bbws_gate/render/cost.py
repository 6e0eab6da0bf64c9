"""The monthly cost as readers and machines get it: ranges, rows, one line. Text is plain and not yet escaped.

Totals are rounded outward to whole cents, lines to the nearest cent; what is unknown is called so and never shown as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from bbws_gate.deferred import regex
from bbws_gate.model import Assessment
from bbws_gate.model.cost import Charge, CostEstimate, CostLine, Difference, Imported, NotPriced, down, nearest, total, up

UNKNOWN = "unknown"
MAX_ASSUMPTIONS = 3
MAX_NAMED = 3
_DATE = regex(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")

Json = dict[str, Any]


class Row(NamedTuple):
    """One line of the estimate."""

    what: str
    """``DynamoDB: Storage, Standard``"""
    low: str
    high: str
    price: str
    """``0.283 USD per GB-month in eu-west-1 (two sources, 2026-09-11)``"""
    assumptions: str
    """Where the units come from, those of the first resources."""


class CostView(NamedTuple):
    """Everything that a page shows of an estimate."""

    range: str
    rows: tuple[Row, ...]
    differences: tuple[str, ...]
    not_priced: tuple[NotPriced, ...]
    remarks: tuple[str, ...]
    snapshot: str


def view_of(assessment: Assessment) -> CostView | None:
    """What a page shows; None where no amount is known, ours or Infracost's, so that no page has a table of unknowns alone."""
    cost = assessment.cost
    if cost is None or not (is_known(cost) or (cost.imported is not None and cost.imported.total is not None)):
        return None
    return CostView(monthly(cost), rows(cost), differences(cost), not_priced(cost), remarks(cost), cost.snapshot)


def money(amount: Decimal, currency: str) -> str:
    """An amount of whole cents: ``1,234.50 USD``."""
    return f"{amount:,.2f} {currency}"


def span(low: Decimal, high: Decimal, currency: str) -> str:
    """``0.95 to 5.41 USD``; one amount where both are the same."""
    return money(low, currency) if low == high else f"{low:,.2f} to {money(high, currency)}"


def monthly(cost: CostEstimate) -> str:
    """The whole range in a few words: ``0.95 to 5.41 USD``, ``10.23 to 17.31 USD for what is known; 1 line unknown``, ``unknown``."""
    if not cost.complete and not is_known(cost):
        return UNKNOWN
    known = span(down(cost.low), up(cost.known_high), cost.currency)
    return known if cost.complete else f"{known} for what is known; {missing(cost)}"


def missing(cost: CostEstimate) -> str:
    """What is not in the range: ``2 lines unknown, 1 resource not priced``; empty when nothing is missing."""
    unpriced = len({each.address for each in cost.not_priced})
    counts = ((len(cost.unknown), "line", "unknown"), (unpriced, "resource", "not priced"))
    return ", ".join(f"{number} {noun if number == 1 else noun + 's'} {state}" for number, noun, state in counts if number)


def rows(cost: CostEstimate) -> tuple[Row, ...]:
    """Every line, in the estimate's order."""
    return tuple(_row(line, cost.currency) for line in cost.lines)


def differences(cost: CostEstimate) -> tuple[str, ...]:
    """``Against dev: 1.20 to 3.40 USD more``, one for each comparison; what is not in it is named."""
    return tuple(_difference(each, cost.currency) for each in cost.differences)


def remarks(cost: CostEstimate) -> tuple[str, ...]:
    """What a reader must know: of the snapshot, the usage, an imported report."""
    imported = cost.imported
    second: tuple[str, ...] = ()
    if imported is not None and imported.total is not None:
        second = (f"Infracost ({imported.form}, project {imported.project}) says {money(nearest(imported.total), cost.currency)}",)
    return (*cost.notes, *second, *(imported.notes if imported is not None else ()))


def not_priced(cost: CostEstimate) -> tuple[NotPriced, ...]:
    """Resources whose cost is not in the range, each once for each reason."""
    return tuple(dict.fromkeys(cost.not_priced))


def one_liner(assessment: Assessment) -> str:
    """The cost for a terminal or a comment: ``Cost a month: 0.95 to 5.41 USD, budget 50 USD``; empty where nothing is known."""
    cost = assessment.cost
    if not is_known(cost) or cost is None:
        return ""
    budget = f", budget {' '.join(assessment.budget)}" if assessment.budget else ""
    return f"Cost a month: {monthly(cost)}{budget}"


def is_known(cost: CostEstimate | None) -> bool:
    """Whether there is any amount to show."""
    return cost is not None and bool(cost.known_high)


def cost_object(assessment: Assessment) -> Json:
    """``cost`` of the assessment's JSON: amounts are decimal strings, unknown ones null."""
    budget = {"budget": dict(zip(("monthly", "currency"), assessment.budget, strict=True))} if assessment.budget else {}
    cost = assessment.cost
    if cost is None:
        return budget
    return {
        **budget,
        "currency": cost.currency,
        "monthly": _range(cost),
        "snapshot": cost.snapshot,
        "lines": [_line(line) for line in cost.lines],
        "not_priced": [
            {"address": each.address, "reason": each.reason, "path": each.place.path, "line": each.place.line or None}
            for each in not_priced(cost)
        ],
        "free": list(cost.free),
        "differences": [_difference_object(each) for each in cost.differences],
        "imported": _imported(cost.imported),
        "notes": list(cost.notes),
    }


def _range(cost: CostEstimate) -> Json:
    """Whole cents, outward; ``high`` is the high end of what is known, and the most that it costs only where ``complete``."""
    known = cost.complete or is_known(cost)
    return {"low": str(down(cost.low)) if known else None, "high": str(up(cost.known_high)) if known else None, "complete": cost.complete}


def _row(line: CostLine, currency: str) -> Row:
    low, high = line.low, line.high
    known = [charge for charge in line.charges if charge.high is not None]
    part = total(charge.low for charge in known) > line.price.free
    return Row(
        what=f"{line.price.service}: {line.price.item}",
        low=_cents(low, currency) if high is not None or part else UNKNOWN,
        high=UNKNOWN if high is None else _cents(high, currency),
        price=_price(line, currency),
        assumptions=_assumptions(line),
    )


def _cents(amount: Decimal, currency: str) -> str:
    shown = nearest(amount)
    return f"under {money(Decimal('0.01'), currency)}" if amount and not shown else money(shown, currency)


def _price(line: CostLine, currency: str) -> str:
    price = line.price
    if price.service == "Infracost":
        return price.confidence
    number = f"{price.per:,} {price.unit}" if price.per != 1 else price.unit
    free = f", {price.free:,} free at the low end" if price.free else ""
    seen = max(_DATE.findall(price.date), default=price.date)
    return f"{price.amount} {currency} per {number} in {price.region}{free} ({price.confidence}, {seen})"


def _assumptions(line: CostLine) -> str:
    listed = [f"{charge.address}: {charge.assumption}" for charge in (*line.unknown, *_known(line))]
    more = f"; and {len(listed) - MAX_ASSUMPTIONS} more" if len(listed) > MAX_ASSUMPTIONS else ""
    return "; ".join(listed[:MAX_ASSUMPTIONS]) + more


def _known(line: CostLine) -> Iterable[Charge]:
    return (charge for charge in line.charges if charge.high is not None)


def _difference(difference: Difference, currency: str) -> str:
    low, high = sorted((difference.low, difference.high))
    if not low and not high:
        words = "the same"
    elif low >= 0:
        words = f"{span(down(low), up(high), currency)} more"
    elif high <= 0:
        words = f"{span(down(-high), up(-low), currency)} less"
    else:
        words = f"{money(up(-low), currency)} less to {money(up(high), currency)} more"
    left_out = difference.uncounted
    more = f" and {len(left_out) - MAX_NAMED} more" if len(left_out) > MAX_NAMED else ""
    unknown = f", not counting what is unknown: {', '.join(left_out[:MAX_NAMED])}{more}" if left_out else ""
    return f"Against {difference.against}: {words}{unknown}"


def _line(line: CostLine) -> Json:
    price = line.price
    return {
        "id": price.id,
        "service": price.service,
        "item": price.item,
        "region": price.region,
        "low": _number(line.low),
        "high": None if line.high is None else _number(line.high),
        "price": {
            "amount": str(price.amount),
            "per": _number(price.per),
            "unit": price.unit,
            "free": _number(price.free),
            "date": price.date,
            "sources": list(price.sources),
            "confidence": price.confidence,
        },
        "charges": [
            {
                "address": charge.address,
                "low": _number(charge.low) if charge.high is not None else None,
                "high": None if charge.high is None else _number(charge.high),
                "assumption": charge.assumption,
                "path": charge.place.path,
                "line": charge.place.line or None,
            }
            for charge in line.charges
        ],
    }


def _difference_object(difference: Difference) -> Json:
    return {
        "against": difference.against,
        "low": _number(difference.low),
        "high": _number(difference.high),
        "lines": [{"item": item, "low": _number(low), "high": _number(high)} for item, low, high in difference.lines],
        "uncounted": list(difference.uncounted),
    }


def _imported(imported: Imported | None) -> Json | None:
    if imported is None:
        return None
    amount = None if imported.total is None else _number(imported.total)
    return {"form": imported.form, "project": imported.project, "total": amount, "notes": list(imported.notes)}


def _number(value: Decimal) -> str:
    """All digits, no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
