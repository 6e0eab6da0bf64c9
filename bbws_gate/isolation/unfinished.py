"""The assessment of what could not be assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bbws_gate.model import Assessment


def unfinished(reason: str, *, project: str, environment: str, commit: str, assessed_at: str, spec_path: str) -> Assessment:
    """An assessment with status ERROR, which counts as blocked, that says why."""
    from bbws_gate import __version__
    from bbws_gate.model import Assessment, Score, Status  # for work that failed, and of the package only here

    return Assessment(
        version=__version__,
        project=project,
        environment=environment,
        commit=commit,
        assessed_at=assessed_at,
        status=Status.ERROR,
        score=Score(0, 0, None, (), 0, 0),
        findings=(),
        checklist=(),
        action_items=(),
        decisions=(),
        approvals=(),
        upstream=(),
        downstream=(),
        spec_path=spec_path,
        spec_digest="",
        error=reason,
    )
