"""PyGithub as it is used here: for authentication, transport and host checks. The only importer of it.

Its own retries are off: one POST that GitHub carried out and then answered with 502 would be sent eleven times. ``publish.sending`` repeats
requests instead. Importing it takes longer than a small assessment, so ``publish.github`` imports this module when it first needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import github
import requests
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester

from bbws_gate import __version__
from bbws_gate.publish.failures import ApiFailure, Limited, Refused, Uncertain, Unchanged
from bbws_gate.publish.transport import BoundedAdapter, Elsewhere, NotModified, stop_at_unmodified

TIMEOUT_SECONDS = 15
"""GitHub itself gives up after 10."""


class Client:
    """Sends single requests; never repeats, never waits."""

    def __init__(self, token: str, api_url: str, answer_seconds: float) -> None:
        Requester.injectConnectionClasses(*_connections(BoundedAdapter(answer_seconds)))
        self._requester = github.Github(
            auth=github.Auth.Token(token),
            base_url=api_url,
            user_agent=f"bbws-gate/{__version__}",
            timeout=TIMEOUT_SECONDS,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        ).requester
        Requester.resetConnectionClasses()

    def send(
        self, verb: str, path: str, query: Mapping[str, str | int] | None, headers: Mapping[str, str], body: Mapping[str, object] | None
    ) -> tuple[Mapping[str, str], Any]:
        """Headers, by lower-case names, and content of a 2xx answer.

        Raises:
            Refused, Limited, Uncertain, Unchanged: see there.
        """
        try:
            found, data = self._requester.requestJsonAndCheck(
                verb,
                path,
                parameters=dict(query) if query else None,
                headers=dict(headers),
                input=dict(body) if body is not None else None,
            )
        except github.GithubException as error:
            raise _failure(error) from error
        except NotModified as error:
            raise Unchanged("unchanged", status=304, headers=error.headers) from error
        except Elsewhere as error:
            raise Refused(f"GitHub's answer is: {error}") from error
        except requests.RequestException as error:
            raise Uncertain(f"GitHub could not be reached ({type(error).__name__})") from error
        except (ValueError, RuntimeError, AssertionError) as error:  # unreadable, or sent to another host
            raise Uncertain("GitHub's answer cannot be read") from error
        return {name.lower(): str(value) for name, value in found.items()}, data


def _connections(adapter: BoundedAdapter) -> tuple[type[HTTPRequestsConnectionClass], type[HTTPSRequestsConnectionClass]]:
    """PyGithub's connections, over this adapter."""
    session = requests.Session()
    session.auth = Requester.noopAuth  # and no .netrc
    session.hooks["response"].append(stop_at_unmodified)
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
