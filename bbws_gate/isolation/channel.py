"""Messages between the worker and its supervisor, over a pair of pipes: one letter, the length, the bytes."""

from __future__ import annotations

import os
import select
import time

RESULT, ERROR, QUESTION = b"R", b"E", b"Q"
_LENGTH = 8
_CHUNK = 1 << 20


class Closed(Exception):
    """The other side is gone."""


class TooLate(Exception):
    """Nothing came in time."""


class TooLarge(Exception):
    """More came than is taken."""


class Channel:
    """One end: what is read from and what is written to."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    def send(self, kind: bytes, payload: bytes) -> None:
        """Hand over one message.

        Raises:
            Closed: nobody reads any more.
        """
        data = memoryview(kind + len(payload).to_bytes(_LENGTH, "big") + payload)
        try:
            while data:
                data = data[os.write(self._outgoing, data[:_CHUNK]) :]
        except BrokenPipeError as error:
            raise Closed from error

    def receive(self, largest: int, until: float | None = None) -> tuple[bytes, bytes]:
        """The next message.

        Args:
            largest: bytes that it may have.
            until: ``time.monotonic()`` at which it is too late; None waits.

        Raises:
            Closed: the other side ended before a whole message was there.
            TooLate: it took too long.
            TooLarge: it is larger than ``largest``.
        """
        head = self._exactly(1 + _LENGTH, until)
        length = int.from_bytes(head[1:], "big")
        if length > largest:
            raise TooLarge
        return head[:1], self._exactly(length, until)

    def close(self) -> None:
        """Give both pipes back."""
        os.close(self._incoming)
        os.close(self._outgoing)

    def _exactly(self, count: int, until: float | None) -> bytes:
        poll = select.poll()
        poll.register(self._incoming, select.POLLIN)
        found = bytearray()
        while len(found) < count:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not poll.poll(None if left is None else left * 1000):
                raise TooLate
            part = os.read(self._incoming, min(_CHUNK, count - len(found)))
            if not part:
                raise Closed
            found += part
        return bytes(found)


def pair() -> tuple[Channel, Channel]:
    """Two ends of one conversation."""
    here_in, there_out = os.pipe()
    there_in, here_out = os.pipe()
    return Channel(here_in, here_out), Channel(there_in, there_out)
