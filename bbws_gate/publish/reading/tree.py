"""Files of a commit that is not in the checkout, read through GitHub's API as git objects, one by one and only when asked for."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bbws_gate.errors import GateError, PublishError, SourceError
from bbws_gate.isolation import ask, in_worker
from bbws_gate.publish.failures import Refused as GitHubRefused
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.answers import BLOB, GIT_COMMIT, TREE, TreeEntry
from bbws_gate.repository import Entry, GitTree, Kind, Refused, Repository
from bbws_gate.repository.base import normalise
from bbws_gate.repository.git import full_sha
from bbws_gate.repository.gittree import ObjectReader
from bbws_gate.repository.indexed import IndexedRepository

T = TypeVar("T")

MAX_COMMITS = 20
"""Commits that one run opens beside those of its event."""
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
_KINDS = {"100644": Kind.FILE, "100755": Kind.FILE, "100664": Kind.FILE, "120000": Kind.SYMLINK, "160000": Kind.SUBMODULE}


class Fetched:
    """GitHub's git objects, one at a time. The worker has no network: it asks its supervisor, which asks for git objects only."""

    def __init__(self, lists: Lists, repository: str) -> None:
        self._lists = lists
        self._repository = repository

    def one(self, path: str, shape: TypeAdapter[T], query: Mapping[str, str | int] | None = None) -> T:
        """What stands at ``path``.

        Raises:
            Refused: GitHub said no.
            PublishError: it could not be had.
        """
        if not in_worker():
            return self._lists.one(path, shape, query)
        told = json.loads(ask(json.dumps([path, query or {}])))
        if "refused" in told:
            raise GitHubRefused(str(told["refused"]))
        return shape.validate_python(told["found"])

    def answer(self, question: str) -> bytes:
        """What the worker asks for.

        Raises:
            PublishError: it could not be had.
        """
        path, query = json.loads(question)
        if not re.fullmatch(rf"/repos/{re.escape(self._repository)}/git/(?:commits|trees|blobs)/[0-9a-f]{{40,64}}", path):
            return json.dumps({"refused": "not the address of a git object"}).encode()
        try:
            return json.dumps({"found": self._lists.one(path, _ANYTHING, query)}).encode()
        except GitHubRefused as refused:
            return json.dumps({"refused": refused.message}).encode()


class ApiTree(IndexedRepository):
    """The tree of one commit on GitHub.

    Every content is held against the id under which git knows it, so neither a proxy nor a mirror can put another in its place. What the
    checkout holds already is taken from there.

    Raises:
        SourceError: there is no such commit, or GitHub does not list all of its files (more than 100,000, or 7 MB of names).
        PublishError: GitHub does not answer.
    """

    def __init__(self, lists: Lists, repository: str, commit: str, objects: ObjectReader | None = None) -> None:
        self._lists = Fetched(lists, repository)
        self._root = f"/repos/{repository}/git"
        self._objects = objects
        self.commit = full_sha(commit)
        try:
            found = lists.one(f"{self._root}/commits/{commit}", GIT_COMMIT)
            tree = lists.one(f"{self._root}/trees/{found.tree.sha}", TREE, {"recursive": 1})
        except GitHubRefused as refused:
            mend = "check out with `fetch-depth: 0`"
            raise SourceError(f"commit {commit} is neither in the checkout nor on GitHub: {refused.message}", mend=mend) from refused
        if found.sha != commit:
            raise SourceError(f"GitHub answers with another commit than {commit}")
        if tree.truncated:
            raise SourceError(f"commit {commit} has more files than GitHub lists", mend="check out with `fetch-depth: 0`")
        self._blobs: dict[str, str] = {}
        try:
            super().__init__(self._read_entries(tree.tree))
        except ValueError as error:
            raise SourceError(f"commit {commit}: {error}") from error

    def _read_entries(self, rows: Iterable[TreeEntry]) -> Iterator[Entry]:
        for row in rows:
            if row.type == "tree":
                continue
            kind = _KINDS.get(row.mode, Kind.OTHER) if _sound(row.path) else Kind.OTHER
            self._blobs[row.path] = row.sha
            yield Entry(row.path, kind, row.size if kind is Kind.FILE else 0)

    def _content(self, path: str) -> bytes:
        sha = self._blobs[path]
        here = self._objects.read(sha) if self._objects is not None else None
        if here is not None and here[0] == "blob":
            return here[1]
        try:
            blob = self._lists.one(f"{self._root}/blobs/{sha}", BLOB)
            content = base64.b64decode(blob.content) if blob.encoding == "base64" else blob.content.encode()
        except (GitHubRefused, binascii.Error, ValueError) as error:
            raise Refused("FIL003", path, "its content cannot be read from GitHub") from error
        if _blob_id(content, len(sha)) != sha:
            raise Refused("FIL003", path, "GitHub gave another content than the commit has")
        return content

    def tracked(self) -> frozenset[str] | None:
        """Every path of the commit."""
        return frozenset(self._paths)


class Commits:
    """Opens commits: from the checkout where they are there, else through GitHub; each once."""

    def __init__(self, checkout: Path, lists: Lists | None, repository: str) -> None:
        self._checkout = checkout
        self._lists = lists
        self._repository = repository
        self._objects: ObjectReader | None = None
        self._opened: dict[str, Repository | None] = {}
        self.problems: dict[str, str] = {}
        """Why a commit could not be opened."""

    def answer(self, question: str) -> bytes:
        """What a worker that reads these commits asks its supervisor for: GitHub's git objects.

        Raises:
            PublishError: GitHub does not answer, or there is no connection to it.
        """
        if self._lists is None:
            raise PublishError("a commit is not in the checkout, and there is no token to read it from GitHub")
        return Fetched(self._lists, self._repository).answer(question)

    def __call__(self, commit: str) -> Repository | None:
        """The files of a commit by its full id; None when they cannot be had, with the reason in :attr:`problems`."""
        if commit not in self._opened:
            if len(self._opened) >= MAX_COMMITS:
                self.problems[commit] = f"more than {MAX_COMMITS} commits would have to be read"
                return None
            try:
                self._opened[commit] = self.open(commit)
            except GateError as error:
                self.problems[commit] = str(error)
                self._opened[commit] = None
        return self._opened[commit]

    def open(self, commit: str) -> Repository:
        """The same, or the reason.

        Raises:
            UsageError: no full commit id.
            SourceError: the commit cannot be read.
            PublishError: GitHub does not answer.
        """
        try:
            return GitTree(self._checkout, full_sha(commit))
        except SourceError:
            if self._lists is None:
                raise
        if self._objects is None:
            self._objects = ObjectReader(self._checkout)
        return ApiTree(self._lists, self._repository, commit, self._objects)


def _sound(path: str) -> bool:
    try:
        return normalise(path) == path
    except Refused:
        return False


def _blob_id(content: bytes, length: int) -> str:
    """As git computes it; 40 digits are SHA-1, 64 are SHA-256."""
    data = b"blob %d\0" % len(content) + content
    return hashlib.sha1(data, usedforsecurity=False).hexdigest() if length == 40 else hashlib.sha256(data).hexdigest()
