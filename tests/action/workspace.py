"""A checkout and a runner for it: the action's own process, started as GitHub starts it."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bbws_gate.action import run as action
from bbws_gate.action import verify as question
from tests.github.stand_in import REPOSITORY, git
from tests.publish.fake import FakeClock
from tests.publish.test_job_files import read_outputs

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Run:
    """How a run of the action ended."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def errors(self) -> list[str]:
        """Lines that GitHub shows as errors."""
        return [line.partition("::error")[2].partition("::")[2] for line in self.log.splitlines() if line.startswith("::error")]


class Workspace:
    """A git checkout below a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkout = folder / "workspace"
        self.checkout.mkdir(parents=True)
        git(self.checkout, "init", "--quiet", "--initial-branch=main")
        self._runs = 0

    def commit(self, *, example: str = "", files: Mapping[str, str | None] | None = None) -> str:
        """Commit an example's files, or changes to what is there (None deletes); answers with the id."""
        if example:
            shutil.copytree(EXAMPLES / example, self.checkout, dirs_exist_ok=True)
        for name, text in (files or {}).items():
            path = self.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
        git(self.checkout, "add", "--all", "--force")
        people = ["-c", "user.name=octocat", "-c", "user.email=octocat@example.test", "-c", "commit.gpgsign=false"]
        environment = {**os.environ, "GIT_AUTHOR_DATE": "1767225600 +0000", "GIT_COMMITTER_DATE": "1767225600 +0000"}
        command = ["git", "-C", str(self.checkout), *people, "commit", "--quiet", "--allow-empty", "-m", "change"]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        return git(self.checkout, "rev-parse", "HEAD").strip()

    def read(self, name: str) -> str:
        """A file's text."""
        return (self.checkout / name).read_text()

    def variables(self, api_url: str, event: Mapping[str, Any], inputs: Mapping[str, str], name: str = "pull_request") -> dict[str, str]:
        """The environment that the runner gives."""
        self._runs += 1
        files = self.folder / f"run-{self._runs}"
        files.mkdir()
        (files / "event.json").write_text(json.dumps(event))
        (files / "output").touch()
        (files / "summary").touch()
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(files),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTOR": "octocat",
            "GITHUB_API_URL": api_url,
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(files / "event.json"),
            "GITHUB_OUTPUT": str(files / "output"),
            "GITHUB_REF": "refs/pull/1/merge",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_RUN_ID": "1",
            "GITHUB_SERVER_URL": api_url,
            "GITHUB_SHA": git(self.checkout, "rev-parse", "HEAD").strip(),
            "GITHUB_STEP_SUMMARY": str(files / "summary"),
            "GITHUB_WORKSPACE": str(self.checkout),
            "BBWS_GATE_WRITE_PAUSE": "0",
            **{f"INPUT_{key.upper()}": value for key, value in {"environment": "sit", **inputs}.items()},
        }

    def squash(self, commit: str, onto: str) -> str:
        """A commit with another one's files on top of a third."""
        people = ["-c", "user.name=octocat", "-c", "user.email=octocat@example.test"]
        return git(self.checkout, *people, "commit-tree", f"{commit}^{{tree}}", "-p", onto, "-m", "squashed").strip()

    def run(self, variables: Mapping[str, str], *arguments: str) -> Run:
        """Start the action and wait for its end."""
        ended = subprocess.run(
            [sys.executable, str(ROOT / "entrypoint.py"), *arguments],
            env=dict(variables),
            cwd=self.checkout,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        return self._ended(ended.returncode, ended.stdout, variables)

    def run_on(self, day: str, variables: Mapping[str, str], *arguments: str) -> Run:
        """The same at nine in the morning of a day (ISO, UTC), within this process, without waiting."""
        start = datetime.fromisoformat(f"{day}T09:00:00+00:00").timestamp()
        log = io.StringIO()
        main = question.main if arguments == ("verify",) else action.main
        code = main(variables, log, clock=FakeClock(start))
        return self._ended(code, log.getvalue(), variables)

    @staticmethod
    def _ended(code: int, log: str, variables: Mapping[str, str]) -> Run:
        outputs = read_outputs(Path(variables["GITHUB_OUTPUT"]))
        return Run(code, log, outputs, Path(variables["GITHUB_STEP_SUMMARY"]).read_text())


def pull_request_event(
    number: int, head: str, base: str, *, source: str | None = REPOSITORY, user: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The event of a pull request, in GitHub's form; ``source`` is the head's repository, None when its fork was deleted."""
    return {
        "action": "synchronize",
        "number": number,
        "pull_request": {
            "number": number,
            "head": {"ref": "change", "sha": head, "repo": {"full_name": source} if source else None},
            "base": {"ref": "main", "sha": base, "repo": {"full_name": REPOSITORY}},
            "user": dict(user) if user is not None else None,
        },
        "repository": {"full_name": REPOSITORY, "default_branch": "main"},
    }
