"""Runs every check over one project's evidence and keeps one line for each thing that was looked at."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.assess.cleaning import cleaned
from bbws_gate.checks.base import Check
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Outcome, Result


class Line(NamedTuple):
    """One outcome and the check that it came from."""

    check: Check
    outcome: Outcome

    @property
    def id(self) -> str:
        """``TBL001/table/orders``: what a finding from this line is called."""
        return f"{self.check.code}/{self.outcome.subject}"


class Run(NamedTuple):
    """What all checks said."""

    lines: tuple[Line, ...]
    """In the checks' order; one per id."""
    crashes: tuple[str, ...]
    """What went wrong inside a check, one line each; the assessment is then not complete."""


def run_checks(checks: Iterable[Check], evidence: ProjectEvidence) -> Run:
    """Every check's outcomes; a check that crashes leaves an unverified line instead of taking the others down."""
    lines: dict[str, Line] = {}
    crashes: list[str] = []
    for check in checks:
        try:
            found = [Line(check, outcome) for outcome in cleaned(tuple(check.run(evidence)))]
        except Exception as error:  # noqa: BLE001 - one check's bug must not hide what the others find
            crash = f"{check.code} {check.name} crashed: {type(error).__name__}"
            crashes.append(crash)
            found = [Line(check, Outcome(Result.UNVERIFIED, f"check/{check.code}", f"Check {check.name} runs", reason=crash))]
        for line in found:
            name = line.id
            lines[name] = _worse(lines.get(name), line)
    return Run(tuple(lines.values()), tuple(crashes))


_ORDER = {Result.PASS: 0, Result.UNVERIFIED: 1, Result.FAIL: 2}


def _worse(first: Line | None, second: Line) -> Line:
    """Of two lines about one subject, the one that claims less good; the earlier one of equals."""
    if first is None or _ORDER[second.outcome.result] > _ORDER[first.outcome.result]:
        return second
    return first
