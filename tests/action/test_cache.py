"""The action keeps parsed files where actions/cache finds them, and believes only what was sealed with the secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.action.workspace import Run, Workspace, pull_request_event
from tests.github.stand_in import git

KEY = "0123456789abcdef" * 2
FOLDER = ".cache/bbws-gate"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.commit(example="orders_ready")
    return made


def run(workspace: Workspace, **inputs: str) -> Run:
    head = git(workspace.checkout, "rev-parse", "HEAD").strip()
    given = {"check": "none", "comment": "false", "issues": "false"} | {name.replace("_", "-"): value for name, value in inputs.items()}
    return workspace.run(workspace.variables("http://127.0.0.1:9", pull_request_event(1, head, head), given))


def verdict(workspace: Workspace, ended: Run) -> object:
    assert ended.errors == []
    found = json.loads((workspace.checkout / ended.outputs["report-dir"] / "assessment.json").read_text())
    del found["assessed_at"]
    return ended.code, found


def packs(workspace: Workspace) -> list[Path]:
    folder = workspace.checkout / FOLDER
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_cache__same_verdict_cold_warm_and_without(workspace: Workspace) -> None:
    plain = verdict(workspace, run(workspace))
    assert packs(workspace) == []
    assert verdict(workspace, run(workspace, cache=FOLDER, cache_key=KEY)) == plain
    (pack,) = packs(workspace)
    made = pack.stat()
    assert made.st_mode & 0o777 == 0o644  # the runner saves what the container wrote
    assert verdict(workspace, run(workspace, cache=FOLDER, cache_key=KEY)) == plain
    assert pack.stat().st_mtime_ns == made.st_mtime_ns


def test_cache__of_somebody_with_another_key_is_replaced(workspace: Workspace) -> None:
    plain = verdict(workspace, run(workspace, cache=FOLDER, cache_key=KEY))
    (pack,) = packs(workspace)
    foreign = pack.read_bytes()
    assert verdict(workspace, run(workspace, cache=FOLDER, cache_key=KEY[::-1])) == plain
    assert pack.read_bytes() != foreign


def test_cache__without_the_key_nothing_is_read_or_kept(workspace: Workspace) -> None:
    """As for a pull request from a fork, which gets no secrets."""
    ended = run(workspace, cache=FOLDER)
    assert ended.code == 0
    assert packs(workspace) == []


def test_cache__a_link_in_the_workspace_is_not_followed(workspace: Workspace) -> None:
    elsewhere = workspace.folder / "elsewhere"
    elsewhere.mkdir()
    (workspace.checkout / ".cache").symlink_to(elsewhere)
    ended = run(workspace, cache=FOLDER, cache_key=KEY)
    assert ended.code == 0
    assert f"::notice::Parsed files are not kept in {FOLDER}: " in ended.log
    assert list(elsewhere.iterdir()) == []


def test_cache__key_is_shown_nowhere(workspace: Workspace) -> None:
    short = run(workspace, cache=FOLDER, cache_key="guess-me-please")
    assert (short.code, packs(workspace)) == (2, [])
    assert "cache-key" in short.log
    sound = run(workspace, cache=FOLDER, cache_key=KEY)
    for ended, key in ((short, "guess-me"), (sound, KEY)):
        assert key not in ended.log + ended.summary + str(ended.outputs)
