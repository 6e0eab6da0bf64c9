"""Sends requests so that each write happens once: waits for limits, repeats what was not done, adopts what was done unseen.

After an uncertain end of a write (server error, lost connection, unreadable answer) the object is looked for by its key before the
request is sent again. Waiting follows https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from bbws_gate.errors import PublishError
from bbws_gate.publish.failures import ApiFailure, Limited, Refused, Uncertain, Unchanged
from bbws_gate.publish.github import Answer

T = TypeVar("T")

MAX_SENDS = 4
SECONDARY_LIMIT_SECONDS = 60.0
"""What to wait at least when a limit names no time."""


class Clock(Protocol):
    """Time, and waiting for it."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Sender:
    """The one way requests leave: serial, paced, bounded in sends and in waiting.

    Args:
        pause: seconds between two writes (GitHub asks for one or more).
        patience: seconds that all waiting for limits and faults of one run may take together.
    """

    waited = 0.0
    """Seconds: the pauses between writes, limits, and faults."""

    def __init__(self, clock: Clock, *, pause: float = 1.0, patience: float = 300.0, jitter: Callable[[], float] = random.random) -> None:
        self._clock = clock
        self._pause = pause
        self._patience = patience
        self._jitter = jitter
        self._not_before = 0.0
        self._next_write = 0.0

    def read(self, request: Callable[[], Answer[T]]) -> Answer[T]:
        """Send a request that changes nothing, again if need be.

        Raises:
            Refused: GitHub said no.
            Unchanged: GitHub has nothing newer than what the request names.
            PublishError: it could not be had within four sends and the patience left.
        """
        return self._repeat(request, find=None)

    def write(self, request: Callable[[], Answer[T]], *, find: Callable[[], Answer[T] | None] | None = None) -> Answer[T]:
        """Send a request that changes something.

        Args:
            request: sends it once.
            find: looks for what an uncertain request may have left behind and answers with it; None for a request that may be repeated
                without harm.

        Raises:
            Refused: GitHub said no; nothing was done.
            PublishError: it could not be made certain within four sends and the patience left.
        """
        self._pace()
        try:
            return self._repeat(request, find)
        finally:
            self._next_write = self._clock.now() + self._pause

    def _repeat(self, request: Callable[[], Answer[T]], find: Callable[[], Answer[T] | None] | None) -> Answer[T]:
        failure: ApiFailure | None = None
        for attempt in range(MAX_SENDS):
            self._wait()
            try:
                answer = request()
            except Limited as limit:
                failure = limit
                self._hold_for_limit(limit, attempt)
            except (Refused, Unchanged) as end:
                self._note(end.headers)
                raise
            except Uncertain as doubt:
                failure = doubt
                self._note(doubt.headers)
                self._hold(self._clock.now() + max(2.0**attempt + self._jitter(), _number(doubt.headers.get("retry-after")) or 0.0))
                if find is not None:
                    self._wait()
                    found = find()
                    if found is not None:
                        return found
            else:
                self._note(answer.headers)
                return answer
        what = failure.message if failure else "no answer"
        raise PublishError(f"GitHub did not carry out a request in {MAX_SENDS} tries: {what}", mend="run the job again later")

    def _note(self, headers: Mapping[str, str]) -> None:
        """An answer that used up the limit, good or bad, is an answer; the next request waits."""
        if headers.get("x-ratelimit-remaining") == "0":
            reset = _number(headers.get("x-ratelimit-reset"))
            if reset is not None:
                self._not_before = max(self._not_before, reset)

    def _hold_for_limit(self, limit: Limited, attempt: int) -> None:
        seconds = _number(limit.headers.get("retry-after"))
        if seconds is not None:
            self._hold(self._clock.now() + seconds)
            return
        reset = _number(limit.headers.get("x-ratelimit-reset")) if limit.headers.get("x-ratelimit-remaining") == "0" else None
        self._hold(reset if reset is not None else self._clock.now() + SECONDARY_LIMIT_SECONDS * 2**attempt)

    def _hold(self, until: float) -> None:
        self._not_before = max(self._not_before, until)

    def _pace(self) -> None:
        """The pause between two writes; good manners, not counted as waiting for a fault to pass."""
        seconds = self._next_write - self._clock.now()
        if seconds > 0:
            self._sleep(seconds)

    def _wait(self) -> None:
        seconds = self._not_before - self._clock.now()
        if seconds <= 0:
            return
        if seconds > self._patience:
            raise PublishError(f"GitHub's rate limit holds until {_hour(self._not_before)}", mend="run the job again then")
        self._patience -= seconds
        self._sleep(seconds)

    def _sleep(self, seconds: float) -> None:
        self.waited += seconds
        self._clock.sleep(seconds)


def _number(text: str | None) -> float | None:
    return float(text) if text is not None and text.isdecimal() else None


def _hour(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%H:%M UTC")
