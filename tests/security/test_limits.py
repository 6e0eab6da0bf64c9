"""GitHub's limits, each at the limit and one past it."""

from __future__ import annotations

import pytest

from bbws_gate.publish.limits import COMMENT_BYTES, ISSUE_TITLE, STATUS_DESCRIPTION, fit_markdown, fit_text, shorten
from tests.security.test_renderer import rendered


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f600"])
@pytest.mark.case("L1")
def test_l1__comment_at_the_limit_and_one_past_it(letter: str) -> None:
    verdict = "**BLOCKED.**\n\n```\n"
    room = (COMMENT_BYTES - len(verdict) - 4) // (10 * len(letter.encode()) + 1)
    text = verdict + f"{letter * 10}\n" * room + "```\n"
    text += "x" * (COMMENT_BYTES - len(text.encode()))
    assert len(text.encode()) == COMMENT_BYTES
    assert fit_markdown(text, COMMENT_BYTES) == text
    cut = fit_markdown(text + "x", COMMENT_BYTES)
    assert len(cut.encode()) <= COMMENT_BYTES
    assert cut.startswith("**BLOCKED.**")
    assert "Shortened" in rendered(cut).rpartition("</pre>")[2]


@pytest.mark.parametrize("limit", [ISSUE_TITLE, STATUS_DESCRIPTION, 50, 100])
@pytest.mark.case("L4")
def test_l4__titles_and_labels_at_the_limit_and_one_past_it(limit: int) -> None:
    assert shorten("x" * limit, limit) == "x" * limit
    one, other = shorten("x" * limit + "y", limit), shorten("x" * limit + "z", limit)
    assert len(one) == len(other) == limit
    assert one != other


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f600"])
@pytest.mark.case("L3")
def test_l3__texts_are_cut_between_characters(letter: str) -> None:
    text = letter * 100
    size = len(text.encode())
    assert fit_text(text, size) == text
    cut = fit_text(text, size - 1)
    assert cut.endswith("…")
    assert len(cut.encode()) <= size - 1
    assert set(cut) == {letter, "…"}
