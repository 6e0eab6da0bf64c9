"""What a run assesses, and where the verdict belongs."""

from __future__ import annotations

from bbws_gate.deferred import dataclass
from bbws_gate.model.record import Person
from bbws_gate.publish.reading.answers import PullRequest


@dataclass(frozen=True, slots=True)
class Subject:
    """One commit under assessment."""

    head: str
    """The commit under assessment."""
    base: str | None
    """The commit whose spec judges; None when the commit judges itself (it is on a branch that was gated)."""
    ref: str
    """Where the commit stands: ``pull/12``, ``heads/main``, ``merge_group``."""
    pull: int | None
    read_only: bool
    """The token cannot write: a fork's pull request, or Dependabot's."""
    on_default_branch: bool = False
    said_on: int | None = None
    """The pull request whose reviews and comments count, where that is not ``pull``: a merge group's."""
    pushed_by: Person | None = None
    """Who pushed the head, where the event says so."""
    described: PullRequest | None = None
    """The pull request as the event describes it; None when GitHub must be asked."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: subjects that the event file names whole, and what must be looked up for the others."""

    subjects: tuple[Subject, ...] = ()
    pulls: tuple[int, ...] = ()
    """Pull requests by number."""
    refs: tuple[str, ...] = ()
    """Where one of our issues is open: ``pull/12``, ``heads/main``."""
    commit: str = ""
    """A commit whose pull requests are meant."""
    branch: tuple[str, str] | None = None
    """Owner and name of a branch, in a fork perhaps, whose pull requests are meant."""
    open_pulls: bool = False
    """Every open pull request into the default branch, too."""
    default_branch: str = ""
    privileged: bool = False
    """Runs with the base repository's token although somebody else's pull request is the subject."""
    why_nothing: str = ""
    """Why there is nothing to do, where there is not."""
