"""What is kept of an earlier assessment."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.deferred import dataclass


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier assessment of the same project and environment."""

    assessed_at: str
    """UTC, ISO 8601."""
    commit: str
    status: str
    """The word of a :class:`~bbws_gate.model.assessment.Status`."""
    score: int
    counts: Mapping[str, int]
    """Open findings by severity."""
    open: Mapping[str, str]
    """Titles of the findings that stood then, by id."""
    verified: int = 0
    """Checklist lines that passed or failed."""
    total: int = 0
    """All checklist lines."""
