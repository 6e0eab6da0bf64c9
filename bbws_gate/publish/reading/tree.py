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
from bbws_gate.publish.reading.answers import BLOB, GIT_COMMIT, TREE, Blob, GitCommit, Tree, TreeEntry
from bbws_gate.repository import Entry, GitTree, Kind, Refused, Repository
from bbws_gate.repository.base import normalise
from bbws_gate.repository.git import full_sha
from bbws_gate.repository.gittree import ObjectReader
from bbws_gate.repository.indexed import IndexedRepository

T = TypeVar("T")

MAX_COMMITS = 20
"""Commits that one run opens beside those of its event."""
MAX_KEPT_CHARACTERS = 64_000_000
"""Of contents, as GitHub sends them, that one run keeps."""
_SHAPES: Mapping[str, TypeAdapter[Any]] = {"commits": GIT_COMMIT, "trees": TREE, "blobs": BLOB}
_MEND = "check it out with `fetch-depth: 0`"
_KINDS = {"100644": Kind.FILE, "100755": Kind.FILE, "100664": Kind.FILE, "120000": Kind.SYMLINK, "160000": Kind.SUBMODULE}


class Contents:
    """Blobs that were read, by their ids, up to a bound: the same in every commit, for every environment and in every repository."""

    def __init__(self) -> None:
        self._kept: dict[str, Blob] = {}
        self._room = MAX_KEPT_CHARACTERS

    def get(self, sha: str) -> Blob | None:
        """The blob; None when it is not here."""
        return self._kept.get(sha)

    def keep(self, sha: str, blob: Blob) -> None:
        """Keep it, while there is room."""
        if len(blob.content) <= self._room:
            self._kept[sha] = blob
            self._room -= len(blob.content)


class Fetched:
    """GitHub's git objects, one at a time. The worker has no network: it asks its supervisor, which asks for git objects only."""

    def __init__(self, lists: Lists, repository: str, contents: Contents | None = None) -> None:
        self._lists = lists
        self._root = f"/repos/{repository}/git"
        self._contents = contents or Contents()

    def commit(self, sha: str) -> GitCommit:
        """A commit object.

        Raises:
            Refused: GitHub said no. The same for the others.
            PublishError: it could not be had.
        """
        return self._object("commits", sha, GIT_COMMIT)

    def tree(self, sha: str) -> Tree:
        """A tree with all that is below it."""
        return self._object("trees", sha, TREE)

    def blob(self, sha: str) -> Blob:
        """A file's content."""
        return self._object("blobs", sha, BLOB)

    def answer(self, question: str) -> bytes:
        """What the worker asks for.

        Raises:
            PublishError: it could not be had.
        """
        kind, sha = json.loads(question)
        if kind not in _SHAPES or not re.fullmatch(r"[0-9a-f]{40,64}", sha):
            return json.dumps({"refused": "no git object has such an id"}).encode()
        try:
            return b'{"found": %s}' % _SHAPES[kind].dump_json(self._object(kind, sha, _SHAPES[kind]))
        except GitHubRefused as refused:
            return json.dumps({"refused": refused.message}).encode()

    def _object(self, kind: str, sha: str, shape: TypeAdapter[T]) -> T:
        if in_worker():
            told = json.loads(ask(json.dumps([kind, sha])))
            if "refused" in told:
                raise GitHubRefused(str(told["refused"]))
            return shape.validate_python(told["found"])
        kept = self._contents.get(sha) if kind == "blobs" else None
        if kept is not None:
            return shape.validate_python(kept)
        found = self._lists.one(f"{self._root}/{kind}/{sha}", shape, {"recursive": 1} if kind == "trees" else None)
        if isinstance(found, Blob):
            self._contents.keep(sha, found)
        return found


class ApiTree(IndexedRepository):
    """The tree of one commit on GitHub.

    Every content is held against the id under which git knows it, so neither a proxy nor a mirror can put another in its place. What the
    checkout holds already is taken from there.

    Args:
        fetched: GitHub's objects of the repository.
        commit: its full id.
        objects: the checkout's, where there is one.
        tree: the id of its tree, where that is known already; else one request more.

    Raises:
        SourceError: there is no such commit, or GitHub does not list all of its files (more than 100,000, or 7 MB of names).
        PublishError: GitHub does not answer.
    """

    def __init__(self, fetched: Fetched, commit: str, objects: ObjectReader | None = None, *, tree: str = "") -> None:
        self._fetched = fetched
        self._objects = objects
        self.commit = full_sha(commit)
        try:
            listed = fetched.tree(tree or self._tree_of(commit))
        except GitHubRefused as refused:
            raise SourceError(f"commit {commit} is neither in the checkout nor on GitHub: {refused.message}", mend=_MEND) from refused
        if listed.truncated:
            raise SourceError(f"commit {commit} has more files than GitHub lists", mend=_MEND)
        self._blobs: dict[str, str] = {}
        try:
            super().__init__(self._read_entries(listed.tree))
        except ValueError as error:
            raise SourceError(f"commit {commit}: {error}") from error

    def _tree_of(self, commit: str) -> str:
        found = self._fetched.commit(commit)
        if found.sha != commit:
            raise SourceError(f"GitHub answers with another commit than {commit}")
        return found.tree.sha

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
            blob = self._fetched.blob(sha)
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
    """Opens commits: from the checkout where they are there, else through GitHub; each once.

    Args:
        checkout: None where there is none.
        lists: None where there is no token.
        repository: its name on GitHub.
        contents: where to look first, and what was read is kept; one of its own when not given.
    """

    def __init__(self, checkout: Path | None, lists: Lists | None, repository: str, contents: Contents | None = None) -> None:
        self._checkout = checkout
        self._fetched = Fetched(lists, repository, contents) if lists is not None else None
        self._objects: ObjectReader | None = None
        self._opened: dict[str, Repository | None] = {}
        self.problems: dict[str, str] = {}
        """Why a commit could not be opened."""

    def answer(self, question: str) -> bytes:
        """What a worker that reads these commits asks its supervisor for: GitHub's git objects.

        Raises:
            PublishError: GitHub does not answer, or there is no connection to it.
        """
        if self._fetched is None:
            raise PublishError("a commit is not in the checkout, and there is no token to read it from GitHub")
        return self._fetched.answer(question)

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

    def open(self, commit: str, *, tree: str = "") -> Repository:
        """The same, or the reason.

        Args:
            commit: its full id.
            tree: the id of its tree, where that is known already.

        Raises:
            UsageError: no full commit id.
            SourceError: the commit cannot be read.
            PublishError: GitHub does not answer.
        """
        here = self._checkout
        try:
            if here is not None:
                return GitTree(here, full_sha(commit))
        except SourceError:
            if self._fetched is None:
                raise
        if self._fetched is None:
            raise SourceError("there is neither a checkout nor a token", mend="give one of them")
        if self._objects is None and here is not None:
            self._objects = ObjectReader(here)
        return ApiTree(self._fetched, commit, self._objects, tree=tree)


def _sound(path: str) -> bool:
    try:
        return normalise(path) == path
    except Refused:
        return False


def _blob_id(content: bytes, length: int) -> str:
    """As git computes it; 40 digits are SHA-1, 64 are SHA-256."""
    data = b"blob %d\0" % len(content) + content
    return hashlib.sha1(data, usedforsecurity=False).hexdigest() if length == 40 else hashlib.sha256(data).hexdigest()
