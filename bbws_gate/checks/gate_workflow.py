"""The workflow that runs this gate, in the change under assessment."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Outcome, Severity


@check(
    "GAT007",
    "gate-workflow-changed",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.GATE,
    why="A pull request runs the workflow that its own head holds: whoever edits it also edits who judges it.",
    clear="Let the spec's owners approve the change (/gate approve <role> <commit>), or take it out of this pull request.",
)
def gate_workflow_changed(project: ProjectEvidence) -> Iterator[Outcome]:
    """Workflows that run this gate, on the pull request's base and on its head: one that is deleted, that drops the gate, uses another
    version or owner of it, or changes its inputs, permissions, triggers or steps; and new jobs that carry the name of its check or post
    one. Without a base nothing is compared. The approval of the spec's owners (``owners``) accepts it; without owners a waiver can.
    """
    for change in project.gate_changes:
        yield failed(
            change.subject,
            f"{change.subject.removeprefix('gate/')} leaves the gate as it is",
            *change.evidence,
            title=change.title,
            expected=change.before,
            actual=change.now,
        )
