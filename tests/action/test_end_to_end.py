"""The whole action process against the stand-in for GitHub."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.action.workspace import Run, Workspace, pull_request_event
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator


@dataclass
class Story:
    """One pull request, from push to push."""

    github: StandIn
    workspace: Workspace
    base: str
    head: str
    number: int
    token: str = ""
    inputs: dict[str, str] = field(default_factory=dict)

    def push(self, **change: object) -> None:
        self.head = self.workspace.commit(**change)  # type: ignore[arg-type]
        self.github.push(self.workspace.checkout, self.head, "change")

    def run(self, **inputs: str) -> Run:
        token = self.token or self.github.token()
        event = pull_request_event(self.number, self.head, self.base)
        given = {"token": token, **self.inputs, **{name.replace("_", "-"): value for name, value in inputs.items()}}
        return self.workspace.run(self.workspace.variables(self.github.url, event, given))

    def checks(self) -> list[tuple[str, str, str | None]]:
        found = self.github.get(f"commits/{self.head}/check-runs?filter=all")["check_runs"]
        return [(run["name"], run["status"], run["conclusion"]) for run in found]

    def comments(self) -> list[str]:
        return [comment["body"] for comment in self.github.get(f"issues/{self.number}/comments")]

    def issues(self, state: str = "open") -> list[str]:
        return sorted(issue["title"] for issue in self.github.get(f"issues?state={state}&per_page=100"))


def story(github: StandIn, workspace: Workspace, example: str, base_files: object = None, **change: object) -> Story:
    base = workspace.commit(example=example, files=base_files)  # type: ignore[arg-type]
    github.push(workspace.checkout, base, "main")
    head = workspace.commit(**change)  # type: ignore[arg-type]
    github.push(workspace.checkout, head, "change")
    return Story(github, workspace, base, head, github.open_pull("change"))


@pytest.fixture
def blocked(github: StandIn, workspace: Workspace) -> Story:
    """The bundled example, changed by a pull request that mends nothing."""
    return story(github, workspace, "bbws_dynamodb_schemas", files={"NOTES.md": "nothing\n"})


@pytest.fixture
def broken(github: StandIn, workspace: Workspace) -> Story:
    """A repository that was ready, and a pull request that takes its backup away."""
    return story(github, workspace, "orders_ready", files={"terraform/backup.tf": None})


def test_first_run__one_comment_one_check_and_the_issues(blocked: Story) -> None:
    run = blocked.run()
    assert (run.code, run.outputs.get("status")) == (1, "BLOCKED"), run.log
    assert blocked.checks() == [("bbws-gate / bbws_dynamodb_schemas / sit", "completed", "failure")]
    (comment,) = blocked.comments()
    assert comment.startswith("<!-- bbws-gate:bbws_dynamodb_schemas/sit -->\n")
    assert "BLOCKED" in comment
    assert len(blocked.issues()) >= 5
    assert all("bbws_dynamodb_schemas, sit" in title for title in blocked.issues())
    assert int(run.outputs["critical"]) >= 5
    assert run.outputs["comment-url"].endswith("#issuecomment-1")
    assert run.outputs["check-url"]
    assert (blocked.workspace.checkout / run.outputs["report-dir"] / "assessment.json").is_file()
    assert "BLOCKED" in run.summary
    assert "Traceback" not in run.log


def test_second_run__writes_nothing(blocked: Story) -> None:
    blocked.run()
    blocked.github.forget()
    again = blocked.run()
    assert blocked.github.writes == []
    assert again.code == 1
    assert again.outputs["comment-url"].endswith("#issuecomment-1")
    assert again.outputs["check-url"]


def test_fix__turns_the_check_green_and_closes_the_issues(broken: Story) -> None:
    assert broken.run().code == 1
    assert broken.checks()[0][2] == "failure"
    opened = broken.issues()
    assert opened
    broken.push(example="orders_ready")
    fixed = broken.run()
    assert fixed.code == 0, fixed.log
    assert fixed.outputs["status"] == "READY"
    assert broken.checks() == [("bbws-gate / orders / sit", "completed", "success")]
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
    assert blocked.github.exchanges == []
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED")
