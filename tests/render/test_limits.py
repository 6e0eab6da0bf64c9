from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.render.documents import check_output, comment, documents, job_summary
from bbws_gate.render.limits import COMMENT, Page, Section, begin_section, fit, parse_page
from bbws_gate.render.page import html_page
from tests.render.sample import BLOCKED, FINDINGS, SCORE, hostile, link

WORDS = st.text(alphabet=st.characters(exclude_characters="\x1e\x1f"), max_size=30)


def size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


@given(WORDS, st.lists(st.tuples(WORDS.filter(bool), WORDS)), WORDS)
def test_parse_page__takes_apart_what_was_put_together(opening: str, sections: list[tuple[str, str]], closing: str) -> None:
    text = opening + "".join(f"{begin_section(title)}{body}" for title, body in sections) + begin_section("") + closing
    assert parse_page(text) == Page(opening, tuple(Section(*each) for each in sections), closing)


def test_fit__leaves_a_page_alone_that_fits() -> None:
    page = Page("a", (Section("t", "b"),), "c")
    assert fit(page, 3, where="there") == "abc"


@settings(max_examples=50)
@given(st.lists(st.integers(0, 400), max_size=8), st.integers(900, 2500))
def test_fit__keeps_to_the_limit_and_names_what_is_left_out(lengths: list[int], limit: int) -> None:
    page = Page("opening", tuple(Section(f"part{number}", "é" * length) for number, length in enumerate(lengths)), "closing")
    text = fit(page, limit, where="there")
    assert size(text) <= limit
    assert text.startswith("opening")
    assert text.endswith("closing")
    kept = text.count("é")
    left_out = re.findall(r"part(\d)", text)
    assert kept == sum(lengths[: len(lengths) - len(left_out)])


def test_fit__counts_what_it_does_not_name() -> None:
    page = Page("", tuple(Section(f"part{number}", "x" * 100) for number in range(30)), "")
    assert "part10 and 19 more sections. All of it is in there." in fit(page, 300, where="there")


def crowded(number: int, text: str) -> object:
    one = replace(FINDINGS[2], title=text, expected=text, actual=text, impact=text, action=text)
    found = tuple(replace(one, subject=f"table/{index}", category=f"Category {index % 20}") for index in range(number))
    scores = tuple(replace(SCORE.categories[0], category=f"Category {index}") for index in range(20))
    return replace(BLOCKED, findings=found, score=replace(SCORE, categories=scores))


@pytest.mark.parametrize("text", ["a plain sentence about a table", "🙂" * 300, "|`" * 300])
def test_comment__of_very_many_findings_fits(text: str) -> None:
    page = comment(crowded(400, text), link=link)  # type: ignore[arg-type]
    assert size(page) <= COMMENT
    assert page.startswith("## ⛔ BLOCKED")
    assert "400 findings block the promotion." in page
    assert "Left out here for length: " in page
    assert page.count("<details>") == page.count("</details>")
    assert page.rstrip().endswith("</sub>")


def test_job_summary__has_room_for_more() -> None:
    crowd = crowded(400, "a plain sentence")
    assert "Left out" in comment(crowd)  # type: ignore[arg-type]
    assert "Left out" not in job_summary(crowd)  # type: ignore[arg-type]


def test_check_output__fits_with_every_field_long() -> None:
    output = check_output(hostile("🙂 long @words " * 5000))
    assert size(output.summary) <= 65_000
    assert size(output.text) <= 65_000
    assert "All of it is in the job summary." in output.text or "Left out" not in output.text


def test_fit__at_the_limit_whole_and_one_past_it_cut_at_a_section() -> None:
    page = Page("opening\n", tuple(Section(f"part{number}", "x" * 500 + "\n") for number in range(4)), "closing")
    whole = len("opening\n") + 4 * 501 + len("closing")
    assert "Left out" not in fit(page, whole, where="[the run](https://example.test/run)")
    text = fit(page, whole - 1, where="[the run](https://example.test/run)")
    assert size(text) <= whole - 1
    assert "Left out here for length: part3. All of it is in [the run](https://example.test/run)." in text
    assert text.count("x" * 500 + "\n") == 3


@pytest.mark.parametrize("text", ["a plain sentence about a table", "|`<@everyone> " * 30])
def test_documents__of_300_findings_stay_readable(text: str) -> None:
    crowd = crowded(300, text)
    pages = {name.removeprefix("sit_bbws_dynamodb_schemas_"): page for name, page in documents(crowd).items()}  # type: ignore[arg-type]
    assert len(pages["exec_brief.md"].splitlines()) < 70
    assert len(pages["summary.md"].splitlines()) < 200
    assert "270 more, none of them worse, are in the readiness report." in pages["summary.md"]
    assert pages["readiness_report.md"].count("TBL001/table/") >= 300
    assert all(size(page) < 1_000_000 for page in pages.values())
    assert size(html_page(crowd)) < 5_000_000  # type: ignore[arg-type]
