"""How requests travel: one time limit for a whole answer, and redirects that stay on the host that has the credentials.

The time limits of sockets begin anew with every byte that arrives: a server that sends one now and then is never late. Here the answer as
a whole, from its first header to the end of its body, must have arrived in the given time.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 307, 308})


class Elsewhere(requests.RequestException):
    """A redirect to another host, or one too many."""


class Later(requests.RequestException):
    """The answer to a question is not ready (202): a client that waits for it by itself may wait for ever."""


class NotModified(requests.RequestException):
    """A conditional request whose answer is at hand (304); it has no content that could be read."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__("not modified")
        self.headers = {name.lower(): value for name, value in headers.items()}


def stop_at_unmodified(answer: requests.Response, **_: Any) -> None:
    """A hook for sessions: 304 is told by its status, not by an empty body, which faulty proxies send with any status.

    Raises:
        NotModified: that is the answer to a conditional request.
    """
    if answer.status_code == 304 and "If-None-Match" in answer.request.headers:
        raise NotModified(answer.headers)


class BoundedAdapter(HTTPAdapter):
    """Sends requests; reads every answer within its time, and follows redirects on the same host only.

    GitHub redirects requests for a repository that was renamed, writes too, and wants them repeated as they were:
    https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(max_retries=0)
        self._pools = _pools(seconds)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *given: Any, **named: Any) -> Any:  # as it is in requests
        """Through a proxy, too."""
        manager = super().proxy_manager_for(*given, **named)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def send(self, request: requests.PreparedRequest, *given: Any, **named: Any) -> requests.Response:  # as it is in requests
        """Send one request and read all of its answer.

        Raises:
            requests.RequestException: no answer, one that came too slowly, or a redirect that is not followed.
        """
        for _ in range(MAX_REDIRECTS + 1):
            answer = super().send(request, *given, **named)
            answer.content  # noqa: B018 - reads it, within the time
            if answer.status_code == 202 and request.method == "GET":
                raise Later("not ready")
            target = answer.headers.get("location")
            if answer.status_code not in _REDIRECTS or target is None:
                return answer
            address = urljoin(str(request.url), target)
            if _origin(address) != _origin(str(request.url)):
                raise Elsewhere("redirected to another host")
            request = request.copy()
            request.url = address
        raise Elsewhere("redirected too often")


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _pools(seconds: float) -> Mapping[str, type[HTTPConnectionPool]]:
    """Connection pools whose answers have that much time."""

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *given: Any, **named: Any) -> None:
            super().__init__(sock, *given, **named)
            self.fp.close()
            self.fp = io.BufferedReader(_Timed(sock, seconds))

    class Plain(HTTPConnection):
        response_class = Answer

    class Secure(HTTPSConnection):
        response_class = Answer

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Timed(io.RawIOBase):
    """Reads a socket until a moment that does not move."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._patience = sock.gettimeout()
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer came too slowly")
        self._sock.settimeout(left if self._patience is None else min(left, self._patience))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
