"""The same faults for PyGithub as it comes and for the gate's write layer, over real connections to 127.0.0.1."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import github
import requests

from bbws_gate.errors import PublishError
from bbws_gate.publish.apply import Applier
from bbws_gate.publish.commands import CreateComment, CreateIssue
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.marker import ManagedBody, comment_marker, issue_key, marked_comment
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import Publisher
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.wanted import Wanted, WantedIssue
from tests.campaigns.campaign import IDENTITY
from tests.campaigns.loopback import listening, now
from tests.campaigns.server import HEAD, Reply, Server
from tests.publish.fake import FakeClock

CREATES = 300
BAD_GATEWAY = Reply(502, {"message": "Server Error"})
Writer = Callable[[str], None]


@dataclass(frozen=True)
class Ending:
    """How one POST ends; None as reply drops the connection."""

    name: str
    reply: Reply | None
    committed: bool
    times: int


ENDINGS = (
    Ending("502 once, after the work", BAD_GATEWAY, committed=True, times=1),
    Ending("502 always, after the work", BAD_GATEWAY, committed=True, times=99),
    Ending("connection dropped once, after the work", None, committed=True, times=1),
    Ending("connection dropped always, after the work", None, committed=True, times=99),
    Ending("429 once, without Retry-After", Reply(429, {"message": "Too Many Requests"}), committed=False, times=1),
    Ending("201 once, truncated", Reply(201, b'{"id": 1, "bo'), committed=True, times=1),
    Ending("409", Reply(409, {"message": "Conflict"}), committed=False, times=99),
)


def as_it_comes(url: str) -> github.Github:
    """PyGithub with its own retries, without its pauses between requests, which decide nothing here."""
    token = github.Auth.Token("ghs_token")
    return github.Github(auth=token, base_url=url, seconds_between_requests=0, seconds_between_writes=0)


def one_post(ending: Ending, write: Writer) -> tuple[int, int]:
    """Comments left by one logical POST, and requests sent for it."""
    server = Server(now)
    sent: Counter[str] = Counter()

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply | None:
        sent[method] += 1
        if method == "POST" and sent["POST"] <= ending.times:
            if ending.committed:
                server.answer(method, path, query, body)
            return ending.reply
        return server.answer(method, path, query, body)

    with listening(answer) as loopback, contextlib.suppress(github.GithubException, requests.RequestException, PublishError, ValueError):
        write(loopback.url)
    return len(server.comments), sent["POST"]


def with_pygithub(url: str) -> None:
    """One comment as PyGithub writes it."""
    as_it_comes(url).requester.requestJsonAndCheck("POST", "/repos/acme/infra/issues/1/comments", input={"body": "verdict"})


def with_gate(url: str) -> None:
    """One comment as the gate writes it; waits cost no time."""
    marker = comment_marker("schemas", "sit")
    _applier(url)[0].apply(CreateComment(1, marker, marked_comment(marker, "verdict")))


def many(rate: float, seed: int, write: Callable[[str], None]) -> tuple[int, int]:
    """Duplicates and missing of 300 logical creates; ``rate`` of the requests fail before the work and as many after it."""
    server = Server(now)
    choose = random.Random(seed)  # noqa: S311 - repeatable, not secret
    server.labels["bbws-gate"] = {"name": "bbws-gate"}

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply | None:
        roll = choose.random()
        if method == "POST" and roll < 2 * rate:
            if roll < rate:
                server.answer(method, path, query, body)
            return choose.choice([BAD_GATEWAY, None])
        return server.answer(method, path, query, body)

    with listening(answer) as loopback:
        write(loopback.url)
    titles = Counter(issue["title"] for issue in server.issues if issue["state"] == "open")
    return sum(titles.values()) - len(titles), CREATES - len(titles)


def many_with_pygithub(url: str) -> None:
    """The titles of 300 issues, one after the other."""
    client = as_it_comes(url).requester
    for number in range(CREATES):
        with contextlib.suppress(github.GithubException, requests.RequestException, ValueError):
            client.requestJsonAndCheck("POST", "/repos/acme/infra/issues", input={"title": f"Item {number}", "body": "", "labels": []})


def many_with_gate(url: str) -> None:
    """The same through the gate's write layer, each create for itself."""
    applier, _ = _applier(url)
    for number in range(CREATES):
        key = issue_key("schemas", "sit", f"item-{number}")
        body = str(ManagedBody("", key, ("pull/1",), "text", ""))
        with contextlib.suppress(PublishError):
            applier.apply(CreateIssue(key, f"Item {number}", body, ("bbws-gate",)))


def many_with_publisher(url: str) -> None:
    """The same as one run of the publisher and another one."""
    issues = tuple(WantedIssue(f"item-{number}", f"Item {number}", "text") for number in range(CREATES))
    for _ in range(2):
        applier, observer = _applier(url)
        Publisher(observer, applier, dry=False).finish(Wanted("schemas", "sit", HEAD, "pull/1", 1, issues=issues))


def _applier(url: str) -> tuple[Applier, Observer]:
    connection, sender = GitHub("ghs_token", url), Sender(FakeClock(), patience=10_000.0, jitter=lambda: 0.0)
    observer = Observer(connection, sender, "acme/infra", IDENTITY)
    return Applier(connection, sender, observer, "acme/infra"), observer
