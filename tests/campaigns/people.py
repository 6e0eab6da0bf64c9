"""What people said and did before a deployment, by seed: as GitHub's API tells it, and whether the deployment may go ahead.

Every fact is drawn for itself; the deployment is allowed when all of them are good. That is the oracle: no line of the gate's is in it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.campaigns.server import API, BOT, Reply, Row

MERGED, HEAD, REPLACED, BELOW = "a" * 40, "b" * 40, "c" * 40, "d" * 40
LEAD = {"id": 1, "login": "lead", "type": "User"}
DBA = {"id": 2, "login": "dba", "type": "User"}
AUTHOR = {"id": 3, "login": "octocat", "type": "User"}
OUTSIDER = {"id": 4, "login": "mallory", "type": "User"}
OURS = {"user": BOT, "comments": 0, "html_url": ""}
DAY = "2026-06-{:02}T00:00:00Z"
PEOPLE = """
roles:
  tech-lead: {users: [lead]}
  dba: {teams: [acme/dba]}
  devops-engineer: {users: [lead]}
  security: {users: [lead]}

approvals:
  - {role: tech-lead}

decisions:
  - {id: window, question: When?, owners: [dba], options: {night: At night, day: By day}}

actions:
  - {id: smoke-test, title: Smoke test, owner: dba}
"""

APPROVALS: dict[str, tuple[tuple[Row, str], ...]] = {
    "given": ((LEAD, f"/gate approve tech-lead {HEAD[:10]}"),),
    "given in between": ((AUTHOR, "Done."), (LEAD, f"/gate approve tech-lead {HEAD}"), (DBA, "Thanks.")),
    "nobody's": (),
    "an outsider's": ((OUTSIDER, f"/gate approve tech-lead {HEAD[:10]}"),),
    "a bot's": ((BOT, f"/gate approve tech-lead {HEAD[:10]}"),),
    "for other content": ((LEAD, f"/gate approve tech-lead {REPLACED[:10]}"),),
    "taken back": ((LEAD, f"/gate approve tech-lead {HEAD[:10]}"), (LEAD, "/gate revoke approve tech-lead")),
    "edited": ((LEAD, f"/gate approve tech-lead {HEAD[:10]} "),),
    "by who pushed": ((LEAD, f"/gate approve tech-lead {HEAD[:10]}"),),
}
DECISIONS: dict[str, tuple[tuple[Row, str], ...]] = {
    "made": ((DBA, "/gate decide window night because it is quiet"),),
    "made again": ((DBA, "/gate decide window night"), (DBA, "/gate decide window day")),
    "nobody's": (),
    "an outsider's": ((OUTSIDER, "/gate decide window night"),),
    "taken back": ((DBA, "/gate decide window night"), (DBA, "/gate revoke decide window")),
    "taken back on its issue": ((DBA, "/gate decide window night"),),
}
ON_THE_ISSUE = ((DBA, "/gate revoke decide window"),)
GOOD = {
    "approval": {"given", "given in between"},
    "decision": {"made", "made again"},
    "work": {"done"},
    "below": {"this content"},
    "place": {"main"},
}
OTHERS = {
    "approval": set(APPROVALS),
    "decision": set(DECISIONS),
    "work": {"done", "open", "closed by an outsider", "closed by a bot", "closed as not planned"},
    "below": {"this content", "other content", "failed", "nothing"},
    "place": {"main", "only a fork", "another branch"},
}


@dataclass(frozen=True)
class Facts:
    """What is so."""

    chosen: Mapping[str, str]
    noise: int
    """Comments that say nothing."""
    per_page: int

    @property
    def allowed(self) -> bool:
        """The oracle."""
        return all(self.chosen[name] in good for name, good in GOOD.items())

    @property
    def elsewhere(self) -> tuple[tuple[Row, str], ...]:
        """What was said on the decision's issue."""
        return ON_THE_ISSUE if self.chosen["decision"] == "taken back on its issue" else ()

    @property
    def commands(self) -> int:
        """Lines of comments that are commands."""
        said = (*APPROVALS[self.chosen["approval"]], *DECISIONS[self.chosen["decision"]], *self.elsewhere)
        return sum(text.startswith("/gate") for _, text in said)


def facts(choose: random.Random) -> Facts:
    """Mostly good ones, so that one bad fact decides."""
    chosen = {
        name: choose.choice(sorted(GOOD[name])) if choose.random() < 0.8 else choose.choice(sorted(every)) for name, every in OTHERS.items()
    }
    return Facts(chosen, choose.choice([0, 0, 3, 12]), choose.choice([2, 7, 100]))


