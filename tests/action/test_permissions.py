"""Each row of the table of permissions in docs/github.md: what a token cannot do is said, and the verdict stands."""

from __future__ import annotations

import pytest

from tests.action.story import Story
from tests.github.stand_in import ENTERPRISE

pytestmark = pytest.mark.emulator

FULL = {"checks": "write", "contents": "read", "issues": "write", "metadata": "read", "pull_requests": "write"}
DENIED = b'{"message": "Resource not accessible by integration"}'


@pytest.mark.parametrize(
    ("path", "named", "kept"),
    [
        ("/check-runs", "checks: write", {"comment", "issues"}),
        ("/issues/1/comments", "pull-requests: write", {"check", "issues"}),
        ("/issues", "issues: write", {"check", "comment"}),
    ],
)
def test_write__that_is_refused_is_named_and_everything_else_is_written(
    broken: Story, today: str, path: str, named: str, kept: set[str]
) -> None:
    broken.today = today
    broken.github.fail_next("POST", rf"{path}$", 403, times=99, body=DENIED)
    run = broken.run()
    assert run.code == 4
    assert named in "".join(run.errors)
    assert "BLOCKED" in run.summary
    there = {"check": broken.checks(), "comment": broken.comments(), "issues": broken.issues()}
    assert {name for name, rows in there.items() if rows} == kept
    assert all(end == "failure" for _, _, end in broken.checks())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/pulls/1/reviews", "pull-requests: read"),
        ("/issues/1/comments", "pull-requests: read"),
        ("/pulls/1/commits", "pull-requests: read"),
        ("/activity", "contents: read"),
    ],
)
def test_read__that_is_refused_leaves_approvals_missing_with_the_reason(waiting: Story, path: str, said: str) -> None:
    github = waiting.github
    github.review("lead", waiting.number)
    github.fail_next("GET", rf"{path}$", 403, times=99, body=DENIED)
    run = waiting.run(comment="false")
    assert run.outputs["status"] == "PENDING", run.log
    (shown,) = github.get(f"commits/{waiting.head}/check-runs")["check_runs"]
    assert shown["conclusion"] == "action_required"
    assert said in " ".join(run.log.split())


@pytest.mark.parametrize("feature", ["/reactions", "/milestones", "/sub_issues"])
def test_extra__that_is_refused_is_left_out(broken: Story, today: str, feature: str) -> None:
    broken.today = today
    broken.github.say("lead", broken.number, "/gate status")
    broken.github.fail_next("POST", rf"{feature}$", 403, times=99, body=DENIED)
    run = broken.run()
    assert (run.code, run.outputs["status"], run.errors) == (1, "BLOCKED", [])
    assert run.log.count("Resource not accessible by integration") == 1


def test_read_only_token__says_what_is_missing_and_keeps_the_verdict(broken: Story, today: str) -> None:
    broken.today = today
    broken.token = broken.github.token(**dict.fromkeys(FULL, "read"))
    run = broken.run()
    assert run.code == 4
    assert all(permission in "".join(run.errors) for permission in ("checks: write", "issues: write", "pull-requests: write"))
    assert "BLOCKED" in run.summary
    assert (broken.checks(), broken.comments(), broken.issues()) == ([], [], [])


def test_enterprise_server__is_asked_below_its_own_address(broken: Story, today: str) -> None:
    broken.today, broken.below = today, ENTERPRISE
    run = broken.run()
    assert (run.code, run.outputs["status"], run.errors) == (1, "BLOCKED", [])
    assert broken.github.enterprise == len(broken.github.exchanges)
    assert len(broken.comments()) == 1
