"""Reading a repository's files: confined to the checkout, bounded, nothing executed, links not followed."""

from bbws_gate.repository.base import Entry, Kind, Refused, Repository, Tags, normalise
from bbws_gate.repository.gittree import GitTree
from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.repository.worktree import WorkTree, repository_root

__all__ = ["Entry", "GitTree", "Kind", "MemoryRepository", "Refused", "Repository", "Tags", "WorkTree", "normalise", "repository_root"]
