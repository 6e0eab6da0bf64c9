"""The campaign's server on 127.0.0.1, for clients that cannot be handed a fake connection: processes that die, and other libraries."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.campaigns.server import API, Reply

Answer = Callable[[str, str, dict[str, str], dict[str, Any]], Reply | None]


class Loopback(ThreadingHTTPServer):
    """Answers each request by a function; None drops the connection."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.url = f"http://127.0.0.1:{self.server_port}"


@contextmanager
def listening(answer: Answer) -> Iterator[Loopback]:
    """Serve until the block ends."""
    with Loopback(answer) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: Loopback

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        reply = self.server.answer(self.command, parts.path, dict(parse_qsl(parts.query)), json.loads(raw) if raw else {})
        if reply is None:
            self.close_connection = True
            self.connection.close()
            return
        content = reply.body if isinstance(reply.body, bytes) else reply.content
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value.replace(API, self.server.url))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - names of the standard library


def now() -> float:
    """The machine's time."""
    return time.time()
