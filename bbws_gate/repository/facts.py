"""What git knows about the history of a checkout: the head commit, tags, what a name stands for."""

from __future__ import annotations

from pathlib import Path

from bbws_gate.errors import SourceError, UsageError
from bbws_gate.repository import git
from bbws_gate.repository.base import Tags


def head_commit(root: Path) -> str | None:
    """The full id of the commit that is checked out; None without git or before the first commit."""
    try:
        return _commit(root, "HEAD")
    except SourceError:
        return None


def tags(root: Path) -> dict[str, str] | None:
    """Every tag with the commit it points at (through annotated tags); None when that cannot be told.

    A checkout without ``fetch-depth: 0`` or ``fetch-tags: true`` holds no tags: an empty answer does not prove that there are none.
    """
    try:
        listing = git.run(root, "for-each-ref", "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)", "refs/tags")
    except SourceError:
        return None
    if listing is None:
        return None
    found: dict[str, str] = {}
    for line in listing.decode("utf-8", "replace").splitlines():
        name, own, peeled = line.split("\0")
        found[name] = peeled or own
    return found


def known_tags(root: Path) -> Tags | None:
    """Every tag, and whether there may be others; None when that cannot be told."""
    found = tags(root)
    return None if found is None else Tags(found, not is_shallow(root))


def is_shallow(root: Path) -> bool:
    """Whether history is cut off, so that tags and ancestors may be missing."""
    return (git.run(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def resolve(root: Path, ref: str) -> str:
    """The full commit id that a branch, tag or commit id stands for.

    Raises:
        UsageError: nothing in the checkout has that name.
    """
    found = _commit(root, ref)
    if found is None:
        raise UsageError(f"{ref!r} is no branch, tag or commit of this checkout", mend="fetch it, or check out with `fetch-depth: 0`")
    return found


def merge_base(root: Path, one: str, other: str) -> str | None:
    """The commit where two commits parted, by full ids; None when their histories do not meet in this checkout."""
    output = git.run(root, "merge-base", git.full_sha(one), git.full_sha(other))
    return None if output is None else output.decode("ascii").strip()


def is_ancestor(root: Path, older: str, newer: str) -> bool:
    """Whether ``newer`` contains ``older``, by full ids; False also when this checkout cannot tell."""
    return git.run(root, "merge-base", "--is-ancestor", git.full_sha(older), git.full_sha(newer)) is not None


def _commit(root: Path, ref: str) -> str | None:
    if not ref or "\0" in ref:
        return None
    output = git.run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return None if output is None else output.decode("ascii").strip()
