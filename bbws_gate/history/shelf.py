"""Finds the earlier assessments in the files and folders that the caller names."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from bbws_gate.errors import SourceError
from bbws_gate.history.reading import MAX_BYTES, MEND, read_past
from bbws_gate.model import Past

MAX_FILES = 2_000
MAX_DEPTH = 4
MAX_KEPT = 60
"""The newest ones; more are not readable as a line of points."""


def read_history(paths: Iterable[Path], *, project: str, environment: str, before: str) -> tuple[Past, ...]:
    """Earlier assessments of one project and environment, oldest first, each moment once.

    A file that the caller names must be an assessment. In a folder, files that are none are passed over: artifacts hold other things too.

    Args:
        paths: files, and folders that are searched for ``*.json``; links are not followed.
        project: whose history.
        environment: of which target.
        before: UTC, ISO 8601; what was assessed then or later is left out.

    Raises:
        SourceError: a named path cannot be read or is no assessment, or a folder holds too many files.
    """
    found: dict[str, Past] = {}
    for path in paths:
        files = _files(path) if path.is_dir() else (path,)
        for file in files:
            try:
                named, target, past = read_past(_bytes(file), str(file))
            except SourceError:
                if path.is_dir():
                    continue
                raise
            if (named, target) == (project, environment) and past.assessed_at < before:
                found[past.assessed_at] = past
    return tuple(found[moment] for moment in sorted(found))[-MAX_KEPT:]


def _files(folder: Path) -> tuple[Path, ...]:
    found: list[Path] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(folders) if len(Path(here).relative_to(folder).parts) < MAX_DEPTH else []
        found += [path for name in sorted(files) if name.endswith(".json") and not (path := Path(here) / name).is_symlink()]
        if len(found) > MAX_FILES:
            raise SourceError(
                f"more than {MAX_FILES} JSON files", where=str(folder), mend="name the folder that holds only the assessments"
            )
    return tuple(found)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise SourceError("no such file", where=str(path), mend=MEND)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(error.strerror or "cannot be read", where=str(path), mend=MEND) from error
