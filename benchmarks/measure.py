"""Whole processes, timed from outside: wall time and peak memory of each run, peers taking turns."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT = 900
"""Seconds until a run counts as not finished."""


@dataclass(frozen=True, slots=True)
class Job:
    """One command on one input."""

    peer: str
    task: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({0})
    """Exit codes of a run that did its work (1 where findings are the answer)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run."""

    seconds: float
    peak_mb: float
    processor: float
    """Seconds of all its processes together."""


@dataclass(slots=True)
class Result:
    """All runs of one job."""

    job: Job
    samples: list[Sample] = field(default_factory=list)
    failure: str = ""

    @property
    def seconds(self) -> float:
        """Median wall time."""
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def processor(self) -> float:
        """Median processor time."""
        return statistics.median(sample.processor for sample in self.samples)

    @property
    def peak_mb(self) -> float:
        """The highest peak."""
        return max(sample.peak_mb for sample in self.samples)


def in_turn(jobs: Sequence[Job], runs: int) -> list[Result]:
    """Run every job ``runs`` times, all jobs once before any comes again: what slows the machine then slows all of them.

    A job that fails is not run again; its failure is kept.
    """
    results = [Result(job) for job in jobs]
    for _ in range(runs):
        for result in results:
            if result.failure:
                continue
            sample = once(result.job)
            if isinstance(sample, str):
                result.failure = sample
            else:
                result.samples.append(sample)
    return results


def once(job: Job) -> Sample | str:
    """One run, or why it failed."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8", **job.environment}
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - commands are this package's own
            job.command, cwd=job.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        status, usage = _wait(process, began)
        seconds = time.perf_counter() - began
        if status is None or usage is None:
            return f"not finished after {TIMEOUT} s"
        if status not in job.good:
            errors.seek(0)
            return f"exit {status}: {errors.read()[-200:].decode(errors='replace').strip()}"
    return Sample(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def _wait(process: subprocess.Popen[bytes], began: float) -> tuple[int | None, resource.struct_rusage | None]:
    """Exit code and use of the process itself and what it waited for; None for one that had to be ended."""
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.perf_counter() - began > TIMEOUT:
            process.kill()
            process.wait()
            return None, None
        time.sleep(0.002)
