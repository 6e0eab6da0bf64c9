"""Reading one thing, or every page of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import TypeAdapter

from bbws_gate.errors import PublishError
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.sending import Sender

T = TypeVar("T")

MAX_PAGES = 200
PER_PAGE = 100


class TooLong(PublishError):
    """A list has more pages than are read."""


class Lists:
    """Reads of one connection, repeated and paced by the sender."""

    def __init__(self, github: GitHub, sender: Sender) -> None:
        self._github = github
        self._sender = sender

    def one(self, path: str, shape: TypeAdapter[T], query: Mapping[str, str | int] | None = None) -> T:
        """What stands at ``path``.

        Raises:
            Refused: GitHub said no.
            PublishError: it could not be had.
        """
        return self._sender.read(lambda: self._github.request("GET", path, shape, query=query)).data

    def pages(self, path: str, shape: TypeAdapter[T], query: Mapping[str, str] | None = None, *, most: int = MAX_PAGES) -> Iterator[T]:
        """Every page of a list, as its ``Link`` headers lead on; never a part of it passed off as the whole.

        Raises:
            Refused: GitHub said no.
            TooLong: there are more than ``most`` pages.
            PublishError: it could not be had.
        """
        answer = self._sender.read(lambda: self._github.request("GET", path, shape, query={**(query or {}), "per_page": PER_PAGE}))
        yield answer.data
        for _ in range(most - 1):
            address = self._github.following(answer)
            if address is None:
                return
            following = address
            answer = self._sender.read(lambda: self._github.request("GET", following, shape))  # noqa: B023 - called at once
            yield answer.data
        if self._github.following(answer) is not None:
            raise TooLong(f"{path} has more than {most} pages of {PER_PAGE}")
