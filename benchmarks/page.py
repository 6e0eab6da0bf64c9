"""The results as a Markdown page, ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable

from benchmarks.budgets import Verdict
from benchmarks.measure import Result
from benchmarks.peers import PEERS

_OWN = {"python": "the interpreter alone", "bbws-gate": "everything", "bbws-gate warm": "with every file's tree in the cache"}


def page(
    results: list[Result], rounds: list[list[Verdict]], *, versions: dict[str, str], command: str, date: str, unmeasured: list[str]
) -> str:
    """The whole page.

    Args:
        results: of the last round.
        rounds: the budgets' verdicts, one list for each round.
        versions: of everything measured.
        command: what was run.
        date: ISO date.
        unmeasured: peers that could not be installed, and why.
    """
    lines = [
        "# Benchmarks",
        "",
        "<!-- Written by `make bench`. -->",
        "",
        f"Measured on {date}: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {_versions(versions)}.",
        "Whole processes, in turn, medians; read the ratios, not the seconds: they hold on other machines, too.",
        "",
        f"Command: `{command}`",
        "",
        "## Budgets",
        "",
        f"| what | at most |{''.join(f' round {number + 1} |' for number in range(len(rounds)))} kept |",
        f"| --- | ---: |{' ---: |' * len(rounds)} --- |",
        *_budgets(rounds),
        "",
        "## Times and memory",
        "",
        "| task | who | seconds | ratio to bbws-gate | peak MB |",
        "| --- | --- | ---: | ---: | ---: |",
        *_times(results),
        "",
        "Who does what: " + "; ".join(f"{peer.name} {peer.does}" for peer in PEERS) + ".",
    ]
    if unmeasured:
        lines += ["", "Not measured: " + "; ".join(unmeasured) + "."]
    return "\n".join(lines) + "\n"


def _versions(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _budgets(rounds: list[list[Verdict]]) -> Iterable[str]:
    for verdicts in zip(*rounds, strict=True):
        shown = "".join(f" {'-' if verdict.measured is None else format(verdict.measured, '.3f')} |" for verdict in verdicts)
        states = {verdict.kept for verdict in verdicts}
        kept = "no" if False in states else "not measured" if None in states else "yes"
        yield f"| {verdicts[0].what} | {verdicts[0].at_most:g} |{shown} {kept} |"


def _times(results: list[Result]) -> Iterable[str]:
    own = {result.job.task: result.seconds for result in results if result.job.peer == "bbws-gate" and result.samples}
    for result in sorted(results, key=lambda each: list(dict.fromkeys(other.job.task for other in results)).index(each.job.task)):
        name = f"{result.job.peer}, {_OWN[result.job.peer]}" if result.job.peer in _OWN else result.job.peer
        if not result.samples:
            yield f"| {result.job.task} | {name} | {result.failure.splitlines()[0][:80] if result.failure else '-'} | | |"
            continue
        base = own.get(result.job.task)
        ratio = "" if base is None else f"{result.seconds / base:.2f}"
        yield f"| {result.job.task} | {name} | {result.seconds:.3f} | {ratio} | {result.peak_mb:.0f} |"
