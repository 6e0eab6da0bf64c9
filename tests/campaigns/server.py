"""GitHub's REST API as far as publishing uses it: state in memory, answers as status, headers and bytes, lists that lag behind.

Held against the emulator by ``tests/publish/test_faults.py``; what the emulator lacks is our reading of GitHub's documentation.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

Row = dict[str, Any]
BOT = {"id": 41898282, "login": "github-actions[bot]", "type": "Bot"}
PERSON = {"id": 99, "login": "octocat", "type": "User"}
API = "https://api.example.test"
HEAD = "a" * 40
MAIN = "b" * 40


class Reply(NamedTuple):
    """One answer."""

    status: int
    body: Any
    headers: Mapping[str, str] = {}

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body).encode()


def _refusal(status: int, message: str) -> Reply:
    return Reply(status, {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)})


@dataclass
class Server:
    """One repository, acme/infra, with pull request 1 open."""

    now: Callable[[], float]
    per_page: int = 100
    lag: Callable[[], float] = lambda: 0.0
    """Seconds for which lists do not show a new object; drawn for each."""
    head: str = HEAD
    comments: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    statuses: list[Row] = field(default_factory=list)
    labels: dict[str, Row] = field(default_factory=dict)
    milestones: list[Row] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    blockers: dict[int, list[int]] = field(default_factory=dict)
    hidden: dict[int, float] = field(default_factory=dict)
    next_id: int = 100

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Row) -> Reply:
        """Carry one request out."""
        inner = path.removeprefix("/repos/acme/infra")
        for pattern, reply in self._routes().items():
            found = re.fullmatch(pattern, inner)
            if found:
                return reply(method, dict(query), body, *found.groups())
        return _refusal(404, "Not Found")

    def settle(self) -> None:
        """Lists show everything."""
        self.hidden.clear()

    def _routes(self) -> dict[str, Callable[..., Reply]]:
        number = r"/(\d+)"
        return {
            "": lambda *_: Reply(200, {"default_branch": "main"}),
            "/pulls/1": lambda *_: Reply(200, {"number": 1, "head": {"sha": self.head}}),
            "/pulls": lambda _method, query, _body: self._list("/pulls", query, [{"id": 1, "number": 1, "head": {"sha": self.head}}]),
            "/issues/1/comments": self._comments,
            f"/issues/comments{number}": self._comment,
            f"/issues/comments{number}/reactions": self._react,
            "/issues": self._issues,
            f"/issues{number}": self._issue,
            f"/issues{number}/sub_issues": lambda *given: self._link("sub_issues", self.children, "sub_issue_id", *given),
            f"/issues{number}/dependencies/blocked_by": lambda *given: self._link(
                "dependencies/blocked_by", self.blockers, "issue_id", *given
            ),
            f"/issues{number}/dependencies/blocking": self._blocked,
            "/labels(?:/(.+))?": self._labels,
            "/milestones": self._milestones,
            f"/check-runs(?:{number})?": self._check_run,
            r"/commits/(\w+)/check-runs": self._check_runs,
            r"/(?:commits/)?(?:statuses/)?(\w{40})(?:/statuses)?": self._statuses,
        }

    def _new(self, **values: Any) -> Row:
        self.next_id += 1
        lag = self.lag()
        if lag:
            self.hidden[self.next_id] = self.now() + lag
        return {"id": self.next_id, "html_url": f"https://example.test/{self.next_id}", **values}

    def _list(self, path: str, query: Row, rows: list[Row], wrap: str = "") -> Reply:
        page, size = int(query.get("page", 1)), min(int(query.get("per_page", 30)), self.per_page)
        shown = [row for row in rows if self.hidden.get(row["id"], 0.0) <= self.now()]
        part = json.loads(json.dumps(shown[(page - 1) * size : page * size]))
        following = urlencode({**query, "page": page + 1})
        headers = {"Link": f'<{API}/repos/acme/infra{path}?{following}>; rel="next"'} if page * size < len(shown) else {}
        return Reply(200, {"total_count": len(shown), wrap: part} if wrap else part, headers)

    def _comments(self, method: str, query: Row, body: Row) -> Reply:
        if method == "GET":
            return self._list("/issues/1/comments", query, self.comments)
        if len(body["body"]) > 65_536:
            return _refusal(422, "Validation Failed")
        self.comments.append(self._new(user=BOT, **body))
        return Reply(201, self.comments[-1])

    def _comment(self, method: str, _query: Row, body: Row, number: str) -> Reply:
        row = _find(self.comments, "id", number)
        if row is None:
            return _refusal(404, "Not Found")
        if method == "DELETE":
            self.comments.remove(row)
            return Reply(204, None)
        row.update(body)
        return Reply(200, row)

    def _react(self, _method: str, _query: Row, body: Row, comment: str) -> Reply:
        given = self.reactions.setdefault(int(comment), [])
        if body["content"] in given:
            return Reply(200, {"id": 1, **body})
        given.append(body["content"])
        return Reply(201, {"id": 1, **body})

    def _issues(self, method: str, query: Row, body: Row) -> Reply:
        if method == "GET":
            rows = [self._shown(issue) for issue in reversed(self.issues)]
            if "labels" in query:
                rows = [row for row in rows if query["labels"] in {label["name"] for label in row["labels"]}]
            if "creator" in query:
                rows = [row for row in rows if row["user"]["login"] == query["creator"]]
            return self._list("/issues", query, rows)
        if "ghost" in body.get("assignees", ()) or len(body["title"]) > 256:
            return _refusal(422, "Validation Failed")
        labels = [{"name": name} for name in body["labels"]]
        row = self._new(user=BOT, state="open", state_reason=None, **{**body, "labels": labels})
        row["number"] = row["id"]
        self.issues.append(row)
        return Reply(201, self._shown(row))

    def _issue(self, method: str, _query: Row, body: Row, number: str) -> Reply:
        row = _find(self.issues, "number", number)
        if row is None:
            return _refusal(404, "Not Found")
        if method == "PATCH":
            row.update(body)
        return Reply(200, self._shown(row))

    def _shown(self, row: Row) -> Row:
        children, blockers = len(self.children.get(row["number"], ())), len(self.blockers.get(row["number"], ()))
        parents = [f"{API}/repos/acme/infra/issues/{number}" for number, ids in self.children.items() if row["id"] in ids]
        return {
            **row,
            "parent_issue_url": parents[0] if parents else None,
            "sub_issues_summary": {"total": children},
            "issue_dependencies_summary": {"total_blocked_by": blockers, "total_blocking": len(self._held_by(row))},
        }

    def _held_by(self, row: Row) -> list[int]:
        """Numbers of the issues that one blocks."""
        return [number for number, ids in self.blockers.items() if row["id"] in ids]

    def _blocked(self, _method: str, query: Row, _body: Row, number: str) -> Reply:
        row = _find(self.issues, "number", number)
        if row is None:
            return _refusal(404, "Not Found")
        held = self._held_by(row)
        return self._list(f"/issues/{number}/dependencies/blocking", query, [each for each in self.issues if each["number"] in held])

    def _link(self, name: str, table: dict[int, list[int]], key: str, method: str, query: Row, body: Row, number: str) -> Reply:
        linked = table.setdefault(int(number), [])
        if method == "GET":
            return self._list(f"/issues/{number}/{name}", query, [row for row in self.issues if row["id"] in linked])
        if body[key] in linked:
            return _refusal(422, "Issue may not contain duplicate sub-issues")
        if name == "sub_issues" and not self._leaves_parent(body):
            return _refusal(422, "Sub issue may only have one parent")
        linked.append(body[key])
        return Reply(201, self._shown(self.issues[0]))

    def _leaves_parent(self, body: Row) -> bool:
        """Whether an issue has no parent, or is to have another one."""
        parents = [ids for ids in self.children.values() if body["sub_issue_id"] in ids]
        if parents and not body.get("replace_parent"):
            return False
        for ids in parents:
            ids.remove(body["sub_issue_id"])
        return True

    def _labels(self, method: str, _query: Row, body: Row, name: str | None) -> Reply:
        if method == "GET":
            return Reply(200, self.labels[name]) if name in self.labels else _refusal(404, "Not Found")
        if body["name"] in self.labels:
            return _refusal(422, "Validation Failed")
        self.labels[body["name"]] = body
        return Reply(201, body)

    def _milestones(self, method: str, query: Row, body: Row) -> Reply:
        if method == "GET":
            return self._list("/milestones", query, self.milestones)
        if any(each["title"] == body["title"] for each in self.milestones):
            return _refusal(422, "Validation Failed")
        row = self._new(**body)
        self.milestones.append({**row, "number": row["id"]})
        return Reply(201, self.milestones[-1])

    def _check_run(self, method: str, _query: Row, body: Row, number: str | None) -> Reply:
        if method == "POST":
            row = self._new(app={"slug": "github-actions"}, conclusion=None, external_id="", output={}, annotations=[])
            self.checks.append(row)
        else:
            found = _find(self.checks, "id", number or "0")
            if found is None:
                return _refusal(404, "Not Found")
            row = found
        if method != "GET":
            output = dict(body.get("output", {}))
            row["annotations"] += output.pop("annotations", [])
            row.update({name: value for name, value in body.items() if name != "output"})
            row["output"] = {**row["output"], **output, "annotations_count": len(row["annotations"])}
        return Reply(201 if method == "POST" else 200, row)

    def _check_runs(self, _method: str, query: Row, _body: Row, sha: str) -> Reply:
        rows = [row for row in reversed(self.checks) if row["head_sha"] == sha and row["name"] == query["check_name"]]
        return self._list(f"/commits/{sha}/check-runs", query, rows, "check_runs")

    def _statuses(self, method: str, query: Row, body: Row, sha: str) -> Reply:
        if method == "POST":
            self.statuses.insert(0, self._new(creator=BOT, sha=sha, **body))
            return Reply(201, self.statuses[0])
        return self._list(f"/commits/{sha}/statuses", query, [row for row in self.statuses if row["sha"] == sha])


def conditional(reply: Reply, etag: str) -> Reply:
    """An answer with its ``ETag``; 304 without a body where the client has it."""
    if reply.status != 200:
        return reply
    own = f'W/"{hashlib.sha256(reply.content).hexdigest()}"'
    return Reply(304, None, {"ETag": own}) if etag == own else reply._replace(headers={**reply.headers, "ETag": own})


def _find(rows: list[Row], key: str, number: str) -> Row | None:
    return next((row for row in rows if row[key] == int(number)), None)
