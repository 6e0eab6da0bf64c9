"""As whom and where the deployment works: the role, the profile, the workspace."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import doubted, failed, passed, unverified, worst
from bbws_gate.deferred import regex
from bbws_gate.evidence.deployment import Deployment, target_deployments
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.login import is_named, logins
from bbws_gate.evidence.profiles import profile_statements
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.serving import Served
from bbws_gate.evidence.statements import Statement
from bbws_gate.model import Evidence, Outcome, Severity

_SECRET = regex(r"\$\{\{\s*(?:secrets|vars)\.[A-Za-z0-9_]+\s*\}\}")
"""A role that is one secret or variable, by its name."""


@check(
    "WFL013",
    "workflow-role-differs",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="Another role may do more than was reviewed, or less than is needed.",
    clear="Assume the role that the spec names, or correct the spec.",
)
def workflow_role_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``role-to-assume`` of the jobs that change the target, against the spec's: an ARN, or the name of a secret or variable."""
    named, workflow = project.environment.workflow, project.workflow
    if named is None or named.role is None or workflow is None:
        return
    yield from worst(_of_jobs(project, named.role))


def _of_jobs(project: ProjectEvidence, role: str) -> Iterator[Outcome]:
    for deployment in target_deployments(project):
        for outcome in _roles(project, deployment, role):
            yield doubted(outcome, deployment.doubt)


def _roles(project: ProjectEvidence, deployment: Deployment, role: str) -> Iterator[Outcome]:
    asked = project.target_evidence("workflow", "role")
    for step in logins(deployment.job):
        given = step.inputs.get("role-to-assume")
        resolved = step.input("role-to-assume")
        if given is None or resolved is None:
            continue
        subject, item = f"workflow/role/{deployment.job.id}", f"Job {deployment.job.id} assumes {role}"
        seen = Evidence(given.place, f"role-to-assume: {given.value}")
        if is_named(given.value, resolved[0].value, role):
            yield passed(subject, item, seen, asked)
        elif resolved[0].value is None and (role.startswith("arn:") or not _SECRET.fullmatch(given.value.strip())):
            yield unverified(subject, item, resolved[0].why, seen, asked)
        else:
            yield failed(
                subject,
                item,
                seen,
                asked,
                title=f"Job {deployment.job.id} assumes {given.value}, not {role}",
                expected=role,
                actual=given.value,
                because_of=(f"ENV001/environment/account/{deployment.workflow.path}",),
            )


@check(
    "ENV005",
    "profile-differs",
    severity=Severity.MEDIUM,
    category="Environment",
    work=works.ENVIRONMENT,
    why="By hand, Terraform works with another account's credentials.",
    clear="Name the environment's profile where another one stands, or none at all.",
)
def profile_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The target's profile in the spec, against provider, state backend, profile variables with their tfvars, the deployment workflow, the
    validation script, and the commands in the plan document and the README, which may also name the other environments' profiles.
    """
    wanted = project.environment.profile
    if wanted is None:
        return
    others = {target.profile for target in project.spec.environments.values()}
    said = list(profile_statements(project))
    wrong = [each for each in said if each.values and not set(each.values) & ({wanted} | (others if _for_all(project, each) else set()))]
    unknown = [each for each in said if each.why]
    subject, item, asked = "environment/profile", f"Whatever names a profile names {wanted}", project.target_evidence("profile")
    if wrong:
        values = ", ".join(dict.fromkeys(value for each in wrong for value in each.values))
        yield failed(
            subject,
            item,
            *(each.evidence for each in wrong),
            asked,
            title=f"{wrong[0].evidence.place.path} works with profile {values}, not {wanted}",
            expected=wanted,
            actual=values,
        )
    elif unknown:
        yield unverified(subject, item, unknown[0].why, *(each.evidence for each in unknown), asked)
    elif said:
        yield passed(subject, item, *(each.evidence for each in said[:8]), asked)


def _for_all(project: ProjectEvidence, statement: Statement) -> bool:
    """Whether a statement stands in a document, which speaks of all environments."""
    return statement.evidence.place.path in project.documents


@check(
    "WFL014",
    "workspace-differs",
    severity=Severity.CRITICAL,
    category="Workflow",
    work=works.WORKFLOW,
    why="In another workspace Terraform changes another environment's resources, or creates them all a second time.",
    clear="Select the environment's workspace before the plan.",
)
def workspace_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``terraform workspace select`` and ``TF_WORKSPACE`` in the deployment workflow, against the workspace in the spec."""
    wanted, workflow = project.environment.workspace, project.workflow
    changing = target_deployments(project)
    if wanted is None or workflow is None or not changing:
        return
    asked = project.target_evidence("workspace")
    said = [(name, seen, job.doubt) for job in project.judged for name, seen in _workspaces(project, job)]
    subject, item = "workflow/workspace", f"{workflow.path} works in workspace {wanted}"
    wrong = [(name, seen) for name, seen, doubt in said if name.value not in (None, wanted) and not doubt]
    unknown = [(name.why or doubt, seen) for name, seen, doubt in said if name.value is None or (doubt and name.value != wanted)]
    if wrong or (not said and wanted != "default"):
        yield failed(
            subject,
            item,
            *dict.fromkeys(seen for _, seen in wrong),
            *dict.fromkeys(deployment.evidence for deployment in changing if not wrong),
            asked,
            title=f"{workflow.path} works in workspace {wrong[0][0].value if wrong else 'default'}, not {wanted}",
            expected=wanted,
            actual=", ".join(dict.fromkeys(str(name.value) for name, _ in wrong)) or "no workspace is selected",
        )
    elif unknown:
        yield unverified(subject, item, unknown[0][0], *dict.fromkeys(seen for _, seen in unknown), asked)
    else:
        yield passed(subject, item, *dict.fromkeys(seen for _, seen, _ in said), asked)


def _workspaces(project: ProjectEvidence, job: Served) -> Iterator[tuple[Resolved, Evidence]]:
    """The workspaces that a job selects, or that its environment names for a command on the state."""
    for command in filter(project.checkout.holds, job.commands):
        if command.subcommand in ("workspace select", "workspace new") and command.arguments:
            yield command.arguments[-1], Evidence(command.run.place, " ".join(command.run.words)[:120])
        elif command.workspace is not None and command.subcommand in ("plan", "apply", "destroy"):
            yield command.workspace, Evidence(command.run.place, f"TF_WORKSPACE: {command.workspace.value or 'unknown'}")
