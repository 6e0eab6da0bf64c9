"""Where the reports go: a folder of the workspace, reached without following what the repository may have put there."""

from __future__ import annotations

from pathlib import Path

from bbws_gate.errors import UsageError


def report_folder(workspace: Path, name: str) -> Path:
    """The folder ``name`` below the workspace, made if need be.

    Raises:
        UsageError: a part of it is a link or no folder; in a checkout, anybody may have put it there.
    """
    folder = workspace
    for part in Path(name).parts:
        folder = folder / part
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise UsageError("is not a plain folder, so no reports are written there", where=name, mend="set another `report-dir`")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot be made: {error.strerror}", where=name, mend="set another `report-dir`") from error
    return folder
