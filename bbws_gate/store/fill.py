"""Makes the entries for texts that had none.

An entry outlives the run, so it is not taken from the process that made the verdict: that one has read and evaluated everything, and if one
hostile file could make it do something else, it could hand over trees for other files, which later runs would believe. Each text is parsed
anew, in a process that has seen nothing but this text. Whatever a file does there, it can only spoil its own entry.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from typing import Final

from bbws_gate.errors import GateError
from bbws_gate.isolation import Limits
from bbws_gate.isolation.worker import can_isolate, run
from bbws_gate.terraform.cache import Syntax, Text, key_of, parse
from bbws_gate.terraform.cache.encode import encode

SECONDS: Final = 1.5
"""For all texts of a run together; the next run goes on with the rest."""
_LIMITS: Final = Limits(memory=1_000_000_000, cpu_seconds=5, wall_seconds=5.0, result_bytes=8_000_000)


def entries_for(texts: Iterable[Text], *, seconds: float) -> dict[bytes, bytes]:
    """Payloads by key, as far as they could be made in time.

    Raises:
        OSError: no process could be started.
    """
    until = time.monotonic() + seconds
    made: dict[bytes, bytes] = {}
    for syntax in Syntax:
        parse(b"", "", syntax)  # imports here, once, what each process needs
    for text in texts if can_isolate() else ():
        if time.monotonic() > until:
            break
        try:
            made[key_of(*text)] = run(partial(_payload, text), limits=_LIMITS)
        except GateError:
            continue  # the run itself has said what is wrong with it
    return made


def _payload(text: Text) -> bytes:
    return encode(parse(text.data, "", text.syntax))
