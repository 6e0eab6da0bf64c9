"""What every source of files offers, and the limits that hold for all of them."""

from __future__ import annotations

import posixpath
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import Enum

from bbws_gate.deferred import NamedTuple

MAX_FILE_BYTES = 1_000_000
"""Larger files are refused: python-hcl2 needs 1 GB for one 5 MB string."""
MAX_FILES = 20_000
MAX_READ_BYTES = 64_000_000
"""All reads of one run together."""


class Kind(Enum):
    """What a path is."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symbolic link"
    SUBMODULE = "submodule"
    OTHER = "special file"


class Entry(NamedTuple):
    """One name in a directory."""

    path: str
    """POSIX path relative to the repository root."""
    kind: Kind
    size: int
    """Bytes, for files; 0 otherwise."""


class Refused(Exception):
    """A path that will not be read: outside, linked, missing, too large. ``code`` is one of FIL001, FIL002, FIL003, HCL006."""

    def __init__(self, code: str, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.code = code
        self.path = path
        self.why = why


def normalise(path: str) -> str:
    """``path`` relative to the repository root without ``.``, ``..`` and doubled slashes; the root itself is ``""``.

    Raises:
        Refused: FIL001 for an absolute path, one that leaves the root, or one with a NUL or a backslash.
    """
    if "\0" in path or "\\" in path:
        raise Refused("FIL001", path.replace("\0", "\\0"), "not a path inside the checkout")
    if path.startswith("/"):
        raise Refused("FIL001", path, "absolute path, outside the checkout")
    clean = posixpath.normpath(path) if path else "."
    if clean == ".":
        return ""
    if clean == ".." or clean.startswith("../"):
        raise Refused("FIL001", path, "outside the checkout")
    return clean


class Tags(NamedTuple):
    """Tags of a git repository."""

    commits: Mapping[str, str]
    """The full id of the commit that each points at."""
    complete: bool
    """False for a shallow checkout, which may lack tags."""


class Repository(ABC):
    """The files of one tree. Paths are POSIX, relative to the repository root; the root is ``""``."""

    @abstractmethod
    def entry(self, path: str) -> Entry | None:
        """What stands at ``path``; None when nothing does. Links on the way or at the end are reported, not followed.

        Raises:
            Refused: FIL001 outside the checkout, FIL002 when a parent folder is a link.
        """

    @abstractmethod
    def list(self, path: str) -> tuple[Entry, ...]:
        """The names directly in a folder, in code-point order; empty when there is no such folder.

        Raises:
            Refused: as for :meth:`entry`.
        """

    @abstractmethod
    def read(self, path: str) -> bytes:
        """The bytes of a regular file.

        Raises:
            Refused: FIL001 outside, FIL002 a link or submodule, FIL003 missing or not a file, HCL006 over a limit.
        """

    @abstractmethod
    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Every file below a folder (links and submodules included as such), in code-point order of path; ``.git`` is left out.

        Raises:
            Refused: HCL006 when there are more than :data:`MAX_FILES`.
        """

    @abstractmethod
    def tracked(self) -> frozenset[str] | None:
        """Paths that git tracks, or None when that cannot be told (no git)."""

    def tags(self) -> Tags | None:
        """The release tags that are known here, or None when that cannot be told (no git)."""
        return None

    def is_file(self, path: str) -> bool:
        """Whether a regular file stands there; False for whatever is refused."""
        try:
            found = self.entry(path)
        except Refused:
            return False
        return found is not None and found.kind is Kind.FILE
