"""The approval in the deployment workflow: does it stand before every change, and on the job that holds the credentials?

GitHub environments: https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import doubted, failed, passed, unverified, worst
from bbws_gate.evidence.deployment import Deployment, left_to_others, logins, target_deployments
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.status_functions import outlives
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence, Outcome, Place, Severity


def _target(project: ProjectEvidence) -> tuple[Workflow, str] | None:
    named, workflow = project.environment.workflow, project.workflow
    if named is None or named.approval_environment is None or workflow is None:
        return None
    return workflow, named.approval_environment


def _holder(workflow: Workflow, job: Job, wanted: str) -> tuple[Job | None, Job | None]:
    """The job with the approval on the way to ``job``, itself first; and one whose environment cannot be known."""
    way = (job, *workflow.before(job))
    approved = next((each for each in way if (name := each.environment_name) is not None and _is(name.value, wanted)), None)
    unknown = next((each for each in way if (name := each.environment_name) is not None and name.value is None), None)
    return approved, unknown


def _is(name: str | None, wanted: str) -> bool:
    """GitHub does not distinguish the names of environments by case."""
    return name is not None and name.casefold() == wanted.casefold()


def _place(job: Job) -> Evidence:
    fact = job.environment
    return Evidence(fact.place if fact is not None else job.place, f"job {job.id}: environment {_written(job)}")


def _written(job: Job) -> str:
    """A job's environment as written, and what that stands for."""
    if job.environment is None or job.environment_name is None:
        return "none"
    value = job.environment_name.value
    return job.environment.value if value in (None, job.environment.value) else f"{job.environment.value}, here {value or 'none'}"


