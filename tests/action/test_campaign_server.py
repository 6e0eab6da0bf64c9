"""Whether the fault campaign's server answers as the stand-in does, which has an origin of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bbws_gate.publish.wanted import Wanted, WantedCheck
from tests.action.story import Story
from tests.campaigns.kills import WANTED, publish_to
from tests.campaigns.loopback import listening, now
from tests.campaigns.server import Reply, Server

pytestmark = pytest.mark.emulator

Line = tuple[str, str, int]


def shapes(lines: list[Line]) -> list[Line]:
    """Requests and how they ended, without the ids that each server gives; the one behind a socket does not look at ``If-None-Match``."""
    return [(method, re.sub(r"\b([0-9a-f]{40}|\d+)\b", "N", path), 200 if status == 304 else status) for method, path, status in lines]


def on_campaign_server(runs: list[Wanted]) -> list[Line]:
    server = Server(now)
    seen: list[Line] = []

    def answer(method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        reply = server.answer(method, path, query, body)
        seen.append((method, path, reply.status))
        return reply

    with listening(answer) as loopback:
        for wanted in runs:
            publish_to(loopback.url, wanted)
    return seen


def test_server__leads_the_publisher_the_same_way_as_the_stand_in(blocked: Story) -> None:
    """Blocked, again, mended, and broken once more: every request and every status of it."""
    first = replace(WANTED, reactions=(), check=WantedCheck("failure", "BLOCKED", "s", "t"))
    mended = replace(first, check=WantedCheck("success", "READY", "s", "t"), comment="ready", issues=())
    runs = [first, first, mended, first]
    there = [replace(each, head=blocked.head, ref=f"pull/{blocked.number}", pull=blocked.number) for each in runs]
    token = blocked.github.token()
    blocked.github.forget()
    for wanted in there:
        publish_to(blocked.github.url, wanted, token)
    theirs = [(one.method, one.path, one.status) for one in blocked.github.exchanges]
    assert shapes(on_campaign_server(runs)) == shapes(theirs)
