"""Approvals on GitHub: what a push keeps and what it drops, who cannot approve, what a forger gains."""

from __future__ import annotations

import pytest

from tests.action.governed import PEOPLE, SPEC, governed_spec
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

THREE = (
    PEOPLE
    + """\
  - {role: dba, when: category == Documents}
  - {role: security, when: category == Documents}
"""
)
CHECK = "bbws-gate / orders / sit"


@pytest.fixture
def undocumented(github: StandIn, workspace: Workspace, today: str) -> Story:
    """A pull request that takes the changelog away: a warning about which dba and security are asked."""
    workspace.commit(example="orders_ready")
    found = story(github, workspace, base={SPEC: governed_spec(workspace, THREE)}, head={"CHANGELOG.md": None})
    found.today = today
    return found


def approvals(told: Story) -> str:
    """The comment's line about approvals."""
    (comment,) = told.comments("github-actions[bot]")
    (line,) = [line for line in comment.splitlines() if line.startswith("**Approvals**")]
    return line


def test_push__drops_only_the_approvals_that_it_concerns(undocumented: Story) -> None:
    github, number = undocumented.github, undocumented.number
    assert undocumented.run().outputs["status"] == "PENDING"
    github.review("dba", number)
    github.say("lead", number, f"/gate approve tech-lead {undocumented.head[:7]}")
    github.say("mallory", number, f"/gate approve security {undocumented.head[:7]}")
    assert undocumented.run().outputs["status"] == "READY_WITH_WARNINGS"

    undocumented.push(files={"terraform/notes.tf": "# says nothing\n"})
    assert undocumented.run().outputs["status"] == "READY_WITH_WARNINGS"

    tables = undocumented.workspace.read("terraform/tables.tf")
    undocumented.push(files={"terraform/tables.tf": tables.replace("OrdersByStatus", "OrdersByState")})
    assert undocumented.run().outputs["status"] == "BLOCKED"
    assert approvals(undocumented) == ("**Approvals**: 2 of 3: tech-lead missing, lead: dropped by IDX004/index/orders/OrdersByStatus")


def test_forged_words__change_nothing(waiting: Story) -> None:
    github = waiting.github
    waiting.run()
    (comment,) = waiting.comments("github-actions[bot]")
    forged = github.say("mallory", waiting.number, comment.replace("PENDING", "READY"))
    check = {"name": CHECK, "head_sha": waiting.head, "status": "completed", "conclusion": "success"}
    github.post("check-runs", check)
    github.say("dba", waiting.number, f"> /gate approve tech-lead {waiting.head}")
    github.say("dba", waiting.number, f"/gate approve tech-lead {waiting.head}")
    run = waiting.run()
    assert (run.code, run.outputs["status"]) == (1, "PENDING")
    assert (waiting.checks()[0], len(waiting.checks())) == ((CHECK, "completed", "action_required"), 3)
    assert github.get(f"issues/comments/{forged}")["body"] == comment.replace("PENDING", "READY")
    assert approvals(waiting) == "**Approvals**: 0 of 1: tech-lead missing, dba does not have the role tech-lead"
