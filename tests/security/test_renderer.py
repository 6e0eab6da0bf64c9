"""The escaping functions against GitHub's own Markdown renderer, the reference for what readers see."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.render.escape import html_inline, markdown_block, markdown_cell, markdown_code, markdown_inline, markdown_link
from tests.render.test_escape import HOSTILE

WORDS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=5).map(" ".join)
OURS = r"</?(?:p|ul|li|code|pre|em|table|thead|tbody|tr|th|td|strong)>|<code>|<br />"


def rendered(markdown: str) -> str:
    """As GitHub renders it, raw HTML let through."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown.encode("utf-8", "replace").decode(), options=Options.CMARK_OPT_UNSAFE))


def acting(html: str) -> list[str]:
    """Elements other than ours, and words outside code that GitHub would turn into something."""
    outside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    elements = re.findall(r"<[^>]*>", re.sub(OURS, "", html))
    words = re.findall(r"@\w|#\d|://|(?i:www\.)|\b[0-9a-f]{7,}\b", re.sub(r"<[^>]*>", " ", outside))
    return [*elements, *words]


@settings(max_examples=200)
@given(WORDS)
@pytest.mark.case("M1", "M5", "M6", "T6")
def test_m1__nothing_acts_in_the_reference_renderer(text: str) -> None:
    assert acting(rendered(f"- {markdown_inline(text)}\n")) == []


@settings(max_examples=200)
@given(WORDS)
@pytest.mark.case("M3")
def test_m3__row_keeps_its_cells_in_the_reference_renderer(text: str) -> None:
    html = rendered(f"| a | b |\n| --- | --- |\n| {markdown_cell(text)} | end |\n")
    assert html.count("<td>") == 2
    assert acting(html) == []
    assert "<td>end</td>" in html


@settings(max_examples=200)
@given(WORDS)
@pytest.mark.case("M2", "M4")
def test_m2__code_and_blocks_are_closed_in_the_reference_renderer(text: str) -> None:
    assert acting(rendered(f"x {markdown_code(text)} y\n")) == []
    html = rendered(f"before\n\n{markdown_block(text)}\n\nafter\n")
    assert (html.count("<pre>"), html.count("<p>")) == (1, 2)
    assert "<p>after</p>" in html


@settings(max_examples=200)
@given(WORDS)
@pytest.mark.case("M4")
def test_m4__html_sentences_hold_no_element_of_their_own(text: str) -> None:
    assert acting(rendered(f"<p>{html_inline(text)}</p>\n")) == []


@pytest.mark.parametrize("url", ["javascript:x", "data:text/html,x", "http:x", "https://a) ![x](https://b"])
@pytest.mark.case("M5")
def test_m5__links_lead_to_plain_addresses_only(url: str) -> None:
    html = rendered(markdown_link("label", url))
    assert "<img" not in html
    assert all(found.startswith("https://a") for found in re.findall(r'href="([^"]*)"', html))
