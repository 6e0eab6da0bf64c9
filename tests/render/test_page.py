from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bbws_gate.model import Past
from bbws_gate.render.page import html_page
from tests.render.sample import ALL, BLOCKED, hostile

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Reader(HTMLParser):
    """Collects what matters of a page, and whether its elements close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def past(day: int, score: int, *open_ids: str, status: str = "BLOCKED") -> Past:
    counts = {"critical": len(open_ids), "high": 0, "medium": 0, "low": 0}
    return Past(f"2026-01-{day:02}T00:00:00Z", "0" * 40, status, score, counts, {each: f"title of {each}" for each in open_ids}, 9, 11)


@pytest.mark.parametrize("name", ALL)
def test_page__is_well_formed_and_asks_for_nothing(name: str) -> None:
    page = Reader(html_page(ALL[name]))
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [attributes for _, attributes in page.tags if any(key.startswith("on") or key in ("src", "srcset") for key in attributes)]
    policy = next(attributes for tag, attributes in page.tags if attributes.get("http-equiv") == "Content-Security-Policy")
    assert (policy["content"] or "").startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "url(" not in html_page(ALL[name])
    assert "@import" not in html_page(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_page__headings_step_down_one_by_one_and_anchors_exist(name: str) -> None:
    page = Reader(html_page(ALL[name]))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(attributes["href"])[1:] for tag, attributes in page.tags if tag == "a" and str(attributes["href"]).startswith("#")} <= set(
        ids
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<br>x", "</style><img src=x onerror=y>", "[x](javascript:alert(1))", "](http://e.test)"]
)
def test_page__text_of_a_repository_stays_text(text: str) -> None:
    page = Reader(html_page(hostile(text)))
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert not [attributes["href"] for tag, attributes in page.tags if tag == "a" and not str(attributes["href"]).startswith("#")]


def test_page__diagrams_are_drawn() -> None:
    page = html_page(BLOCKED)
    assert "flowchart" not in page
    assert "language-mermaid" not in page
    assert 'aria-label="0 projects upstream and' in page


def test_page__the_trend_is_drawn_and_told() -> None:
    moved = replace(
        BLOCKED, assessed_at="2026-01-09T00:00:00Z", history=(past(5, 10, "A/b"), past(7, 22, "A/b", BLOCKED.open_findings[0].id))
    )
    page = html_page(moved)
    assert 'aria-label="Score from 10 on 2026-01-05 to 28 on 2026-01-09"' in page
    assert page.count("<circle ") == 3
    assert "Since the last assessment (2026-01-07 at commit 0000000): still BLOCKED, score 22 then, 28 now; findings: " in page
    assert f"{len(BLOCKED.open_findings) - 1} new, 1 no longer open and 1 still open" in page
    assert "<circle " not in html_page(BLOCKED)
