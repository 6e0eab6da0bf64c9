"""Between PyGithub's session and the server: one client's connection, with faults, a clock, death, and a watch on when it sends what."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter

from bbws_gate.publish.github import GitHub
from tests.campaigns.faults import FAULTS, JSON, ON_LISTS, Fault, answer_with
from tests.campaigns.server import API, Reply, Server, conditional
from tests.publish.fake import FakeClock


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Plan:
    """What happens to one client's requests."""

    choose: random.Random
    rate: float = 0.0
    """Of requests that fail."""
    sticky: tuple[str, Fault] | None = None
    """Method, and how each such request ends."""
    kill_at: int | None = None
    """Which request is the last."""
    kill_committed: bool = False
    kill_with: type[BaseException] = Killed
    at: dict[int, Callable[[], None]] = field(default_factory=dict)
    """What others do before a certain request."""
    turn: Callable[[], None] = lambda: None

    def fault(self, method: str) -> Fault | None:
        if self.sticky is not None and self.sticky[0] == method and self.choose.random() < 0.9:
            return self.sticky[1]
        if self.choose.random() >= self.rate:
            return None
        return self.choose.choice(ON_LISTS if method == "GET" else FAULTS)


class Wire(BaseAdapter):
    """One client's connection."""

    def __init__(self, server: Server, clock: FakeClock, plan: Plan, before_success: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.server, self.clock, self.plan = server, clock, plan
        self.before_success = before_success
        self.requests = 0
        self.logical_writes = 0
        self.writes: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.too_early: list[str] = []
        self._allowed_at = 0.0
        self._write_at = 0.0

    def connect(self) -> GitHub:
        """The gate's own connection to GitHub, over this wire."""
        github = GitHub("ghs_token", API)
        session = github.client._requester._Requester__createConnection().session  # type: ignore[attr-defined]
        session.mount("https://", self)
        session.trust_env = False  # looking for proxies in the environment took most of a campaign's time
        return github

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.plan.turn()
        self.requests += 1
        method, parts = str(request.method), urlsplit(str(request.url))
        self._watch(method, f"{parts.path}?{parts.query}", request.body)
        if self.requests in self.plan.at:
            self.plan.at[self.requests]()
        self.clock.time += 0.05 + self.plan.choose.random() / 4
        body = json.loads(request.body) if request.body else {}
        if "success" in {body.get("conclusion"), body.get("state")}:
            self.before_success()
        dies = self.requests == self.plan.kill_at
        if dies and not self.plan.kill_committed:
            raise self.plan.kill_with
        fault = None if dies else self.plan.fault(method)
        reply = None
        if fault is None or fault.committed:
            answered = self.server.answer(method, parts.path, dict(parse_qsl(parts.query)), body)
            reply = answered if method != "GET" else conditional(answered, request.headers.get("If-None-Match", ""))
        if dies:
            raise self.plan.kill_with
        try:
            status, headers, content = self._outcome(fault, reply)
        finally:
            if method != "GET":
                self._write_at = self.clock.time + 1.0
        response = requests.Response()
        response.status_code, response.url, response.request = status, str(request.url), request
        response.headers.update(headers)
        response.encoding = "utf-8"
        response._content = content
        return response

    def close(self) -> None:
        """Nothing to close."""

    def _outcome(self, fault: Fault | None, reply: Reply | None) -> tuple[int, dict[str, str], bytes]:
        if fault is None:
            assert reply is not None
            return reply.status, {**JSON, **reply.headers}, reply.content
        self.faults[fault.name] += 1
        self.clock.time += fault.seconds
        if fault.error is not None:
            raise fault.error
        status, headers, content = answer_with(fault, reply, self.clock.time)
        if fault.holds:
            after = headers.get("Retry-After")
            reset = headers.get("X-RateLimit-Reset")
            self._allowed_at = self.clock.time + float(after) if after else float(reset) if reset else self.clock.time + 60.0
        return status, headers, content

    def _watch(self, method: str, target: str, body: bytes | str | None) -> None:
        early = "before a limit ended" if self.clock.time < self._allowed_at - 0.001 else ""
        if method != "GET":
            self.writes[f"{method} {target} (write {self.logical_writes}) {body!r}"] += 1
            if self.clock.time < self._write_at - 0.001:
                early = early or "less than a second after the last write"
        if early:
            self.too_early.append(f"{method} {target} {early}")
