from __future__ import annotations

import pytest

from bbws_gate.evidence.counts import stated_counts
from bbws_gate.evidence.markdown import parse_markdown
from bbws_gate.evidence.totals import totals


def numbers(text: str, noun: str) -> list[int]:
    return [count.number for count in totals(stated_counts(parse_markdown(text.encode(), "x.md")), noun)]


@pytest.mark.parametrize(
    "text",
    [
        "5 tables, 8 GSIs",
        "All 5 tables are ACTIVE",
        "Creates 5 tables with 8 indexes, backed up every hour. Restore to any second of the last 35 days.",
        "- Tables: 5",
        "| Property | Value |\n|--|--|\n| Tables | 5 |\n",
        "```sh\n# - 5 tables, 8 GSIs\n```\n",
        "This module deploys five DynamoDB tables.",
    ],
)
def test_totals__numbers_that_speak_of_all(text: str) -> None:
    assert numbers(text, "table") == [5]


@pytest.mark.parametrize(
    "text",
    [
        "5 tables with streams",
        "Another 5 tables come later",
        "2 of 5 tables",
        "Contains 5 tables that expire",
        "The first 5 tables, 8 GSIs each",
        "5 tables",
        "Up to 5 tables",
    ],
)
def test_totals__numbers_of_a_part_are_left_out(text: str) -> None:
    assert numbers(text, "table") == []


def test_totals__indexes_beside_tables() -> None:
    assert numbers("5 tables, 8 GSIs", "index") == [8]
    assert numbers("5 tables, 2 GSIs each", "index") == []
