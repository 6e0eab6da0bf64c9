"""GitHub's limits, each at the limit and one past it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bbws_gate.action.wanting import links_to, wanted_from
from bbws_gate.errors import PublishError
from bbws_gate.model import Status
from bbws_gate.publish import reconcile
from bbws_gate.publish.commands import CompleteCheck
from bbws_gate.publish.job_files import SUMMARY_BYTES, write_summary
from bbws_gate.publish.limits import (
    ASSIGNEES,
    CHECK_BYTES,
    CHECK_TITLE,
    COMMENT_BYTES,
    ISSUE_TITLE,
    STATUS_DESCRIPTION,
    fit_markdown,
    fit_text,
    shorten,
)
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.pulls import MAX_FILES, Pulls
from bbws_gate.publish.reading.said import COMMENT_PAGES, remarks
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue
from tests.action.test_verdict import assessment
from tests.action.test_wanting import items
from tests.publish.fake import FakeClock, FakeGitHub
from tests.publish.test_publisher import IDENTITY, WANTED, publish
from tests.publish.test_reading import ROOT, Answers
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


@pytest.mark.parametrize(("past", "cut"), [(0, False), (1, True)])
@pytest.mark.case("L3")
def test_l3__check_run_at_the_limit_and_one_past_it(past: int, cut: bool) -> None:
    wanted = WantedCheck("failure", "t" * (CHECK_TITLE + past), "s" * (CHECK_BYTES + past), "x" * (CHECK_BYTES + past))
    *_, complete = reconcile.finish_check("name", "sha", wanted, ())
    assert isinstance(complete, CompleteCheck)
    assert (complete.title, complete.summary, complete.text) == (wanted.title, wanted.summary, wanted.text) or cut
    assert len(complete.title) <= CHECK_TITLE
    assert max(len(complete.summary.encode()), len(complete.text.encode())) <= CHECK_BYTES
    assert ("Shortened" in complete.summary, "Shortened" in complete.text) == (cut, cut)


@pytest.mark.parametrize(("past", "kept"), [(0, True), (1, False)])
@pytest.mark.case("L4")
def test_l4__issue_s_title_at_the_limit_and_one_past_it(past: int, kept: bool) -> None:
    title = "x" * (ISSUE_TITLE + past)
    github = FakeGitHub()
    wanted = replace(WANTED, issues=(WantedIssue("item", title, "text"),))
    publish(github, wanted)
    assert (github.issues[0]["title"] == title) is kept
    assert len(github.issues[0]["title"]) == ISSUE_TITLE
    publish(github, wanted)
    assert len(github.issues) == 1


@pytest.mark.parametrize("count", [ASSIGNEES, ASSIGNEES + 1])
@pytest.mark.case("L4")
def test_l4__assignees_at_the_limit_and_one_past_it(count: int) -> None:
    wanted = Wanted("p", "sit", "a" * 40, "pull/1", 1, issues=())
    people = {"dba": tuple(f"login-{number}" for number in range(count))}
    link = links_to("https://github.com", "acme/infra", "a" * 40)
    found = wanted_from(wanted, replace(assessment(Status.BLOCKED), action_items=items(1)), "failure", link, people=people).issues
    assert found is not None
    assert [len(issue.assignees) for issue in found if issue.item == "item-0"] == [ASSIGNEES]


@pytest.mark.parametrize(("count", "known"), [(MAX_FILES - 1, True), (MAX_FILES, False), (3000, False), (3001, False)])
@pytest.mark.case("L6", "T24")
def test_l6__files_of_a_comparison_are_all_or_unknown(count: int, known: bool) -> None:
    files = [{"filename": str(number)} for number in range(count)]
    github = Answers({f"{ROOT}/compare/b...a": {"status": "ahead", "files": files}})
    found = Pulls(Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra").changed("b", "a")
    assert (found is not None) is known
    assert found is None or len(found) == count


@pytest.mark.parametrize(("count", "readable"), [(2500, True), (2501, False)])
@pytest.mark.case("L8", "L9")
def test_l9__comments_at_the_limit_and_one_past_it(count: int, readable: bool) -> None:
    github = FakeGitHub()
    user = {"id": 1, "login": "somebody", "type": "User"}
    github.comments = [
        {"id": number, "issue": "1", "body": "x", "user": user, "created_at": "t", "updated_at": "t", "html_url": ""}
        for number in range(count)
    ]
    lists = Lists(github, Sender(FakeClock(), jitter=lambda: 0.0))
    assert COMMENT_PAGES * 100 == 2500
    if readable:
        assert len(remarks(lists, "acme/infra", 1, (), IDENTITY).remarks) == count
    else:
        with pytest.raises(PublishError, match="more than 25 pages"):
            remarks(lists, "acme/infra", 1, (), IDENTITY)


@pytest.mark.parametrize(("past", "cut"), [(0, False), (1, True)])
@pytest.mark.case("L1")
def test_l1__job_summary_at_the_limit_and_one_past_it(tmp_path: Path, past: int, cut: bool) -> None:
    path = tmp_path / "summary"
    text = "# verdict\n" + "line\n" * ((SUMMARY_BYTES - 10) // 5) + "x" * past
    assert len(text) == SUMMARY_BYTES + past
    write_summary(path, text)
    written = path.read_text()
    assert (written == f"{text}\n", "Shortened" in written) == (not cut, cut)
    assert len(written.encode()) <= SUMMARY_BYTES + 1 < 1024 * 1024
