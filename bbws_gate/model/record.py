"""What people said and did about one change, as the assessment needs it. Whoever fills it in knows where it was said; nobody else does.

People are numbers: a login can be renamed and then taken by somebody else. The record holds raw words only; what they amount to
(approvals, decisions, waivers) is derived again from the whole record in every run, so a run that was lost or repeated changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bbws_gate.deferred import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """An account."""

    id: int
    login: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, on the change itself or on one of our issues."""

    id: int
    author: Person | None
    """None when the account is gone."""
    text: str
    written_at: str
    """UTC, ISO 8601."""
    edited: bool
    thread: str
    """Empty for the change's own thread; else the key of the issue: ``decision/missing-tables``, ``manual/security-review``."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A review of the change."""

    id: int
    author: Person | None
    state: str
    """``approved``, ``changes_requested``, ``commented`` or ``dismissed``."""
    commit: str
    """What was reviewed; empty when that is no longer known."""
    text: str
    written_at: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """One of our issues, and how it was last opened or closed by a person."""

    key: str
    """``manual/security-review``, ``decision/missing-tables``, or an action item's id."""
    number: int
    open: bool
    reason: str
    """``completed``, ``not_planned``, ``reopened`` or empty."""
    by: Person | None
    """Who closed or reopened it last; None when nobody did, or when that cannot be known."""
    at: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The pull request."""

    number: int
    head: str
    author: Person | None
    pushers: tuple[Person, ...] = ()
    """Accounts behind its commits: authors, committers, co-authors, who pushed last."""
    unknown_pushers: tuple[str, ...] = ()
    """Commits' e-mail names that no account could be found for, cleaned for showing."""
    link: str = ""
    commits: tuple[str, ...] = ()
    """Full names of its commits, as far as they are known; the head need not be among them. Short names in commands are looked up here."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was said and done."""

    change: Change | None
    """None where there is no pull request (a push, a schedule)."""
    remarks: tuple[Remark, ...] = ()
    reviews: tuple[Review, ...] = ()
    threads: tuple[Thread, ...] = ()
    members: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    """Accounts by role of the spec, looked up now: its users and the members of its teams."""
    writers: frozenset[int] = frozenset()
    """Accounts among those that spoke which may write to the repository now."""
    unreadable: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Why a role's members could not be looked up (by role), or another part of the record (by ``remarks``, ``reviews``, ``threads``,
    ``issues`` with what is said on them, ``writers``, ``change``). What depends on it is missing, never granted."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one command that somebody wrote."""

    remark: int
    """The remark's id."""
    accepted: bool
    text: str
    """One line for people: ``approved as DBA for 1a2b3c4``, or why it was refused."""
    link: str = ""
