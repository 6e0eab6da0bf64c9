"""A GitHub for tests: the npm package ``emulate`` behind a proxy that records every exchange and checks every request.

The proxy holds each request against GitHub's own description and refuses what that refuses, fills the emulator's gaps (``gaps``), and can
be told to fail (``fail_next``).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import socket
import subprocess
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import github
import urllib3

from tests.github import npm
from tests.github.gaps import Gaps
from tests.github.missing import Reply
from tests.github.openapi import Description

REPOSITORY = "acme/infra"
ENTERPRISE = "/api/v3"
"""Below which GitHub Enterprise Server has its API."""
_INSTALLATION = 1001
_FULL = {"checks": "write", "contents": "read", "issues": "write", "metadata": "read", "pull_requests": "write", "statuses": "write"}
_BODY_LIMIT = 65_536


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    method: str
    path: str
    query: str
    request: Any
    status: int
    response: Any


@dataclass
class Fault:
    """An answer instead of the emulator's; status 0 drops the connection. ``committed`` lets the emulator do the work first."""

    method: str
    path: str
    status: int
    times: int = 1
    committed: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"message": "Server Error"}'


class StandIn:
    """The running stand-in."""

    def __init__(self, url: str, upstream: str, child: subprocess.Popen[bytes], description: Description) -> None:
        self.url = url
        self._upstream = upstream
        self._child = child
        self._key: str = self._line()["key"]
        self._description = description
        self._pool = urllib3.PoolManager(retries=False, timeout=30)
        self._start()

    def reset(self) -> None:
        """Back to one empty repository."""
        assert self._child.stdin is not None
        self._child.stdin.write(b"reset\n")
        self._child.stdin.flush()
        self._line()
        self._start()

    def _start(self) -> None:
        self.exchanges: list[Exchange] = []
        self.enterprise = 0
        self.problems: list[str] = []
        self.faults: list[Fault] = []
        self.gaps = Gaps()
        self._commits: set[str] = set()
        self._branches = {"main"}
        self._pulls: dict[int, str] = {}
        self._accounts: dict[str, dict[str, Any]] = {}
        for login in ("octocat", "lead", "dba"):
            self.account(login)
            self.gaps.missing.permissions[login] = "write"

    def _line(self) -> dict[str, Any]:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        assert line, f"the emulator ended: {self._child.stderr.read().decode() if self._child.stderr else ''}"
        found: dict[str, Any] = json.loads(line)
        return found

    def token(self, **permissions: str) -> str:
        """A token as a job gets it, with all permissions or exactly those given."""
        integration = github.GithubIntegration(auth=github.Auth.AppAuth(15368, self._key), base_url=self._upstream)
        token = integration.get_access_token(_INSTALLATION, permissions=permissions or _FULL).token
        self.gaps.tokens.add(token)
        return token

    def push(self, checkout: Path, commit: str, branch: str, *, by: str = "octocat") -> None:
        """Bring a local commit and its history, and point a branch at it; an open pull request of that branch follows."""
        for each in git(checkout, "rev-list", "--reverse", commit).split():
            if each not in self._commits:
                self._upload(checkout, each)
                self._commits.add(each)
        refs = f"/repos/{REPOSITORY}/git/refs"
        if branch in self._branches:
            self._api("PATCH", f"{refs}/heads/{branch}", {"sha": commit, "force": True})
        else:
            self._api("POST", refs, {"ref": f"refs/heads/{branch}", "sha": commit})
        self._branches.add(branch)
        missing = self.gaps.missing
        missing.pushes.insert(0, {"after": commit, "ref": f"refs/heads/{branch}", "activity_type": "push", "actor": self.account(by)})
        if branch == "main":
            missing.on_main.update(git(checkout, "rev-list", commit).split())
        for number, head in self._pulls.items():
            if head == branch:
                self.gaps.heads[number] = commit

    def open_pull(self, branch: str) -> int:
        """A pull request from a pushed branch to main."""
        number: int = self._api("POST", f"/repos/{REPOSITORY}/pulls", {"title": "Change", "head": branch, "base": "main"})["number"]
        self._pulls[number] = branch
        self.gaps.heads[number] = self._api("GET", f"/repos/{REPOSITORY}/git/ref/heads/{branch}")["object"]["sha"]
        return number

    def merge(self, number: int, commit: str) -> None:
        """Close a pull request as merged by a commit that was pushed to main."""
        pull = self.patch(f"pulls/{number}", {"state": "closed"})
        del self._pulls[number]
        self.gaps.merged[number] = {"merged_at": "2026-01-02T00:00:00Z", "merge_commit_sha": commit, "state": "closed"}
        self.gaps.missing.pulls_by_commit[commit] = [{**pull, **self.gaps.merged[number]}]

    def account(self, login: str) -> dict[str, Any]:
        """Somebody's account."""
        if login not in self._accounts:
            found = self._api("GET", f"/users/{login}")
            self._accounts[login] = {"id": found["id"], "login": login, "type": "User"}
            self.gaps.accounts[f"{login}@example.test"] = self._accounts[login]
        return self._accounts[login]

    def say(self, login: str, number: int, text: str) -> int:
        """Somebody's comment on an issue or pull request; answers with its id."""
        comment: int = self._api("POST", f"/repos/{REPOSITORY}/issues/{number}/comments", {"body": text}, login=login)["id"]
        return comment

    def close(self, login: str, number: int, reason: str = "completed") -> None:
        """Somebody closes an issue."""
        self._api("PATCH", f"/repos/{REPOSITORY}/issues/{number}", {"state": "closed", "state_reason": reason}, login=login)

    def review(self, login: str, number: int, state: str = "APPROVE", text: str = "") -> None:
        """Somebody's review of a pull request's present head."""
        path = f"/repos/{REPOSITORY}/pulls/{number}/reviews"
        self._api("POST", path, {"event": state, "body": text, "commit_id": self.gaps.heads.get(number)}, login=login)

    def _upload(self, checkout: Path, commit: str) -> None:
        """The same objects there as here, so that they have the same ids."""
        entries = []
        for line in filter(None, git(checkout, "ls-tree", "-r", "-z", commit).split("\0")):
            facts, _, path = line.partition("\t")
            mode, _, blob = facts.split()
            entries.append({"path": path, "mode": mode, "type": "blob", "content": git(checkout, "cat-file", "blob", blob)})
        tree = self.post("git/trees", {"tree": entries})["sha"]
        header, _, message = git(checkout, "cat-file", "commit", commit).partition("\n\n")
        lines = [line.partition(" ") for line in header.splitlines()]
        people = {name: _person(rest) for name, _, rest in lines if name in {"author", "committer"}}
        parents = [rest for name, _, rest in lines if name == "parent"]
        made = self.post("git/commits", {"message": message, "tree": tree, "parents": parents, **people})["sha"]
        assert made == commit, f"commit {commit} has another id there: {made}"

    def get(self, path: str) -> Any:
        """What GitHub answers about something of the repository, unrecorded."""
        return self._api("GET", f"/repos/{REPOSITORY}/{path}")

    def post(self, path: str, body: Any) -> Any:
        """Somebody else's write."""
        return self._api("POST", f"/repos/{REPOSITORY}/{path}", body)

    def patch(self, path: str, body: Any) -> Any:
        """Somebody else's edit."""
        return self._api("PATCH", f"/repos/{REPOSITORY}/{path}", body)

    @property
    def writes(self) -> list[str]:
        """Every request that was to change something."""
        return [f"{exchange.method} {exchange.path}" for exchange in self.exchanges if exchange.method != "GET"]

    def forget(self) -> None:
        """Forget what was recorded."""
        self.exchanges.clear()

    def fail_next(self, method: str, path: str, status: int, **more: Any) -> None:
        """Let the next request that fits fail."""
        self.faults.append(Fault(method, path, status, **more))

    def _api(self, method: str, path: str, body: Any = None, *, login: str = "person") -> Any:
        headers = {"Authorization": f"Bearer {login}", "Content-Type": "application/json"}
        answer = self._pool.request(
            method, self._upstream + path, body=json.dumps(body).encode() if body is not None else None, headers=headers
        )
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.data!r}"
        return json.loads(answer.data)

    def exchange(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer one request of the client; None drops the connection."""
        path, _, query = target.partition("?")
        self.enterprise += path.startswith(ENTERPRISE)
        path = path.removeprefix(ENTERPRISE)
        body = json.loads(raw) if raw else None
        found = self._description.problems(method, path, query, body)
        self.problems += found
        reply: Reply | None
        fault = next((one for one in self.faults if one.times and re.fullmatch(one.method, method) and re.search(one.path, path)), None)
        if fault is not None:
            fault.times -= 1
            if fault.committed:
                self._through(method, path, query, headers, body)
            reply = Reply(fault.status, fault.body, dict(fault.headers)) if fault.status else None
        elif found or _too_long(path, body):
            reply = Reply(422, {"message": "Validation Failed", "errors": found or ["body is too long"]}, {})
        else:
            reply = _conditional(method, headers, self._through(method, path, query, headers, body))
        response = reply.body if reply is not None and not isinstance(reply.body, bytes) else None
        self.exchanges.append(Exchange(method, path, query, body, reply.status if reply else 0, response))
        return reply

    def _through(self, method: str, path: str, query: str, headers: Mapping[str, str], body: Any) -> Reply:
        token = re.sub(r"^(?:Bearer|token)\s+", "", headers.get("Authorization", ""))
        sent = self.gaps.before(method, path, body, token)
        if isinstance(sent, Reply):
            return sent
        answer = self._pool.request(
            method,
            f"{self._upstream}{path}{f'?{query}' if query else ''}",
            body=json.dumps(sent).encode() if sent is not None else None,
            headers={"Authorization": headers.get("Authorization", ""), "Content-Type": "application/json"},
        )
        kept = {
            name: value.replace(self._upstream, self.url)  # a list goes on at the address where it began
            for name, value in answer.headers.items()
            if name.lower() in {"link", "x-ratelimit-remaining", "x-ratelimit-reset"}
        }
        return self.gaps.after(method, path, Reply(answer.status, json.loads(answer.data) if answer.data else None, kept))


def _conditional(method: str, headers: Mapping[str, str], reply: Reply) -> Reply:
    """With an ``ETag``; 304 without a body where the client has the same.

    https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
    """
    if method != "GET" or reply.status != 200:
        return reply
    etag = f'W/"{hashlib.sha256(json.dumps(reply.body).encode()).hexdigest()}"'
    same = {name.lower(): value for name, value in headers.items()}.get("if-none-match") == etag
    return Reply(304, None, {"ETag": etag}) if same else reply._replace(headers={**reply.headers, "ETag": etag})


def git(checkout: Path, *arguments: str) -> str:
    """What git prints."""
    command = ["git", "-C", str(checkout), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def _person(line: str) -> dict[str, str]:
    """``Name <address> seconds +0000`` as the API wants it."""
    found = re.fullmatch(r"(.*) <(.*)> (\d+) \+0000", line)
    assert found, line
    return {"name": found[1], "email": found[2], "date": datetime.fromtimestamp(int(found[3]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _too_long(path: str, body: Any) -> bool:
    """Limits that the description leaves out."""
    return (
        isinstance(body, dict) and "/issues" in path and (len(body.get("body") or "") > _BODY_LIMIT or len(body.get("title") or "") > 256)
    )


@contextmanager
def running() -> Iterator[StandIn]:
    """Start emulator and proxy on free ports; end both."""
    folder = npm.install()
    description = Description(npm.description())
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    url = f"http://localhost:{server.server_port}"
    port = _free_port()
    program = shutil.copy(npm.HERE / "emulator.mjs", folder)  # packages are looked for beside the program
    command = ["node", program, str(port), url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        try:
            stand_in = StandIn(url, f"http://127.0.0.1:{port}", child, description)
            server.stand_in = stand_in  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            try:
                yield stand_in
            finally:
                server.shutdown()
        finally:
            server.server_close()
            if child.stdin is not None:
                child.stdin.close()
            child.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one segment for head and body: two cost 40 ms each

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urllib.parse.urlsplit(self.path)
        target = f"{path.path}?{path.query}" if path.query else path.path
        reply = self.server.stand_in.exchange(self.command, target, self.headers, raw)  # type: ignore[attr-defined]
        if reply is None:
            self.close_connection = True
            self.connection.close()
            return
        data = reply.body if isinstance(reply.body, bytes) else b"" if reply.body is None else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815 - names of the standard library
