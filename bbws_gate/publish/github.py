"""The connection to GitHub's REST API. The only importer of PyGithub, which gives authentication, transport and host checks.

PyGithub's own retries are off: one POST that GitHub carried out and then answered with 502 would be sent eleven times.
``publish.sending`` repeats requests instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import github
import requests
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester
from pydantic import TypeAdapter

from bbws_gate import __version__
from bbws_gate.deferred import regex
from bbws_gate.publish.failures import ApiFailure, Limited, Refused, Uncertain
from bbws_gate.publish.transport import ANSWER_SECONDS, BoundedAdapter, Elsewhere

TIMEOUT_SECONDS = 15
"""GitHub itself gives up after 10."""

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

    def __init__(self, token: str, api_url: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._api_url = api_url.rstrip("/")
        Requester.injectConnectionClasses(*_connections(BoundedAdapter(answer_seconds)))
        self._client = github.Github(
            auth=github.Auth.Token(token),
            base_url=self._api_url,
            user_agent=f"bbws-gate/{__version__}",
            timeout=TIMEOUT_SECONDS,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
        Requester.resetConnectionClasses()

    def request(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Answer[Shape]:
        """Send one request.

        Args:
            verb: ``GET``, ``POST``, ``PATCH`` or ``DELETE``.
            path: starts with a slash, already escaped; or a whole address from an answer's ``Link``.
            shape: what the answer must look like; a proxy's own page with status 200 does not.
            query: parameters of the address.
            body: what is sent, as JSON.

        Raises:
            Refused, Limited, Uncertain: see there.
        """
        self.requests += 1
        self.writes += verb != "GET"
        try:
            headers, data = self._client.requester.requestJsonAndCheck(
                verb, path, parameters=dict(query) if query else None, input=dict(body) if body is not None else None
            )
            return Answer(shape.validate_python(data), {name.lower(): str(value) for name, value in headers.items()})
        except github.GithubException as error:
            raise _failure(error) from error
        except Elsewhere as error:
            raise Refused(f"GitHub's answer is: {error}") from error
        except requests.RequestException as error:
            raise Uncertain(f"GitHub could not be reached ({type(error).__name__})") from error
        except (ValueError, RuntimeError, AssertionError) as error:  # unreadable, of another shape, or sent to another host
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


def _connections(adapter: BoundedAdapter) -> tuple[type[HTTPRequestsConnectionClass], type[HTTPSRequestsConnectionClass]]:
    """PyGithub's connections, over this adapter."""
    session = requests.Session()
    session.auth = Requester.noopAuth  # and no .netrc
    session.mount("https://", adapter)
    session.mount("http://", adapter)

    class Http(HTTPRequestsConnectionClass):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.session = session

    class Https(HTTPSRequestsConnectionClass):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.session = session

    return Http, Https


def _failure(error: github.GithubException) -> ApiFailure:
    headers = {name.lower(): str(value) for name, value in (error.headers or {}).items()}
    data = error.data if isinstance(error.data, dict) else {}
    message = str(data.get("message") or error.message or f"status {error.status}")
    details = "; ".join(_detail(entry) for entry in data.get("errors") or () if entry) if isinstance(data.get("errors"), list) else ""
    text = f"{message} ({details})" if details else message
    kind: type[ApiFailure] = Refused
    if error.status >= 500 or error.status in {408, 425}:
        kind = Uncertain
    elif error.status == 429 or (error.status == 403 and _is_limit(message, headers)):
        kind = Limited
    return kind(text, status=error.status, headers=headers)


def _is_limit(message: str, headers: Mapping[str, str]) -> bool:
    """https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit"""
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0" or "rate limit" in message.lower()


def _detail(entry: object) -> str:
    if isinstance(entry, dict):
        return str(entry.get("message") or " ".join(str(entry[key]) for key in ("field", "code") if key in entry))
    return str(entry)
