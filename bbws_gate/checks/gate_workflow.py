"""The workflow that runs this gate, in the change under assessment."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.gate_workflows import is_gate, only_verifies
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Job, Permissions, Workflow
from bbws_gate.model import Evidence, Outcome, Severity

_NEEDED = frozenset({"checks", "statuses", "issues", "pull-requests", "security-events"})
"""What the gate writes; the last one is for a step that uploads its SARIF."""


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
    one. Names that an expression makes, scripts of the repository that its job runs, commands started through another program and new
    workflows that cannot be read are not followed. Without a base nothing is compared. The approval of the spec's owners (``owners``)
    accepts it; without owners a waiver can.
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


@check(
    "GAT008",
    "gate-has-too-much-power",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="Whatever runs in the gate's job, an action's dependency too, can use all that its token may do.",
    clear="Give the job contents: read, and write only for checks (or statuses), issues and pull-requests.",
)
def gate_has_too_much_power(project: ProjectEvidence) -> Iterator[Outcome]:
    """``permissions`` of the jobs that run this gate, of the job or of its workflow: write-all, none set at all, or write for what the gate
    does not write.
    """
    for path, workflow in project.workflows.items():
        for job in workflow.jobs.values():
            step = next((step for step in job.steps if step.uses is not None and is_gate(step.uses.value)), None)
            if step is None or step.uses is None or only_verifies(step.uses.value):
                continue
            held = job.permissions or workflow.permissions
            much = _too_much(held)
            if much:
                yield failed(
                    f"gate/{path}/{job.id}/permissions",
                    f"Job {job.id} of {path} gives the gate only what it needs",
                    _held(held, job, workflow),
                    Evidence(step.uses.place, f"uses: {step.uses.value[:100]}"),
                    title=f"Job {job.id} of {path} gives the gate {much}",
                    expected="contents: read; write for checks or statuses, issues, pull-requests",
                    actual=much,
                )


def _too_much(held: Permissions | None) -> str:
    if held is None:
        return "the repository's default permissions"
    if held.everything is not None:
        return "write-all" if held.everything == "write-all" else ""
    scopes = [name for name, level in held.scopes.items() if level.value == "write" and name not in _NEEDED]
    return ", ".join(f"{name}: write" for name in scopes)


def _held(held: Permissions | None, job: Job, workflow: Workflow) -> Evidence:
    place = held.place if held is not None else job.place
    return Evidence(
        place._replace(end_line=place.line), "permissions" if held is not None else f"job {job.id}: no permissions in {workflow.path}"
    )
