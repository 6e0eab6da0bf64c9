"""Nothing in the workspace stands in for our package or Python's own: the action's entrypoint, started as the image starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.action.workspace import ROOT, Workspace

NAMES = (
    "json.py",
    "yaml.py",
    "re.py",
    "github.py",
    "requests.py",
    "jinja2/__init__.py",
    "pydantic/__init__.py",
    "ruamel/yaml/__init__.py",
    "bbws_gate/__init__.py",
    "bbws_gate/action/__init__.py",
    "sitecustomize.py",
    "usercustomize.py",
)


@pytest.fixture
def workspace(tmp_path: Path) -> tuple[Workspace, Path]:
    """A project that is ready, with modules that leave a mark when somebody imports them."""
    mark = tmp_path / "imported"
    trap = f"import os\nos.close(os.open({str(mark)!r}, os.O_CREAT | os.O_WRONLY))\nos._exit(99)\n"
    workspace = Workspace(tmp_path / "w")
    workspace.commit(example="orders_ready", files=dict.fromkeys(NAMES, trap))
    return workspace, mark


def variables(workspace: Workspace) -> dict[str, str]:
    """Everything that a hostile step before ours could set, too."""
    there = str(workspace.checkout)
    inputs = {"token": "", "check": "none", "comment": "false", "issues": "false"}
    given = workspace.variables("https://api.example.test", {"repository": {"default_branch": "main"}}, inputs, "push")
    paths = {"PYTHONPATH": there, "PYTHONHOME": there, "PYTHONUSERBASE": there, "PYTHONSTARTUP": f"{there}/sitecustomize.py"}
    return {**given, "GITHUB_REF": "refs/heads/main", "PYTHONINSPECT": "1", **paths}


def started(workspace: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=variables(workspace), cwd=workspace.checkout, capture_output=True, text=True, check=False
    )


@pytest.mark.case("T4", "T21")
def test_action__imports_nothing_from_the_workspace(workspace: tuple[Workspace, Path]) -> None:
    project, mark = workspace
    ended = started(project, "-I", str(ROOT / "entrypoint.py"))
    assert not mark.exists()
    assert (ended.returncode, "READY" in ended.stdout) == (0, True), ended.stdout + ended.stderr


def test_trap__is_one(workspace: tuple[Workspace, Path]) -> None:
    """Without isolation the same workspace takes over before the first line of ours."""
    project, mark = workspace
    environ = {**os.environ, "PYTHONPATH": str(project.checkout)}
    ended = subprocess.run(
        [sys.executable, str(ROOT / "entrypoint.py")], env=environ, cwd=project.checkout, check=False, capture_output=True
    )
    assert ended.returncode == 99
    assert mark.exists()
