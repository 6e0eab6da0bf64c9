"""``bbws-gate verify`` on a laptop: from files alone, and closed wherever people's word would count."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bbws_gate.cli import main
from tests.action.workspace import Workspace

SPEC = ".github/promotion.yml"


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def ask(workspace: Workspace, sha: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str]]:
    code = main(["verify", str(workspace.checkout), "--env", "sit", "--sha", sha, "--format", "json", *more])
    answer = json.loads(capsys.readouterr().out)
    assert answer["allowed"] is (code == 0)
    assert answer["commit"] == sha
    return code, [reason["code"] for reason in answer["reasons"]]


def test_verify__nothing_is_asked_of_people(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(workspace, workspace.commit(example="orders_ready"), capsys) == (0, [])


def test_verify__what_people_must_say_is_unknown(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.commit(example="orders_ready")
    sha = workspace.commit(files={SPEC: workspace.read(SPEC).replace(', when: "severity >= high"', "")})
    code, reasons = ask(workspace, sha, capsys)
    assert code == 1
    assert {"RECORD_UNREADABLE", "PENDING_APPROVAL"} <= set(reasons)


def test_verify__blocked_and_frozen_are_both_said(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.commit(example="orders_ready")
    today = datetime.now(UTC).date()
    freeze = f"target_date: 2026-01-20\n    freeze: [{{from: {today}, until: {today.replace(year=today.year + 1, day=1)}}}]"
    frozen = workspace.read(SPEC).replace("target_date: 2026-01-20", freeze)
    sha = workspace.commit(files={SPEC: frozen, "terraform/backup.tf": None})
    code, reasons = ask(workspace, sha, capsys)
    assert code == 1
    assert {"NOT_READY", "FROZEN"} <= set(reasons)


def test_verify__a_plan_that_is_none(workspace: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("{}")
    code, reasons = ask(workspace, workspace.commit(example="orders_ready"), capsys, "--plan-json", str(plan))
    assert (code, "PLAN_UNREADABLE" in reasons) == (1, True)


@pytest.mark.parametrize(("sha", "code"), [("main", 2), ("HEAD", 2), ("f" * 7, 2), ("f" * 40, 3)])
def test_verify__only_a_whole_commit_id_that_is_there(workspace: Workspace, sha: str, code: int) -> None:
    workspace.commit(example="orders_ready")
    assert main(["verify", str(workspace.checkout), "--env", "sit", "--sha", sha]) == code


def test_verify__github_that_does_not_answer_allows_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TOKEN", "ghs_any"), ("REPOSITORY", "acme/infra"), ("API_URL", "http://127.0.0.1:9")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    monkeypatch.setattr("bbws_gate.publish.sending.time.sleep", lambda _seconds: None)
    assert main(["verify", str(workspace.checkout), "--env", "sit", "--sha", workspace.commit(example="orders_ready")]) == 4
