"""Real deaths: a process that publishes is killed with SIGKILL at each of its requests, before or after the server has done the work."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bbws_gate.publish.apply import Applier
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import Publisher
from bbws_gate.publish.sending import Sender, SystemClock
from bbws_gate.publish.wanted import TRACKING, Wanted, WantedCheck, WantedIssue, WantedReaction
from bbws_gate.render.annotations import Annotation
from tests.campaigns.campaign import IDENTITY
from tests.campaigns.loopback import listening, now
from tests.campaigns.oracle import complaints, says_success
from tests.campaigns.server import HEAD, PERSON, Reply, Server

TOKEN = "ghs_token"
WANTED = Wanted(
    "schemas",
    "sit",
    HEAD,
    "pull/1",
    1,
    check=WantedCheck("success", "READY", "s", "t", tuple(Annotation("main.tf", line, line, "notice", "t", "m") for line in range(1, 61))),
    comment="ready",
    issues=(
        WantedIssue(TRACKING, "Promotion of schemas", "- [ ] all of it"),
        WantedIssue("item-0", "Item 0", "- [ ] one"),
        WantedIssue("item-1", "Item 1", "- [ ] two", blocked_by=("item-0",)),
    ),
    reactions=(WantedReaction(1, "+1"),),
)


@dataclass(frozen=True)
class Death:
    """One killed run and what followed."""

    at: int
    committed: bool
    was_killed: bool
    broken: tuple[tuple[str, str], ...]
    """Invariants that do not hold, after the death or after one clean run."""


def publish_to(url: str, wanted: Wanted = WANTED, token: str = TOKEN) -> None:
    """Publish over a real connection, without pauses."""
    github = GitHub(token, url)
    sender = Sender(SystemClock(), pause=0.0)
    observer = Observer(github, sender, "acme/infra", IDENTITY)
    publisher = Publisher(observer, Applier(github, sender, observer, "acme/infra"), dry=False)
    publisher.begin(wanted)
    publisher.finish(wanted)


def deaths(requests: Iterable[int]) -> list[Death]:
    """Kill at each of these requests, before and after the server has done the work."""
    return [_death(at, committed=committed) for at in requests for committed in (False, True)]


def requests_of_a_run() -> int:
    """How many requests a run sends that nothing disturbs."""
    server = _server()
    count = 0

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        nonlocal count
        count += 1
        return server.answer(method, path, query, body)

    with listening(answer) as loopback:
        publish_to(loopback.url)
    return count


def _death(at: int, *, committed: bool) -> Death:
    server = _server()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    sent: list[str] = []

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply | None:
        sent.append(method)
        if len(sent) != at:
            return server.answer(method, path, query, body)
        if committed:
            server.answer(method, path, query, body)
        os.kill(child.pid or 0, signal.SIGKILL)
        return None

    with listening(answer) as loopback:
        child = context.Process(target=publish_to, args=(loopback.url,))
        child.start()
        child.join()
    broken = [*_half_done(server), *_after_clean_runs(server)]
    return Death(at, committed, child.exitcode == -signal.SIGKILL, tuple(broken))


def _half_done(server: Server) -> list[tuple[str, str]]:
    """Success may only be there when everything else is."""
    return [("success before the rest", text) for _, text in complaints(server, WANTED)] if says_success(server, WANTED) else []


def _after_clean_runs(server: Server) -> list[tuple[str, str]]:
    writes: list[str] = []

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        if method != "GET":
            writes.append(f"{method} {path}")
        return server.answer(method, path, query, body)

    with listening(answer) as loopback:
        publish_to(loopback.url, _still(server))
        broken = list(complaints(server, WANTED))
        writes.clear()
        publish_to(loopback.url, _still(server))
    return [*broken, *(("a second clean run writes nothing", write) for write in writes)]


def _still(server: Server) -> Wanted:
    return replace(WANTED, reactions=() if server.reactions.get(1) else WANTED.reactions)


def _server() -> Server:
    server = Server(now)
    server.comments.append({"id": 1, "user": PERSON, "body": "/gate approve", "html_url": ""})
    return server
