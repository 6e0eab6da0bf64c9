"""Ends a call that computes too long. Processor time is counted, so a loaded machine makes no difference."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class Hang(BaseException):
    """More processor time than an input of this size may take."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise :class:`Hang` in the block after that much processor time."""

    def end(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise Hang

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
