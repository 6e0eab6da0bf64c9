"""Comments and reviews as they stand now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bbws_gate.model.record import Remark, Review
from bbws_gate.publish.answers import COMMENTS, Comment
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.observed import ObservedIssue
from bbws_gate.publish.reading.answers import REVIEWS
from bbws_gate.publish.reading.people import person

COMMENT_PAGES = 25
"""GitHub takes 2,500 comments on one issue, then no more."""
REVIEW_PAGES = 20
MAX_REMARKS = 10_000
_MARK = "<!-- bbws-gate:"


class Said(NamedTuple):
    """Remarks, and how people reacted to each so far."""

    remarks: tuple[Remark, ...]
    reactions: dict[int, frozenset[str]]


def remarks(lists: Lists, repository: str, pull: int | None, issues: Iterable[ObservedIssue], identity: Identity) -> Said:
    """Comments on a pull request and on issues of ours, oldest first; our own reports are left out.

    Raises:
        Refused: they cannot be read.
        PublishError: there are more than can be read, or GitHub does not answer.
    """
    threads = [("", pull)] if pull is not None else []
    threads += [(issue.body.item, issue.number) for issue in issues if issue.comments]
    found: list[Remark] = []
    reactions: dict[int, frozenset[str]] = {}
    for thread, number in threads:
        for comment in _comments(lists, repository, number):
            if identity.wrote(comment.user) and (comment.body or "").startswith(_MARK):
                continue
            found.append(_remark(comment, thread))
            reactions[comment.id] = _reactions(comment)
    return Said(tuple(sorted(found, key=lambda one: (one.written_at, one.id))), reactions)


def _comments(lists: Lists, repository: str, number: int | None) -> Iterator[Comment]:
    for page in lists.pages(f"/repos/{repository}/issues/{number}/comments", COMMENTS, most=COMMENT_PAGES):
        yield from page


def _remark(comment: Comment, thread: str) -> Remark:
    author = person(comment.user, comment.performed_via_github_app)
    edited = comment.created_at != comment.updated_at
    return Remark(comment.id, author, comment.body or "", comment.created_at, edited, thread, comment.html_url)


def _reactions(comment: Comment) -> frozenset[str]:
    return frozenset(kind for kind, count in (comment.reactions or {}).items() if isinstance(count, int) and count > 0)


def reviews(lists: Lists, repository: str, pull: int) -> tuple[Review, ...]:
    """Submitted reviews, oldest first.

    Raises:
        Refused, PublishError: as for :func:`remarks`.
    """
    pages = lists.pages(f"/repos/{repository}/pulls/{pull}/reviews", REVIEWS, most=REVIEW_PAGES)
    return tuple(
        Review(one.id, person(one.user), one.state.lower(), one.commit_id or "", one.body or "", one.submitted_at or "", one.html_url)
        for page in pages
        for one in page
        if one.state.lower() != "pending"
    )
