"""The whole action process against the stand-in for GitHub."""

from __future__ import annotations

import pytest

from tests.action.story import Story

pytestmark = pytest.mark.emulator

MOST_REQUESTS = 7
"""Of a run that changes nothing where nobody has spoken."""


def test_first_run__one_comment_one_check_and_the_issues(blocked: Story) -> None:
    run = blocked.run()
    assert (run.code, run.outputs.get("status")) == (1, "BLOCKED"), run.log
    assert blocked.checks() == [("bbws-gate / bbws_dynamodb_schemas / sit", "completed", "failure")]
    (comment,) = blocked.comments()
    assert comment.startswith("<!-- bbws-gate:bbws_dynamodb_schemas/sit -->\n")
    assert "BLOCKED" in comment
    assert len(blocked.issues()) >= 5
    assert all("bbws_dynamodb_schemas" in title and "sit" in title for title in blocked.issues())
    assert int(run.outputs["critical"]) >= 5
    assert run.outputs["comment-url"].endswith("#issuecomment-1")
    assert run.outputs["check-url"]
    assert (blocked.workspace.checkout / run.outputs["report-dir"] / "assessment.json").is_file()
    assert "BLOCKED" in run.summary
    assert "Traceback" not in run.log


def test_first_run__token_is_in_no_sink(blocked: Story) -> None:
    blocked.token = blocked.github.token()
    run = blocked.run(dry_run="false")
    reports = "".join(path.read_text() for path in (blocked.workspace.checkout / run.outputs["report-dir"]).iterdir())
    assert blocked.token not in "".join((run.log, run.summary, str(run.outputs), reports, *blocked.comments()))


def test_second_run__writes_nothing(blocked: Story) -> None:
    blocked.run()
    blocked.github.forget()
    again = blocked.run()
    assert blocked.github.writes == []
    assert f"GitHub: {len(blocked.github.exchanges)} reads, 2 of them answered as unchanged; 0 writes; " in again.log
    assert again.code == 1
    assert again.outputs["comment-url"].endswith("#issuecomment-1")
    assert again.outputs["check-url"]


def test_fix__turns_the_check_green_and_closes_the_issues(broken: Story) -> None:
    assert broken.run().code == 1
    assert broken.checks()[0][2] == "failure"
    opened = broken.issues()
    assert opened
    broken.github.forget()
    broken.run()
    assert (len(broken.github.exchanges) <= MOST_REQUESTS, broken.github.writes) == (True, [])
    broken.push(example="orders_ready", files={"terraform/notes.tf": "# kept\n"})
    fixed = broken.run()
    assert fixed.code == 0, fixed.log
    assert fixed.outputs["status"] == "READY"
    assert broken.checks() == [("bbws-gate / orders / sit", "completed", "success")]
    broken.github.forget()
    broken.run()
    assert (len(broken.github.exchanges) <= MOST_REQUESTS, broken.github.writes) == (True, [])
    assert broken.issues() == []
    assert broken.issues("closed") == opened
    (comment,) = broken.comments()
    assert "READY" in comment
    broken.push(files={"terraform/backup.tf": None})
    assert broken.run().code == 1
    assert broken.issues() == opened
    assert len(broken.comments()) == 1


def test_dry_run__writes_nothing_and_prints_the_commands(blocked: Story) -> None:
    run = blocked.run(dry_run="true")
    assert blocked.github.writes == []
    assert run.code == 1
    assert '"command": "CreateComment"' in run.log
    assert '"command": "CompleteCheck"' in run.log


def test_features_off__leave_only_the_job_itself(blocked: Story) -> None:
    run = blocked.run(comment="false", issues="false", check="none")
    assert blocked.github.writes == []
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED")


def test_status__instead_of_a_check_run(broken: Story) -> None:
    run = broken.run(check="status")
    assert run.code == 1
    assert broken.checks() == []
    assert [exchange.request["state"] for exchange in broken.github.exchanges if "/statuses/" in exchange.path] == ["pending", "failure"]
    broken.github.forget()
    broken.run(check="status")
    assert broken.github.writes == []


def test_push__to_the_default_branch_keeps_issues_and_check_without_a_comment(broken: Story) -> None:
    broken.run()
    workspace, github = broken.workspace, broken.github
    github.push(workspace.checkout, broken.head, "main")
    event = {"repository": {"default_branch": "main"}, "after": broken.head}
    variables = workspace.variables(github.url, event, {"token": github.token()}, "push")
    run = workspace.run({**variables, "GITHUB_REF": "refs/heads/main"})
    assert (run.code, run.outputs["comment-url"]) == (1, "")
    assert len(broken.comments()) == 1
    assert "refs=heads/main,pull/1 " in github.get("issues?state=open")[0]["body"]


def test_merge_group__is_judged_by_the_base_spec_and_shows_a_check_only(broken: Story) -> None:
    workspace, github = broken.workspace, broken.github
    event = {"merge_group": {"head_sha": broken.head, "base_sha": broken.base}}
    run = workspace.run(workspace.variables(github.url, event, {"token": github.token()}, "merge_group"))
    assert run.code == 1
    assert [end for _, _, end in broken.checks()] == ["failure"]
    assert (broken.comments(), broken.issues()) == ([], [])


def test_head_moved__leaves_comment_and_issues_to_the_newer_run(broken: Story) -> None:
    older = broken.head
    broken.push(files={"NOTES.md": "newer\n"})
    broken.head, newer = older, broken.head
    run = broken.run()
    assert run.code == 1
    assert newer in run.log
    assert (broken.comments(), broken.issues()) == ([], [])
    assert [end for _, _, end in broken.checks()] == ["failure"]


def test_people__keep_what_they_wrote_and_ticked(broken: Story) -> None:
    broken.run()
    (issue, *_) = broken.github.get("issues?state=open")
    edited = "My plan:\r\n" + issue["body"].replace("- [ ]", "- [x]", 1).replace("\n", "\r\n") + "\r\nI am on it"
    broken.github.patch(f"issues/{issue['number']}", {"body": edited})
    broken.github.forget()
    broken.run()
    assert broken.github.writes == []
    broken.push(example="orders_ready")
    broken.run()
    closed = broken.github.get(f"issues/{issue['number']}")
    assert closed["state"] == "closed"
    assert closed["body"].startswith("My plan:\n")
    assert closed["body"].endswith("I am on it")
    assert "- [x]" in closed["body"]
