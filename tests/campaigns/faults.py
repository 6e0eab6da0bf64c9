"""How one request can go wrong: every kind of section 'fault campaign' in docs/reliability.md, as a change to an answer."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from tests.campaigns.server import Reply

PAGE = b"<html><head><title>Unicorn!</title></head><body>We had issues producing the response to your request.</body></html>"
JSON, HTML = {"Content-Type": "application/json; charset=utf-8"}, {"Content-Type": "text/html"}


@dataclass(frozen=True)
class Fault:
    """One kind.

    ``committed``: the server does the work first. ``cut`` makes its answer unreadable; otherwise ``status``, ``headers`` and ``content``
    replace it, or ``error`` stands for a connection that breaks. A header of seconds is counted from now.
    """

    name: str
    committed: bool = False
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    error: type[requests.RequestException] | None = None
    cut: bool = False
    seconds: float = 0.0
    reset_in: int | None = None

    @property
    def holds(self) -> bool:
        """Whether it is a rate limit, after which nothing may be sent for a while."""
        return self.reset_in is not None or self.status == 429 or b"rate limit" in self.content


def _message(text: str) -> bytes:
    return b'{"message": "%s", "documentation_url": "https://docs.github.com/rest"}' % text.encode()


def _both(name: str, **how: object) -> tuple[Fault, Fault]:
    return Fault(f"{name}, not carried out", committed=False, **how), Fault(f"{name}, carried out", committed=True, **how)  # type: ignore[arg-type]


_SECONDARY = _message("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
_PRIMARY = _message("API rate limit exceeded for installation ID 1.")

FAULTS: tuple[Fault, ...] = (
    *_both("500", status=500, content=_message("Server Error")),
    *_both("502 with an HTML page", status=502, content=PAGE),
    *_both("503 with an HTML page", status=503, content=PAGE),
    *_both("connection reset", error=requests.ConnectionError),
    *_both("read timeout", error=requests.ReadTimeout, seconds=15.0),
    *_both("200 with an HTML page", status=200, content=PAGE),
    Fault("malformed chunk, carried out", committed=True, error=requests.exceptions.ChunkedEncodingError),
    Fault("drip: complete after 40 s", committed=True, seconds=40.0),
    Fault("truncated JSON, carried out", committed=True, cut=True),
    Fault("empty body, carried out", committed=True, status=200),
    Fault("empty list where something else is due, carried out", committed=True, status=200, content=b"[]"),
    Fault("403 secondary limit", status=403, content=_SECONDARY),
    Fault("403 secondary limit, Retry-After", status=403, content=_SECONDARY, headers=(("Retry-After", "7"),)),
    Fault("429", status=429, content=_message("Too Many Requests")),
    Fault("429, Retry-After", status=429, content=_message("Too Many Requests"), headers=(("Retry-After", "7"),)),
    Fault("403 primary limit, reset soon", status=403, content=_PRIMARY, reset_in=20),
    Fault("403 primary limit, reset in 50 minutes", status=403, content=_PRIMARY, reset_in=3000),
    Fault("good answer that used up the limit", committed=True, reset_in=20),
    Fault("401", status=401, content=_message("Bad credentials")),
    Fault("403 no permission", status=403, content=_message("Resource not accessible by integration")),
    Fault("404 for no permission", status=404, content=_message("Not Found")),
    Fault("409", status=409, content=_message("Conflict")),
    Fault("410", status=410, content=_message("Issues are disabled for this repo")),
    Fault("422", status=422, content=_message("Validation Failed")),
    Fault("301 to another host", status=301, headers=(("Location", "https://other.example.test/x"),)),
)
ON_LISTS = tuple(fault for fault in FAULTS if fault.content != b"[]")
"""An empty list cannot be told from a list that is empty."""


def answer_with(fault: Fault, reply: Reply | None, now: float) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes as they arrive."""
    headers = {"Content-Type": "text/html"} if fault.content == PAGE else dict(JSON)
    headers.update(fault.headers)
    if fault.reset_in is not None:
        headers.update({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(now) + fault.reset_in)})
    if reply is None or fault.status:
        return fault.status, headers, fault.content
    content = reply.content
    return reply.status, {**reply.headers, **headers}, content[: len(content) // 2] if fault.cut else content
