"""Work whose result is data of a known type."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bbws_gate.isolation.limits import LIMITS, TEXT_LIMITS, Limits
from bbws_gate.isolation.worker import WorkerDied, can_isolate, in_worker, run

T = TypeVar("T")
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\n"
_COMMANDS = (b"\n::", b"##[")
"""What commands the runner: the first at the start of a line, the older one anywhere in it.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands"""


def isolated(
    work: Callable[[], T],
    kind: type[T],
    *,
    limits: Limits = LIMITS,
    answer: Callable[[str], bytes] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    in_process: bool = False,
) -> T:
    """What ``work`` gives, done in a worker, handed over as JSON and checked against ``kind``.

    Args:
        work: reads and evaluates.
        kind: a dataclass, or a type that JSON has.
        limits: what it may have.
        answer: answers the worker's questions.
        meanwhile: what this process does while the worker works: imports, for example.
        in_process: no worker, for debuggers; also where the platform has no fork.

    Raises:
        WorkerDied: no result.
        GateError: what ``work`` raised.
    """
    if in_process or in_worker() or not can_isolate():
        return work()

    payload = run(lambda: _encoded(work()), limits=limits, answer=answer, meanwhile=lambda: _prepare(kind, meanwhile))
    return _decoded(payload, kind)


def isolated_with_text(
    work: Callable[[], tuple[T, str]], kind: type[T], *, meanwhile: Callable[[], object] = lambda: None, in_process: bool = False
) -> tuple[T, str]:
    """What ``work`` gives: a value, and a text that it has written out and that this process only prints.

    A text costs no reading, as a value of many parts does. All that is asked of it is that printing it does nothing.

    Args:
        work: reads, evaluates and writes; the text is ASCII.
        kind: a dataclass or a named tuple.
        meanwhile: what this process does while the worker works.
        in_process: no worker, as for :func:`isolated`.

    Raises:
        WorkerDied: no result, or a text with control characters or with commands to the runner.
        GateError: what ``work`` raised.
    """
    if in_process or in_worker() or not can_isolate():
        return work()

    def both() -> bytes:
        value, text = work()
        return _encoded(value) + b"\n" + text.encode("ascii")

    payload = run(both, limits=TEXT_LIMITS, meanwhile=lambda: _prepare(kind, meanwhile))
    value, newline, text = payload.partition(b"\n")
    if not newline or not _only_prints(text):
        raise WorkerDied("the result is not what was asked for")
    return _decoded(value, kind), text.decode("ascii")


def _only_prints(text: bytes) -> bool:
    without_indentation = b"\n" + text.translate(None, b" ")
    return not text.translate(None, _PRINTABLE) and not any(command in without_indentation for command in _COMMANDS)


def _prepare(kind: type[object], meanwhile: Callable[[], object]) -> None:
    from bbws_gate.isolation.decode import shape

    shape(kind)
    meanwhile()


def _decoded(payload: bytes, kind: type[T]) -> T:
    from bbws_gate.isolation.decode import Unexpected, decode

    try:
        return decode(payload, kind)
    except Unexpected as error:
        raise WorkerDied("the result is not what was asked for") from error


def _encoded(result: object) -> bytes:
    from bbws_gate.isolation.encode import encode

    return _without_surrogates(encode(result))


def _without_surrogates(text: str) -> bytes:
    """Half a surrogate pair, which no output can hold, is shown as the pages show it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", lambda found: f"<U+{ord(found[0]):04X}>", text).encode()
