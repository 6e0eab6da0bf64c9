"""A small GitHub with faults, for tests of what happens between requests: state in memory, a clock that only moves when somebody sleeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import TypeAdapter

from bbws_gate.publish.failures import ApiFailure, Refused, Uncertain
from bbws_gate.publish.github import Answer, GitHub, Shape

BOT = {"id": 7, "login": "github-actions[bot]"}
HEAD = "a" * 40


class FakeClock:
    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class Fault:
    """The next request that fits fails; after it was carried out, if ``committed``."""

    verb: str
    path: str
    failure: Callable[[], ApiFailure]
    committed: bool = False
    times: int = 1


@dataclass
class FakeGitHub(GitHub):
    """Issues, comments, check runs, statuses and labels of one repository, acme/infra."""

    head: str = HEAD
    per_page: int = 100
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    open_pulls: list[int] = field(default_factory=lambda: [1])
    faults: list[Fault] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    author: dict[str, Any] = field(default_factory=lambda: dict(BOT))
    next_id: int = 100

    def request(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        unless: str = "",
    ) -> Answer[Shape]:
        self.sent.append((verb, path))
        fault = next((one for one in self.faults if one.times and re.fullmatch(one.verb, verb) and re.search(one.path, path)), None)
        if fault is not None:
            fault.times -= 1
            if fault.committed:
                self._answer(verb, path, query or {}, dict(body or {}))
            raise fault.failure()
        data, headers = self._answer(verb, path, query or {}, dict(body or {}))
        try:
            return Answer(shape.validate_python(data), headers)
        except ValueError as error:
            raise Uncertain("GitHub's answer cannot be read") from error

    def following(self, answer: Answer[Shape]) -> str | None:
        return answer.headers.get("next")

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [entry for entry in self.sent if entry[0] != "GET"]

    def _answer(self, verb: str, path: str, query: Mapping[str, str | int], body: dict[str, Any]) -> tuple[Any, dict[str, str]]:
        path, _, page = path.partition("#")
        path, _, rest = path.partition("?")
        query = query or dict(parse_qsl(rest))
        for pattern, reply in (
            (r"/repos/acme/infra", self._repository),
            (r"/repos/acme/infra/pulls/1", self._pull),
            (r"/repos/acme/infra/pulls", self._pulls),
            (r"/repos/acme/infra/issues/1/comments", self._comments),
            (r"/repos/acme/infra/issues/comments/(?P<number>\d+)", self._comment),
            (r"/repos/acme/infra/issues", self._issues),
            (r"/repos/acme/infra/issues/(?P<number>\d+)", self._issue),
            (r"/repos/acme/infra/labels(?:/(?P<name>.+))?", self._labels),
            (r"/repos/acme/infra/check-runs(?:/(?P<number>\d+))?", self._check_run),
            (r"/repos/acme/infra/commits/(?P<sha>\w+)/check-runs", self._check_runs),
            (r"/repos/acme/infra/(?:commits/)?statuses/(?P<sha>\w+)|/repos/acme/infra/commits/(?P<ref>\w+)/statuses", self._statuses),
        ):
            match = re.fullmatch(pattern, path)
            if match is not None:
                found = reply(verb, query, body, **{name: value for name, value in match.groupdict().items() if value})
                return self._page(f"{path}?{urlencode(query)}", int(page or 1), found) if isinstance(found, list) else (found, {})
        raise Refused("Not Found", status=404)

    def _page(self, path: str, number: int, rows: list[Any]) -> tuple[list[Any], dict[str, str]]:
        end = number * self.per_page
        return rows[end - self.per_page : end], {"next": f"{path}#{number + 1}"} if end < len(rows) else {}

    def _new(self, **values: Any) -> dict[str, Any]:
        self.next_id += 1
        return {
            "id": self.next_id,
            "number": self.next_id,
            "user": self.author,
            "html_url": f"https://example.test/{self.next_id}",
            **values,
        }

    def _repository(self, *_: object) -> dict[str, Any]:
        return {"default_branch": "main"}

    def _pull(self, *_: object) -> dict[str, Any]:
        return {"number": 1, "head": {"sha": self.head}}

    def _pulls(self, *_: object) -> list[dict[str, Any]]:
        return [{"number": number, "head": {"sha": self.head}} for number in self.open_pulls]

    def _comments(self, verb: str, _query: object, body: dict[str, Any]) -> Any:
        if verb == "GET":
            return [dict(comment) for comment in self.comments]
        self.comments.append(self._new(**body))
        return dict(self.comments[-1])

    def _comment(self, verb: str, _query: object, body: dict[str, Any], number: str) -> Any:
        comment = self._find(self.comments, "id", number)
        if verb == "DELETE":
            self.comments.remove(comment)
            return None
        comment.update(body)
        return dict(comment)

    def _issues(self, verb: str, query: Mapping[str, str | int], body: dict[str, Any]) -> Any:
        if verb == "POST":
            self.issues.append(self._new(state="open", **body))
            return dict(self.issues[-1])
        rows = reversed(self.issues)
        if "labels" in query:
            return [dict(issue) for issue in rows if query["labels"] in issue["labels"]]
        return [dict(issue) for issue in rows if issue["user"]["login"] == query["creator"]]

    def _issue(self, verb: str, _query: object, body: dict[str, Any], number: str) -> Any:
        issue = self._find(self.issues, "number", number)
        issue.update(body)
        return dict(issue)

    def _labels(self, verb: str, _query: object, body: dict[str, Any], name: str = "") -> Any:
        if verb == "GET":
            if name not in self.labels:
                raise Refused("Not Found", status=404)
            return {"name": name}
        if body["name"] in self.labels:
            raise Refused("Validation Failed (name already_exists)", status=422)
        self.labels.append(body["name"])
        return {"name": body["name"]}

    def _check_run(self, verb: str, _query: object, body: dict[str, Any], number: str = "") -> Any:
        if verb == "POST":
            row = self._new(app={"slug": "github-actions"}, output={"annotations_count": 0}, annotations=[])
            self.checks.append(row)
        else:
            row = self._find(self.checks, "id", number)
        output = dict(body.pop("output", {}))
        row["annotations"].extend(output.pop("annotations", []))
        row["output"] = {**row["output"], **output, "annotations_count": len(row["annotations"])}
        row.update(body)
        return dict(row)

    def _check_runs(self, _verb: str, query: Mapping[str, str | int], _body: object, sha: str) -> Any:
        return {"check_runs": [dict(row) for row in reversed(self.checks) if row["head_sha"] == sha and row["name"] == query["check_name"]]}

    def _statuses(self, verb: str, _query: object, body: dict[str, Any], sha: str = "", ref: str = "") -> Any:
        if verb == "POST":
            self.statuses.insert(0, {"creator": self.author, **body})
            return dict(self.statuses[0])
        return [dict(status) for status in self.statuses]

    @staticmethod
    def _find(rows: list[dict[str, Any]], key: str, number: str) -> dict[str, Any]:
        for row in rows:
            if row[key] == int(number):
                return row
        raise Refused("Not Found", status=404)
