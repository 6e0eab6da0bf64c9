from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bbws_gate.publish.limits import fit_markdown, fit_text, shorten


@pytest.mark.parametrize(("length", "shortened"), [(255, False), (256, False), (257, True)])
def test_shorten__at_the_limit_and_one_past_it(length: int, *, shortened: bool) -> None:
    text = "x" * length
    assert (shorten(text, 256) != text) is shortened
    assert len(shorten(text, 256)) <= 256


def test_shorten__two_long_texts_stay_different() -> None:
    assert shorten("x" * 300 + "a", 256) != shorten("x" * 300 + "b", 256)


def test_shorten__one_line() -> None:
    assert shorten("a\n  b", 256) == "a b"


@pytest.mark.parametrize("size", [64_999, 65_000])
def test_fit_markdown__text_that_fits_is_left_alone(size: int) -> None:
    text = "x" * size
    assert fit_markdown(text, 65_000) == text


def test_fit_markdown__counts_bytes_not_characters() -> None:
    cut = fit_markdown("\U0001f600\n" * 30_000, 65_000)
    assert len(cut.encode()) <= 65_000
    assert cut.startswith("\U0001f600\n")


def test_fit_markdown__open_fence_and_folded_parts_are_closed() -> None:
    text = "<details><summary>a</summary>\n\n<details><summary>b</summary>\n\n````text\n" + "line\n" * 5_000
    cut = fit_markdown(text, 10_000)
    assert cut.count("</details>") == 2
    assert cut.count("````") == 2
    tokens = MarkdownIt().parse(cut)
    assert [token.type for token in tokens].count("fence") == 1
    assert tokens[-1].type == "html_block"


@given(st.text(alphabet="`~ <>details/\nabc\u20ac\U0001f600"), st.integers(1_000, 2_000))
def test_fit_markdown__never_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(fit_markdown(text * 20, limit).encode()) <= limit


def test_fit_text__cut_on_a_character() -> None:
    assert fit_text("\u20ac" * 10, 10) == "\u20ac\u20ac…"
    assert fit_text("short", 10) == "short"
