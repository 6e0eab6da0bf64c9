"""What github.com does and ``emulate`` 0.12.2 does not, as far as the gate meets it. Each is our reading of GitHub's documentation.

- a pull request's head does not move, because nothing is pushed there: the harness says where it is
- check runs name no App: it is the App behind the token that made them
- PATCH of a check run replaces its annotations: GitHub adds them
- commit statuses are missing
- 403 says "Forbidden": GitHub says "Resource not accessible by integration" and names what it would accept
- a token that nobody knows is taken for the first user's: GitHub says 401
- a pull request seen as an issue is missing from the list of issues
- a pull request's commits begin with the repository's first, and name no accounts: the harness says whose address is whose
- a comment is updated while it is made, a millisecond later at times, and then looks edited
- pull requests that the harness merged are not merged there
- what ``missing`` holds is not there at all
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from tests.github.missing import Json, Missing, Reply

AT_ONCE = 500
"""Milliseconds in which nobody edits a comment."""
_REPOSITORY = r"/repos/[^/]+/[^/]+"
APP = {
    "id": 15368,
    "slug": "github-actions",
    "node_id": "A",
    "owner": None,
    "name": "GitHub Actions",
    "description": "",
    "external_url": "https://github.com",
    "html_url": "https://github.com/apps/github-actions",
    "created_at": "2020-01-01T00:00:00Z",
    "updated_at": "2020-01-01T00:00:00Z",
    "permissions": {},
    "events": [],
}


class Gaps:
    """Fills them, with the state that they need."""

    def __init__(self) -> None:
        self.tokens: set[str] = {"person"}
        self.heads: dict[int, str] = {}
        self.merged: dict[int, Json] = {}
        """What a merge sets on a pull request."""
        self.accounts: dict[str, Json] = {}
        """By e-mail address."""
        self.missing = Missing()
        self._annotations: dict[str, list[Json]] = {}
        self._statuses: dict[str, list[Json]] = {}

    def before(self, method: str, path: str, body: Any, token: str) -> Reply | Any:
        """An answer instead of the emulator's, or the body to send on."""
        if token and token not in self.tokens:
            return Reply(401, {"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest", "status": "401"}, {})
        answer = self.missing.answer(method, path, body)
        if answer is not None:
            return answer
        found = re.fullmatch(rf"{_REPOSITORY}/(?:statuses|commits)/([0-9a-f]+)(?:/statuses)?", path)
        if found and (method == "POST" or path.endswith("/statuses")):
            return self._status(method, found[1], body)
        found = re.fullmatch(rf"{_REPOSITORY}/check-runs/(\d+)", path)
        if found and method == "PATCH":
            every = self._annotations.setdefault(found[1], [])
            every += body.get("output", {}).get("annotations", [])
            return {**body, "output": {**body.get("output", {}), "annotations": every}} if "output" in body else body
        return body

    def after(self, method: str, path: str, reply: Reply) -> Reply:
        """The emulator's answer as github.com would give it."""
        if reply.status == 403 and reply.body.get("message") == "Forbidden":
            accepted = {"X-Accepted-GitHub-Permissions": "checks=write" if "/check-runs" in path else "issues=write; pull_requests=write"}
            return reply._replace(
                body={**reply.body, "message": "Resource not accessible by integration"}, headers={**reply.headers, **accepted}
            )
        if reply.status >= 300:
            return reply
        if re.fullmatch(rf"{_REPOSITORY}/check-runs(/\d+)?", path):
            return reply._replace(body={**reply.body, "app": APP})
        if re.fullmatch(rf"{_REPOSITORY}/commits/[^/]+/check-runs", path):
            return reply._replace(body={**reply.body, "check_runs": [{**run, "app": APP} for run in reply.body["check_runs"]]})
        found = re.fullmatch(rf"{_REPOSITORY}/pulls/(\d+)/commits", path)
        if found:
            return reply._replace(body=[self._commit(row) for row in reply.body if row["sha"] not in self.missing.on_main])
        if re.fullmatch(rf"{_REPOSITORY}/pulls(/\d+)?", path):
            for pull in reply.body if isinstance(reply.body, list) else [reply.body]:
                pull["head"]["sha"] = self.heads.get(pull["number"], pull["head"]["sha"])
                pull.update(self.merged.get(pull["number"], {}))
        if path.endswith("/comments"):
            for comment in reply.body if isinstance(reply.body, list) else [reply.body]:
                comment["reactions"] = self.missing.reactions_of(comment["id"])
                if _milliseconds(comment["updated_at"]) - _milliseconds(comment["created_at"]) < AT_ONCE:
                    comment["updated_at"] = comment["created_at"]
        if re.fullmatch(rf"{_REPOSITORY}/issues(/\d+)?", path):
            issues = reply.body if isinstance(reply.body, list) else [reply.body]
            self.missing.numbers.update((issue["id"], issue["number"]) for issue in issues)
            for issue in issues:
                issue.update(self.missing.summaries(issue["number"], issue["url"]))
        return reply

    def _commit(self, row: Json) -> Json:
        people = {who: self.accounts.get((row["commit"][who] or {}).get("email", "")) for who in ("author", "committer")}
        return {**row, **people}

    def _status(self, method: str, sha: str, body: Any) -> Reply:
        rows = self._statuses.setdefault(sha, [])
        if method == "GET":
            return Reply(200, rows, {})
        creator = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}
        row = {"id": len(rows) + 1, "creator": creator, "description": None, "target_url": None, **json.loads(json.dumps(body))}
        rows.insert(0, row)
        return Reply(201, row, {})


def _milliseconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp() * 1000
