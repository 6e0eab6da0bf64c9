"""A folder on disk, read as if everything in it were hostile: no link is followed, nothing outside is reached."""

from __future__ import annotations

import os
import posixpath
import stat
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bbws_gate.errors import SourceError
from bbws_gate.repository import facts, git
from bbws_gate.repository.base import MAX_FILE_BYTES, MAX_FILES, Entry, Kind, Refused, Repository, Tags, normalise
from bbws_gate.repository.budget import ReadBudget

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # O_NONBLOCK: opening a pipe must not wait

_NOT_SOURCE = frozenset({".git", ".terraform"})
"""Folders that tools fill beside the sources; walking leaves them out (providers in ``.terraform`` are thousands of files)."""


class WorkTree(Repository):
    """The folder ``root``; every part of a path is opened relative to its parent's descriptor, never by its whole name.

    Raises:
        SourceError: there is no such folder, or this platform cannot open files that way.
    """

    def __init__(self, root: Path) -> None:
        if os.open not in os.supports_dir_fd or os.scandir not in os.supports_fd:
            raise SourceError("this platform cannot confine reading to a folder", mend="use Linux, macOS, WSL or the container image")
        self.root = root
        self._budget = ReadBudget()
        try:
            # The root itself may be reached through links: it is the caller's word, not the repository's.
            self._root = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise SourceError("no such folder, or it cannot be read", where=str(root)) from error
        self.close = weakref.finalize(self, os.close, self._root)

    def entry(self, path: str) -> Entry | None:
        """What stands at ``path``, links reported and not followed."""
        clean = normalise(path)
        if not clean:
            return Entry("", Kind.DIRECTORY, 0)
        parent, _, name = clean.rpartition("/")
        with self._open(parent) as folder:
            return None if folder is None else _entry(folder, name, clean)

    def list(self, path: str) -> tuple[Entry, ...]:
        """The names directly in a folder."""
        clean = normalise(path)
        with self._open(clean) as folder:
            if folder is None:
                return ()
            return _sorted(_entries(folder, clean))

    def read(self, path: str) -> bytes:
        """The bytes of a regular file, read once."""
        clean = normalise(path)
        known = self._budget.known(clean)
        if known is not None:
            return known
        parent, _, name = clean.rpartition("/")
        with self._open(parent) as folder:
            found = None if folder is None or not name else _entry(folder, name, clean)
            if folder is None or found is None:
                raise Refused("FIL003", clean, "no such file" if name else "a directory, not a file")
            _refuse_unless_file(found)
            self._budget.allow(clean, found.size)
            return self._budget.keep(clean, _content(folder, name, clean))

    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Every file below a folder, untracked ones too."""
        clean = normalise(path)
        found: list[Entry] = []
        waiting = [clean]
        while waiting:
            here = waiting.pop()
            with self._open(here) as folder:
                for entry in () if folder is None else _entries(folder, here):
                    if entry.kind is not Kind.DIRECTORY:
                        found.append(entry)
                    elif posixpath.basename(entry.path) not in _NOT_SOURCE:
                        waiting.append(entry.path)
            if len(found) + len(waiting) > MAX_FILES:
                raise Refused("HCL006", clean or ".", f"more than {MAX_FILES:,} files")
        return _sorted(found)

    def tags(self) -> Tags | None:
        """The tags of the git checkout that the folder is in; None when it is in none."""
        return facts.known_tags(self.root) if _in_git(self.root) else None

    def tracked(self) -> frozenset[str] | None:
        """What ``git ls-files`` says of the folder; None when it is not in a git checkout."""
        if not _in_git(self.root):
            return None
        try:
            listing = git.run(self.root, "ls-files", "-z", "--cached")
        except SourceError:
            return None
        if listing is None:
            return None
        return frozenset(name.decode("utf-8", "backslashreplace") for name in listing.split(b"\0") if name)

    @contextmanager
    def _open(self, path: str) -> Iterator[int | None]:
        """A descriptor of the folder at ``path``; None when there is no such folder.

        Raises:
            Refused: FIL002 when a part of the path is a link or a submodule.
        """
        current = os.dup(self._root)
        try:
            walked = ""
            for name in path.split("/") if path else ():
                walked = f"{walked}/{name}" if walked else name
                following = _open_folder(current, name, walked)
                if following is None:
                    yield None
                    return
                os.close(current)
                current = following
            yield current
        finally:
            os.close(current)


def _open_folder(parent: int, name: str, path: str) -> int | None:
    try:
        found = os.open(name, _FOLDER, dir_fd=parent)
    except OSError as error:
        entry = _entry(parent, name, path)
        if entry is not None and entry.kind is Kind.SYMLINK:
            raise Refused("FIL002", path, "a symbolic link, which is not followed") from error
        if entry is not None and entry.kind is Kind.DIRECTORY:
            raise Refused("FIL003", path, "a directory that cannot be opened") from error
        return None
    if _is_submodule(found):
        os.close(found)
        raise Refused("FIL002", path, "a submodule, which is not followed")
    return found


def _is_submodule(folder: int) -> bool:
    try:
        os.stat(".git", dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return True


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted((entry for entry in entries if posixpath.basename(entry.path) != ".git"), key=lambda entry: entry.path))


def _entries(folder: int, path: str) -> Iterator[Entry]:
    with os.scandir(folder) as names:
        for listed in names:
            full = f"{path}/{listed.name}" if path else listed.name
            found = _entry(folder, listed.name, full)
            if found is not None:
                yield found


def _entry(folder: int, name: str, path: str) -> Entry | None:
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except (OSError, ValueError):
        return None
    printable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    if printable != path:  # a name that is not UTF-8 cannot be asked for, and must not be overlooked
        return Entry(printable, Kind.OTHER, 0)
    if stat.S_ISREG(status.st_mode):
        return Entry(path, Kind.FILE, status.st_size)
    if stat.S_ISLNK(status.st_mode):
        return Entry(path, Kind.SYMLINK, 0)
    if not stat.S_ISDIR(status.st_mode):
        return Entry(path, Kind.OTHER, 0)
    return Entry(path, _folder_kind(folder, name), 0)


def _folder_kind(parent: int, name: str) -> Kind:
    if name == ".git":
        return Kind.DIRECTORY
    try:
        os.stat(f"{name}/.git", dir_fd=parent, follow_symlinks=False)
    except OSError:
        return Kind.DIRECTORY
    return Kind.SUBMODULE


def _refuse_unless_file(found: Entry) -> None:
    if found.kind in {Kind.SYMLINK, Kind.SUBMODULE}:
        raise Refused("FIL002", found.path, f"a {found.kind.value}, which is not followed")
    if found.kind is not Kind.FILE:
        raise Refused("FIL003", found.path, f"a {found.kind.value}, not a file")


def _content(folder: int, name: str, path: str) -> bytes:
    """The bytes of a regular file; looked at again once it is open, because the folder may have changed since."""
    try:
        opened = os.open(name, _FILE, dir_fd=folder)
    except OSError as error:
        raise Refused("FIL003", path, "cannot be opened") from error
    with os.fdopen(opened, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Refused("FIL003", path, "not a file any more")
        if status.st_size > MAX_FILE_BYTES:
            raise Refused("HCL006", path, f"file of {status.st_size:,} bytes, larger than {MAX_FILE_BYTES:,}")
        try:
            return file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise Refused("FIL003", path, "cannot be read") from error


def _in_git(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents))


def repository_root(start: Path) -> Path:
    """The folder that paths are relative to: the enclosing git top level, else the current folder if ``start`` is in it, else ``start``.

    Found by looking for ``.git`` upwards; git itself is not asked.
    """
    whole = start.resolve()
    folder = whole if whole.is_dir() else whole.parent
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder
