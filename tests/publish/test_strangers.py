"""Check runs under the gate's name that the gate did not make."""

from __future__ import annotations

from typing import Any

import pytest

from bbws_gate.publish.wanted import Wanted
from tests.publish.fake import HEAD, FakeGitHub
from tests.publish.test_publisher import FIXED, WANTED, publish, publisher

NAME = WANTED.check_name
READY = FIXED


def forge(github: FakeGitHub, *, app: str | None = "github-actions", conclusion: str = "success", external_id: str | None = "") -> None:
    """Another workflow's check run of our name, the newest on the commit."""
    github.next_id += 1
    github.checks.append(
        {
            "id": github.next_id,
            "name": NAME,
            "head_sha": HEAD,
            "status": "completed",
            "conclusion": conclusion,
            "external_id": external_id,
            "html_url": "",
            "app": None if app is None else {"slug": app},
            "output": {"title": "READY", "summary": "s", "text": "t", "annotations_count": 0},
            "annotations": [],
        }
    )


def newest(github: FakeGitHub, app: str = "github-actions") -> dict[str, Any]:
    return max((check for check in github.checks if check["app"] == {"slug": app}), key=lambda check: check["id"])


@pytest.mark.case("K7", "T13")
@pytest.mark.parametrize("external_id", ["", None, "8f1b7a52-7f6c-5d1e-9b7b-0d6f6f0f7c11"])
def test_same_app__is_told_and_covered_by_a_newer_one(external_id: str | None) -> None:
    github = FakeGitHub()
    publish(github)
    forge(github, external_id=external_id)
    published = publish(github)
    assert newest(github)["conclusion"] == "failure"
    warning = (
        "**1 passing check run named `bbws-gate / schemas / sit` on this commit not made by this gate** (`success` by another workflow"
    )
    assert newest(github)["output"]["summary"].startswith(warning)
    assert warning in github.comments[0]["body"]
    (note,) = published.notes
    assert note.startswith("1 passing check run named 'bbws-gate / schemas / sit' not made by this gate, by the same App")
    assert [check["conclusion"] for check in github.checks if check["external_id"] == external_id] == ["success"]  # never touched


@pytest.mark.case("K7", "T13")
@pytest.mark.parametrize("conclusion", ["success", "neutral", "skipped"])
def test_another_app__is_told_and_left_alone(conclusion: str) -> None:
    github = FakeGitHub()
    forge(github, app="evil-app", conclusion=conclusion, external_id="f" * 64)
    publish(github, READY)
    assert f"(`{conclusion}` by `evil-app`)" in newest(github)["output"]["summary"]
    assert newest(github, "evil-app")["conclusion"] == conclusion
    github.sent.clear()
    publish(github, READY)
    assert github.writes == []


@pytest.mark.case("K7", "T13")
@pytest.mark.parametrize("app", ["github-actions", "evil-app"])
@pytest.mark.parametrize("wanted", [WANTED, READY], ids=["blocked", "ready"])
def test_posted_while_the_gate_assesses__is_told(wanted: Wanted, app: str) -> None:
    github = FakeGitHub()
    gate = publisher(github)
    gate.begin(wanted)
    forge(github, app=app)
    published = gate.finish(wanted)
    assert "not made by this gate" in " ".join(published.notes)
    assert "not made by this gate" in next(check for check in reversed(github.checks) if check["external_id"])["output"]["summary"]
    assert "not made by this gate" in github.comments[0]["body"]


@pytest.mark.case("K7")
def test_verdict__stays_what_it_is() -> None:
    github = FakeGitHub()
    forge(github, app="other")
    publish(github, READY)
    assert newest(github)["conclusion"] == "success"


@pytest.mark.case("K7")
@pytest.mark.parametrize("conclusion", ["failure", "cancelled", "action_required"])
def test_one_that_lets_nothing_pass__is_not_worth_a_word(conclusion: str) -> None:
    github = FakeGitHub()
    forge(github, app="other", conclusion=conclusion)
    assert publish(github, READY).notes == ()
    assert "not made by this gate" not in github.comments[0]["body"]


def test_ours__in_every_state_are_ours() -> None:
    github = FakeGitHub()
    for wanted in (WANTED, READY, WANTED, READY):
        assert publish(github, wanted).notes == ()
    assert len(github.checks) == 4
    assert all(check["status"] == "completed" for check in github.checks)


@pytest.mark.case("K7")
def test_job_of_the_same_name__is_never_written_to() -> None:
    github = FakeGitHub()
    forge(github, external_id="8f1b7a52-7f6c-5d1e-9b7b-0d6f6f0f7c11")
    github.checks[0] |= {"status": "in_progress", "conclusion": None}
    before = dict(github.checks[0])
    publish(github)
    assert github.checks[0] == before
    assert newest(github)["conclusion"] == "failure"


@pytest.mark.case("L10")
@pytest.mark.parametrize("count", [1000, 1001])
def test_a_thousand_of_the_name__only_ours_counts(count: int) -> None:
    github = FakeGitHub()
    for _ in range(count):
        forge(github)
    publish(github)
    assert newest(github)["conclusion"] == "failure"
    assert newest(github)["output"]["summary"].startswith(f"**{count} passing check runs named")
    github.sent.clear()
    publish(github)
    assert github.writes == []
