"""Numbers that stand in several documents are the same in all of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.render.documents import comment, documents
from bbws_gate.render.json import to_json
from bbws_gate.render.page import html_page
from bbws_gate.repository import WorkTree
from tests.render.sample import ALL

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("bbws_dynamodb_schemas", "shop_buckets", "orders_ready")


def assessed(name: str) -> Assessment:
    repository = WorkTree(EXAMPLES / name)
    return assess_repository(repository, read_spec(repository), "sit", commit="c" * 40, assessed_at="2026-01-07T09:00:00Z")


EVERY = {**ALL, **{name: assessed(name) for name in NAMES}}

PATTERNS = {
    "score": r"[Ss]core ([0-9]+) of 100",
    "blocking": r"\b([0-9]+) findings? blocks? the promotion",
    "verified": r"\b([0-9]+ of [0-9]+) (?:checklist )?lines verified",
    "unverified": r"\b([0-9]+ of [0-9]+) checklist lines? unverified",
    "cost": r"Cost a month[ :|]+([0-9.,]+ to [0-9.,]+ USD)",
    "work": r"(?:Work \| |Action items</b>: [0-9]+, )([0-9dhm ]+?)(?: in | of work)",
    "items": r"(?: in ([0-9]+) action items|Action items</b>: ([0-9]+),)",
    "planned": r"[Pp]lanned(?: date)?(?: \| |, | for | )([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "revised": r"(?:\*\*now |\*\*promotion\*\* )([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "approvals": r"Approvals(?:</b>: | \| |\*\*: )([0-9]+ of [0-9]+)",
}


def found(assessment: Assessment) -> dict[str, set[str]]:
    texts = [*documents(assessment).values(), comment(assessment)]
    return {
        name: {next(filter(None, match.groups())) for text in texts for match in re.finditer(pattern, text)}
        for name, pattern in PATTERNS.items()
    }


@pytest.mark.parametrize("name", EVERY)
def test_numbers__are_the_same_everywhere(name: str) -> None:
    assert {what: values for what, values in found(EVERY[name]).items() if len(values) > 1} == {}


def test_numbers__are_there_to_be_compared() -> None:
    missing = [what for what, values in found(EVERY["bbws_dynamodb_schemas"]).items() if not values]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_numbers__are_those_of_the_json_and_of_the_html(name: str) -> None:
    assessment = EVERY[name]
    machine, values = json.loads(to_json(assessment)), found(assessment)
    assert values["score"] == {str(machine["score"])}
    blocking = sum(1 for each in machine["findings"] if each["blocking"] and not each["waiver"] and not each["deferred_by"])
    assert values["blocking"] == ({str(blocking)} if blocking else set())
    page = html_page(assessment)
    assert f"<dd>{machine['score']} of 100</dd>" in page
    assert f"<dt>Blocking</dt><dd>{blocking}</dd>" in page


def test_numbers__a_wrong_one_would_be_seen() -> None:
    other = replace(EVERY["bbws_dynamodb_schemas"], score=replace(EVERY["bbws_dynamodb_schemas"].score, value=7))
    assert found(other)["score"] == {"7"}


@pytest.mark.parametrize("name", NAMES)
def test_brief__is_one_page(name: str) -> None:
    brief = next(text for file, text in documents(EVERY[name]).items() if file.endswith("exec_brief.md"))
    assert len(brief.split()) <= 700
    assert len(brief.splitlines()) <= 60
