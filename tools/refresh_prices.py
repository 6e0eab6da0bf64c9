"""Looks the prices of the snapshot up again in AWS's pricing feed.

The feed is what the AWS pricing pages read, one public file for each service with all regions:
``https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/dynamodb/USD/current/dynamodb.json``. Download the files that you need, then::

    python -m tools.refresh_prices dynamodb.json awskms.json             # what has changed, what was not found
    python -m tools.refresh_prices dynamodb.json awskms.json --write     # and write it to the snapshot
    python -m tools.refresh_prices ... --write --date 2027-05-20         # and call the snapshot checked on that day

Only give ``--date`` when everything that is listed as not looked up has been checked by hand: the warning about old prices counts from it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bbws_gate.cost.prices import read_snapshot

SNAPSHOT = Path(__file__).parents[1] / "bbws_gate" / "cost" / "prices.json"
FEED = "A"
"""The feed's letter among the snapshot's sources."""

Row = dict[str, Any]


@dataclass
class Findings:
    """What looking up gave; each is one line for the maintainer."""

    confirmed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    not_looked_up: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Feed:
    """One service's file: the dearest price of each SKU, and the day it was published."""

    published: str
    prices: Mapping[str, Decimal]


def read_feed(text: str) -> Feed:
    """A feed file.

    A SKU with tiers has one entry for each; those that are free are no price, and of the others the first tier is the dearest.

    Raises:
        ValueError: it is not a feed in US dollars, or a price is no number.
    """
    data = json.loads(text)
    try:
        manifest, regions = data["manifest"], data["regions"]
        entries = [entry for region in regions.values() for entry in region.values()]
        found = [(str(entry["rateCode"]).partition(".")[0], Decimal(entry["price"])) for entry in entries]
        published, currency = date.fromisoformat(manifest["hawkFilePublicationDate"][:10]), manifest["currencyCode"]
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise ValueError(f"not a feed of prices: {type(error).__name__} {error}") from error
    if currency != "USD":
        raise ValueError(f"prices in {currency}, not USD")
    prices: dict[str, Decimal] = {}
    for sku, price in found:
        if price > 0:
            prices[sku] = max(price, prices.get(sku, price))
    return Feed(published.isoformat(), prices)


def refresh(snapshot: Mapping[str, Any], feeds: Iterable[Feed]) -> tuple[dict[str, Any], Findings]:
    """The snapshot with what the feeds say of the SKUs that it names, and what that was."""
    feeds, findings = tuple(feeds), Findings()
    per = {item["id"]: Decimal(item["per"]) for item in snapshot["items"]}
    rows = [_refreshed(row, per[row["id"]], feeds, findings) for row in snapshot["prices"]]
    return {**snapshot, "prices": rows}, findings


def _refreshed(row: Row, per: Decimal, feeds: tuple[Feed, ...], findings: Findings) -> Row:
    name = f"{row['id']} in {row['region']}"
    feed = next((feed for feed in feeds if row.get("sku") in feed.prices), None)
    if feed is None:
        findings.not_looked_up.append(f"{name}: {'no SKU is known' if 'sku' not in row else 'its SKU is in none of the files'}")
        return row
    price = feed.prices[row["sku"]] * per
    if price == Decimal(row["price"]):
        findings.confirmed.append(f"{name}: {row['price']}")
        return {**row, "date": _dated(row["date"], feed.published)}
    findings.changed.append(f"{name}: {row['price']} is now {price.normalize():f}")
    return {**row, "price": f"{price.normalize():f}", "date": feed.published, "sources": [FEED], "confidence": "one source"}


def _dated(dates: str, published: str) -> str:
    """``A 2025-06-05; B 2026-09-11`` with the feed's day replaced; a day without a letter is the feed's."""
    if "; " not in dates and " " not in dates:
        return published
    parts = [part for part in dates.split("; ") if not part.startswith(f"{FEED} ")]
    return "; ".join([f"{FEED} {published}", *parts])


def write(snapshot: Mapping[str, Any]) -> str:
    """The snapshot as its file has it: one line for each fact, so that a change is one line of a diff."""

    def lines(values: Iterable[Any]) -> str:
        return ",\n".join(f"    {json.dumps(value, ensure_ascii=False)}" for value in values)

    sources = ",\n".join(f"    {json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}" for key, text in snapshot["sources"].items())
    head = f'{{\n  "currency": "{snapshot["currency"]}",\n  "compiled": "{snapshot["compiled"]}",\n  "sources": {{\n{sources}\n  }},\n'
    return f'{head}  "items": [\n{lines(snapshot["items"])}\n  ],\n  "prices": [\n{lines(snapshot["prices"])}\n  ]\n}}\n'


def main(words: Sequence[str]) -> int:
    """Look up, say what was found, and write it when asked to; 1 when a file is no feed."""
    parser = argparse.ArgumentParser(prog="refresh_prices", description="Looks the prices of the snapshot up again in AWS's pricing feed.")
    parser.add_argument("feeds", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--snapshot", type=Path, default=SNAPSHOT, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="change the snapshot")
    parser.add_argument("--date", type=date.fromisoformat, help="call the snapshot checked on that day")
    arguments = parser.parse_args(words)
    try:
        feeds = [read_feed(path.read_text(encoding="utf-8")) for path in arguments.feeds]
    except (OSError, ValueError) as error:
        sys.stderr.write(f"refresh_prices: {error}\n")
        return 1
    snapshot, findings = refresh(json.loads(arguments.snapshot.read_text(encoding="utf-8")), feeds)
    if arguments.date is not None:
        snapshot["compiled"] = arguments.date.isoformat()
    text = write(snapshot)
    read_snapshot(text)
    for title, found in (("Changed", findings.changed), ("Not looked up", findings.not_looked_up), ("Confirmed", findings.confirmed)):
        sys.stdout.write(f"{title}: {len(found)}\n" + "".join(f"  {line}\n" for line in found if title != "Confirmed"))
    if arguments.write:
        arguments.snapshot.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
