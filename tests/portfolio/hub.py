"""Repositories on the stand-in for GitHub, each with a folder's files at its tip."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.github.stand_in import StandIn


class Hub:
    """The organisation acme."""

    def __init__(self, github: StandIn) -> None:
        self.github = github

    def create(self, name: str, folder: Path | None = None, files: Mapping[str, str] | None = None) -> str:
        """A repository with a folder's files, and ``files`` beside or instead of them; without any of both an empty one.

        Answers with the id of its commit.
        """
        self._ask("POST", "/orgs/acme/repos", {"name": name, "auto_init": folder is not None or files is not None})
        return "" if folder is None and files is None else self.commit(name, folder, files)

    def commit(self, name: str, folder: Path | None = None, files: Mapping[str, str] | None = None, branch: str = "main") -> str:
        """The same as a commit at the tip of a branch."""
        root = f"/repos/acme/{name}"
        texts = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()} if folder else {}
        entries = [{"path": path, "mode": "100644", "type": "blob", "content": text} for path, text in {**texts, **(files or {})}.items()]
        tree = self._ask("POST", f"{root}/git/trees", {"tree": entries})["sha"]
        parent = self._ask("GET", f"{root}/git/ref/heads/main")["object"]["sha"]
        made: str = self._ask("POST", f"{root}/git/commits", {"message": "change", "tree": tree, "parents": [parent]})["sha"]
        if branch == "main":
            self._ask("PATCH", f"{root}/git/refs/heads/main", {"sha": made, "force": True})
        else:
            self._ask("POST", f"{root}/git/refs", {"ref": f"refs/heads/{branch}", "sha": made})
        return made

    @property
    def asked(self) -> dict[str, list[str]]:
        """The paths that were asked for below each repository, and ``""`` for the others."""
        found: dict[str, list[str]] = {}
        for exchange in self.github.exchanges:
            parts = exchange.path.split("/")
            repository = parts[3] if parts[1] == "repos" else ""
            found.setdefault(repository, []).append("/".join(parts[4:] if repository else parts[1:]))
        return found

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        return self.github._api(method, path, body)
