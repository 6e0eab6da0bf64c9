"""What bbws-gate must not exceed: ratios against peers measured in the same run, and seconds where no peer does the like."""

from __future__ import annotations

import math
from dataclasses import dataclass

from benchmarks.measure import Result

BARE = "python -c pass"
"""The interpreter's own start: the measure for ``--help``."""


@dataclass(frozen=True, slots=True)
class Budget:
    """One ratio."""

    task: str
    peer: str
    at_most: float
    of: str = "time"
    """``time`` or ``memory``, as a ratio; ``seconds`` of our own, where no peer does the like."""


BUDGETS = (
    Budget("help", BARE, 6.0),
    Budget("check small", "hcl2", 1.2),
    Budget("check small", "checkov", 0.1),
    Budget("inspect large", "hcl2", 0.25),
    Budget("inspect large", "tfparse", 0.3),
    Budget("check 1000 tables", "hcl2", 0.2),
    Budget("check 1000 tables", "tfparse", 0.25),
    Budget("check 1000 tables", "checkov", 0.05),
    Budget("check 1000 tables (literal)", "hcl2", 0.2),
    Budget("check 1000 tables (literal)", "tfparse", 0.25),
    Budget("check 5000 tables", "hcl2", 0.2),
    Budget("check 5000 tables", "tfparse", 0.45, "memory"),
    Budget("action example", "nobody", 0.9, "seconds"),
)
GROWTH = 1.05
"""The exponent of time over tables between the two largest inputs."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A budget and what was measured."""

    what: str
    measured: float | None
    """None when one of the two was not measured."""
    at_most: float

    @property
    def kept(self) -> bool | None:
        """Whether it was kept; None when nobody knows."""
        return None if self.measured is None else self.measured <= self.at_most


def verdicts(results: list[Result], ours: str) -> list[Verdict]:
    """Every budget against one run's results; a peer's one run of an input stands beside each of our commands."""
    found = {(result.job.peer, result.job.task): result for result in results if result.samples}
    lines = []
    for budget in BUDGETS:
        own, other = found.get((ours, budget.task)), found.get((budget.peer, budget.task.replace("inspect", "check")))
        what = f"{budget.task}: {budget.of} against {budget.peer}"
        measured = None
        if budget.of == "seconds":
            what, measured = f"{budget.task}: seconds, GitHub's own time aside", None if own is None else own.seconds
        elif own is not None and other is not None:
            measured = own.peak_mb / other.peak_mb if budget.of == "memory" else own.seconds / other.seconds
        lines.append(Verdict(what, measured, budget.at_most))
    return [*lines, Verdict("growth exponent, 1000 to 5000 tables", growth(found, ours), GROWTH)]


def growth(found: dict[tuple[str, str], Result], peer: str) -> float | None:
    """The exponent e in time ~ tables^e between 1,000 and 5,000 tables."""
    small, large = found.get((peer, "check 1000 tables")), found.get((peer, "check 5000 tables"))
    return None if small is None or large is None else math.log(large.seconds / small.seconds) / math.log(5)
