"""Who said yes to which commit: reviews and commands, without those that were taken back."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.deferred import NamedTuple
from bbws_gate.govern.commands import Approve, Revoke
from bbws_gate.govern.hearing import Heard
from bbws_gate.model import Person, Record

NEWEST_COMMITS = 8
"""Commits other than the assessed one that approvals are compared with."""


class Word(NamedTuple):
    """A yes, or one taken back. Sorted in the order in which they count: of two in one second, taking back is the later."""

    at: str
    takes_back: bool
    id: int
    position: int
    person: Person
    role: str | None
    """What a command names; None for a review, which speaks for every role that its author has."""
    commit: str
    """Its full name; empty when nobody knows it any more."""

    @property
    def order(self) -> tuple[str, bool, int, int]:
        """What it is sorted by."""
        return self[:4]


def words(record: Record, heard: Iterable[Heard], commit: str) -> tuple[Word, ...]:
    """Every approval and every one taken back, oldest first. Commits that commands name in short are given in full.

    A review that asks for changes, or that was dismissed, takes back whatever its author approved before.
    """
    found = [
        Word(review.written_at, review.state != "approved", review.id, 0, review.author, None, review.commit)
        for review in record.reviews
        if review.author is not None and not review.author.bot and review.state in ("approved", "changes_requested", "dismissed")
    ]
    for each in heard:
        at, id_, position = each.order
        match each.command:
            case Approve(role, short) if not each.remark.thread:
                found.append(Word(at, False, id_, position, each.author, role, full_name(short, record, commit)))
            case Revoke("approve", role):
                found.append(Word(at, True, id_, position, each.author, role, ""))
    return tuple(sorted(found, key=lambda word: word.order))


def standing(said: Iterable[Word], role: str) -> dict[int, list[Word]]:
    """For one role: what each person approved and did not take back, by the person's number, in the order of their first yes."""
    found: dict[int, list[Word]] = {}
    for word in said:
        if word.role is not None and word.role != role:
            continue
        if word.takes_back:
            found.pop(word.person.id, None)
        else:
            found.setdefault(word.person.id, []).append(word)
    return found


def full_name(short: str, record: Record, commit: str) -> str:
    """The one commit of the change that a short name means; empty when there is none, or more than one."""
    change = record.change
    named = () if change is None else (change.head, *change.commits)
    known = {name for name in (commit, *named, *(review.commit for review in record.reviews)) if name}
    meant = {name for name in known if name.startswith(short)}
    return meant.pop() if len(meant) == 1 else ""


def other_commits(record: Record, heard: Iterable[Heard], commit: str) -> tuple[str, ...]:
    """The commits besides the assessed one that members of roles approved, the newest first, at most :data:`NEWEST_COMMITS`."""
    members = frozenset(id_ for people in record.members.values() for id_ in people)
    named = [word.commit for word in reversed(words(record, heard, commit)) if not word.takes_back and word.person.id in members]
    return tuple(dict.fromkeys(name for name in named if name and name != commit))[:NEWEST_COMMITS]
