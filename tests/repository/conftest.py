from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Commit = Callable[[Mapping[str, str]], str]


def git(directory: Path, *arguments: str, text: str | None = None) -> str:
    settings = [
        "-c",
        "user.name=Octo Cat",
        "-c",
        "user.email=octocat@example.com",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ]
    done = subprocess.run(["git", "-C", str(directory), *settings, *arguments], input=text, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """An empty git repository."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture
def commit(checkout: Path) -> Commit:
    """Write files into the checkout and commit everything in it; gives the commit's id."""

    def write(files: Mapping[str, str]) -> str:
        for name, content in files.items():
            path = checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        git(checkout, "add", "--all")
        git(checkout, "commit", "--quiet", "--allow-empty", "--message", "change")
        return git(checkout, "rev-parse", "HEAD")

    return write
