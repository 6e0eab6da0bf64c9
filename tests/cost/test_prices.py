from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bbws_gate.cost.prices import bundled, read_snapshot
from bbws_gate.cost.types import ESTIMATORS, is_free
from tools.refresh_prices import SNAPSHOT, main, read_feed, refresh, write

FEED = (Path(__file__).parent / "feed_dynamodb.json").read_text(encoding="utf-8")
"""Eight prices in the shape of AWS's feed, one of them with a free tier before it."""


def snapshot() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return data


def row(data: dict[str, Any], item: str, region: str = "eu-west-1") -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in data["prices"] if (each["id"], each["region"]) == (item, region))
    return found


def test_snapshot__every_item_has_a_price_with_date_source_and_confidence_in_three_regions() -> None:
    prices = bundled()
    for item in {name for name, _ in prices.prices}:
        for region in ("eu-west-1", "af-south-1", "us-east-1"):
            price = prices.price(item, region)
            assert price is not None, (item, region)
            assert price.date
            assert price.sources
            assert price.confidence in ("two sources", "one source", "derived")


def test_snapshot__no_price_elsewhere_and_global_ones_everywhere() -> None:
    assert bundled().price("dynamodb.write", "eu-north-1") is None
    zone = bundled().price("route53.zone", "eu-north-1")
    assert zone is not None
    assert zone.amount == Decimal("0.50")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price": "0"}, "is no price"),
        ({"price": "NaN"}, "is no price"),
        ({"sources": ["?"]}, "source that is not described"),
        ({"region": "us-east-1"}, "is there twice"),
    ],
)
def test_snapshot__refuses_facts_that_are_none(change: dict[str, Any], says: str) -> None:
    data = snapshot()
    row(data, "dynamodb.write").update(change)
    with pytest.raises(ValueError, match=says):
        read_snapshot(json.dumps(data))


def test_types__none_is_both_priced_and_free() -> None:
    assert [kind for kind in ESTIMATORS if is_free(kind)] == []


def test_write__the_snapshot_as_its_file_has_it() -> None:
    assert write(snapshot()) == SNAPSHOT.read_text(encoding="utf-8")


def test_refresh__confirms_what_is_the_same_and_lists_what_it_did_not_find() -> None:
    fresh, findings = refresh(snapshot(), [read_feed(FEED)])
    assert (len(findings.confirmed), findings.changed) == (8, [])
    assert len(findings.confirmed) + len(findings.not_looked_up) == len(snapshot()["prices"])
    assert row(fresh, "dynamodb.write")["date"] == "A 2027-01-15; B 2026-09-11; D 2026-09-23"
    assert row(fresh, "dynamodb.streams")["date"] == "2027-01-15"
    assert row(fresh, "dynamodb.streams")["price"] == "0.226"


def test_refresh__a_new_price_has_one_source() -> None:
    fresh, findings = refresh(snapshot(), [read_feed(FEED.replace("0.2200000000", "0.2300000000"))])
    assert findings.changed == ["dynamodb.pitr in eu-west-1: 0.22 is now 0.23"]
    changed = row(fresh, "dynamodb.pitr")
    assert {key: changed[key] for key in ("price", "date", "sources", "confidence")} == {
        "price": "0.23",
        "date": "2027-01-15",
        "sources": ["A"],
        "confidence": "one source",
    }


@pytest.mark.parametrize("text", ["[]", "{}", "x", FEED.replace("USD", "EUR"), FEED.replace("0.2200000000", "much")])
def test_read_feed__refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_feed(text)


def test_main__writes_only_when_asked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, copy = tmp_path / "feed.json", tmp_path / "prices.json"
    feed.write_text(FEED.replace("0.2200000000", "0.2300000000"), encoding="utf-8")
    copy.write_text(SNAPSHOT.read_text(encoding="utf-8"), encoding="utf-8")
    assert main([str(feed), "--snapshot", str(copy)]) == 0
    assert "0.22 is now 0.23" in capsys.readouterr().out
    assert copy.read_text(encoding="utf-8") == SNAPSHOT.read_text(encoding="utf-8")
    assert main([str(feed), "--snapshot", str(copy), "--write", "--date", "2027-02-01"]) == 0
    fresh = read_snapshot(copy.read_text(encoding="utf-8"))
    assert fresh.compiled.isoformat() == "2027-02-01"
    assert fresh.prices["dynamodb.pitr", "eu-west-1"].amount == Decimal("0.23")


def test_main__names_a_file_that_is_no_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "missing.json")]) == 1
    assert "missing.json" in capsys.readouterr().err
