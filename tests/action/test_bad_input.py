"""Whatever is wrong: one clear line, the right exit code, the check run completed as failure, nothing half-written, no traceback."""

from __future__ import annotations

import io
import signal

import pytest

from bbws_gate.action.run import main
from tests.action.story import Story, story
from tests.action.workspace import Run, Workspace, pull_request_event
from tests.github.stand_in import StandIn
from tests.publish.fake import FakeClock

pytestmark = pytest.mark.emulator

SPEC = ".github/promotion.yml"


def assert_failed(told: Story, run: Run, code: int, *words: str) -> None:
    assert run.code == code, run.log
    assert "Traceback" not in run.log
    assert run.outputs["status"] == "ERROR"
    (error,) = run.errors
    for word in words:
        assert word in error
    name, *end = told.checks()[0]
    assert end == ["completed", "failure"]
    assert name.startswith("bbws-gate / ")
    assert len(told.checks()) == 1
    assert told.comments() == []
    assert told.issues("all") == []
    assert "could not be completed" in run.summary


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda text: None, [SPEC, "no promotion spec"]),
        (lambda text: "", [SPEC]),
        (lambda text: text.replace("project:", "projekt:", 1), [SPEC, "projekt"]),
        (lambda text: text + "\n\t: [", [SPEC]),
        (lambda text: text.split("expect:")[0], [SPEC]),
    ],
    ids=["missing", "empty", "unknown key", "not YAML", "expects nothing"],
)
def test_spec__missing_malformed_or_empty(github: StandIn, workspace: Workspace, edit: object, words: list[str]) -> None:
    workspace.commit(example="bbws_dynamodb_schemas")
    told = story(github, workspace, base={SPEC: edit(workspace.read(SPEC))}, head={"NOTES.md": "x\n"})  # type: ignore[operator]
    assert_failed(told, told.run(), 2, *words)


def test_spec__invalid_keeps_the_name_that_branch_rules_require(github: StandIn, workspace: Workspace) -> None:
    workspace.commit(example="bbws_dynamodb_schemas")
    told = story(github, workspace, base={SPEC: workspace.read(SPEC) + "\nnonsense: 1\n"}, head={"NOTES.md": "x\n"})
    assert_failed(told, told.run(), 2, "nonsense")
    assert told.checks()[0][0] == "bbws-gate / bbws_dynamodb_schemas / sit"


@pytest.mark.parametrize("name", ["SIT", "production", "sit2"])
def test_environment__unknown_blocks(blocked: Story, name: str) -> None:
    assert_failed(blocked, blocked.run(environment=name), 2, name)


def test_commit__not_in_the_checkout(blocked: Story) -> None:
    blocked.head = "f" * 40
    run = blocked.run()
    assert (run.code, run.outputs["status"]) == (3, "ERROR")
    assert "fetch-depth: 0" in run.errors[0]
    assert blocked.github.writes == []


def test_event__without_a_pull_request(blocked: Story) -> None:
    workspace = blocked.workspace
    run = workspace.run(workspace.variables(blocked.github.url, {"action": "opened"}, {"token": blocked.github.token()}))
    assert (run.code, run.outputs["status"]) == (2, "ERROR")
    assert run.errors == ["event.json: the event has no pull request (run the workflow on pull_request)"]
    assert blocked.github.writes == []


@pytest.mark.parametrize(
    ("lacking", "permission"), [("checks", "checks: write"), ("issues", "issues: write"), ("pull_requests", "pull-requests: write")]
)
def test_permission__that_is_missing_is_named(blocked: Story, lacking: str, permission: str) -> None:
    permissions = {"checks": "write", "contents": "read", "issues": "write", "metadata": "read", "pull_requests": "write"}
    permissions[lacking] = "read"
    if lacking == "pull_requests":  # either permission allows comments
        permissions["issues"] = "read"
    blocked.token = blocked.github.token(**permissions)
    run = blocked.run()
    assert run.code == 4, run.log
    assert any(f"`{permission}`" in error for error in run.errors)
    assert run.outputs["status"] == "BLOCKED"
    assert "Traceback" not in run.log
    assert {end for _, _, end in blocked.checks()} <= {"failure"}
    assert {state for _, state, _ in blocked.checks()} <= {"completed"}


