"""Who is behind a pull request: its author, and everybody behind its commits and pushes.

Names and addresses in commits are whatever their author typed; the push itself is GitHub's own record. Both count: whoever is named by
either cannot approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote

from bbws_gate.deferred import regex
from bbws_gate.model.record import Change, Person
from bbws_gate.publish.answers import ACCOUNT
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.lists import Lists, TooLong
from bbws_gate.publish.reading.answers import ACTIVITIES, COMMITS, Commit, PullRequest
from bbws_gate.publish.reading.people import person

MAX_COMMITS = 250
"""GitHub lists no more of a pull request: https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request"""
ACTIVITY_PAGES = 5
MAX_ADDRESSES = 50

_CO_AUTHOR = regex(r"^co-authored-by:[^<\n]*<([^<>\n]{1,320})>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NO_REPLY = regex(r"(?:(?P<id>\d{1,18})\+)?(?P<login>[A-Za-z0-9-]{1,39}(?:\[bot\])?)@users\.noreply\.", re.IGNORECASE)


class Unknown(Exception):
    """Something about the people behind a change that cannot be known; the message says what, and how to mend it."""


class Behind(NamedTuple):
    """People behind commits."""

    people: tuple[Person, ...]
    addresses: tuple[str, ...]
    """That belong to no account we can find."""


def read_change(lists: Lists, repository: str, pull: PullRequest, *, pushed_by: Person | None = None) -> Change:
    """The pull request and the people behind it.

    Args:
        lists: how to read.
        repository: ``owner/name``.
        pull: as GitHub gives it.
        pushed_by: who pushed its present head, where the event says so.

    Raises:
        Unknown: not everybody behind it can be told.
        Refused, PublishError: GitHub did not answer.
    """
    pages = lists.pages(f"/repos/{repository}/pulls/{pull.number}/commits", COMMITS)
    commits = [commit for page in pages for commit in page]
    if len(commits) >= MAX_COMMITS and (pull.commits is None or pull.commits > len(commits)):
        raise Unknown(f"the pull request has more than {MAX_COMMITS} commits, of which GitHub lists no more (split it, or squash them)")
    behind = people_behind(lists, commits)
    names = tuple(commit.sha for commit in commits)
    pushed = _pushed(lists, pull, {*names, pull.head.sha}, asked=pushed_by is None)
    everybody = {one.id: one for one in (*behind.people, *((pushed_by,) if pushed_by is not None else pushed.people))}
    return Change(
        pull.number,
        pull.head.sha,
        person(pull.user),
        tuple(everybody[number] for number in sorted(everybody)),
        behind.addresses,
        pull.html_url,
        tuple(dict.fromkeys((*names, *pushed.heads))),
    )


def people_behind(lists: Lists, commits: Iterable[Commit]) -> Behind:
    """Authors, committers and co-authors."""
    known: dict[str, Person] = {}
    addresses: dict[str, None] = {}
    for commit in commits:
        for account, signature in ((commit.author, commit.commit.author), (commit.committer, commit.commit.committer)):
            found = person(account)
            address = (signature.email or "").lower() if signature else ""
            if found is not None:
                known[address or f"#{found.id}"] = found
            else:
                addresses[address] = None
        addresses.update((match[1].strip().lower(), None) for match in _CO_AUTHOR.finditer(commit.commit.message))
    unknown = []
    for number, address in enumerate(address for address in addresses if address not in known):
        found = _by_address(lists, address) if number < MAX_ADDRESSES else None
        if found is None:
            unknown.append(_shown(address))
        else:
            known[address] = found
    return Behind(tuple({one.id: one for one in known.values()}.values()), tuple(unknown))


def _by_address(lists: Lists, address: str) -> Person | None:
    """The account of one of GitHub's own addresses; others are never searched for."""
    found = _NO_REPLY.match(address)
    if found is None:
        return None
    if found["id"]:
        return Person(int(found["id"]), found["login"], bot=found["login"].endswith("[bot]"))
    try:
        return person(lists.one(f"/users/{quote(found['login'], safe='')}", ACCOUNT))
    except Refused:
        return None


class Pushed(NamedTuple):
    """What a repository recorded about a branch."""

    people: tuple[Person, ...]
    """Who pushed the commits of the pull request."""
    heads: tuple[str, ...]
    """Where the branch stood, the newest first: a commit that was approved and then replaced by force can still be named."""


def _pushed(lists: Lists, pull: PullRequest, commits: set[str], *, asked: bool) -> Pushed:
    """Who pushed these commits, by the repository's own record; when the event says so, a record that cannot be read is none.

    https://docs.github.com/rest/repos/repos#list-repository-activities
    """
    try:
        return _recorded(lists, pull, commits)
    except Unknown:
        if asked:
            raise
        return Pushed((), ())


def _recorded(lists: Lists, pull: PullRequest, commits: set[str]) -> Pushed:
    if pull.head.repo is None:
        raise Unknown("the fork was deleted, so who pushed to it cannot be known (push the branch to this repository)")
    where = pull.head.repo.full_name
    query = {"ref": f"refs/heads/{pull.head.ref}"}
    found: dict[int, Person] = {}
    heads: dict[str, None] = {}
    seen_head = False
    try:
        for after, actor in _activities(lists, f"/repos/{where}/activity", query):
            heads[after] = None
            if after in commits and actor is not None:
                found[actor.id] = actor
                seen_head = seen_head or after == pull.head.sha
    except Refused as refused:
        raise Unknown(f"who pushed to {where} cannot be read: {refused.message} (the token needs `contents: read` there)") from refused
    if not seen_head:
        raise Unknown(f"GitHub does not say yet who pushed {pull.head.sha[:12]} to {where} (run the gate again)")
    return Pushed(tuple(found.values()), tuple(heads))


def _activities(lists: Lists, path: str, query: dict[str, str]) -> Iterator[tuple[str, Person | None]]:
    """The newest pushes to a branch; a branch may be older than the pull request by any number of them."""
    with suppress(TooLong):
        for page in lists.pages(path, ACTIVITIES, query, most=ACTIVITY_PAGES):
            for activity in page:
                yield activity.after, person(activity.actor)


def _shown(address: str) -> str:
    """An address as it may be shown: its name, not its domain's details; printable and short."""
    text = "".join(character if character.isprintable() else "?" for character in address) or "(no address)"
    return text[:80]
