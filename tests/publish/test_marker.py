from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.publish.marker import ManagedBody, comment_marker, is_marked, issue_key, marked_comment, read_body

KEY = issue_key("schemas", "sit", "add-tables")


def body(text: str = "text", before: str = "", after: str = "", refs: tuple[str, ...] = ("pull/1",)) -> ManagedBody:
    return ManagedBody(before, KEY, refs, "", after).with_text(text)


def test_comment_marker__names_project_and_environment() -> None:
    assert comment_marker("schemas", "sit") == "<!-- bbws-gate:schemas/sit -->"


@pytest.mark.parametrize("project", ["a-->b", "a b", "a/b", "ä<!--"])
def test_comment_marker__no_name_ends_the_comment_early(project: str) -> None:
    marker = comment_marker(project, "sit")
    assert marker.index("-->") == len(marker) - 3
    assert " " not in marker[5:-4]


def test_is_marked__only_on_the_first_line() -> None:
    marker = comment_marker("schemas", "sit")
    assert is_marked(marked_comment(marker, "verdict"), marker)
    assert not is_marked(f"> {marker}\nverdict", marker)
    assert not is_marked(f"hello\n{marker}", marker)
    assert not is_marked(marker, comment_marker("schemas", "prod"))


def test_read_body__gives_back_what_was_written() -> None:
    written = body("one\n\ntwo", before="people above", after="people below", refs=("heads/main", "pull/1"))
    assert read_body(str(written)) == written


def test_read_body__text_without_marker_is_not_ours() -> None:
    assert read_body("nothing of ours") is None


def test_read_body__crlf_of_the_web_editor_changes_nothing() -> None:
    written = body("one\ntwo", after="mine")
    assert read_body(str(written).replace("\n", "\r\n")) == written


def test_read_body__deleted_end_marker_loses_nothing_of_people() -> None:
    damaged = str(body("ours")).replace("<!-- bbws-gate:end -->", "") + "\nmine"
    found = read_body(damaged)
    assert found is not None
    assert "mine" in found.after
    assert "mine" in str(found.with_text("new"))


def test_with_text__ticked_tasks_stay_ticked_while_they_are_listed() -> None:
    ticked = read_body(str(body("- [ ] one\n- [ ] two\n- [ ] gone")).replace("[ ] one", "[x] one").replace("[ ] gone", "[X] gone"))
    assert ticked is not None
    assert ticked.with_text("- [ ] one\n- [ ] two\n- [ ] three").managed == "- [x] one\n- [ ] two\n- [ ] three"


def test_with_text__people_keep_their_text() -> None:
    found = read_body(str(body("old", before="above", after="- [x] my own task")))
    assert found is not None
    assert str(found.with_text("new")).startswith("above\n")
    assert str(found.with_text("new")).endswith("- [x] my own task")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
def test_read_body__any_text_of_ours_reads_back_the_same(text: str) -> None:
    written = body(text)
    if "bbws-gate:" not in text:
        found = read_body(str(written))
        assert found is not None
        assert found.with_text(text) == found
