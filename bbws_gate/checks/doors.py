"""Doors around the gate: other ways to change the target, and switches that leave out approval or validation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import doubted, failed, passed, unverified, worst
from bbws_gate.deferred import regex
from bbws_gate.evidence.deployment import deployment_of, deployments
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.marks import marks
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.serving import CHANGES, Served, Whom
from bbws_gate.evidence.signs import signs_of_logins
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Outcome, Severity

_SKIP = regex(r"skip|bypass|force|override|without|ignore|no[_-]?(?:approval|gate|validat|check|verif)", re.IGNORECASE)


@check(
    "GAT004",
    "another-way-to-target",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="What is demanded of the deployment workflow is not demanded there: the target changes without gate, plan or approval.",
    clear="Remove the job, or give it the same approval environment as the deployment workflow.",
)
def another_way_to_target(project: ProjectEvidence) -> Iterator[Outcome]:
    """Jobs of other workflows that run ``terraform apply`` or ``destroy`` without the target's approval environment, and with what is the
    target's alone: its account or role, tfvars, state, workspace, or its GitHub environment; also for one choice of an input. Reusable
    workflows of the repository are followed. Where only the run knows whom such a job changes, and where it changes another root module
    with the target's account or role, the line is unverified.
    """
    named = project.environment.workflow
    if named is None:
        return
    asked = project.target_evidence("workflow", "path")
    doors = tuple(worst(_door(project, job, named.path) for job in _changing_elsewhere(project, named.path)))
    if not doors:
        yield passed("workflow/doors", f"Only {named.path} changes {project.environment_name}", asked)
    yield from doors


def _changing_elsewhere(project: ProjectEvidence, own: str) -> Iterator[Served]:
    """The jobs of other workflows, and those for other modules, that change the target, or may, without its approval."""
    called = {job.uses.value.removeprefix("./") for workflow in project.workflows.values() for job in workflow.jobs.values() if job.uses}
    wanted = project.environment.workflow.approval_environment if project.environment.workflow is not None else None
    for path, workflow in project.workflows.items():
        # In the target's own workflow other checks look at what changes its root module.
        if (path == own and wanted is None) or _is_part(workflow, called):
            continue
        for job in project.serving(path):
            if (path != own or not job.here) and _may_change(project, job) and not _approved(job, wanted):
                yield job


def _may_change(project: ProjectEvidence, job: Served) -> bool:
    """Whether it works for the target, or nobody can tell; of jobs for other modules only their credentials say so."""
    if job.changing and any(map(project.checkout.holds, job.changing)):
        return job.whom in (Whom.TARGET, Whom.UNKNOWN, Whom.MIXED, Whom.UNSAID)
    return bool(_credentials(project, job)) and any(command.subcommand in CHANGES and not command.has("help") for command in job.commands)


def _credentials(project: ProjectEvidence, job: Served) -> tuple[Evidence, ...]:
    """Where a job takes credentials that are the target's alone."""
    target = project.environment_name
    return tuple(sign.evidence for sign in signs_of_logins(job.job, marks(project.spec, target)) if sign.owners == frozenset({target}))


def _door(project: ProjectEvidence, job: Served, own: str) -> Outcome:
    path, name, target = job.workflow.path, job.job.id, project.environment_name
    asked = project.target_evidence("workflow", "path")
    subject, item = f"workflow/doors/{path}/{name}", f"Job {name} of {path} does not change {target}"
    if not any(map(project.checkout.holds, job.changing)):
        why = f"it changes another root module with the credentials of {target}: whether that holds resources of this one is not looked at"
        return unverified(subject, item, why, *dict.fromkeys(_credentials(project, job)), asked)
    change = deployment_of(job).evidence
    if job.whom is not Whom.TARGET:
        return unverified(subject, item, job.why, change, *(sign.evidence for sign in job.signs if sign.owners is None), asked)
    shown = (sign.evidence for sign in job.signs if sign.owners == frozenset({target}))
    starts = ", ".join(trigger.name for trigger in job.workflow.triggers) or "nothing"
    outcome = failed(
        subject,
        item,
        change,
        *dict.fromkeys(shown),
        asked,
        title=f"Job {name} of {path} changes {target} too, without its approval",
        expected=f"changes through {own} only",
        actual=f"{path}, started by {starts}; needs {', '.join(need.value for need in job.job.needs) or 'nothing'}",
    )
    return doubted(outcome, job.doubt)


def _is_part(workflow: Workflow, called: set[str]) -> bool:
    """Whether only other workflows of the repository start it: its jobs are seen there."""
    return workflow.path in called and [trigger.name for trigger in workflow.triggers] == ["workflow_call"]


def _approved(job: Served, wanted: str | None) -> bool:
    way = (job.job, *job.workflow.before(job.job))
    names = (each.environment_name for each in way)
    return wanted is not None and any(name is not None and (name | "").casefold() == wanted.casefold() for name in names)


