"""Real requests against servers on this machine that misbehave below HTTP, or point elsewhere."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from pydantic import BaseModel, TypeAdapter

from bbws_gate.publish.failures import Refused, Uncertain
from bbws_gate.publish.github import GitHub


class Thing(BaseModel):
    """What the good answer holds."""

    a: int


THING = TypeAdapter(Thing)
GOOD = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIPS = 60

Handler = Callable[[socket.socket], None]


class Server:
    """Answers each connection by a handler, and keeps what it was sent."""

    def __init__(self, handle: Handler) -> None:
        self._handle = handle
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.heard: list[bytes] = []
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                try:
                    while request := self._request(connection):
                        self.heard.append(request)
                        self._handle(connection)
                except OSError:
                    continue

    @staticmethod
    def _request(connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return b""
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        self._listener.close()


def saying(*answers: bytes) -> Handler:
    """One answer after the other; the last one from then on."""
    left = list(answers)

    def handle(connection: socket.socket) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return handle


def dripping(start: bytes, drop: bytes, end: bytes) -> Handler:
    """A byte now and then, and in the end a good answer: whoever has the patience gets one."""

    def handle(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(DRIPS):
            connection.sendall(drop)
            threading.Event().wait(0.01)
        connection.sendall(end)

    return handle


@contextmanager
def servers(*handlers: Handler) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        found = [Server(handler) for handler in handlers]
        for server in found:
            stack.callback(server.close)
        yield found


def ask(server: Server, verb: str = "GET", path: str = "/repos/acme/shop", *, seconds: float = 30.0) -> int:
    body = {"title": "x"} if verb != "GET" else None
    github = GitHub("ghs_secret", f"http://127.0.0.1:{server.port}", answer_seconds=seconds)
    return github.request(verb, path, THING, body=body).data.a


def moved(to: str, status: str = "301 Moved Permanently") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.case("A18", "T16")
@pytest.mark.parametrize(
    ("start", "drop", "end"),
    [
        (HEADERS + b"Content-Length: %d\r\n\r\n" % (DRIPS + 8), b" ", b'{"a": 1}'),
        (HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", b'8\r\n{"a": 1}\r\n0\r\n\r\n'),
        (HEADERS + b"X-Slow: ", b"x", b"\r\nContent-Length: 8\r\n\r\n" + b'{"a": 1}'),
        (b"HTTP/1.1 200 ", b"x", b"\r\nContent-Length: 8\r\n\r\n" + b'{"a": 1}'),
    ],
    ids=["body", "chunks", "header", "status line"],
)
def test_drip__ends_within_the_time_of_the_whole_answer(start: bytes, drop: bytes, end: bytes) -> None:
    with servers(dripping(start, drop, end)) as (server,):
        with pytest.raises(Uncertain, match="could not be reached"):
            ask(server, seconds=0.1)
        assert ask(server) == 1  # with time enough it is an answer like any other


@pytest.mark.case("A14")
@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_redirect__to_another_host_is_refused_and_nothing_goes_there(verb: str, status: str) -> None:
    with servers(saying(GOOD), saying(GOOD)) as (home, other):
        for target in (
            f"http://127.0.0.1:{other.port}/x",
            f"http://localhost:{home.port}/x",
            f"https://127.0.0.1:{home.port}/x",
            f"//a@127.0.0.1:{other.port}/",
        ):
            with servers(saying(moved(target, status))) as (sent_to,):
                with pytest.raises(Refused, match="redirected to another host"):
                    ask(sent_to, verb)
                assert len(sent_to.heard) == 1
        assert (home.heard, other.heard) == ([], [])


@pytest.mark.case("A14")
@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize("status", ["301 Moved Permanently", "307 Temporary Redirect"])
def test_redirect__of_a_renamed_repository_is_followed_on_the_same_host(verb: str, status: str) -> None:
    with servers(saying(moved("/repositories/7?page=2", status), GOOD)) as (server,):
        assert ask(server, verb) == 1
    first, second = server.heard
    assert second.startswith(f"{verb} /repositories/7?page=2 ".encode())
    assert b"authorization: token ghs_secret" in second.lower() or b"authorization: bearer ghs_secret" in second.lower()
    assert first.partition(b"\r\n\r\n")[2] == second.partition(b"\r\n\r\n")[2]


@pytest.mark.case("A14")
def test_redirect__in_a_circle_ends() -> None:
    with servers(saying(moved("/repos/acme/shop"))) as (server,):
        with pytest.raises(Refused, match="redirected too often"):
            ask(server)
        assert len(server.heard) == 4


def test_not_ready__is_not_waited_for() -> None:
    with servers(saying(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}")) as (server,):
        with pytest.raises(Uncertain):
            ask(server)
        assert len(server.heard) == 1


def test_connection__is_kept_from_one_request_to_the_next() -> None:
    with servers(saying(GOOD)) as (server,):
        github = GitHub("ghs_secret", f"http://127.0.0.1:{server.port}")
        assert [github.request("GET", "/a", THING).data.a for _ in range(3)] == [1, 1, 1]
        assert (len(server.heard), server.connections) == (3, 1)
