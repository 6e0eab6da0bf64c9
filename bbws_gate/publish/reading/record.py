"""The record of one change, put together from its parts; a part that cannot be read is named, and the rest stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from bbws_gate.deferred import dataclass
from bbws_gate.errors import PublishError
from bbws_gate.model.record import Change, Person, Record, Remark, Review, Thread
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.lists import Lists, TooLong
from bbws_gate.publish.observed import ObservedIssue
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.publish.reading.change import Unknown, read_change
from bbws_gate.publish.reading.people import Roles, person, writers
from bbws_gate.publish.reading.said import Said, remarks, reviews
from bbws_gate.publish.reading.threads import threads

PARTS = ("change", "remarks", "reviews", "threads", "writers")
_PERMISSIONS = {"threads": "issues: read"}
_NO_ISSUES: tuple[ObservedIssue, ...] = ()
_NO_REVIEWS: tuple[Review, ...] = ()
_NO_THREADS: tuple[Thread, ...] = ()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read."""

    record: Record
    reactions: Mapping[int, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Kinds of reactions on each remark, by its id."""


class RecordReader:
    """Reads records of one repository."""

    def __init__(self, lists: Lists, repository: str, identity: Identity) -> None:
        self._lists = lists
        self._repository = repository
        self._identity = identity

    def read(
        self,
        pull: PullRequest | None,
        head: str,
        issues: Callable[[], tuple[ObservedIssue, ...]],
        roles: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
        *,
        pushed_by: Person | None = None,
    ) -> Reading:
        """Everything that was said and done about a change, and on the issues of its project and environment.

        Args:
            pull: the pull request; None where there is none.
            head: the commit under assessment, for the record when the pull request's people cannot be read.
            issues: gives our issues for the project and environment.
            roles: users and teams of each role.
            pushed_by: who pushed the head, where the event says so.

        Raises:
            PublishError: GitHub does not answer. A refusal is no error: the part is then ``unreadable``.
        """
        missing: dict[str, str] = {}
        ours = self._part("threads", missing, issues, _NO_ISSUES)
        if "threads" in missing:
            missing["issues"] = missing["threads"]  # nobody knows what was said there
        said = self._part("remarks", missing, lambda: self._said(pull, ours), Said((), {}))
        reviewed = self._part("reviews", missing, lambda: self._reviews(pull), _NO_REVIEWS)
        done = self._part("threads", missing, lambda: threads(self._lists, self._repository, ours), _NO_THREADS)
        speakers = _speakers(said.remarks, reviewed, done)
        change = self._change(pull, head, missing, pushed_by) if speakers else _unasked(pull, head)
        members, without = Roles(self._lists, roles).members(speakers)
        may_write, why = writers(self._lists, self._repository, speakers)
        missing.update(without)
        if why:
            missing["writers"] = why
        record = Record(change, said.remarks, reviewed, done, MappingProxyType(members), may_write, MappingProxyType(missing))
        return Reading(record, MappingProxyType(said.reactions))

    def _said(self, pull: PullRequest | None, ours: tuple[ObservedIssue, ...]) -> Said:
        return remarks(self._lists, self._repository, pull.number if pull else None, ours, self._identity)

    def _reviews(self, pull: PullRequest | None) -> tuple[Review, ...]:
        return reviews(self._lists, self._repository, pull.number) if pull else ()

    def _change(self, pull: PullRequest | None, head: str, missing: dict[str, str], pushed_by: Person | None) -> Change | None:
        if pull is None:
            return None
        read = partial(read_change, self._lists, self._repository, pull, pushed_by=pushed_by)
        return self._part("change", missing, read, _unasked(pull, head))

    def _part(self, name: str, missing: dict[str, str], read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Refused as refused:
            missing[name] = f"cannot be read: {refused.message} (give the job `{_PERMISSIONS.get(name, 'pull-requests: read')}`)"
        except (Unknown, TooLong) as unknown:
            missing[name] = str(unknown)
        return otherwise


_PERMISSIONS = {
    "threads": "issues: read",
    "remarks": "pull-requests: read",
    "reviews": "pull-requests: read",
    "change": "pull-requests: read",
}


def _unasked(pull: PullRequest | None, head: str) -> Change | None:
    """A change whose people were not looked up. Where nobody said anything, nobody's part in it matters."""
    return Change(pull.number, head, person(pull.user), link=pull.html_url) if pull is not None else None


def unreadable(pull: int | None, head: str, error: PublishError) -> Reading:
    """The record when GitHub does not answer at all: nothing of people counts."""
    change = Change(pull, head, None) if pull is not None else None
    return Reading(Record(change, unreadable=MappingProxyType(dict.fromkeys(PARTS, str(error)))))


def _speakers(said: tuple[Remark, ...], reviewed: tuple[Review, ...], done: tuple[Thread, ...]) -> tuple[Person, ...]:
    """People whose word may count: they wrote a command, reviewed, or closed or reopened an issue."""
    commands = (remark.author for remark in said if "/gate" in remark.text)
    verdicts = (review.author for review in reviewed if review.state != "commented" or "/gate" in review.text)
    closers = (thread.by for thread in done)
    everybody = [one for group in (commands, verdicts, closers) for one in group if one is not None and not one.bot]
    return tuple({one.id: one for one in everybody}.values())
