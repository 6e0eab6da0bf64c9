"""Endpoints of github.com that ``emulate`` does not have, as far as the gate uses them, with the state that they need.

Their answers hold what the gate reads and little more; what is sent to them is held against GitHub's own description all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
BOT = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}


class Reply(NamedTuple):
    """An answer."""

    status: int
    body: Any
    headers: dict[str, str]


NOT_FOUND = Reply(404, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"}, {})


@dataclass
class Missing:
    """What the harness sets, and what the gate wrote."""

    pushes: list[Json] = field(default_factory=list)
    """Newest first."""
    pulls_by_commit: dict[str, list[Json]] = field(default_factory=dict)
    on_main: set[str] = field(default_factory=set)
    deployments: list[Json] = field(default_factory=list)
    """Newest first, with ``state``."""
    permissions: dict[str, str] = field(default_factory=dict)
    """By login; nobody else is a collaborator."""
    teams: dict[str, list[Json]] = field(default_factory=dict)
    """Members by slug; a team that is not here cannot be read."""
    reactions: dict[int, list[str]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    blockers: dict[int, list[int]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    """Of issues, by id."""
    switched_off: set[str] = field(default_factory=set)
    """Features that this server does not have: ``sub_issues``, ``dependencies``, ``reactions``, ``activity``."""

    def answer(self, method: str, path: str, body: Any) -> Reply | None:
        """The answer, or None for what the emulator has."""
        for pattern, reply in self._routes().items():
            found = re.fullmatch(pattern, path)
            if found:
                if any(f"/{feature}" in path for feature in self.switched_off):
                    return NOT_FOUND
                return reply(method, body, *found.groups())
        return None

    def _routes(self) -> dict[str, Callable[..., Reply]]:
        root = r"/repos/[^/]+/[^/]+"
        return {
            rf"{root}/activity": lambda *_: _ok(self.pushes),
            rf"{root}/commits/([0-9a-f]+)/pulls": lambda _method, _body, sha: _ok(self.pulls_by_commit.get(sha, [])),
            rf"{root}/deployments": lambda *_: _ok(self.deployments),
            rf"{root}/deployments/(\d+)/statuses": self._deployment_status,
            rf"{root}/collaborators/([^/]+)/permission": self._permission,
            r"/orgs/[^/]+/teams/([^/]+)/members": self._team,
            rf"{root}/issues/comments/(\d+)/reactions": self._react,
            rf"{root}/issues/(\d+)/sub_issues": lambda method, body, number: self._link(
                self.children, "sub_issue_id", method, body, number
            ),
            rf"{root}/issues/(\d+)/dependencies/blocked_by": lambda method, body, number: self._link(
                self.blockers, "issue_id", method, body, number
            ),
            rf"{root}/issues/(\d+)/dependencies/blocking": lambda _method, _body, number: _ok(
                [_issue(each, self._id_of(each)) for each in self._blocked_by(int(number))]
            ),
        }

    def reactions_of(self, comment: int) -> Json:
        """Counts by kind."""
        given = self.reactions.get(comment, [])
        return {kind: given.count(kind) for kind in ("+1", "-1", "confused")}

    def _blocked_by(self, number: int) -> list[int]:
        """Numbers of the issues in whose way one stands."""
        return [blocked for blocked, ids in self.blockers.items() if number in (self.numbers.get(each) for each in ids)]

    def _id_of(self, number: int) -> int:
        return next(identity for identity, known in self.numbers.items() if known == number)

    def summaries(self, number: int, address: str) -> Json:
        """What GitHub says of links with each issue; ``address`` is its own."""
        children, blockers, blocked = len(self.children.get(number, ())), len(self.blockers.get(number, ())), len(self._blocked_by(number))
        dependencies = {"blocked_by": blockers, "blocking": blocked, "total_blocked_by": blockers, "total_blocking": blocked}
        parents = [parent for parent, ids in self.children.items() if number in (self.numbers.get(each) for each in ids)]
        kept = {
            "parent_issue_url": f"{address.rpartition('/')[0]}/{parents[0]}" if parents else None,
            "sub_issues_summary": {"total": children, "completed": 0, "percent_completed": 0},
            "issue_dependencies_summary": dependencies,
        }
        features = {"parent_issue_url": "sub_issues", "sub_issues_summary": "sub_issues", "issue_dependencies_summary": "dependencies"}
        return {name: value for name, value in kept.items() if features[name] not in self.switched_off}

    def _permission(self, _method: str, _body: Any, login: str) -> Reply:
        permission = self.permissions.get(login)
        return _ok({"permission": permission, "role_name": permission}) if permission else NOT_FOUND

    def _team(self, _method: str, _body: Any, slug: str) -> Reply:
        return _ok(self.teams[slug]) if slug in self.teams else NOT_FOUND

    def _deployment_status(self, _method: str, _body: Any, number: str) -> Reply:
        states = [each["state"] for each in self.deployments if each["id"] == int(number)]
        return _ok([{"state": state} for state in states])

    def _react(self, method: str, body: Any, comment: str) -> Reply:
        given = self.reactions.setdefault(int(comment), [])
        if method == "GET":
            return _ok([{"id": number, "content": kind, "user": BOT} for number, kind in enumerate(given)])
        if body["content"] in given:
            return _ok({"id": given.index(body["content"]), "content": body["content"], "user": BOT})
        given.append(body["content"])
        return Reply(201, {"id": len(given), "content": body["content"], "user": BOT}, {})

    def _link(self, table: dict[int, list[int]], key: str, method: str, body: Any, number: str) -> Reply:
        linked = table.setdefault(int(number), [])
        if method == "GET":
            return _ok([_issue(self.numbers[each], each) for each in linked])
        if body[key] in linked:
            return Reply(422, {"message": "An error occurred: issue is already linked"}, {})
        parents = [ids for ids in self.children.values() if table is self.children and body[key] in ids]
        if parents and not body.get("replace_parent"):
            return Reply(422, {"message": "Sub issue may only have one parent"}, {})
        for ids in parents:
            ids.remove(body[key])
        linked.append(body[key])
        return Reply(201, _issue(int(number), 0), {})


def _issue(number: int, identity: int) -> Json:
    return {"id": identity, "number": number, "title": "linked", "state": "open"}


def _ok(body: Any) -> Reply:
    return Reply(200, body, {})
