"""One run of the action, from the environment to the exit code. Errors end here: as one line, a failed check run, and a code."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TextIO

from bbws_gate.action.gate import Gate
from bbws_gate.action.inputs import inputs_from
from bbws_gate.errors import GateError
from bbws_gate.publish.sending import Clock, SystemClock
from bbws_gate.publish.workflow_commands import WorkflowLog


class Cancelled(BaseException):
    """The runner ends the job."""


def main(environ: Mapping[str, str], stream: TextIO, *, clock: Clock | None = None) -> int:
    """Run the action.

    Returns:
        0 may be promoted; 1 blocked, or waiting for people; 2 wrong usage or spec; 3 unreadable input; 4 GitHub; 70 a bug of ours.
    """
    console = WorkflowLog(stream)
    gate: Gate | None = None
    try:
        with _cancellable():
            gate = Gate(inputs_from(environ), console, clock or SystemClock())
            return gate.run()
    except GateError as error:
        return _end(gate, console, str(error), error.exit_code)
    except Cancelled:
        return _end(gate, console, "the job was cancelled", GateError.exit_code)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours must not look like a verdict
        if environ.get("RUNNER_DEBUG") == "1":
            console.group("Traceback", traceback.format_exc().splitlines())
        return _end(gate, console, f"internal error: {type(error).__name__}: {error} (please report it)", GateError.exit_code)


def _end(gate: Gate | None, console: WorkflowLog, reason: str, code: int) -> int:
    """Say why there is no verdict, wherever it can be said."""
    console.error(reason, title="bbws-gate")
    if gate is not None:
        try:
            gate.fail(reason)
        except Exception as error:  # noqa: BLE001 - whatever happens while saying why, the first reason and its code stand
            console.error(f"the failure could not be published: {error}", title="bbws-gate")
    return code


@contextmanager
def _cancellable() -> Iterator[None]:
    """The signals with which the runner ends a job become :class:`Cancelled`, so that there is time to say so."""

    def cancel(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise Cancelled

    kept = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
