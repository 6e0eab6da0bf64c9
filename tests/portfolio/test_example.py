"""The bundled portfolio, assessed on 7 January 2026: exactly the committed pages."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.portfolio import Entry, Portfolio, draw, gather, load_portfolio
from bbws_gate.portfolio.report import read_report
from bbws_gate.render.json import to_json as assessment_json
from bbws_gate.render.portfolio import to_html, to_json, to_markdown, to_text
from bbws_gate.repository import WorkTree

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "portfolio"
FILE = load_portfolio((FOLDER / "portfolio.yml").read_bytes(), "portfolio.yml")
AT = "2026-01-07T08:00:00Z"


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return tuple(replace(entry, commit="") for entry in gather(FILE, FOLDER, assessed_at=AT))


@pytest.fixture(scope="module")
def drawn(entries: tuple[Entry, ...]) -> Portfolio:
    return draw(FILE.name, entries, FILE.order)


@pytest.mark.parametrize(
    ("name", "writer"),
    [("portfolio.json", to_json), ("portfolio.md", to_markdown), ("portfolio.html", to_html), ("portfolio.txt", to_text)],
)
def test_example__gives_the_committed_pages(drawn: Portfolio, name: str, writer: object) -> None:
    path = FOLDER / "expected" / name
    text = writer(drawn)  # type: ignore[operator]
    if os.environ.get("BBWS_GATE_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_example__two_waves_of_nine_projects(drawn: Portfolio) -> None:
    waves = {wave: [row.entry.project for row in rows] for wave, rows in drawn.waves}
    assert waves == {
        1: ["container_registry", "order_tables", "template_buckets", "tenant_tables"],
        2: ["campaign_lambda", "invoice_lambda", "order_lambda", "storefront_service", "tenant_lambda"],
    }


def test_example__who_can_go_and_who_waits_for_whom(drawn: Portfolio) -> None:
    states = {row.entry.project: (row.state, [key.project for key in row.waits_for]) for row in drawn.rows}
    assert states == {
        "container_registry": ("pending", []),
        "order_tables": ("blocked", []),
        "template_buckets": ("can go", []),
        "tenant_tables": ("can go", []),
        "campaign_lambda": ("blocked", []),
        "invoice_lambda": ("pending", ["order_tables"]),
        "order_lambda": ("waits", ["order_tables"]),
        "storefront_service": ("waits", ["container_registry"]),
        "tenant_lambda": ("can go", []),
    }
    assert drawn.blocked


def test_example__the_critical_path_is_dated(drawn: Portfolio) -> None:
    dates = {row.entry.project: row.when for row in drawn.rows}
    assert dates["order_tables"] == date(2026, 1, 13)
    assert [key.project for key in drawn.critical_path] == ["order_tables", "invoice_lambda"]
    assert {row.entry.project for row in drawn.rows if row.late} == {"order_tables"}
    assert dates["invoice_lambda"] == drawn.done_on == date(2026, 1, 16)
    assert all(row.entry.cost is not None and row.entry.cost.complete for row in drawn.rows)


def test_example__edges_say_which_finding_blocks_whom(drawn: Portfolio) -> None:
    blocked = {(edge.target.project, each) for edge in drawn.edges for each in edge.blocked_by}
    assert blocked == {("invoice_lambda", "TBL001/table/order_events"), ("order_lambda", "TBL004/table/orders")}


def test_gathered_assessments__give_the_same_portfolio_as_the_checkouts(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        repository = WorkTree(FOLDER / entry.project)
        assessment = assess_repository(repository, read_spec(repository), entry.environment, commit="", assessed_at=AT)
        text = assessment_json(assessment).encode()
        assert replace(read_report(text, "report.json"), is_heard=False) == entry
        assert json.loads(text)["project"] == entry.project
