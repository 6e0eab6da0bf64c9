"""Whether a change concerns a project at all: it touches something that the assessment looked at, or it changes a finding.

The assessment itself is watched, so nobody has to list what belongs to a project. Whatever is in doubt concerns it.
"""

from __future__ import annotations

from pathlib import Path

from bbws_gate.model import Assessment
from bbws_gate.repository import Entry, Refused, Repository, git
from bbws_gate.repository.base import Tags, normalise
from bbws_gate.repository.facts import merge_base

ALWAYS = (".github/workflows/", ".github/actions/")
"""What runs the gate may stand there."""


class Watched(Repository):
    """A repository that remembers what it was asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.paths: set[str] = set()
        self.folders: set[str] = set()

    def entry(self, path: str) -> Entry | None:
        """What stands at ``path``."""
        self._remember(self.paths, path)
        return self._repository.entry(path)

    def list(self, path: str) -> tuple[Entry, ...]:
        """The names in a folder."""
        self._remember(self.folders, path)
        return self._repository.list(path)

    def read(self, path: str) -> bytes:
        """A file's bytes."""
        self._remember(self.paths, path)
        return self._repository.read(path)

    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Every file. Names alone are not remembered: what follows from them shows in the findings."""
        return self._repository.walk(path)

    def tracked(self) -> frozenset[str] | None:
        """Paths that git tracks."""
        return self._repository.tracked()

    def tags(self) -> Tags | None:
        """The tags of the repository."""
        return self._repository.tags()

    @staticmethod
    def _remember(kept: set[str], path: str) -> None:
        try:
            kept.add(normalise(path))
        except Refused:
            return


def changed_paths(checkout: Path, base: str, head: str) -> tuple[str, ...] | None:
    """What a pull request changes, from where it left its base; None when this checkout cannot tell."""
    start = merge_base(checkout, base, head)
    if start is None:
        return None
    listing = git.run(checkout, "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-commit-id", start, git.full_sha(head))
    if listing is None:
        return None
    return tuple(name.decode("utf-8", "backslashreplace") for name in listing.split(b"\0") if name)


def edited_paths(checkout: Path, base: str, head: str) -> tuple[str, ...] | None:
    """What the change itself edits, so that what the base branch has got since then is not taken for its doing.

    None when this checkout cannot tell, or when the histories meet in more than one commit: seen from one of them alone, a change that
    takes the base back to an older spec could look like none.
    """
    meeting = git.run(checkout, "merge-base", "--all", git.full_sha(base), git.full_sha(head))
    if meeting is None or len(meeting.split()) != 1:
        return None
    return changed_paths(checkout, base, head)


def concerns(assessment: Assessment, changed: tuple[str, ...] | None, sides: tuple[Watched, Watched]) -> bool:
    """Whether a change concerns what was assessed.

    Args:
        assessment: of the head, compared with the base.
        changed: the paths; None when they are not known.
        sides: head and base as the assessment used them.
    """
    if changed is None or assessment.error:
        return True
    if any(finding.state in {"new", "fixed"} for finding in assessment.findings):
        return True
    return any(path.startswith(ALWAYS) or any(_touches(path, side) for side in sides) for path in changed)


def _touches(path: str, side: Watched) -> bool:
    """The file itself, or a name in a folder that was listed: its own, or that of a folder on the way to it."""
    if path in side.paths:
        return True
    parts = path.split("/")
    return any("/".join(parts[:depth]) in side.folders and _is_listed(parts, depth, side) for depth in range(len(parts)))


def _is_listed(parts: list[str], depth: int, side: Watched) -> bool:
    """A listing of a folder changes with files directly in it, and with folders that come or go."""
    return depth == len(parts) - 1 or side.entry("/".join(parts[: depth + 1])) is None
