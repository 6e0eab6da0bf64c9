"""From failed lines to findings: folding, severity, blocking, and what is new against a base."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.assess.folding import fold
from bbws_gate.assess.running import Line
from bbws_gate.checks.base import Check
from bbws_gate.deferred import replace
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Finding, Outcome, Result, Severity
from bbws_gate.spec import PromotionSpec


def findings(lines: Iterable[Line], evidence: ProjectEvidence) -> tuple[Finding, ...]:
    """One finding for each root cause, worst first, then by id; nothing is waived yet."""
    found = [_finding(group, evidence.spec) for group in fold(lines, evidence.stack).values()]
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[bool, int, str]:
    return finding.state == "fixed", -finding.severity.rank, finding.id


def _finding(group: tuple[Line, ...], spec: PromotionSpec) -> Finding:
    (check, outcome), *explained = group
    severity = severity_of(check, spec)
    alike = [line for line in explained if line.check.code == check.code and line.outcome.evidence[:1] and _same_place(line, outcome)]
    return Finding(
        code=check.code,
        subject=outcome.subject,
        severity=severity,
        category=check.category,
        title=f"{outcome.title} (and {len(alike)} more from the same line)" if alike else outcome.title,
        expected=outcome.expected,
        actual=outcome.actual,
        impact=outcome.impact or check.why,
        action=outcome.action or check.clear,
        evidence=_distinct((*outcome.evidence, *(each for line in alike for each in line.outcome.evidence))),
        blocking=severity.rank >= spec.blocking.since.rank or check.code in spec.blocking.always,
        folded=tuple(line.id for line in explained),
    )


def _same_place(line: Line, outcome: Outcome) -> bool:
    return bool(outcome.evidence) and line.outcome.evidence[0].place == outcome.evidence[0].place


def _distinct(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple({(each.place, each.value): each for each in evidence}.values())


def severity_of(check: Check, spec: PromotionSpec) -> Severity:
    """The spec's severity for a check, else the check's own."""
    return spec.severity.get(check.code, check.severity)


def compare(head: tuple[Finding, ...], base: tuple[Finding, ...], lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Findings of the head, marked new or open, then those of the base that are gone, marked fixed.

    A finding of the base is not fixed while the head cannot verify it, or folds it into another.
    """
    before = {finding.id for finding in base} | {name for finding in base for name in finding.folded}
    now = {finding.id for finding in head} | {name for finding in head for name in finding.folded}
    doubtful = {line.id for line in lines if line.outcome.result is Result.UNVERIFIED}
    marked = [replace(finding, state="open" if finding.id in before else "new") for finding in head]
    gone = [replace(finding, state="fixed", blocking=False) for finding in base if finding.id not in now | doubtful]
    return tuple(sorted((*marked, *gone), key=_order))
