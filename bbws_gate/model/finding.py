"""What a check concludes: results, severities, findings."""

from __future__ import annotations

from enum import Enum

from bbws_gate.deferred import dataclass, field
from bbws_gate.model.place import Evidence


class Severity(Enum):
    """How bad a finding is; ordered, worst first in ``list(Severity)``."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for low up to 3 for critical."""
        return _RANKS[self]


_RANKS = {severity: 3 - position for position, severity in enumerate(Severity)}


class Result(Enum):
    """Three-valued: unverified is an answer, and never counts as pass or fail."""

    PASS = "pass"
    FAIL = "fail"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check says about one subject: a line of the checklist and, when it fails, the finding."""

    result: Result
    subject: str
    """What it is about, as a stable path: ``table/orders``, ``index/orders/OrdersByDate``, ``environment/region``."""
    item: str
    """The checklist line, phrased as what should hold: ``Table orders exists``."""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """Why it could not be verified (UNVERIFIED only)."""
    title: str = ""
    """The finding in one line: ``Table orders is missing``."""
    expected: str = ""
    actual: str = ""
    impact: str = ""
    """What happens if it is promoted like this; empty takes the check's own text."""
    action: str = ""
    """What to do, concretely; empty takes the check's own text."""
    because_of: tuple[str, ...] = ()
    """Subjects whose own failure explains this one: when such a finding exists, this one is folded into it."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding accepted for a time."""

    reason: str
    by: str
    until: str
    """ISO date, inclusive."""
    link: str = ""
    """Where it was accepted; empty when the spec itself says so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy, as people and machines see it."""

    code: str
    subject: str
    severity: Severity
    category: str
    title: str
    expected: str
    actual: str
    impact: str
    action: str
    evidence: tuple[Evidence, ...]
    blocking: bool
    state: str | None = None
    """``new``, ``open`` or ``fixed`` against a base; None without one."""
    waiver: Waiver | None = None
    deferred: str = ""
    """Id of the decision that put it off; it is then shown apart and does not block."""
    folded: tuple[str, ...] = field(default=())
    """Ids of findings that this one explains and that are therefore not listed by themselves."""

    @property
    def id(self) -> str:
        """Stable across runs, machines and line moves: ``TBL001/table/orders``."""
        return f"{self.code}/{self.subject}"
