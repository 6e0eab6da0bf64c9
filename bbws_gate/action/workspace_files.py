"""Files of the workspace that earlier steps of the job made. A checkout lies there, too, so nothing is reached through a link."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from bbws_gate.errors import UsageError

MAX_BYTES = 50_000_000
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


def read_plain_file(workspace: Path, name: str, *, made_by: str) -> bytes:
    """The bytes of a regular file below the workspace.

    Args:
        workspace: the job's folder.
        name: a path in it without ``..``.
        made_by: what makes such a file, for the message.

    Raises:
        UsageError: it is missing, reached through a link, no regular file, larger than 50 MB, or cannot be read.
    """
    mend = f"write {made_by} there in an earlier step, or leave the input out"
    *folders, last = PurePosixPath(name).parts or (".",)
    try:
        with ExitStack() as opened:
            held = _opened(opened, str(workspace), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, None)
            for folder in folders:
                held = _opened(opened, folder, _FOLDER, held)
            file = _opened(opened, last, _FILE, held)
            facts = os.fstat(file)
            if not stat.S_ISREG(facts.st_mode):
                raise UsageError("is no regular file", where=name, mend=mend)
            if facts.st_size > MAX_BYTES:
                raise UsageError("larger than 50 MB", where=name, mend=mend)
            with os.fdopen(os.dup(file), "rb") as stream:
                return stream.read(MAX_BYTES)
    except OSError as error:
        why = "a link, or below one: that is not followed" if _is_link(workspace, name) else error.strerror or "cannot be read"
        raise UsageError(why, where=name, mend=mend) from error


def _opened(held: ExitStack, name: str, flags: int, folder: int | None) -> int:
    descriptor = os.open(name, flags, dir_fd=folder)
    held.callback(os.close, descriptor)
    return descriptor


def _is_link(workspace: Path, name: str) -> bool:
    """Only for the words of the message."""
    path = workspace
    return any((path := path / part).is_symlink() for part in PurePosixPath(name).parts)
