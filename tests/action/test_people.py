"""From pull request to deployment, with everybody who has a say in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.action.story import Story, story
from tests.action.workspace import Workspace, pull_request_event
from tests.github.stand_in import StandIn, git

pytestmark = pytest.mark.emulator

SPEC = ".github/promotion.yml"
MOST_REQUESTS = 25
"""Of a run that changes nothing, with four people who spoke and a question that was answered."""
PEOPLE = """\
roles:
  tech-lead: {users: [lead, octocat]}
  dba: {users: [dba]}
  devops-engineer: {users: [lead]}
  security: {users: [dba]}

approvals:
  - {role: tech-lead}
  - {role: dba}

decisions:
  - id: retention
    question: How long are backups kept?
    options: {A: seven days, B: thirty days}
    owners: [tech-lead]
"""


@pytest.fixture
def told(github: StandIn, workspace: Workspace) -> Story:
    """A pull request that takes the backup away, under a spec that asks for a decision and two approvals."""
    workspace.commit(example="orders_ready")
    spec = workspace.read(SPEC).partition("roles:\n")[0] + PEOPLE
    return story(github, workspace, base={SPEC: spec}, head={"terraform/backup.tf": None})


def test_story__from_blocked_to_deployed(told: Story) -> None:
    github, number = told.github, told.number
    first = told.run()
    assert (first.code, first.outputs["status"]) == (1, "BLOCKED"), first.log
    question = told.issue("Decide: How long")
    assert "/gate decide retention A" in question["body"]
    assert github.gaps.missing.children[told.issue("Promote orders")["number"]]

    answer = github.say("lead", question["number"], "/gate decide retention A as in DEV")
    told.push(
        example="orders_ready", files={"terraform/notes.tf": "# kept\n", SPEC: told.workspace.read(SPEC).partition("roles:\n")[0] + PEOPLE}
    )
    second = told.run()
    assert (second.code, second.outputs["status"]) == (1, "PENDING"), second.log
    assert told.issue("Decide: How long")["state"] == "closed"
    assert github.gaps.missing.reactions[answer] == ["+1"]

    for login, role in (("octocat", "tech-lead"), ("mallory", "dba")):
        said = github.say(login, number, f"/gate approve {role} {told.head}")
        assert told.run().outputs["status"] == "PENDING"
        assert github.gaps.missing.reactions[said] == ["confused"]
    github.review("dba", number)
    github.say("lead", number, f"/gate approve tech-lead {told.head}")
    ready = told.run()
    assert (ready.code, ready.outputs["status"]) == (0, "READY"), ready.log
    assert told.issues() == []

    github.forget()
    told.run()
    assert github.writes == []
    assert len(github.exchanges) <= MOST_REQUESTS

    squashed = told.workspace.squash(told.head, told.base)
    github.push(told.workspace.checkout, squashed, "main")
    github.merge(number, squashed)
    deploy = told.verify(squashed)
    assert (deploy.code, deploy.outputs["allowed"], deploy.outputs["reasons"]) == (0, "true", ""), deploy.log
    assert deploy.outputs["pull"] == str(number)

    told.push(files={"terraform/notes.tf": "# something else\n", "terraform/backup.tf": None})
    other = told.verify(told.head)
    assert (other.code, other.outputs["allowed"]) == (1, "false")
    assert {"COMMIT_UNKNOWN", "NOT_READY"} <= set(other.outputs["reasons"].split(","))

    before = told.verify(told.base)
    assert (before.code, before.outputs["allowed"]) == (1, "false")
    assert "PENDING_APPROVAL" in before.outputs["reasons"]
    assert told.verify("main").code == 2
    github.fail_next("GET", "/reviews", 502, times=99)
    down = told.verify(squashed)
    assert (down.code, down.outputs["allowed"]) == (4, "false")


def test_fork__reads_and_writes_nothing(told: Story) -> None:
    workspace = told.workspace
    event = pull_request_event(told.number, told.head, told.base, source="mallory/infra")
    run = workspace.run(workspace.variables(told.github.url, event, {"token": told.github.token(contents="read", metadata="read")}))
    assert (run.code, run.outputs["status"], told.github.writes) == (1, "BLOCKED", [])
    assert "BLOCKED" in run.summary


def test_links__are_left_out_where_the_server_has_none(told: Story) -> None:
    told.github.gaps.missing.switched_off = {"sub_issues", "dependencies", "reactions"}
    run = told.run()
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED")
    assert run.log.count("put an issue under its tracking issue") == 1
    assert run.errors == []


def test_comment_event__assesses_the_pull_request_from_the_default_branch(told: Story) -> None:
    workspace, github = told.workspace, told.github
    event = {
        "action": "created",
        "issue": {"number": told.number, "pull_request": {}, "user": {"login": "octocat"}},
        "repository": {"default_branch": "main"},
    }
    variables = workspace.variables(github.url, event, {"token": github.token()}, "issue_comment")
    run = workspace.run({**variables, "GITHUB_REF": "refs/heads/main"})
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED"), run.log
    assert [end for _, _, end in told.checks()] == ["failure"]


def test_several_environments__have_a_check_each(told: Story) -> None:
    run = told.run(environment="dev\nsit", issues="false")
    assert run.code == 1
    assert sorted(name for name, _, _ in told.checks()) == ["bbws-gate / orders / dev", "bbws-gate / orders / sit"]
    assert len(told.comments()) == 2


def test_change_elsewhere__is_not_applicable_and_passes(told: Story) -> None:
    told.github.push(told.workspace.checkout, told.head, "main")
    told.base = told.head
    told.push(files={"web/page.html": "<p>"})
    run = told.run()
    assert run.code == 0, run.log
    (check,) = told.checks()
    assert check[2] == "success"
    assert (told.comments(), told.issues()) == ([], [])
    assert "nothing of the project orders changed" in run.summary


def test_workflow_run__assesses_a_commit_that_is_not_in_the_checkout(told: Story, tmp_path: Path) -> None:
    elsewhere = Workspace(tmp_path / "elsewhere")
    git(elsewhere.checkout, "fetch", "--quiet", str(told.workspace.checkout), told.base)
    git(elsewhere.checkout, "checkout", "--quiet", "-B", "main", told.base)
    event = {
        "workflow_run": {"event": "pull_request", "head_branch": "change", "head_repository": {"owner": {"login": "acme"}}},
        "repository": {"default_branch": "main"},
    }
    run = elsewhere.run(elsewhere.variables(told.github.url, event, {"token": told.github.token()}, "workflow_run"))
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED"), run.log
    assert [end for _, _, end in told.checks()] == ["failure"]
    assert len(told.comments()) == 1
    blobs = [exchange for exchange in told.github.exchanges if "/git/blobs/" in exchange.path]
    assert blobs == []  # the pull request only deletes, and everything else is in the checkout
