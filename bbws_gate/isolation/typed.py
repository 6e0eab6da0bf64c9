"""Work whose result is data of a known type."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from bbws_gate.isolation.limits import LIMITS, Limits
from bbws_gate.isolation.worker import WorkerDied, can_isolate, in_worker, run

T = TypeVar("T")


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

    def prepare() -> None:
        from bbws_gate.isolation.decode import shape

        shape(kind)
        meanwhile()

    payload = run(lambda: _encoded(work()), limits=limits, answer=answer, meanwhile=prepare)
    from bbws_gate.isolation.decode import Unexpected, decode

    try:
        return decode(payload, kind)
    except Unexpected as error:
        raise WorkerDied("the result is not what was asked for") from error


def _encoded(result: object) -> bytes:
    if isinstance(result, str):  # JSON's own; work that gives no more needs no pydantic
        return _without_surrogates(json.dumps(result, ensure_ascii=False))
    from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

    try:
        return to_json(result, fallback=dict)
    except PydanticSerializationError:  # half a surrogate pair
        return _without_surrogates(json.dumps(to_jsonable_python(result, fallback=dict), ensure_ascii=False))


def _without_surrogates(text: str) -> bytes:
    """Half a surrogate pair, which no output can hold, is shown as the pages show it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", lambda found: f"<U+{ord(found[0]):04X}>", text).encode()
