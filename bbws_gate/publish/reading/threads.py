"""Our issues as people left them: open or closed, by whom, and why."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.model.record import Person, Thread
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.observed import ObservedIssue
from bbws_gate.publish.reading.answers import EVENTS
from bbws_gate.publish.reading.people import person

EVENT_PAGES = 10


def threads(lists: Lists, repository: str, issues: Iterable[ObservedIssue]) -> tuple[Thread, ...]:
    """Issues of decisions, manual work and action items.

    Who closed or reopened one is read from its events, and only where that counts: manual work and decisions that are closed or were
    reopened. What an App did, even in somebody's name, is nobody's word.

    Raises:
        Refused, PublishError: they cannot be read.
    """
    return tuple(_thread(lists, repository, issue) for issue in issues)


def _thread(lists: Lists, repository: str, issue: ObservedIssue) -> Thread:
    key = issue.body.item
    by, at = None, ""
    if key.startswith(("manual/", "decision/")) and (not issue.is_open or issue.reason == "reopened"):
        by, at = _last(lists, repository, issue)
    return Thread(key, issue.number, issue.is_open, issue.reason, by, at, issue.url)


def _last(lists: Lists, repository: str, issue: ObservedIssue) -> tuple[Person | None, str]:
    wanted = "reopened" if issue.is_open else "closed"
    by: Person | None = None
    at = ""
    for page in lists.pages(f"/repos/{repository}/issues/{issue.number}/events", EVENTS, most=EVENT_PAGES):
        for event in page:
            if event.event == wanted:
                by, at = person(event.actor, event.performed_via_github_app), event.created_at
    return by, at
