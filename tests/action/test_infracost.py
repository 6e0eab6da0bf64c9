"""The input `infracost`: a report that an earlier step left in the workspace."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bbws_gate.action import workspace_files
from bbws_gate.action.workspace_files import read_plain_file
from bbws_gate.errors import UsageError
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.cost.test_infracost import new, old
from tests.github.stand_in import StandIn

NAME = "costs/infracost.json"


@pytest.fixture
def priced(github: StandIn, workspace: Workspace, today: str) -> Story:
    """A change of the example that is ready."""
    workspace.commit(example="orders_ready")
    found = story(github, workspace, base={}, head={"README.md": "# Orders\n"})
    found.today = today
    return found


def leave(told: Story, text: str) -> None:
    """What an earlier step does."""
    path = told.workspace.checkout / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.emulator
@pytest.mark.parametrize(("data", "form", "total"), [(old(), "v0.10", "63"), (new(), "v2", "60")])
def test_report__stands_beside_the_estimate(priced: Story, data: dict[str, Any], form: str, total: str) -> None:
    for project in data["projects"]:
        (project.get("metadata") or project)["path"] = "terraform"
    leave(priced, json.dumps(data))
    assert priced.run(infracost=NAME).code == 0
    found = json.loads((priced.workspace.checkout / "bbws-gate-reports/assessment.json").read_text())
    assert (found["cost"]["imported"]["form"], found["cost"]["imported"]["total"]) == (form, total)
    assert f"Infracost ({form}, project " in (priced.workspace.checkout / "bbws-gate-reports/sit_orders_readiness_report.md").read_text()


@pytest.mark.emulator
@pytest.mark.parametrize(("text", "message"), [(None, "No such file or directory"), ("[]", "infracost.json"), ("{", "infracost.json")])
def test_report__that_cannot_be_read_is_no_verdict(priced: Story, text: str | None, message: str) -> None:
    if text is not None:
        leave(priced, text)
    run = priced.run(infracost=NAME)
    assert run.code == 2
    (error,) = run.errors
    assert NAME in error
    assert message in error
    assert priced.checks()[-1][1:] == ("completed", "failure")


@pytest.mark.parametrize("name", ["link", "linked/report.json", "folder", "missing", "pipe", "report.json/deeper", "."])
def test_read_plain_file__refuses_what_is_none(tmp_path: Path, name: str) -> None:
    workspace, elsewhere = tmp_path / "workspace", tmp_path / "elsewhere"
    for folder in (workspace, elsewhere, workspace / "folder"):
        folder.mkdir()
    for folder in (workspace, elsewhere):
        (folder / "report.json").write_text("{}")
    (workspace / "link").symlink_to(elsewhere / "report.json")
    (workspace / "linked").symlink_to(elsewhere)
    os.mkfifo(workspace / "pipe")
    with pytest.raises(UsageError, match="write a report there in an earlier step") as raised:
        read_plain_file(workspace, name, made_by="a report")
    assert str(raised.value).startswith(f"{name}: ")
    assert ("not followed" in str(raised.value)) == name.startswith("link")


def test_read_plain_file__is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.json").write_text("{}")
    assert read_plain_file(tmp_path, "./report.json", made_by="a report") == b"{}"
    monkeypatch.setattr(workspace_files, "MAX_BYTES", 1)
    with pytest.raises(UsageError, match="larger than 50 MB"):
        read_plain_file(tmp_path, "report.json", made_by="a report")
