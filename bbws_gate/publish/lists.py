"""Reading one thing, or every page of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import TypeAdapter

from bbws_gate.errors import PublishError
from bbws_gate.publish.failures import Unchanged
from bbws_gate.publish.github import Answer, GitHub
from bbws_gate.publish.sending import Sender

T = TypeVar("T")

MAX_PAGES = 200
PER_PAGE = 100


class TooLong(PublishError):
    """A list has more pages than are read."""


class Lists:
    """Reads of one connection, repeated and paced by the sender.

    Args:
        github: the connection.
        sender: repeats and paces.
        remembers: keep lists in memory, for ``known``, and to ask for them again with their ``ETag``.
    """

    def __init__(self, github: GitHub, sender: Sender, *, remembers: bool = False) -> None:
        self._github = github
        self._sender = sender
        self._remembers = remembers
        self._lists: dict[str, tuple[Answer[Any], ...]] = {}
        self._pages: dict[str, Answer[Any]] = {}
        self.recalled = 0
        """How many lists were given from memory."""

    def one(self, path: str, shape: TypeAdapter[T], query: Mapping[str, str | int] | None = None) -> T:
        """What stands at ``path``.

        Raises:
            Refused: GitHub said no.
            PublishError: it could not be had.
        """
        return self._sender.read(lambda: self._github.request("GET", path, shape, query=query)).data

    def pages(
        self,
        path: str,
        shape: TypeAdapter[T],
        query: Mapping[str, str] | None = None,
        *,
        most: int = MAX_PAGES,
        known: bool = False,
    ) -> Iterator[T]:
        """Every page of a list, as its ``Link`` headers lead on; never a part of it passed off as the whole.

        Args:
            path: of the list.
            shape: of one page.
            query: parameters of the address.
            most: pages that are read.
            known: take the list as it was when it was last read, if it was.

        Raises:
            Refused: GitHub said no.
            TooLong: there are more than ``most`` pages.
            PublishError: it could not be had.
        """
        name = _name(path, query)
        if known and name in self._lists:
            self.recalled += 1
            yield from (answer.data for answer in self._lists[name])
            return
        address: str = path
        asked: Mapping[str, str | int] | None = {**(query or {}), "per_page": PER_PAGE}
        read: list[Answer[T]] = []
        for _ in range(most):
            answer = self._page(address, shape, asked)
            read.append(answer)
            yield answer.data
            following = self._github.following(answer)
            if following is None:
                if self._remembers:
                    self._lists[name] = tuple(read)
                return
            address, asked = following, None
        raise TooLong(f"{path} has more than {most} pages of {PER_PAGE}")

    def forget(self) -> None:
        """Nothing is known any more: GitHub is asked again, though with the ``ETag`` of what was read."""
        self._lists.clear()

    def _page(self, address: str, shape: TypeAdapter[T], query: Mapping[str, str | int] | None) -> Answer[T]:
        """One page; the kept one when GitHub has nothing newer, which costs nothing of its limit."""
        name = _name(address, query)
        kept: Answer[T] | None = self._pages.get(name)
        etag = kept.headers["etag"] if kept is not None else ""
        try:
            answer = self._sender.read(lambda: self._github.request("GET", address, shape, query=query, unless=etag))
        except Unchanged:
            if kept is None:
                raise
            return kept
        if self._remembers and "etag" in answer.headers and not self._may_go_on(answer):
            self._pages[name] = answer
        else:
            self._pages.pop(name, None)
        return answer

    def _may_go_on(self, answer: Answer[Any]) -> bool:
        """A full last page stays the same when another one follows; only its ``Link`` would tell, so it is always read."""
        rows = answer.data if isinstance(answer.data, list) else getattr(answer.data, "check_runs", ())
        return len(rows) >= PER_PAGE and self._github.following(answer) is None


def _name(address: str, query: Mapping[str, str | int] | None) -> str:
    return f"{address}?{urlencode(query or {})}"