class Past:
    """GitHub's API for reading alone, over the facts."""

    def __init__(self, given: Facts, project: str, environment: str) -> None:
        self._facts = given
        self._issue = f"<!-- bbws-gate:issue {project}/{environment}/{{}} refs=heads/main -->\ntext\n<!-- bbws-gate:end -->"
        self._comments = self._said()

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Row) -> Reply:
        """Answer one request; only reading is expected."""
        assert method == "GET", f"{method} {path} {body}"
        inner = path.removeprefix("/repos/acme/infra")
        for pattern, rows in self._routes().items():
            found = re.fullmatch(pattern, inner)
            if found:
                answer = rows(dict(query), *found.groups())
                return self._page(path, dict(query), answer) if isinstance(answer, list) else answer
        return Reply(404, {"message": "Not Found"})

    def _routes(self) -> dict[str, Callable[..., Any]]:
        return {
            "": lambda _: Reply(200, {"default_branch": "main"}),
            r"/commits/(\w+)/pulls": lambda _, sha: [self._pull()] if sha == MERGED else [],
            "/pulls/1": lambda _: Reply(200, self._pull()),
            "/commits": lambda _: [_commit(MERGED, AUTHOR)],
            r"/compare/(.+)\.\.\.\w+": lambda *_: self._comparison(),
            "/pulls/1/commits": lambda _: self._commits(),
            "/pulls/1/reviews": lambda _: [],
            "/activity": lambda _: [{"after": sha, "actor": self._pusher(), "id": 1} for sha in (HEAD, REPLACED)],
            "/issues/1/comments": lambda _: self._comments,
            "/issues/51/comments": lambda _: [_comment(20, who, text) for who, text in self._facts.elsewhere],
            "/issues": lambda _: self._issues(),
            r"/issues/(\d+)/events": lambda _, number: self._events(int(number)),
            r"/collaborators/(.+)/permission": lambda _, login: _permission(login),
            "/orgs/acme/teams/dba/members": lambda _: [DBA],
            "/deployments": lambda query: self._deployments(query["environment"]),
            r"/deployments/\d+/statuses": lambda *_: [{"state": "failure" if self._facts.chosen["below"] == "failed" else "success"}],
        }

    def _page(self, path: str, query: Row, rows: list[Any]) -> Reply:
        page, size = int(query.get("page", 1)), min(int(query.get("per_page", 30)), self._facts.per_page)
        following = urlencode({**query, "page": page + 1})
        headers = {"Link": f'<{API}{path}?{following}>; rel="next"'} if page * size < len(rows) else {}
        return Reply(200, rows[(page - 1) * size : page * size], headers)

    def _said(self) -> list[Row]:
        chosen = self._facts.chosen
        said = [*APPROVALS[chosen["approval"]], *((OUTSIDER, "Hm.") for _ in range(self._facts.noise)), *DECISIONS[chosen["decision"]]]
        edited = chosen["approval"] == "edited"
        return [_comment(number, who, text, edited=edited and text.endswith(" ")) for number, (who, text) in enumerate(said, 1)]

    def _pusher(self) -> Row:
        return LEAD if self._facts.chosen["approval"] == "by who pushed" else AUTHOR

    def _pull(self) -> Row:
        base = "release" if self._facts.chosen["place"] == "another branch" else "main"
        return {
            "number": 1,
            "state": "closed",
            "user": AUTHOR,
            "head": {"sha": HEAD, "ref": "change", "repo": {"full_name": "acme/infra"}},
            "base": {"sha": "e" * 40, "ref": base},
            "commits": 1,
            "merged_at": DAY.format(28),
            "merge_commit_sha": MERGED,
            "html_url": "",
        }

    def _commits(self) -> list[Row]:
        return [_commit(HEAD, self._pusher())]

    def _comparison(self) -> Reply:
        if self._facts.chosen["place"] == "only a fork":
            return Reply(200, {"status": "diverged", "files": []})
        return Reply(200, {"status": "behind", "files": []})

    def _issues(self) -> list[Row]:
        work = self._facts.chosen["work"]
        reason = "not_planned" if work == "closed as not planned" else "completed"
        smoke = {"state": "open", "state_reason": None} if work == "open" else {"state": "closed", "state_reason": reason}
        decision = {"state": "open", "state_reason": None, "comments": len(self._facts.elsewhere)}
        return [
            {"id": 50, "number": 50, "title": "Smoke test", "body": self._issue.format("manual%2Fsmoke-test"), **OURS, **smoke},
            {"id": 51, "number": 51, "title": "When?", "body": self._issue.format("decision%2Fwindow"), **OURS, **decision},
        ]

    def _events(self, number: int) -> list[Row]:
        if number != 50 or self._facts.chosen["work"] == "open":
            return []
        by = {"closed by an outsider": OUTSIDER, "closed by a bot": BOT}.get(self._facts.chosen["work"], DBA)
        labelled = [{"event": "labeled", "actor": BOT, "created_at": DAY.format(1)} for _ in range(self._facts.noise)]
        return [*labelled, {"event": "closed", "actor": by, "created_at": DAY.format(20)}]

    def _deployments(self, environment: str) -> list[Row]:
        below = self._facts.chosen["below"]
        if below == "nothing" or environment != "dev":
            return []
        sha = {"this content": BELOW, "failed": BELOW}.get(below, REPLACED)
        return [{"id": 70, "sha": sha, "environment": "dev", "created_at": DAY.format(27)}]


def _comment(number: int, who: Row, text: str, *, edited: bool = False) -> Row:
    times = {"created_at": DAY.format(number), "updated_at": DAY.format(number + edited)}
    return {"id": number, "user": who, "body": text.strip(), "html_url": "", **times}


def _commit(sha: str, who: Row) -> Row:
    signature = {"email": f"{who['login']}@example.test"}
    return {"sha": sha, "author": who, "committer": who, "commit": {"message": "m", "author": signature, "committer": signature}}


def _permission(login: str) -> Reply:
    user = next(one for one in (LEAD, DBA, AUTHOR, OUTSIDER) if one["login"] == login)
    return Reply(200, {"permission": "read" if user is OUTSIDER else "write", "user": user})