@check(
    "GAT005",
    "gate-can-be-skipped",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="Under pressure somebody ticks the box: the one deployment that needed the check most goes without it.",
    clear="Remove the input and the condition; accept findings by waivers, which are recorded and end.",
)
def gate_can_be_skipped(project: ProjectEvidence) -> Iterator[Outcome]:
    """Inputs of the deployment workflow called skip, force, bypass and the like, and the conditions of jobs and steps that use them: an
    input that leaves something out, or stands beside the result of what ran before. One that only makes more run is unverified.
    """
    workflow = project.workflow
    if workflow is None:
        return
    for name, given in workflow.inputs.items():
        asked = [fact for fact in _conditions(workflow) if re.search(_used(name), fact.value)]
        if not asked or not _SKIP.search(name):
            continue
        subject, item = f"workflow/skip/{name}", f"Input {name} cannot leave anything out"
        uses = [fact for fact in asked if len(fact.value) > _LONGEST or _leaves_out(name, fact.value)]
        if not uses:
            seen = (Evidence(fact.place, f"if: {fact.value[:100]}") for fact in asked)
            yield unverified(subject, item, "it makes more run; whether it stands in for a guard, files do not tell", *seen)
            continue
        yield failed(
            subject,
            item,
            *(Evidence(fact.place, f"if: {fact.value[:100]}") for fact in uses),
            Evidence(given.place, f"input {name}"),
            title=f"Input {name} of {workflow.path} leaves out what its conditions guard",
            expected="no such input",
            actual="; ".join(f"if: {fact.value[:80]}" for fact in uses),
        )


def _leaves_out(name: str, condition: str) -> bool:
    """Whether something that the condition guards does not run, or runs unguarded, because of the input.

    ``changed == 'true' || inputs.force`` only makes more run. Beside the result of what ran before, it lets what failed go on.
    """
    used = _used(name)
    group = _CALL.sub(r"\1", condition)
    while (inner := _INNERMOST.search(group)) is not None and not ("||" in inner[1] and re.search(used, inner[1])):
        group = group[: inner.start()] + (inner[1] if re.search(used, inner[1]) else "_") + group[inner.end() :]
    group = inner[1] if inner is not None else group
    turned_on = rf"(?<![!\w.])\s*{used}(?:\s*==\s*(?:true|'true'))?(?!\s*[!=<>])"
    rest = re.sub(turned_on, "", group)
    return (
        "||" not in group or _NEGATED.search(condition) is not None or re.search(used, rest) is not None or _RESULT.search(rest) is not None
    )


def _used(name: str) -> str:
    return rf"(?:github\.event\.)?inputs\.{re.escape(name)}\b"


_LONGEST = 500
"""Characters of a condition; a longer one is not taken apart."""
_CALL = regex(r"\b(success|failure|always|cancelled)\s*\(\s*\)", re.IGNORECASE)
_INNERMOST = regex(r"\(([^()]*)\)")
_NEGATED = regex(r"!\s*(?:\(|github\.event\.inputs|inputs)")
_RESULT = regex(r"\b(?:result|outcome|conclusion|success|failure|always|cancelled)\b", re.IGNORECASE)


def _conditions(workflow: Workflow) -> Iterator[Fact[str]]:
    for job in workflow.jobs.values():
        if job.condition is not None:
            yield job.condition
        for step in job.steps:
            if step.condition is not None:
                yield step.condition


@check(
    "GAT006",
    "gate-not-verified",
    severity=Severity.LOW,
    category="Workflow",
    work=works.WORKFLOW,
    why="A required check stops merges, not deployments that people start by hand or by tag: only the deployment itself can ask whether "
    "the gate is green for the commit that it deploys.",
    clear="Run this gate for the environment before the plan, in a job that the others need.",
)
def gate_not_verified(project: ProjectEvidence) -> Iterator[Outcome]:
    """The deployment workflow of an environment with an approval: that a step runs this gate before anything is applied, in the job itself
    or in one that it needs.
    """
    named, workflow = project.environment.workflow, project.workflow
    changing = deployments(project, workflow) if workflow is not None else ()
    if workflow is None or named is None or named.approval_environment is None or not changing:
        return
    subject, item = "workflow/verify", f"{workflow.path} asks the gate before it applies"
    guards = [
        (job, step)
        for job, step in workflow.steps()
        if step.action.endswith("/bbws-gate") or any(command.words[:1] == ("bbws-gate",) for command in step.commands)
    ]
    open_jobs = [
        deployment for deployment in changing if not any(job in (deployment.job, *workflow.before(deployment.job)) for job, _ in guards)
    ]
    if not open_jobs:
        yield passed(subject, item, *(Evidence(step.place, f"job {job.id}: bbws-gate") for job, step in guards))
        return
    yield failed(
        subject,
        item,
        *(deployment.evidence for deployment in open_jobs),
        title=f"{workflow.path} deploys without asking the gate about the commit",
        expected="a step with bbws-gate in the job that applies or in one that it needs",
        actual=f"none before job {', '.join(deployment.job.id for deployment in open_jobs)}",
        because_of=(f"WFL002/file/{workflow.path}",),
    )
