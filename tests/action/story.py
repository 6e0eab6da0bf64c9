"""One pull request on the stand-in for GitHub, from push to push."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.action.workspace import Run, Workspace, pull_request_event
from tests.github.stand_in import StandIn, git

Files = Mapping[str, str | None]


@dataclass
class Story:
    """One pull request."""

    github: StandIn
    workspace: Workspace
    base: str
    head: str
    number: int
    token: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    below: str = ""
    """The path of the API on its host."""
    today: str = ""
    """ISO date on which the action runs, within this process; empty to start it as a runner does, now."""

    def push(self, *, example: str = "", files: Files | None = None) -> None:
        """A further commit on the pull request's branch."""
        self.head = self.workspace.commit(example=example, files=files)
        self.github.push(self.workspace.checkout, self.head, "change")

    def run(self, **inputs: str) -> Run:
        """The action, for the present head; inputs with underscores for hyphens."""
        user = self.github.account("octocat")
        return self.on("pull_request", pull_request_event(self.number, self.head, self.base, user=user), **inputs)

    def on(self, name: str, event: Mapping[str, Any], *, sha: str = "", ref: str = "refs/heads/main", **inputs: str) -> Run:
        """The action on any event; ``sha`` is the run's own commit, by default what is checked out."""
        given = {"token": self.token or self.github.token(), **self.inputs}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        variables = {**self.workspace.variables(f"{self.github.url}{self.below}", event, given, name), "GITHUB_REF": ref}
        return self._start({**variables, "GITHUB_SHA": sha} if sha else variables)

    def rest(self) -> str:
        """Check the base commit out, as a run on the default branch does."""
        git(self.workspace.checkout, "checkout", "--quiet", "--detach", self.base)
        return self.base

    def verify(self, commit: str, **inputs: str) -> Run:
        """The deploy workflow's question about a commit."""
        given = {"token": self.token or self.github.token(), "sha": commit, **inputs}
        event = {"repository": {"default_branch": "main"}}
        return self._start(self.workspace.variables(self.github.url, event, given, "workflow_dispatch"), "verify")

    def _start(self, variables: Mapping[str, str], *arguments: str) -> Run:
        if self.today:
            return self.workspace.run_on(self.today, variables, *arguments)
        return self.workspace.run(variables, *arguments)

    def issue(self, title: str) -> dict[str, Any]:
        """The issue, open or closed, whose title begins so."""
        (found,) = [each for each in self.github.get("issues?state=all&per_page=100") if each["title"].startswith(title)]
        return dict(found)

    def checks(self) -> list[tuple[str, str, str | None]]:
        """Name, status and conclusion of every check run on the head."""
        found = self.github.get(f"commits/{self.head}/check-runs?filter=all")["check_runs"]
        return [(run["name"], run["status"], run["conclusion"]) for run in found]

    def comments(self, login: str = "") -> list[str]:
        """The comments' texts; of one author, if one is named."""
        found = self.github.get(f"issues/{self.number}/comments?per_page=100")
        return [comment["body"] for comment in found if login in ("", comment["user"]["login"])]

    def issues(self, state: str = "open") -> list[str]:
        """The issues' titles."""
        return sorted(issue["title"] for issue in self.github.get(f"issues?state={state}&per_page=100"))


def story(github: StandIn, workspace: Workspace, *, example: str = "", base: Files | None = None, head: Files) -> Story:
    """A pull request that changes ``head`` on top of a main branch with an example's files and those of ``base``."""
    start = workspace.commit(example=example, files=base)
    github.push(workspace.checkout, start, "main")
    tip = workspace.commit(files=head)
    github.push(workspace.checkout, tip, "change")
    return Story(github, workspace, start, tip, github.open_pull("change"))
