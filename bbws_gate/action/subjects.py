"""From an event to the commits that are assessed: what the event file does not say is asked from GitHub."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.action.subject import Event, Subject
from bbws_gate.deferred import regex
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.publish.reading.pulls import Pulls
from bbws_gate.publish.refusals import explained

MAX_SUBJECTS = 20
"""Pull requests that one run looks at; the newest come first."""
_PULL = regex(r"pull/(\d{1,9})")


def subjects(event: Event, pulls: Pulls | None, *, sha: str) -> tuple[Subject, ...]:
    """Every commit that the event concerns, each once.

    Args:
        event: what happened.
        pulls: GitHub; None when the run has no token, which is enough where the event says everything.
        sha: the run's own commit: the default branch's, where a pull request's is not.

    Raises:
        PublishError: GitHub does not say.
    """
    if pulls is None:
        return event.subjects
    try:
        found = {subject.ref: subject for subject in (*event.subjects, *_looked_up(event, pulls, sha))}
    except Refused as refused:
        raise explained(refused, "read the pull request", "pull-requests: read") from refused
    return tuple(found.values())


def _looked_up(event: Event, pulls: Pulls, sha: str) -> Iterator[Subject]:
    if f"heads/{event.default_branch}" in event.refs and sha:
        yield Subject(sha, None, f"heads/{event.default_branch}", None, read_only=False, on_default_branch=True)
    tips: dict[str, str] = {}
    for pull in [pull for pull in _meant(event, pulls) if pull.state == "open"][:MAX_SUBJECTS]:
        if pull.base.ref not in tips:
            tips[pull.base.ref] = pulls.tip(pull.base.ref)
        yield Subject(pull.head.sha, tips[pull.base.ref], f"pull/{pull.number}", pull.number, read_only=False)


def _meant(event: Event, pulls: Pulls) -> Iterator[PullRequest]:
    numbers = [*event.pulls, *(int(found[1]) for ref in event.refs if (found := _PULL.fullmatch(ref)))]
    for number in dict.fromkeys(numbers):
        yield pulls.one(number)
    if event.commit:
        yield from pulls.of_commit(event.commit)
    if event.branch is not None:
        yield from pulls.of_branch(*event.branch)
    if event.open_pulls:
        yield from pulls.open(event.default_branch)
