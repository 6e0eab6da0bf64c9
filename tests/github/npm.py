"""Brings the third-party parts from the npm registry, once, into ``.build/github``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / ".build/github"
_DESCRIPTION = "node_modules/@octokit/openapi/generated/api.github.com.json"
_FILES = ("package.json", "package-lock.json")


def install() -> Path:
    """The folder with ``node_modules``. Skips the test where there is no Node; in CI that is a failure."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        reason = "Node.js and npm are not installed; the stand-in for GitHub needs them"
        if os.environ.get("CI") == "true" or os.environ.get("BBWS_GATE_NO_SKIP") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    wanted = [(HERE / name).read_bytes() for name in _FILES]
    have = [(FOLDER / name).read_bytes() if (FOLDER / "ready" / name).exists() else b"" for name in _FILES]
    if wanted != have or not (FOLDER / "api.json").exists():
        _install()
    return FOLDER


def description() -> dict[str, Any]:
    """GitHub's own description of its REST API."""
    found: dict[str, Any] = json.loads((install() / "api.json").read_bytes())
    return found


def _install() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "ready").mkdir(parents=True)
    for name in _FILES:
        shutil.copy(HERE / name, FOLDER / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=600)
    # The package carries every server version, 400 MB; one file of it is used.
    shutil.move(FOLDER / _DESCRIPTION, FOLDER / "api.json")
    shutil.rmtree(FOLDER / "node_modules/@octokit")
    for name in _FILES:
        (FOLDER / "ready" / name).touch()
