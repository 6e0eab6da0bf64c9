"""Remarks on the lines that cause findings, for the check run."""

from __future__ import annotations

from typing import NamedTuple

from bbws_gate.model import Assessment, Evidence, Finding, Severity
from bbws_gate.render.escape import basic_plane, one_line

MAX_TITLE = 250
MAX_MESSAGE = 4_000
"""GitHub takes 64 KB; a remark beside a line is to be read there."""
MAX_PATH = 255


class Annotation(NamedTuple):
    """One remark; the fields of GitHub's API, with its limits kept."""

    path: str
    start_line: int
    end_line: int
    level: str
    """``failure``, ``warning`` or ``notice``."""
    title: str
    message: str


def annotate(assessment: Assessment) -> tuple[Annotation, ...]:
    """One for every open finding that a line of a file causes, worst first.

    The spec asks and does not cause: its lines are taken only where the evidence has no other.
    """
    found = ((finding, _cause(finding, assessment.spec_path)) for finding in assessment.open_findings)
    return tuple(_annotation(finding, fact) for finding, fact in found if fact is not None)


def _cause(finding: Finding, spec_path: str) -> Evidence | None:
    lines = [fact for fact in finding.evidence if fact.place.line and _acceptable(fact.place.path)]
    return next((fact for fact in lines if fact.place.path != spec_path), lines[0] if lines else None)


def _acceptable(path: str) -> bool:
    return (
        len(path) <= MAX_PATH
        and path.isprintable()
        and ".." not in path.split("/")
        and not path.startswith("/")
        and basic_plane(path) == path
    )


def _annotation(finding: Finding, fact: Evidence) -> Annotation:
    level = "failure" if finding.blocking else "notice" if finding.severity is Severity.LOW else "warning"
    lines = (
        f"Expected: {finding.expected}" if finding.expected else "",
        f"Actual: {finding.actual}" if finding.actual else "",
        f"To do: {finding.action}" if finding.action else "",
        finding.id,
    )
    return Annotation(
        path=fact.place.path,
        start_line=fact.place.line,
        end_line=max(fact.place.end_line, fact.place.line),
        level=level,
        title=basic_plane(one_line(f"{finding.severity.value}: {finding.title}", MAX_TITLE)),
        message="\n".join(basic_plane(one_line(line, MAX_MESSAGE // 4)) for line in lines if line),
    )
