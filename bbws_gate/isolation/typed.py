"""Work whose result is data of a known type."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from bbws_gate.isolation.limits import LIMITS, Limits
from bbws_gate.isolation.worker import WorkerDied, can_isolate, in_worker, run

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


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
    if kind is not str:
        import pydantic  # noqa: F401 - both processes need it, and a fork shares what is imported already

    adapters: list[TypeAdapter[T]] = []

    def prepare() -> None:
        adapters.append(_adapter(kind))
        meanwhile()

    payload = run(lambda: _encoded(work()), limits=limits, answer=answer, meanwhile=prepare)
    try:
        return adapters[0].validate_json(payload)
    except ValueError as error:
        raise WorkerDied("the result is not what was asked for") from error


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Built once, while the worker works: it takes longer than reading what comes back."""
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _encoded(result: object) -> bytes:
    from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

    try:
        return to_json(result, fallback=dict)
    except PydanticSerializationError:  # half a surrogate pair, which no output can hold: shown as the pages show it
        text = json.dumps(to_jsonable_python(result, fallback=dict), ensure_ascii=False)
        return re.sub("[\ud800-\udfff]", lambda found: f"<U+{ord(found[0]):04X}>", text).encode()
