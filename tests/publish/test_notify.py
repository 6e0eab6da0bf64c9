from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.model import Dossier, Severity
from bbws_gate.publish.notify import Change, Webhooks, check_address, notify, plain_message, slack_message
from tests.render.sample import BLOCKED, READY, hostile

SECRET = "T000-very-secret"
HOSTILE = "<!channel> @here & <https://evil.test|ok> @channel"


class Clock:
    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Server(ThreadingHTTPServer):
    answers: list[int]
    got: list[tuple[str, dict[str, object]]]


@contextmanager
def server(*answers: int) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((self.path, json.loads(body)))
            self.send_response(found.answers.pop(0) if found.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with Server(("127.0.0.1", 0), Handler) as found:
        found.answers, found.got = list(answers), []
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join()


def address(found: Server) -> str:
    return f"http://127.0.0.1:{found.server_port}/services/{SECRET}"


CHANGE = Change(BLOCKED, "READY_WITH_WARNINGS", "https://example.test/runs/1")


def test_notify__both_are_told_once() -> None:
    with server() as found:
        assert notify(Webhooks(address(found), address(found)), CHANGE, Clock()) == ()
        (_, slack), (_, plain) = found.got
    assert slack["text"] == "bbws_dynamodb_schemas to sit: BLOCKED, was READY WITH WARNINGS"
    assert plain["event"] == "status_changed"
    assert (plain["previous_status"], plain["status"], plain["score"]) == ("READY_WITH_WARNINGS", "BLOCKED", 28)
    assert plain["counts"] == {severity.value: BLOCKED.count(severity) for severity in Severity}


@pytest.mark.parametrize(
    ("answers", "sends", "problem"),
    [
        ((500, 200), 2, ""),
        ((429, 503, 200), 3, ""),
        ((500, 500, 500, 200), 3, "answered 500"),
        ((404, 200), 1, "answered 404"),
        ((302, 200), 1, "answered 302"),
    ],
)
def test_notify__is_tried_again_within_bounds(answers: tuple[int, ...], sends: int, problem: str) -> None:
    clock = Clock()
    with server(*answers) as found:
        problems = notify(Webhooks(address(found)), CHANGE, clock)
        assert [path for path, _ in found.got] == [f"/services/{SECRET}"] * sends
    assert clock.slept == [2.0, 4.0][: sends - 1]
    assert bool(problems) == bool(problem)
    assert all(problem in each and SECRET not in each for each in problems)


def test_notify__nobody_there_is_told_without_the_address() -> None:
    with server() as found:
        gone = address(found)
    problems = notify(Webhooks(gone, gone), CHANGE, Clock())
    assert len(problems) == 2
    assert not any(SECRET in each or "127.0.0.1" in each for each in problems)


def test_webhooks__are_not_shown() -> None:
    assert SECRET not in repr(Webhooks(f"https://hooks.example.test/{SECRET}", f"https://other.example.test/{SECRET}"))


@pytest.mark.parametrize(
    "wrong", [f"http://example.test/{SECRET}", f"ftp://example.test/{SECRET}", SECRET, f"https:///{SECRET}", "https://["]
)
def test_check_address__is_https_and_never_repeated(wrong: str) -> None:
    with pytest.raises(UsageError, match="`slack-webhook` is no https address") as raised:
        check_address(wrong, "slack-webhook")
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("right", ["", "https://hooks.example.test/x", "http://127.0.0.1:8080/x"])
def test_check_address__takes_what_may_be_used(right: str) -> None:
    assert check_address(right, "webhook") == right


def test_slack_message__calls_nobody_from_a_repository() -> None:
    message = slack_message(Change(replace(hostile(HOSTILE), status=BLOCKED.status), "READY", "https://example.test/<!here>|x"))
    texts = [message["text"]]
    for block in message["blocks"]:
        parts = block.get("elements", [block.get("text")])
        assert all(part["type"] == "plain_text" for part in parts)
        texts += [part["text"] for part in parts]
    assert "<" not in message["text"]
    assert not any("@here" in text or "@channel" in text for text in texts)


def test_messages__mention_the_roles_of_the_spec() -> None:
    dossier = Dossier(mentions={"blocked": ("tech-lead", "dba"), "ready": ("product-owner",)})
    blocked = Change(replace(BLOCKED, dossier=dossier), "READY", "")
    assert plain_message(blocked)["notify"] == ["tech-lead", "dba"]
    assert "For tech-lead, dba" in json.dumps(slack_message(blocked))
    assert plain_message(Change(replace(READY, dossier=dossier), "BLOCKED", ""))["notify"] == ["product-owner"]
    assert plain_message(Change(BLOCKED, "READY", ""))["notify"] == []
