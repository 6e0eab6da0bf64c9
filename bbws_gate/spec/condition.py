"""When an approval is needed: ``severity >= high``, ``category == Backup and environment == prod``, ``cost > budget``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.model import Finding, Severity

FIELDS = ("severity", "category", "code", "subject", "environment", "cost")

_TERM = regex(r"\s*([a-z]+)\s*(==|!=|>=|<=|>|<)\s*([A-Za-z0-9_./*-]+)\s*")


_ELSEWHERE = ("environment", "cost")
"""Fields that are not a finding's."""


class Term(NamedTuple):
    """One comparison."""

    field: str
    operator: str
    value: str


class Condition(NamedTuple):
    """Comparisons that must all hold: of the environment, of the cost, and of one and the same finding."""

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

    def holds(self, environment: str, findings: Iterable[Finding], *, over_budget: bool | None = False) -> bool:
        """Whether it holds in an environment with these findings.

        Args:
            environment: its name.
            findings: what may make it hold; one of them must fit every comparison of findings.
            over_budget: whether it costs more than the budget; None when that is unknown, which is no reason to do without the approval.
        """
        if not self.possible(environment, over_budget=over_budget):
            return False
        return not self.asks_findings or any(self.fits(finding) for finding in findings)

    def possible(self, environment: str, *, over_budget: bool | None = False) -> bool:
        """Whether everything holds but what it asks of findings."""
        return all(_compare(environment, term) for term in self.terms if term.field == "environment") and all(
            over_budget is not False for term in self.terms if term.field == "cost"
        )

    @property
    def asks_findings(self) -> bool:
        """Whether any comparison is one of findings."""
        return any(term.field not in _ELSEWHERE for term in self.terms)

    def fits(self, finding: Finding) -> bool:
        """Whether a finding fits every comparison of findings."""
        return all(_fits(finding, term) for term in self.terms if term.field not in _ELSEWHERE)

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
    elif term.field == "cost":
        if (term.operator, term.value) != (">", "budget"):
            raise ValueError("of the cost only cost > budget can be asked")
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
