"""Accounts: as persons, and what they may do now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from bbws_gate.model.record import Person
from bbws_gate.publish.answers import Account, App
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.answers import ACCOUNTS, PERMISSION

MAX_LOOKED_UP = 100
"""Accounts whose permission is asked for, one request each."""
_WRITING = frozenset({"admin", "maintain", "write"})


def person(account: Account | None, app: App | None = None) -> Person | None:
    """An account as a person; what an App wrote in somebody's name is a bot's."""
    if account is None:
        return None
    return Person(account.id, account.login, bot=account.type != "User" or app is not None or account.login.endswith("[bot]"))


class Roles:
    """Looks up who has which role, for those people who spoke.

    A role's users are named by login in the spec: whoever has that login now is meant. Teams are asked for, one request each.
    """

    def __init__(self, lists: Lists, roles: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
        """``roles``: users and teams by role."""
        self._lists = lists
        self._roles = roles
        self._teams: dict[str, frozenset[int] | str] = {}

    def members(self, speakers: Iterable[Person]) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
        """Numbers by role, and by role why its teams could not be read."""
        present = {one.login.casefold(): one.id for one in speakers}
        members: dict[str, frozenset[int]] = {}
        unreadable: dict[str, str] = {}
        for role, (users, teams) in self._roles.items():
            found = {present[login.casefold()] for login in users if login.casefold() in present}
            for team in teams if present else ():
                answer = self._team(team)
                if isinstance(answer, str):
                    unreadable[role] = answer
                else:
                    found |= answer
            members[role] = frozenset(found)
        return members, unreadable

    def _team(self, team: str) -> frozenset[int] | str:
        if team not in self._teams:
            self._teams[team] = self._read_team(team)
        return self._teams[team]

    def _read_team(self, team: str) -> frozenset[int] | str:
        organisation, _, slug = team.partition("/")
        path = f"/orgs/{quote(organisation, safe='')}/teams/{quote(slug, safe='')}/members"
        try:
            return frozenset(account.id for page in self._lists.pages(path, ACCOUNTS) for account in page)
        except Refused as refused:
            return (
                f"the members of {team} cannot be read: {refused.message} "
                "(use a GitHub App's token with the organization permission `members: read`, or name the users in the spec)"
            )


def writers(lists: Lists, repository: str, speakers: Iterable[Person]) -> tuple[frozenset[int], str]:
    """Who of them may write to the repository now; and why that cannot be known, empty when it can.

    ``permission`` gives custom roles and ``maintain`` as what they amount to:
    https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    """
    found: set[int] = set()
    asked = sorted({one for one in speakers if not one.bot}, key=lambda one: one.id)
    for one in asked[:MAX_LOOKED_UP]:
        path = f"/repos/{repository}/collaborators/{quote(one.login, safe='')}/permission"
        try:
            answer = lists.one(path, PERMISSION)
        except Refused as refused:
            if refused.status == 404:  # no collaborator
                continue
            return frozenset(found), f"permissions cannot be read: {refused.message} (the token needs `metadata: read`)"
        if answer.permission in _WRITING and (answer.user is None or answer.user.id == one.id):
            found.add(one.id)
    left = len(asked) - MAX_LOOKED_UP
    return frozenset(found), f"{left} more people spoke than are looked up" if left > 0 else ""
