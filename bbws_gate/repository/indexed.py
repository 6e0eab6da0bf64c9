"""A repository whose whole list of files is known beforehand: git trees and tests."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Iterable

from bbws_gate.repository.base import MAX_FILES, Entry, Kind, Refused, Repository, normalise
from bbws_gate.repository.budget import ReadBudget


class IndexedRepository(Repository):
    """Answers from a list of entries; a subclass says where the bytes of one file come from."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._children: dict[str, set[str]] = {"": set()}
        self._budget = ReadBudget()
        for found in entries:
            self._add(found)
        self._paths = sorted(path for path, found in self._entries.items() if found.kind is not Kind.DIRECTORY)

    def _add(self, found: Entry) -> None:
        if ".git" in found.path.split("/"):
            return
        if found.path in self._entries:
            raise ValueError(f"{found.path} stands in the tree twice")
        self._entries[found.path] = found
        child = found.path
        while True:
            parent = child.rpartition("/")[0]
            known = parent in self._children
            self._children.setdefault(parent, set()).add(child)
            if known:
                return
            if parent in self._entries:
                raise ValueError(f"{parent} is a file and a folder in one tree")
            self._entries[parent] = Entry(parent, Kind.DIRECTORY, 0)
            child = parent

    @abstractmethod
    def _content(self, path: str) -> bytes:
        """The bytes of one regular file of the index."""

    def entry(self, path: str) -> Entry | None:
        """What stands at ``path``, links reported and not followed."""
        clean = normalise(path)
        if not clean:
            return Entry("", Kind.DIRECTORY, 0)
        parts = clean.split("/")
        for depth in range(1, len(parts)):
            self._refuse_detour("/".join(parts[:depth]), clean)
        return self._entries.get(clean)

    def _refuse_detour(self, folder: str, path: str) -> None:
        found = self._entries.get(folder)
        if found is not None and found.kind in {Kind.SYMLINK, Kind.SUBMODULE}:
            raise Refused("FIL002", path, f"{folder} is a {found.kind.value}, which is not followed")

    def list(self, path: str) -> tuple[Entry, ...]:
        """The names directly in a folder."""
        clean = self._folder(path)
        return tuple(self._entries[child] for child in sorted(self._children.get(clean, ())))

    def read(self, path: str) -> bytes:
        """The bytes of a regular file, read once."""
        clean = normalise(path)
        known = self._budget.known(clean)
        if known is not None:
            return known
        found = self.entry(clean)
        if found is None:
            raise Refused("FIL003", clean, "no such file")
        if found.kind in {Kind.SYMLINK, Kind.SUBMODULE}:
            raise Refused("FIL002", clean, f"a {found.kind.value}, which is not followed")
        if found.kind is not Kind.FILE:
            raise Refused("FIL003", clean, f"a {found.kind.value}, not a file")
        self._budget.allow(clean, found.size)
        return self._budget.keep(clean, self._content(clean))

    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Every file below a folder."""
        clean = self._folder(path)
        prefix = f"{clean}/" if clean else ""
        start = bisect_left(self._paths, prefix)
        end = bisect_left(self._paths, f"{prefix[:-1]}0") if prefix else len(self._paths)
        if end - start > MAX_FILES:
            raise Refused("HCL006", clean or ".", f"more than {MAX_FILES:,} files")
        return tuple(self._entries[name] for name in self._paths[start:end])

    def _folder(self, path: str) -> str:
        clean = normalise(path)
        self.entry(clean)
        self._refuse_detour(clean, clean)
        return clean
