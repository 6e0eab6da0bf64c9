"""Lists that are read again: from memory, or with the ``ETag`` of what is at hand, and never less than the whole."""

from __future__ import annotations

import random

import pytest

from bbws_gate.publish.answers import COMMENTS
from bbws_gate.publish.failures import Uncertain
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.sending import Sender
from tests.campaigns.server import BOT, Server
from tests.campaigns.wire import Plan, Wire
from tests.publish.fake import FakeClock

PATH = "/repos/acme/infra/issues/1/comments"


class Hub:
    """A server with comments, and one connection to it."""

    def __init__(self, comments: int, *, remembers: bool = True) -> None:
        clock = FakeClock()
        self.server = Server(clock.now)
        self.add(comments)
        self.github: GitHub = Wire(self.server, clock, Plan(random.SystemRandom())).connect()
        self.sender = Sender(clock, jitter=lambda: 0.0)
        self.lists = Lists(self.github, self.sender, remembers=remembers)

    def add(self, count: int) -> None:
        for _ in range(count):
            self.server.comments.append({"id": len(self.server.comments) + 1, "user": BOT, "body": "x"})

    def read(self, *, known: bool = False) -> tuple[int, int, int]:
        """How many comments there are; requests that it took, and how many of them were answered with nothing."""
        requests, unchanged = self.github.requests, self.github.unchanged
        found = sum(len(page) for page in self.lists.pages(PATH, COMMENTS, known=known))
        return found, self.github.requests - requests, self.github.unchanged - unchanged


def test_pages__are_asked_for_again_with_their_etags() -> None:
    hub = Hub(250)
    assert hub.read() == (250, 3, 0)
    assert hub.read() == (250, 3, 3)
    hub.add(1)
    assert hub.read() == (251, 3, 2)
    hub.server.comments[0]["body"] = "edited"
    assert hub.read() == (251, 3, 2)
    del hub.server.comments[150:]
    assert hub.read() == (150, 2, 1)


@pytest.mark.parametrize("full", [100, 200])
def test_pages__a_full_last_page_is_always_read_whole(full: int) -> None:
    """It stays as it is when the next comment begins another page: its ``ETag`` would hide that."""
    hub = Hub(full)
    assert hub.read()[0] == full
    hub.add(1)
    assert hub.read()[0] == full + 1


def test_pages__known_ones_cost_nothing_until_they_are_forgotten() -> None:
    hub = Hub(3)
    assert hub.read(known=True) == (3, 1, 0)
    hub.add(1)
    assert hub.read(known=True) == (3, 0, 0)
    assert hub.lists.recalled == 1
    hub.lists.forget()
    assert hub.read(known=True) == (4, 1, 0)


def test_pages__half_a_list_is_not_known() -> None:
    hub = Hub(150)
    next(hub.lists.pages(PATH, COMMENTS))
    assert hub.read(known=True) == (150, 2, 1)


def test_pages__without_a_memory_are_read_each_time() -> None:
    hub = Hub(3, remembers=False)
    assert [hub.read(), hub.read(known=True)] == [(3, 1, 0), (3, 1, 0)]


def test_request__unchanged_is_told_by_the_status_not_by_an_empty_body() -> None:
    hub = Hub(0)
    hub.server.answer = lambda *_: hub.server._labels("POST", {}, {"name": "x"}, None)._replace(status=200, body=None)  # type: ignore[method-assign]
    with pytest.raises(Uncertain):
        hub.github.request("GET", PATH, COMMENTS, unless='W/"any"')
