"""The connection to GitHub's REST API: counts what is sent, and reads answers into shapes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from bbws_gate.deferred import regex
from bbws_gate.publish.failures import Uncertain, Unchanged

if TYPE_CHECKING:
    from bbws_gate.publish.client import Client

ANSWER_SECONDS = 60.0
"""For one answer. GitHub ends a request after 10 seconds; the rest is for a slow line."""

Shape = TypeVar("Shape")
_NEXT = regex(r'<([^>]+)>;\s*rel="next"')


class Answer(NamedTuple, Generic[Shape]):
    """A 2xx answer."""

    data: Shape
    headers: Mapping[str, str]
    """Lower-case names."""


class GitHub:
    """Sends single requests and reads answers into shapes; never repeats, never waits."""

    requests = 0
    """How many were sent."""
    writes = 0
    """How many of them were to change something."""
    unchanged = 0
    """How many of them were answered with nothing, as there is nothing newer."""

    def __init__(self, token: str, api_url: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._api_url = api_url.rstrip("/")
        self._token = token
        self._answer_seconds = answer_seconds

    @cached_property
    def client(self) -> Client:
        """What sends. Made with the first request at the latest; who has time before that asks for it earlier."""
        from bbws_gate.publish.client import Client

        return Client(self._token, self._api_url, self._answer_seconds)

    def request(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        unless: str = "",
    ) -> Answer[Shape]:
        """Send one request.

        Args:
            verb: ``GET``, ``POST``, ``PATCH`` or ``DELETE``.
            path: starts with a slash, already escaped; or a whole address from an answer's ``Link``.
            shape: what the answer must look like; a proxy's own page with status 200 does not.
            query: parameters of the address.
            body: what is sent, as JSON.
            unless: the ``ETag`` of an answer that is at hand; empty for none.

        Raises:
            Refused, Limited, Uncertain: see there.
            Unchanged: the answer would be the one that is at hand.
        """
        self.requests += 1
        self.writes += verb != "GET"
        try:
            headers, data = self.client.send(verb, path, query, {"If-None-Match": unless} if unless else {}, body)
            return Answer(shape.validate_python(data), headers)
        except Unchanged:
            self.unchanged += 1
            raise
        except ValueError as error:  # of another shape
            raise Uncertain("GitHub's answer cannot be read") from error

    def following(self, answer: Answer[Shape]) -> str | None:
        """The address of a list's next page; None on the last one.

        Raises:
            Uncertain: it is on another host, to which the token must not go.
        """
        found = _NEXT.search(answer.headers.get("link", ""))
        if found is None:
            return None
        if not found[1].startswith(f"{self._api_url}/"):
            raise Uncertain("GitHub's list goes on at another address")
        return found[1]
