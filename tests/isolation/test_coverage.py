"""What a repository holds is read in a worker, by every command: one that is killed there ends with the reason."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from bbws_gate.cli import main
from tests.action.workspace import Workspace

COMMANDS = {
    "check": (["check", "{here}", "--env", "sit"], "bbws_gate.spec.in_repository.load_spec"),
    "init": (["init", "{here}"], "bbws_gate.draft.draft_spec"),
    "inspect": (["inspect", "{here}/terraform"], "bbws_gate.cli.inspect.read_stack"),
    "compare": (["compare", "{here}", "--from", "dev", "--to", "sit"], "bbws_gate.cli.compare.read_spec"),
    "portfolio": (["portfolio", "{portfolio}"], "bbws_gate.spec.in_repository.load_spec"),
    "verify": (["verify", "{here}", "--env", "sit", "--sha", "{head}"], "bbws_gate.spec.in_repository.load_spec"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.case("T1", "T2")
def test_command__reads_in_a_worker(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    here = os.getpid()

    def end(*_: object, **__: object) -> None:
        assert os.getpid() != here, "read outside the worker"
        signal.raise_signal(signal.SIGKILL)

    words, step = COMMANDS[command]
    workspace = Workspace(tmp_path / "w")
    head = workspace.commit(example="orders_ready")
    listed = tmp_path / "w/portfolio.yml"
    listed.write_text("version: 1\nname: all\nprojects:\n  - {project: orders, path: workspace, environments: [sit]}\n")
    monkeypatch.setattr(step, end)
    assert main([word.format(here=workspace.checkout, portfolio=listed, head=head) for word in words]) == 1
    told = capfd.readouterr()
    assert "was killed (SIGKILL" in " ".join((told.out + told.err).split())
