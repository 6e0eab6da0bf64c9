"""When an approval is needed: ``severity >= high``, ``category == Backup and environment == prod``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from bbws_gate.model import Finding, Severity

FIELDS = ("severity", "category", "code", "subject", "environment")

_TERM = re.compile(r"\s*([a-z]+)\s*(==|!=|>=|<=|>|<)\s*([A-Za-z0-9_./*-]+)\s*")


class Term(NamedTuple):
    """One comparison."""

    field: str
    operator: str
    value: str


class Condition(NamedTuple):
    """Comparisons that must all hold: of the environment, and of one and the same open finding."""

    text: str
    terms: tuple[Term, ...]

    @classmethod
    def read(cls, value: Any) -> Condition:
        """From the spec.

        Raises:
            ValueError: not of the form ``field operator value [and ...]``.
        """
        if not isinstance(value, str):
            raise ValueError(f"{value!r:.80} is not a condition such as severity >= high")  # noqa: TRY004 (pydantic turns ValueError into a message)
        return cls(value, tuple(_term(part) for part in re.split(r"\s+and\s+", value)))

    def holds(self, environment: str, findings: Iterable[Finding]) -> bool:
        """Whether it holds in an environment with these open findings."""
        of_environment = [term for term in self.terms if term.field == "environment"]
        of_finding = [term for term in self.terms if term.field != "environment"]
        if not all(_compare(environment, term) for term in of_environment):
            return False
        return not of_finding or any(all(_fits(finding, term) for term in of_finding) for finding in findings)

    def __str__(self) -> str:
        return self.text


def _term(part: str) -> Term:
    found = _TERM.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r:.80} is not a condition such as severity >= high")
    term = Term(*found.groups())
    if term.field not in FIELDS:
        raise ValueError(f"{term.field!r} cannot be asked for; {', '.join(FIELDS)} can")
    if term.field == "severity":
        if term.value not in {severity.value for severity in Severity}:
            raise ValueError(f"{term.value!r} is not a severity")
    elif term.operator not in {"==", "!="}:
        raise ValueError(f"{term.field} can be compared with == and != only")
    return term


def _fits(finding: Finding, term: Term) -> bool:
    if term.field != "severity":
        return _compare({"category": finding.category, "code": finding.code, "subject": finding.subject}[term.field], term)
    rank, bound = finding.severity.rank, Severity(term.value).rank
    return {"==": rank == bound, "!=": rank != bound, ">=": rank >= bound, "<=": rank <= bound, ">": rank > bound, "<": rank < bound}[
        term.operator
    ]


def _compare(actual: str, term: Term) -> bool:
    return fnmatchcase(actual, term.value.replace("[", "[[]")) is (term.operator == "==")