@check(
    "GAT001",
    "apply-without-approval",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="Whoever can start the workflow changes the environment: nobody is asked.",
    clear="Give the job that applies the approval environment, or let it need a job that has it.",
)
def apply_without_approval(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every job of the environment's workflow that runs ``terraform apply`` or ``destroy``: that it, or a job that it needs, has the
    approval environment that the spec names; and that there is such a job where the workflow deploys to other environments. Whether that
    environment has reviewers is GitHub's to know.
    """
    found = _target(project)
    if found is None:
        return
    workflow, wanted = found
    asked = project.target_evidence("workflow", "approval_environment")
    changing = target_deployments(project)
    others = left_to_others(project)
    if others:
        yield _left_out(project, others, wanted, asked)
    elif not changing:
        why, place = _nothing_applied(project, workflow)
        yield unverified("workflow/approval", f"{workflow.path} applies after {wanted}", why, Evidence(place, why), asked)
    yield from worst(doubted(_approval(deployment, wanted, asked), deployment.doubt) for deployment in changing)


def _left_out(project: ProjectEvidence, others: tuple[Deployment, ...], wanted: str, asked: Evidence) -> Outcome:
    target, workflow = project.environment_name, others[0].workflow
    jobs = tuple(dict.fromkeys(each.job.id for each in others))
    return failed(
        "workflow/approval",
        f"{workflow.path} applies after {wanted}",
        *(each.evidence for each in others[:8]),
        asked,
        title=f"No job of {workflow.path} deploys to {target}",
        expected=f"a job that applies to {target} after {wanted}",
        actual=f"{', '.join(jobs)}: for other environments",
        impact=f"What changes {target} is not known, and neither is who is asked before.",
        action=f"Add the job that deploys to {target}, with environment {wanted}, or name its workflow in the spec.",
        because_of=(f"WFL002/file/{workflow.path}",),
    )


def _nothing_applied(project: ProjectEvidence, workflow: Workflow) -> tuple[str, Place]:
    called = next((job.uses for job in workflow.jobs.values() if job.uses is not None and not _is_followed(workflow, job)), None)
    if called is not None:
        return f"it calls {called.value}, which is not followed", called.place
    served = project.serving(workflow.path)
    elsewhere = next((job for job in served if job.is_elsewhere), None)
    others = next((job.job for job in served if job.changing), None)
    if others is None and elsewhere is not None:
        folder = elsewhere.commands[0].directory.value or "the repository's own"
        return f"what it applies is in other folders, job {elsewhere.job.id} in {folder}", elsewhere.job.place
    if others is not None:
        return f"what it applies is other environments', job {others.id} among them", others.place
    return "no terraform apply is found in its scripts", Place(workflow.path, 0, 0)


def _is_followed(workflow: Workflow, caller: Job) -> bool:
    return any(name.startswith(f"{caller.id}/") for name in workflow.jobs)


def _approval(deployment: Deployment, wanted: str, asked: Evidence) -> Outcome:
    job = deployment.job
    subject, item = f"workflow/approval/{job.id}", f"Job {job.id} applies after {wanted}"
    approved, unknown = _holder(deployment.workflow, job, wanted)
    if approved is not None:
        return passed(subject, item, _place(approved), asked)
    if unknown is not None and unknown.environment_name is not None:
        return unverified(subject, item, unknown.environment_name.why, _place(unknown), asked)
    return failed(
        subject,
        item,
        deployment.evidence,
        _place(job),
        asked,
        title=f"Job {job.id} of {deployment.workflow.path} applies without the approval of {wanted}",
        expected=f"environment {wanted} on the job or on one that it needs",
        actual=f"environment {_written(job)}; needs {', '.join(need.value for need in job.needs) or 'nothing'}",
        because_of=(f"WFL002/file/{deployment.workflow.path}",),
    )


@check(
    "GAT002",
    "credentials-outside-approval",
    severity=Severity.MEDIUM,
    category="Workflow",
    work=works.WORKFLOW,
    why="The approval is a job of its own: the role that changes the environment is not bound to it, so its trust policy cannot demand the "
    "approval, and any other workflow of the repository can assume it.",
    clear="Put the approval environment on the job that takes the credentials, and demand it in the role's trust policy.",
)
def credentials_outside_approval(project: ProjectEvidence) -> Iterator[Outcome]:
    """The jobs that apply with AWS credentials of their own, where only a job before them has the approval environment."""
    found = _target(project)
    if found is not None:
        yield from worst(_credentials(project, found[1]))


def _credentials(project: ProjectEvidence, wanted: str) -> Iterator[Outcome]:
    for deployment in target_deployments(project):
        approved, _ = _holder(deployment.workflow, deployment.job, wanted)
        login = next(logins(deployment.job), None)
        if approved is None or login is None:
            continue
        job = deployment.job
        subject, item = f"workflow/credentials/{job.id}", f"Job {job.id} takes its credentials in {wanted}"
        asked = project.target_evidence("workflow", "approval_environment")
        if approved is job:
            yield passed(subject, item, _place(job), asked)
            continue
        outcome = failed(
            subject,
            item,
            Evidence(login.place, f"job {job.id}: {login.uses.value if login.uses is not None else 'login'}"),
            _place(approved),
            asked,
            title=f"Job {job.id} holds the credentials, and only job {approved.id} has the approval of {wanted}",
            expected=f"environment {wanted} on job {job.id}",
            actual=f"environment {_written(job)} on it",
        )
        yield doubted(outcome, deployment.doubt)


@check(
    "GAT003",
    "apply-ignores-approval",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="A rejected approval fails its job; a job with such a condition runs all the same.",
    clear="Remove always(), failure() or !cancelled() from the job's condition, or demand success() && ... in it.",
)
def apply_ignores_approval(project: ProjectEvidence) -> Iterator[Outcome]:
    """``if`` of jobs that apply and need the approval: conditions that let them run when a job that they need failed."""
    if _target(project) is not None:
        yield from worst(_conditions(project))


def _conditions(project: ProjectEvidence) -> Iterator[Outcome]:
    for deployment in target_deployments(project):
        job = deployment.job
        if job.condition is None or not job.needs or not outlives(job.condition.value):
            continue
        subject, item = f"workflow/condition/{job.id}", f"Job {job.id} runs only when what it needs has succeeded"
        seen = Evidence(job.condition.place, f"if: {job.condition.value[:100]}")
        if ".result" in job.condition.value:
            yield unverified(subject, item, "its condition looks at results itself", seen)
            continue
        outcome = failed(
            subject,
            item,
            seen,
            deployment.evidence,
            title=f"Job {job.id} applies even when the approval was refused: if: {job.condition.value[:80]}",
            expected="no condition that outlives a failure",
            actual=f"if: {job.condition.value[:100]}",
        )
        yield doubted(outcome, deployment.doubt)
