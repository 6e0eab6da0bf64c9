"""Pull requests: one by its number, those of a commit, those of a fork's branch, all open ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter

from bbws_gate.publish.answers import REPOSITORY
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.answers import COMMITS, COMPARISON, PULL_REQUEST, PULL_REQUESTS, PullRequest

MAX_FILES = 300
"""GitHub names no more files of a comparison: https://docs.github.com/rest/commits/commits#compare-two-commits"""
CONTAINED = frozenset({"identical", "behind"})


class _Target(BaseModel):
    sha: str


class _Ref(BaseModel):
    object: _Target


_REF = TypeAdapter(_Ref)


class Merged(NamedTuple):
    """A pull request that brought a commit, and the commit by which it came."""

    pull: PullRequest
    commit: str


class Pulls:
    """Pull requests and branches of one repository."""

    def __init__(self, lists: Lists, repository: str) -> None:
        self._lists = lists
        self._root = f"/repos/{repository}"
        self._default = ""

    def one(self, number: int) -> PullRequest:
        """A pull request with everything that only the single answer holds."""
        return self._lists.one(f"{self._root}/pulls/{number}", PULL_REQUEST)

    def tip(self, branch: str) -> str:
        """The commit that a branch points at now; what a pull request names as its base may be older."""
        return self._lists.one(f"{self._root}/git/ref/heads/{quote(branch)}", _REF).object.sha

    def default_branch(self) -> str:
        """The name of the default branch."""
        if not self._default:
            self._default = self._lists.one(self._root, REPOSITORY).default_branch
        return self._default

    def of_commit(self, commit: str) -> tuple[PullRequest, ...]:
        """Pull requests that hold or brought a commit."""
        pages = self._lists.pages(f"{self._root}/commits/{commit}/pulls", PULL_REQUESTS)
        return tuple(pull for page in pages for pull in page)

    def merged_by(self, commit: str) -> PullRequest | None:
        """The pull request whose merge brought a commit into its branch: by merge commit, squash or rebase; None for a direct push.

        A pull request that merely contains the commit, and was merged to another branch, is not it.
        """
        merged = [pull for pull in self.of_commit(commit) if pull.merged_at]
        merged.sort(key=lambda pull: (pull.merge_commit_sha == commit, pull.merged_at or "", pull.number), reverse=True)
        return merged[0] if merged else None

    def of_branch(self, owner: str, branch: str) -> tuple[PullRequest, ...]:
        """Open pull requests from a branch of somebody's repository."""
        pages = self._lists.pages(f"{self._root}/pulls", PULL_REQUESTS, {"state": "open", "head": f"{owner}:{branch}"})
        return tuple(pull for page in pages for pull in page if pull.head.ref == branch)

    def open(self, base: str) -> tuple[PullRequest, ...]:
        """Open pull requests into a branch, newest first."""
        pages = self._lists.pages(f"{self._root}/pulls", PULL_REQUESTS, {"state": "open", "base": base})
        return tuple(pull for page in pages for pull in page if pull.base.ref == base)

    def last_change(self, commit: str, path: str) -> str | None:
        """The last commit up to ``commit`` that changed something below ``path``."""
        found = self._lists.one(f"{self._root}/commits", COMMITS, {"sha": commit, "path": path, "per_page": 1})
        return found[0].sha if found else None

    def bringing(self, commit: str, path: str) -> Iterator[PullRequest]:
        """The pull request that brought the commit; then the one that last changed ``path``, for a commit that did not touch it."""
        brought = self.merged_by(commit)
        if brought is not None:
            yield self.one(brought.number)
        last = self.last_change(commit, path)
        changed = self.merged_by(last) if last is not None and last != commit else None
        if changed is not None and (brought is None or changed.number != brought.number):
            yield self.one(changed.number)

    def changed(self, base: str, head: str) -> tuple[str, ...] | None:
        """Paths that differ between where two commits parted and the second; None when GitHub does not name all of them."""
        try:
            files = self._lists.one(f"{self._root}/compare/{base}...{head}", COMPARISON).files
        except Refused:
            return None
        if files is None or len(files) >= MAX_FILES:
            return None
        return tuple(name for each in files for name in (each.filename, each.previous_filename) if name)

    def is_on(self, branch: str, commit: str) -> bool:
        """Whether a branch contains a commit. One that only a fork has can be asked for by its id, but is on no branch here."""
        try:
            path = f"{self._root}/compare/{quote(branch, safe='')}...{commit}"
            return self._lists.one(path, COMPARISON, {"per_page": 1}).status in CONTAINED
        except Refused as refused:
            if refused.status == 404:
                return False
            raise
