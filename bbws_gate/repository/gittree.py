"""The files of one commit, read as git objects: no work tree, so no links, filters or changes under the reader's feet."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from bbws_gate.errors import SourceError
from bbws_gate.repository import facts, git
from bbws_gate.repository.base import Entry, Kind, Refused, Tags, normalise
from bbws_gate.repository.indexed import IndexedRepository

_KINDS = {"100644": Kind.FILE, "100755": Kind.FILE, "100664": Kind.FILE, "120000": Kind.SYMLINK, "160000": Kind.SUBMODULE}
"""Modes in tree objects, https://git-scm.com/docs/gitformat-index (100664 is from before git 1.0)."""


class ObjectReader:
    """One ``git cat-file --batch`` child, asked for one object at a time.

    A fork of this process starts a child of its own: two that ask over the same pipes would read each other's answers.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._start()

    def _start(self) -> None:
        self._owner = os.getpid()
        directory = self._directory
        self._child = subprocess.Popen(  # noqa: S603 (see git.command)
            git.command(directory, "cat-file", "--batch"),
            env=git.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._child.stdin is None or self._child.stdout is None:
            raise SourceError("git cat-file could not be started", where=str(directory))
        self._questions: IO[bytes] = self._child.stdin
        self._answers: IO[bytes] = self._child.stdout
        self.close = weakref.finalize(self, _end, self._child)

    def read(self, sha: str) -> tuple[str, bytes] | None:
        """Type and content of the object with that id; None when it is not here."""
        if self._owner != os.getpid():
            self._inherited = (self._child, self.close)  # the other process's to end
            self.close.detach()
            self._start()
        try:
            self._questions.write(git.full_sha(sha).encode() + b"\n")
            self._questions.flush()
        except BrokenPipeError:
            return None
        header = self._answers.readline().split()
        if len(header) != 3 or header[0] != sha.encode():
            return None
        content = self._answers.read(int(header[2]))
        self._answers.read(1)
        return header[1].decode("ascii"), content


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):  # a child that died leaves a pipe that cannot be flushed
                pipe.close()
    child.wait()


class GitTree(IndexedRepository):
    """The tree of one commit of the repository around ``directory``.

    Raises:
        UsageError: ``commit`` is not a full id.
        SourceError: the commit is not in the checkout, or its tree is not one that git would make.
    """

    def __init__(self, directory: Path, commit: str) -> None:
        self._directory = directory
        self._objects = ObjectReader(directory)
        found = self._objects.read(git.full_sha(commit))
        if found is None or found[0] != "commit":
            self._objects.close()
            raise SourceError(f"commit {commit} is not in the checkout", mend="check out with `fetch-depth: 0`")
        self.commit = commit
        listing = git.run(directory, "ls-tree", "-r", "-z", "--long", "--full-tree", commit)
        if listing is None:
            self._objects.close()
            raise SourceError(f"the tree of commit {commit} is not in the checkout", mend="check out with `fetch-depth: 0`")
        self._blobs: dict[str, str] = {}
        try:
            super().__init__(self._parse(listing))
        except ValueError as error:
            self._objects.close()
            raise SourceError(f"commit {commit}: {error}") from error

    def _parse(self, listing: bytes) -> Iterator[Entry]:
        for record in listing.split(b"\0"):
            if not record:
                continue
            facts, _, name = record.partition(b"\t")
            mode, _, sha, size = facts.decode("ascii").split()
            path, sound = _path(name)
            kind = _KINDS.get(mode, Kind.OTHER) if sound else Kind.OTHER
            self._blobs[path] = sha
            yield Entry(path, kind, int(size) if kind is Kind.FILE else 0)

    def _content(self, path: str) -> bytes:
        found = self._objects.read(self._blobs[path])
        if found is None or found[0] != "blob":
            raise Refused("FIL003", path, "its content is not in the checkout (a partial clone?)")
        return found[1]

    def tracked(self) -> frozenset[str] | None:
        """Every path of the commit."""
        return frozenset(self._paths)

    def tags(self) -> Tags | None:
        """The tags of the repository around it."""
        return facts.known_tags(self._directory)

    def close(self) -> None:
        """End the git child; it also ends with this object."""
        self._objects.close()


def _path(name: bytes) -> tuple[str, bool]:
    """A name as text, and whether it is one that can be asked for: UTF-8, without ``..``, backslash and the like."""
    try:
        path = name.decode("utf-8")
        return path, normalise(path) == path
    except UnicodeDecodeError:
        return name.decode("utf-8", "backslashreplace"), False
    except Refused:
        return name.decode("utf-8"), False
