"""The price snapshot that is shipped with the tool: ``prices.json`` beside this file, made by ``tools/refresh_prices.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bbws_gate.deferred import dataclass
from bbws_gate.model.cost import Price

OLD_AFTER_DAYS = 180
"""Prices move rarely: of 21 checked a year apart, none had changed. Half a year is when somebody should look again."""
GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All price facts of one day."""

    compiled: date
    currency: str
    sources: Mapping[str, str]
    prices: Mapping[tuple[str, str], Price]
    """By item and region."""

    def price(self, item: str, region: str) -> Price | None:
        """The price of an item in a region, or the one that is the same everywhere."""
        return self.prices.get((item, region)) or self.prices.get((item, GLOBAL))

    def age(self, today: date) -> int:
        """Days since it was compiled; 0 for a day before that."""
        return max(0, (today - self.compiled).days)


@cache
def bundled() -> Snapshot:
    """The snapshot of this release."""
    return read_snapshot(Path(__file__).with_name("prices.json").read_text(encoding="utf-8"))


def read_snapshot(text: str) -> Snapshot:
    """A snapshot from its JSON text.

    Raises:
        ValueError: it is not one; an item has no name, or a price is not a number above zero.
        KeyError: a field is missing.
    """
    data: dict[str, Any] = json.loads(text)
    items = {item["id"]: item for item in data["items"]}
    prices: dict[tuple[str, str], Price] = {}
    for row in data["prices"]:
        price = _price(row, items[row["id"]])
        if (price.id, price.region) in prices:
            raise ValueError(f"{price.id} in {price.region} is there twice")
        if not set(price.sources) <= set(data["sources"]):
            raise ValueError(f"{price.id} in {price.region} names a source that is not described")
        prices[price.id, price.region] = price
    return Snapshot(date.fromisoformat(data["compiled"]), data["currency"], data["sources"], prices)


def _price(row: Mapping[str, Any], item: Mapping[str, Any]) -> Price:
    amount = Decimal(row["price"])
    if not amount.is_finite() or amount <= 0:
        raise ValueError(f"{row['id']} in {row['region']}: {row['price']} is no price")
    return Price(
        id=item["id"],
        service=item["service"],
        item=item["item"],
        unit=item["unit"],
        per=Decimal(item["per"]),
        region=row["region"],
        amount=amount,
        free=Decimal(item["free"]),
        date=row["date"],
        sources=tuple(row["sources"]),
        confidence=row["confidence"],
    )
