"""A folder that holds packs and nothing else of value: made when missing, refused when it could be somebody else's.

Every step to it is taken from the folder before, links are not followed, and files are read and written in the folder that was looked at:
what a path means later is of no consequence.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from bbws_gate.deferred import NamedTuple

SUFFIX: Final = ".pack"
MAX_FOLDER_BYTES: Final = 64_000_000
_UNFINISHED: Final = ".unfinished"
_ABANDONED_SECONDS: Final = 3_600.0
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_READ: Final = stat.S_IRGRP | stat.S_IROTH


class Unusable(Exception):
    """A store that is left alone, and why."""


class Modes(NamedTuple):
    """Permissions of what is made."""

    folder: int
    file: int


PRIVATE: Final = Modes(0o700, 0o600)
SHARED: Final = Modes(0o755, 0o644)
"""For a step that runs as another user than the one that saves the folder: the action runs as root, the runner does not."""


class Folder:
    """One open folder. Use it as a context manager.

    Args:
        start: an existing folder.
        steps: names from there; made when missing.
        private: whether the folder and its files must be the user's own, writable by nobody else.

    Raises:
        Unusable: a link, somebody else's, writable by others, or not to be had.
    """

    def __init__(self, start: Path, steps: Sequence[str], *, private: bool) -> None:
        if os.open not in os.supports_dir_fd:
            raise Unusable("this platform cannot open a file in an open folder")
        self._private = private
        self._modes = PRIVATE if private else SHARED
        try:
            self._descriptor = os.open(start, os.O_RDONLY | os.O_DIRECTORY)
            for step in steps:
                self._descend(step)
        except OSError as error:
            raise Unusable(error.strerror or "cannot be opened") from error
        try:
            self._check(os.fstat(self._descriptor))
        except Unusable:
            os.close(self._descriptor)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)

    def read(self, name: str, *, at_most: int, confidential: bool = False) -> bytes | None:
        """The content of a file; None when there is none.

        Args:
            name: in this folder.
            at_most: bytes; a larger file is refused.
            confidential: whether nobody else may be able to read it.

        Raises:
            Unusable: not a regular file of one's own, too large, or not confidential.
        """
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self._descriptor)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unusable(error.strerror or "cannot be read") from error
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > at_most:
                raise Unusable("not a file, or too large")
            self._check(found)
            if confidential and found.st_mode & _OTHERS_READ:
                raise Unusable("readable by others")
            with open(descriptor, "rb", closefd=False) as file:
                return file.read(at_most)
        finally:
            os.close(descriptor)

    def write(self, name: str, content: bytes) -> None:
        """Replace a file, all at once: whoever reads meanwhile sees the old one or the new one.

        Raises:
            OSError: no room, no right.
        """
        unfinished = f".{name}.{os.urandom(8).hex()}{_UNFINISHED}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        descriptor = os.open(unfinished, flags, self._modes.file, dir_fd=self._descriptor)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
                file.write(content)
            os.rename(unfinished, name, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished, dir_fd=self._descriptor)
            raise

    def tidy(self, *, at_most: int = MAX_FOLDER_BYTES) -> None:
        """Remove the oldest packs until the rest is within bounds, and what a killed run left half-written.

        Raises:
            OSError: no right.
        """
        found = []
        with os.scandir(self._descriptor) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            with suppress(FileNotFoundError):  # another run tidies, too
                status = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
                if name.endswith(_UNFINISHED) and status.st_mtime < time.time() - _ABANDONED_SECONDS:
                    os.unlink(name, dir_fd=self._descriptor)
                elif name.endswith(SUFFIX):
                    found.append((status.st_mtime, name, status.st_size))
        total = 0
        for _, name, size in sorted(found, reverse=True):
            total += size
            if total > at_most:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=self._descriptor)

    def _descend(self, step: str) -> None:
        above = self._descriptor
        try:
            with suppress(FileExistsError):
                os.mkdir(step, self._modes.folder, dir_fd=above)
            self._descriptor = os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
        finally:
            os.close(above)

    def _check(self, found: os.stat_result) -> None:
        if not self._private:
            return
        if found.st_uid != os.geteuid():
            raise Unusable("owned by somebody else")
        if found.st_mode & _OTHERS_WRITE:
            raise Unusable("writable by others")
