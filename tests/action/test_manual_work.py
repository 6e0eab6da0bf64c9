"""Work that no file can prove: done when somebody of its role closed the issue as completed."""

from __future__ import annotations

import pytest

from tests.action.governed import PEOPLE, SPEC, governed_spec
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

REVIEW = PEOPLE.partition("approvals:")[0] + "actions: [{id: review, title: Security review, owner: security, estimate: 2h}]\n"


@pytest.fixture
def unreviewed(github: StandIn, workspace: Workspace, today: str) -> Story:
    workspace.commit(example="orders_ready")
    found = story(github, workspace, base={SPEC: governed_spec(workspace, REVIEW)}, head={"terraform/notes.tf": "# kept\n"})
    found.today = today
    return found


def test_manual_work__is_done_by_its_role_and_by_nobody_else(unreviewed: Story) -> None:
    github = unreviewed.github
    assert unreviewed.run().outputs["status"] == "PENDING"
    number = unreviewed.issue("Security review")["number"]
    for login, reason, status in (
        ("dba", "completed", "PENDING"),
        ("mallory", "not_planned", "PENDING"),
        ("mallory", "completed", "READY"),
    ):
        github.close(login, number, reason)
        run = unreviewed.run()
        assert (login, reason, run.outputs["status"]) == (login, reason, status), run.log
        assert unreviewed.issue("Security review")["state"] == ("closed" if status == "READY" else "open")
    github.forget()
    unreviewed.run()
    assert github.writes == []
