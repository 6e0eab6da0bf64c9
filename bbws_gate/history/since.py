"""What changed since the last assessment."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Assessment, Finding, Past


class Since(NamedTuple):
    """The present against the last assessment."""

    last: Past
    new: tuple[Finding, ...]
    """Open now, not open then."""
    gone: tuple[tuple[str, str], ...]
    """Id and title of what was open then and is not any more: mended, waived or put off."""
    still: tuple[Finding, ...]
    """Open then and now."""
    status_changed: bool
    score: int
    """Points more (or less) than then."""


def since(assessment: Assessment) -> Since | None:
    """The difference to the newest earlier assessment; None where there is none."""
    if not assessment.history:
        return None
    last = assessment.history[-1]
    now = {finding.id for finding in assessment.open_findings}
    return Since(
        last=last,
        new=tuple(finding for finding in assessment.open_findings if finding.id not in last.open),
        gone=tuple((name, title) for name, title in last.open.items() if name not in now),
        still=tuple(finding for finding in assessment.open_findings if finding.id in last.open),
        status_changed=last.status != assessment.status.value,
        score=assessment.score.value - last.score,
    )
