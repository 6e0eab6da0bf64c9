"""Runs work in a fork and tells how it ended."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from bbws_gate.errors import GateError
from bbws_gate.isolation import failure
from bbws_gate.isolation.channel import ERROR, QUESTION, RESULT, Channel, Closed, TooLarge, TooLate, pair
from bbws_gate.isolation.guard import guard
from bbws_gate.isolation.limits import LIMITS, Limits, confine

MAX_ANSWER_BYTES = 64_000_000
_leave = os._exit
"""Taken at import, so that nothing that runs in the worker can replace it."""
_supervisor: Channel | None = None
"""In the worker: who to ask."""


class WorkerDied(GateError):
    """The worker ended without a result. Counts as an assessment with status ERROR, hence its exit code."""

    exit_code = 1


def can_isolate() -> bool:
    """Whether this platform has fork and limits."""
    return hasattr(os, "fork") and sys.platform != "win32"


def in_worker() -> bool:
    """Whether this process is a worker."""
    return _supervisor is not None


def ask(question: str) -> bytes:
    """In the worker: have the supervisor do what the worker may not.

    Raises:
        GateError: what the supervisor's answer raised.
    """
    if _supervisor is None:
        raise RuntimeError("only a worker asks")
    _supervisor.send(QUESTION, question.encode())
    kind, payload = _supervisor.receive(MAX_ANSWER_BYTES)
    if kind == ERROR:
        raise failure.read(payload)
    return payload


def run(
    work: Callable[[], bytes],
    *,
    limits: Limits = LIMITS,
    answer: Callable[[str], bytes] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> bytes:
    """What ``work`` gives, done in a worker.

    Args:
        work: done in a copy of this process; what it changes there stays there.
        limits: what it may have.
        answer: answers the worker's questions here, in this process; may raise GateError.
        meanwhile: what this process does while the worker works.

    Raises:
        WorkerDied: it was killed, ran out of memory or time, tried what it may not, or ended without a result.
        GateError: what ``work`` raised.
    """
    here, there = pair()
    pid = os.fork()
    if pid == 0:
        here.close()
        _be_worker(work, there, limits)
    there.close()
    worker = _Worker(pid)
    try:
        if meanwhile is not None:
            meanwhile()
        return _supervise(here, worker, limits, answer)
    finally:
        worker.end()
        here.close()


class _Worker:
    """The child process; ended and reaped once."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._status: int | None = None

    def end(self) -> None:
        """Kill it if it is still there."""
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            self.wait()

    def wait(self) -> int:
        """Exit code, or the negated signal, once it has ended."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._status


def _supervise(channel: Channel, worker: _Worker, limits: Limits, answer: Callable[[str], bytes] | None) -> bytes:
    until = time.monotonic() + limits.wall_seconds
    while True:
        try:
            kind, payload = channel.receive(limits.result_bytes, until)
        except Closed:
            raise WorkerDied(_cause(worker.wait(), limits)) from None
        except TooLate:
            raise WorkerDied(f"reading and evaluating took longer than {limits.wall_seconds:g} seconds") from None
        except TooLarge:
            raise WorkerDied(f"the result is larger than {limits.result_bytes:,} bytes") from None
        if kind == QUESTION and answer is not None:
            started = time.monotonic()
            _reply(channel, answer, payload)
            until += time.monotonic() - started
        elif kind == ERROR:
            raise failure.read(payload, WorkerDied)
        elif kind == RESULT:
            code = worker.wait()
            if code != 0:
                raise WorkerDied(_cause(code, limits))
            return payload
        else:
            raise WorkerDied("the worker sent what nobody asked for")


def _reply(channel: Channel, answer: Callable[[str], bytes], question: bytes) -> None:
    try:
        kind, payload = RESULT, answer(question.decode())
    except GateError as error:
        kind, payload = ERROR, failure.written(error)
    try:
        channel.send(kind, payload)
    except Closed:
        return  # the next read says how it ended


def _cause(code: int, limits: Limits) -> str:
    if code == -signal.SIGXCPU:
        return f"reading and evaluating needed more than {limits.cpu_seconds} seconds of CPU time"
    if code == -signal.SIGKILL:
        return "the process that reads and evaluates was killed (SIGKILL; often for lack of memory)"
    if code < 0:
        return f"the process that reads and evaluates crashed ({signal.Signals(-code).name})"
    return f"the process that reads and evaluates ended without a result (exit code {code})"


def _be_worker(work: Callable[[], bytes], channel: Channel, limits: Limits) -> NoReturn:
    """Never returns: what the copy of the caller would do next is the caller's to do."""
    global _supervisor  # noqa: PLW0603 - one process has one supervisor
    code = 70
    try:
        gc.freeze()  # a collection would touch, and so copy, every page that the two processes share
        _supervisor = channel
        confine(limits)
        guard(lambda what: _refuse(channel, what))
        channel.send(RESULT, work())
        code = 0
    except MemoryError:
        channel.send(ERROR, failure.died(f"reading and evaluating needed more than {limits.memory:,} bytes of memory"))
    except GateError as error:
        channel.send(ERROR, failure.written(error))
    except Exception as error:  # noqa: BLE001 - reported by the supervisor
        import traceback  # for a bug of ours only

        channel.send(ERROR, failure.unexpected(error, traceback.format_exc()))
    finally:
        _leave(code)


def _refuse(channel: Channel, what: str) -> NoReturn:
    channel.send(ERROR, failure.died(f"the process that reads and evaluates tried what it may not: {what}"))
    _leave(70)
