"""What the worker may have, as the operating system counts it.

The budgets of the readers and of the evaluator (files, bytes, depth, nodes, steps, characters) stop everything that is known within seconds
and name the line. These limits are for what nobody thought of, so they are generous: a real repository must never meet them.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from bbws_gate.deferred import dataclass

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one worker."""

    memory: int = 2_000_000_000
    """Bytes of address space beyond what the process has when it begins: who starts it may hold much."""
    cpu_seconds: int = 120
    wall_seconds: float = 240.0
    """Time in which its own process answers is not counted: that may wait for GitHub."""
    result_bytes: int = 64_000_000


LIMITS = Limits()
TEXT_LIMITS = Limits(result_bytes=256_000_000)
"""For a result that is only printed: indented, it is longer than what is handed over to be read."""
KEPT_VARIABLES = ("PATH", "TZ", "LANG", "LC_ALL")


def confine(limits: Limits) -> None:
    """Bound this process: memory, CPU, no files, no core dump, no terminal, none of the caller's environment, signals as they come."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # what it prints could command the runner
        os.dup2(nowhere, descriptor)
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    sys.dont_write_bytecode = True


def _address_space() -> int:
    """Bytes that the process has mapped; 0 where the system does not say.

    https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _lower(which: int, wanted: int) -> None:
    """The soft limit only, and never above the hard one."""
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
