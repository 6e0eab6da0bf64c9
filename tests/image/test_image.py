"""The image, built from the Dockerfile as it stands and run as the runner runs it, gives the command line's verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.action.workspace import Workspace, pull_request_event
from tests.github.stand_in import StandIn, running
from tests.image import buildah
from tests.publish.test_job_files import read_outputs

pytestmark = [pytest.mark.image, pytest.mark.emulator]


@pytest.fixture(scope="module")
def image() -> str:
    buildah.require()
    return buildah.build()


@pytest.fixture(scope="module")
def github() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


def assessed_by_command_line(workspace: Workspace, base: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bbws_gate", "check", str(workspace.checkout), "--env", "sit", "--base", base, "--format", "json"]
    ended = subprocess.run(command, cwd=buildah.ROOT, capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_image__gives_the_command_lines_verdict(image: str, github: StandIn, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    base = workspace.commit(example="bbws_dynamodb_schemas")
    # What the workspace holds must not stand in for what the image brought.
    files = {"bbws_gate/__init__.py": "raise SystemExit(0)\n", "sitecustomize.py": "raise SystemExit(0)\n"}
    head = workspace.commit(files={**files, "terraform/dynamodb/notes.tf": "# nothing\n"})
    github.push(workspace.checkout, base, "main")
    github.push(workspace.checkout, head, "change")
    number = github.open_pull("change")
    expected = assessed_by_command_line(workspace, base)

    variables = workspace.variables(github.url, pull_request_event(number, head, base), {"token": github.token()})
    written = Path(variables["GITHUB_OUTPUT"]).parent
    inside = {
        **{name: value for name, value in variables.items() if name.startswith(("GITHUB_", "INPUT_", "BBWS_"))},
        "CI": "true",
        "HOME": "/github/home",
        "PYTHONPATH": "/github/workspace",
        "GITHUB_EVENT_PATH": "/github/workflow/event.json",
        "GITHUB_OUTPUT": "/github/file_commands/output",
        "GITHUB_STEP_SUMMARY": "/github/file_commands/summary",
        "GITHUB_WORKSPACE": "/github/workspace",
    }
    mounts = {workspace.checkout: "/github/workspace", written: "/github/file_commands"}
    (tmp_path / "workflow").mkdir()
    Path(variables["GITHUB_EVENT_PATH"]).rename(tmp_path / "workflow/event.json")
    mounts[tmp_path / "workflow"] = "/github/workflow"
    code, log = buildah.run(image, buildah.entrypoint(image), inside, mounts, "/github/workspace")

    outputs = read_outputs(written / "output")
    assert (code, outputs.get("status")) == (1, "BLOCKED"), log
    assessment = json.loads((workspace.checkout / outputs["report-dir"] / "assessment.json").read_text())
    for found in (assessment, expected):
        del found["assessed_at"]
    assert assessment == expected
    assert "BLOCKED" in (written / "summary").read_text()
    assert len(github.get(f"issues/{number}/comments")) == 1
    assert [run["conclusion"] for run in github.get(f"commits/{head}/check-runs")["check_runs"]] == ["failure"]
    assert github.problems == []
