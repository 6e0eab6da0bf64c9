"""How the deployment workflow is secured: keys, permissions, pinned actions, concurrency.

https://docs.github.com/en/actions/reference/security/secure-use
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.deferred import regex
from bbws_gate.evidence.deployment import LOGIN, deployments
from bbws_gate.evidence.expression import Scope
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence, Outcome, Place, Severity

_SHA = regex(r"[0-9a-f]{40}|[0-9a-f]{64}")
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@check(
    "WFL008",
    "long-lived-keys",
    severity=Severity.MEDIUM,
    category="Workflow",
    work=works.WORKFLOW,
    why="A stored key works from anywhere until somebody notices; a role that GitHub's identity assumes works here for an hour.",
    clear="Use role-to-assume with id-token: write, and delete the keys.",
)
def long_lived_keys(project: ProjectEvidence) -> Iterator[Outcome]:
    """Access keys in the deployment workflow: inputs of the AWS login, and environment variables."""
    workflow = project.workflow
    if workflow is None:
        return
    given = {
        (step.inputs[name].place, name)
        for _, step in workflow.steps()
        if step.action == LOGIN
        for name in ("aws-access-key-id",)
        if name in step.inputs
    }
    seen = {(place, name) for place, name in _variables(workflow) if name in _KEYS}
    found = [Evidence(place, name) for each in (given, seen) for place, name in sorted(each)]
    subject, item = "workflow/keys", f"{workflow.path} takes no stored keys"
    if found:
        yield failed(
            subject,
            item,
            *found,
            title=f"{workflow.path} takes stored AWS keys",
            expected="role-to-assume",
            actual=", ".join(dict.fromkeys(each.value for each in found)),
        )
    elif any(step.action == LOGIN for _, step in workflow.steps()):
        yield passed(subject, item, *(Evidence(step.place, LOGIN) for _, step in workflow.steps() if step.action == LOGIN))


def _variables(workflow: Workflow) -> Iterator[tuple[Place, str]]:
    """Every environment variable of a workflow, those that its scripts hand on among them."""
    scopes = (Scope(workflow.env), *(job.scope for job in workflow.jobs.values()), *(step.scope for _, step in workflow.steps()))
    for scope in scopes:
        yield from ((fact.place, name) for name, fact in scope.env.items())
        yield from ((handed.place, name) for name, handed in scope.exported.items())


@check(
    "WFL009",
    "permissions-too-wide",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="Whatever runs in the job, an action's dependency too, can use all that its token may do.",
    clear="Set permissions: contents: read at the top, and more only on the jobs that need it.",
)
def permissions_too_wide(project: ProjectEvidence) -> Iterator[Outcome]:
    """``permissions`` of the jobs that change the target: that they are set, on the job or the workflow, and are not write-all."""
    workflow = project.workflow
    for deployment in deployments(project, workflow) if workflow is not None else ():
        job = deployment.job
        held = job.permissions or deployment.workflow.permissions
        subject, item = f"workflow/permissions/{job.id}", f"Job {job.id} has only the permissions that it needs"
        if held is not None and held.everything != "write-all":
            yield passed(subject, item, Evidence(held.place, "permissions"))
            continue
        yield failed(
            subject,
            item,
            Evidence(held.place if held is not None else job.place, f"permissions: {held.everything if held is not None else 'not set'}"),
            title=f"Job {job.id} of {deployment.workflow.path} {'may write all' if held is not None else 'does not limit its token'}",
            expected="permissions by scope",
            actual="write-all" if held is not None else "the repository's default",
        )


@check(
    "WFL010",
    "action-not-pinned",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="A tag can be moved: tomorrow other code runs with this job's credentials.",
    clear="Pin every action to a full commit id, with the version as a comment.",
)
def action_not_pinned(project: ProjectEvidence) -> Iterator[Outcome]:
    """``uses`` in the jobs of the deployment workflow that hold credentials: actions of other repositories by full commit id; one finding
    for the workflow.
    """
    workflow = project.workflow
    if workflow is None:
        return
    # A reusable workflow that is called several times is one file with one line for each action.
    loose = {
        step.uses.place: Evidence(step.uses.place, step.uses.value)
        for job in workflow.jobs.values()
        if any(step.action == LOGIN for step in job.steps)
        for step in job.steps
        if step.uses is not None and not step.uses.value.startswith(("./", "docker://")) and not _SHA.fullmatch(step.ref)
    }
    subject, item = "workflow/pins", f"Actions of {workflow.path} are pinned"
    if loose:
        files = " and ".join(dict.fromkeys(place.path for place in loose))
        yield failed(
            subject,
            item,
            *loose.values(),
            title=f"{len(loose)} actions of {files} are not pinned to a commit",
            expected="owner/action@<40 hex digits>",
            actual=", ".join(dict.fromkeys(each.value for each in loose.values())),
        )
    elif any(step.action == LOGIN for _, step in workflow.steps()):
        yield passed(subject, item, *(Evidence(step.place, step.action) for _, step in workflow.steps() if step.action == LOGIN))


@check(
    "WFL011",
    "no-concurrency-limit",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="Two deployments at once plan against a state that the other one changes; the second fails on the lock, or applies a stale plan.",
    clear="Give the workflow or the job a concurrency group for the environment.",
)
def no_concurrency_limit(project: ProjectEvidence) -> Iterator[Outcome]:
    """``concurrency`` of the deployment workflow, or of each job that changes the target."""
    workflow = project.workflow
    for deployment in deployments(project, workflow) if workflow is not None else ():
        job = deployment.job
        subject, item = f"workflow/concurrency/{job.id}", f"Job {job.id} does not run twice at once"
        group = job.concurrency or deployment.workflow.concurrency
        if group is not None:
            yield passed(subject, item, Evidence(group.place, f"concurrency: {group.value}"))
            continue
        yield failed(
            subject,
            item,
            _header(job),
            title=f"Job {job.id} of {deployment.workflow.path} can run twice at the same time",
            expected="a concurrency group",
            actual="none",
        )


def _header(job: Job) -> Evidence:
    return Evidence(job.place._replace(end_line=job.place.line), f"job {job.id}")