def test_token__that_is_not_accepted(blocked: Story) -> None:
    blocked.token = "ghs_expired"
    run = blocked.run()
    assert run.code == 4
    (error,) = run.errors
    assert "Bad credentials" in error
    assert "`token`" in error


def test_server__that_cannot_be_reached(workspace: Workspace) -> None:
    base = workspace.commit(example="bbws_dynamodb_schemas")
    clock, log = FakeClock(), io.StringIO()
    event = pull_request_event(1, base, base)
    variables = workspace.variables("http://127.0.0.1:9", event, {"token": "ghs_any"})
    assert main(variables, log, clock=clock) == 4
    assert "could not be reached" in log.getvalue()
    assert "BLOCKED" in log.getvalue()
    assert sum(clock.slept) < 300


def test_cancelled__says_so_and_is_no_verdict(workspace: Workspace) -> None:
    class CancelledWhileWaiting(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 1:
                signal.raise_signal(signal.SIGTERM)

    base = workspace.commit(example="bbws_dynamodb_schemas")
    log = io.StringIO()
    variables = workspace.variables("http://127.0.0.1:9", pull_request_event(1, base, base), {"token": "ghs_any"})
    assert main(variables, log, clock=CancelledWhileWaiting()) == 70
    assert "the job was cancelled" in log.getvalue()
    assert "BLOCKED" not in log.getvalue()


def test_fork__nothing_is_written_and_the_verdict_stands(blocked: Story) -> None:
    workspace = blocked.workspace
    event = pull_request_event(blocked.number, blocked.head, blocked.base, source="mallory/infra")
    run = workspace.run(workspace.variables(blocked.github.url, event, {"token": blocked.github.token(contents="read", metadata="read")}))
    assert blocked.github.writes == []
    assert (run.code, run.outputs["status"]) == (1, "BLOCKED")
    assert "BLOCKED" in run.summary
    assert run.errors == []


def test_pull_request_target__with_the_pull_request_checked_out_is_refused(blocked: Story) -> None:
    workspace = blocked.workspace
    event = pull_request_event(blocked.number, blocked.head, blocked.base, source="mallory/infra")
    variables = workspace.variables(blocked.github.url, event, {"token": blocked.github.token()}, "pull_request_target")
    run = workspace.run({**variables, "GITHUB_SHA": blocked.base})
    assert run.code == 2
    assert "checked out" in run.errors[0]
    assert blocked.github.writes == []


def test_spec__that_the_pull_request_softens_does_not_judge_it(blocked: Story) -> None:
    soft = blocked.workspace.read(SPEC).replace("allow_others: false", "allow_others: true")
    blocked.push(files={SPEC: soft + "\n"})
    before = blocked.run()
    assert (before.code, before.outputs["status"]) == (1, "BLOCKED")
    (comment,) = blocked.comments()
    assert "edits the promotion spec" in comment


def test_workspace__cannot_stand_in_for_our_package(broken: Story) -> None:
    hostile = "import os\nos._exit(0)\n"
    broken.push(files={"bbws_gate/__init__.py": hostile, "github.py": hostile, "sitecustomize.py": hostile, "re.py": hostile})
    assert broken.run().code == 1


def test_report_dir__is_not_followed_out_of_the_workspace(blocked: Story) -> None:
    (blocked.workspace.checkout / "bbws-gate-reports").symlink_to(blocked.workspace.folder)
    before = sorted(path.name for path in blocked.workspace.folder.iterdir())
    run = blocked.run()
    assert run.code == 2
    assert not set(before) - {path.name for path in blocked.workspace.folder.iterdir()}
    assert not list(blocked.workspace.folder.glob("*.md"))
    assert blocked.checks()[0][1:] == ("completed", "failure")
