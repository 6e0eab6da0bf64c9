"""Other occasions than a push: a merge queue, a check run asked for again, a deployment that needs another one first, a second project."""

from __future__ import annotations

import pytest

from tests.action.governed import PEOPLE, SPEC, governed_spec
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

REPOSITORY = {"default_branch": "main"}
ASKS_NOBODY = PEOPLE.partition("approvals:")[0]


def test_merge_group__has_the_approvals_of_its_pull_request(waiting: Story) -> None:
    waiting.github.say("lead", waiting.number, f"/gate approve tech-lead {waiting.head}")
    pull = waiting.head
    waiting.head = waiting.workspace.squash(pull, waiting.base)
    waiting.github.push(waiting.workspace.checkout, waiting.head, "gh-readonly-queue/main/pr-1")
    for number, ends in ((waiting.number, "success"), (99, "action_required")):
        name = f"refs/heads/gh-readonly-queue/main/pr-{number}-{waiting.base}"
        group = {"head_sha": waiting.head, "base_sha": waiting.base, "head_ref": name}
        waiting.on("merge_group", {"merge_group": group, "repository": REPOSITORY}, ref=name)
        assert waiting.checks()[0] == ("bbws-gate / orders / sit", "completed", ends)
    assert waiting.comments("github-actions[bot]") == []


def test_check_run__asked_for_again_looks_again(waiting: Story) -> None:
    waiting.run()
    assert waiting.checks()[0][2] == "action_required"
    waiting.github.say("lead", waiting.number, f"/gate approve tech-lead {waiting.head}")
    run = {"name": "bbws-gate / orders / sit", "head_sha": waiting.head, "pull_requests": [{"number": waiting.number}]}
    again = {"action": "rerequested", "check_run": run, "repository": REPOSITORY}
    refused = waiting.on("check_run", again, sha=waiting.base)
    assert refused.code == 2  # the pull request's commit is checked out, and this event has a token that writes
    assert "another commit than the base branch's checked out" in refused.log
    ready = waiting.on("check_run", again, sha=waiting.rest())
    assert (ready.code, ready.outputs["status"]) == (0, "READY"), ready.log
    assert waiting.checks()[0][2] == "success"
    somebody = {**again, "check_run": {**run, "name": "lint"}}
    assert "none of the gate's" in waiting.on("check_run", somebody, sha=waiting.rest()).log


def test_deployed_first__asks_what_the_environment_below_holds(github: StandIn, workspace: Workspace, today: str) -> None:
    workspace.commit(example="orders_ready")
    spec = governed_spec(workspace, ASKS_NOBODY).replace("  sit:\n", "  sit:\n    promoted_from: dev\n    deployed_first: true\n")
    told = story(github, workspace, base={SPEC: spec}, head={"terraform/notes.tf": "# kept\n"})
    told.today = today
    github.push(workspace.checkout, told.head, "main")
    nothing = told.verify(told.head)
    assert (nothing.code, nothing.outputs["reasons"]) == (1, "LOWER_ENVIRONMENT_NOT_DEPLOYED"), nothing.log
    assert "nothing was deployed to dev with success" in nothing.log
    deployment = {"id": 1, "sha": told.head, "environment": "dev", "state": "failure", "created_at": "2026-01-02T00:00:00Z"}
    github.gaps.missing.deployments = [deployment]
    assert told.verify(told.head).outputs["reasons"] == "LOWER_ENVIRONMENT_NOT_DEPLOYED"
    github.gaps.missing.deployments = [{**deployment, "state": "success"}]
    allowed = told.verify(told.head)
    assert (allowed.code, allowed.outputs["allowed"], allowed.outputs["reasons"]) == (0, "true", ""), allowed.log
    github.fail_next("GET", "/deployments", 403, times=9, body=b'{"message": "Resource not accessible by integration"}')
    unknown = told.verify(told.head)
    assert (unknown.code, unknown.outputs["reasons"]) == (1, "LOWER_ENVIRONMENT_UNKNOWN"), unknown.log


def test_two_projects__have_a_comment_a_check_and_issues_each(github: StandIn, workspace: Workspace, today: str) -> None:
    workspace.commit(example="orders_ready")
    spec = governed_spec(workspace, ASKS_NOBODY)
    other = spec.replace("project: orders", "project: archive")
    told = story(github, workspace, base={SPEC: spec, ".github/archive.yml": other}, head={"terraform/backup.tf": None})
    told.today = today
    told.run()
    told.run(spec=".github/archive.yml")
    assert sorted(name for name, _, _ in told.checks()) == ["bbws-gate / archive / sit", "bbws-gate / orders / sit"]
    assert len(told.comments()) == 2
    assert [title for title in told.issues() if title.startswith("Promote")] == ["Promote archive to sit", "Promote orders to sit"]
    told.push(example="orders_ready", files={SPEC: spec, "terraform/notes.tf": "# kept\n"})
    assert told.run().code == 0
    assert [title for title in told.issues() if title.startswith("Promote")] == ["Promote archive to sit"]
