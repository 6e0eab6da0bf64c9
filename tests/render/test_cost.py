from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console

from bbws_gate.cost import with_difference
from bbws_gate.model import CostEstimate
from bbws_gate.model.cost import NotPriced
from bbws_gate.model.place import Place
from bbws_gate.render.cost import differences, monthly, one_liner, rows
from bbws_gate.render.documents import comment, documents
from bbws_gate.render.json import to_json
from bbws_gate.render.text import print_assessment
from tests.cost.case import cost_of, table
from tests.render.sample import BLOCKED

USED: dict[str, Any] = {
    "usage": {"aws_dynamodb_table.a": {"monthly_write_request_units": 2_000_000, "monthly_read_request_units": 100, "storage_gb": 30}}
}
WHOLE = cost_of(table("a"), USED)
PARTLY = cost_of(table("a") + table("b"), USED)
NOTHING = cost_of(table("a"))


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (WHOLE, "9.42 to 16.51 USD"),
        (PARTLY, "9.42 to 16.51 USD for what is known; 4 lines unknown"),
        (NOTHING, "unknown"),
        (cost_of(""), "0.00 USD"),
        (
            replace(WHOLE, not_priced=(NotPriced("x.y", "no price", Place("main.tf", 1, 1)),)),
            "9.42 to 16.51 USD for what is known; 1 resource not priced",
        ),
    ],
)
def test_monthly__says_the_range_and_what_is_not_in_it(cost: CostEstimate, words: str) -> None:
    assert monthly(cost) == words


def test_rows__unknown_use_is_never_an_amount() -> None:
    assert [(row.low, row.high) for row in rows(NOTHING)] == [("unknown", "unknown")] * 4


def test_rows__each_with_price_and_assumptions() -> None:
    by_name = {row.what: row for row in rows(WHOLE)}
    storage = by_name["DynamoDB: Storage, Standard"]
    assert (storage.low, storage.high) == ("1.42 USD", "8.49 USD")
    assert storage.price == "0.283 USD per GB-month in eu-west-1, 25 free at the low end (two sources, 2026-09-11)"
    assert storage.assumptions == "aws_dynamodb_table.a: storage_gb 30"
    assert by_name["DynamoDB: Reads, on demand"].high == "under 0.01 USD"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (WHOLE, "Against dev: the same"),
        (cost_of(""), "Against dev: 9.42 to 16.51 USD more"),
        (cost_of(table("a"), {**USED, "spread": "{low: 1, high: 3}"}), "Against dev: 0.00 to 33.01 USD less"),
        (NOTHING, f"Against dev: the same, not counting what is unknown: {', '.join(row.what for row in rows(WHOLE)[:3])} and 1 more"),
    ],
)
def test_differences__in_words(other: CostEstimate, words: str) -> None:
    assert differences(with_difference(WHOLE, other, "dev")) == (words,)


def test_one_liner__only_where_something_is_known() -> None:
    assert one_liner(replace(BLOCKED, cost=WHOLE, budget=("50", "USD"))) == "Cost a month: 9.42 to 16.51 USD, budget 50 USD"
    assert one_liner(replace(BLOCKED, cost=NOTHING)) == ""
    assert one_liner(replace(BLOCKED, cost=None)) == ""


def test_documents__the_report_has_the_lines_and_the_brief_the_range() -> None:
    pages = documents(replace(BLOCKED, cost=with_difference(PARTLY, cost_of(""), "dev")))
    report = next(text for name, text in pages.items() if name.endswith("readiness_report.md"))
    brief = next(text for name, text in pages.items() if name.endswith("exec_brief.md"))
    assert "\n## Cost a month\n\n9.42 to 16.51 USD for what is known; 4 lines unknown before tax, at prices of 2026-11-22." in report
    assert "| DynamoDB: Storage, Standard | 1.42 USD | unknown | 0.283 USD per GB-month" in report
    assert "| Cost a month | 9.42 to 16.51 USD for what is known; 4 lines unknown; budget 50 USD<br>Against dev:" in brief


@pytest.mark.parametrize("cost", [None, NOTHING])
def test_documents__no_section_of_unknowns(cost: CostEstimate | None) -> None:
    assessment = replace(BLOCKED, cost=cost)
    assert not any("Cost a month" in text for text in (*documents(assessment).values(), comment(assessment)))


def test_comment_and_terminal__one_line() -> None:
    assessment = replace(BLOCKED, cost=WHOLE)
    out = io.StringIO()
    print_assessment(assessment, Console(file=out, width=120))
    for text in (comment(assessment), out.getvalue()):
        assert sum("Cost a month: 9.42 to 16.51 USD" in line for line in text.splitlines()) == 1


def test_documents__hostile_names_stay_text() -> None:
    missing = NotPriced('x.y["<script>|`"]', "no | price [x](http://evil)", Place("main.tf", 1, 1))
    report = next(
        text for name, text in documents(replace(BLOCKED, cost=replace(WHOLE, not_priced=(missing,)))).items() if "report" in name
    )
    assert "not priced: " in report
    assert "`[x](http://evil`" in report
    assert '``x.y["<script>|`"]``' in report.replace(" ", "")


def test_json__amounts_are_exact_text_and_unknown_is_null() -> None:
    found = json.loads(to_json(replace(BLOCKED, cost=PARTLY, budget=("50", "USD"))))["cost"]
    assert found["budget"] == {"monthly": "50", "currency": "USD"}
    assert found["monthly"] == {"low": "9.42", "high": "16.51", "complete": False}
    storage = next(line for line in found["lines"] if line["id"] == "dynamodb.storage")
    assert (storage["low"], storage["high"]) == ("1.415", None)
    assert Decimal(storage["price"]["amount"]) == Decimal("0.283")
    assert [charge["high"] for charge in storage["charges"]] == ["30", None]
    assert json.loads(to_json(replace(BLOCKED, cost=NOTHING)))["cost"]["monthly"] == {"low": None, "high": None, "complete": False}
