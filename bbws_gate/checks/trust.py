"""Who may take the role that deploys: trust in GitHub's identity tokens.

Tokens: https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.policies import covering, is_of_another
from bbws_gate.evidence.deployment import deployments, logins
from bbws_gate.evidence.policy import Condition, Policy, PolicyStatement, Text
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.terraform.stack import Resource

ISSUER = "token.actions.githubusercontent.com"


def _trusts(project: ProjectEvidence) -> Iterator[tuple[Policy, PolicyStatement]]:
    """The statements that let GitHub's workflows take a role."""
    for policy in project.policies:
        if policy.resource is None and is_of_another(project, policy.subject):
            continue
        for statement in policy.statements:
            if statement.effect == "Allow" and any(ISSUER in text.value for _, text in statement.principals):
                yield policy, statement


def _condition(statement: PolicyStatement, claim: str) -> Condition | None:
    return next((each for each in statement.conditions if each.variable.casefold() == f"{ISSUER}:{claim}"), None)


@check(
    "IAM002",
    "trust-too-wide",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="Workflows of repositories that nobody meant can take the role, and deploy with it.",
    clear="Ask for the repository in a condition on the token's sub: repo:OWNER/NAME:environment:ENVIRONMENT.",
)
def trust_too_wide(project: ProjectEvidence) -> Iterator[Outcome]:
    """Trust policies for GitHub's tokens: that a condition on ``sub`` asks for a repository, and none takes any audience (``aud``)."""
    for policy, statement in _trusts(project):
        subject, item = f"trust/{policy.subject}", f"{policy.subject} trusts certain repositories only"
        sub, aud = _condition(statement, "sub"), _condition(statement, "aud")
        any_audience = [text for text in aud.values if text.value == "*" and "Like" in aud.test] if aud is not None else []
        wide = [text for text in sub.values if "Like" in sub.test and _takes_any_repository(text.value)] if sub is not None else []
        if sub is None and statement.unknown:
            yield unverified(subject, item, statement.unknown, statement.evidence)
        elif sub is None and not any("repository" in each.variable for each in statement.conditions):
            yield _too_wide(subject, item, "asks for no repository: any workflow on GitHub may take the role", statement.evidence)
        elif wide:
            yield _too_wide(subject, item, f"trusts {wide[0].value}: more than one repository", *(text.evidence for text in wide))
        elif any_audience:
            yield _too_wide(subject, item, "takes tokens for any audience", *(text.evidence for text in any_audience))
        elif sub is not None and sub.values:
            yield passed(subject, item, sub.evidence)
        elif statement.unknown:
            yield unverified(subject, item, statement.unknown, statement.evidence)


def _too_wide(subject: str, item: str, what: str, *evidence: Evidence) -> Outcome:
    return failed(
        subject,
        item,
        *evidence,
        title=f"{subject.partition('/')[2]} {what}",
        expected=f"{ISSUER}:sub repo:OWNER/NAME:...",
        actual=what,
    )


def _takes_any_repository(pattern: str) -> bool:
    """``*``, ``repo:*``, ``repo:acme/*``; subjects of another form are not judged."""
    if pattern.strip("*") == "" or pattern in ("repo:*", "repo*"):
        return True
    match = re.match(r"repo:([^/:]*)/([^:]*)", pattern)
    return match is not None and ("*" in match[1] or match[2] in ("", "*"))


@check(
    "IAM003",
    "trust-bypasses-approval",
    severity=Severity.MEDIUM,
    category="Workflow",
    work=works.WORKFLOW,
    why="The approval holds back one job, while any other job of the repository may take the same role without it; or the job that is "
    "approved is refused.",
    clear="Trust repo:OWNER/NAME:environment:APPROVAL_ENVIRONMENT and nothing else.",
)
def trust_bypasses_approval(project: ProjectEvidence) -> Iterator[Outcome]:
    """The ``sub`` that the deploying role's trust asks for (the role is known by its name in workflow or spec), against the approval
    environment in the spec; and in every trust, environments of GitHub that belong to the spec's other environments.
    """
    named = project.environment.workflow
    approval = named.approval_environment if named is not None else None
    others = _others(project) - {approval, project.environment_name}
    roles = assumed_roles(project)
    for policy, statement in _trusts(project):
        sub = _condition(statement, "sub")
        if sub is None or not sub.values or any(_takes_any_repository(text.value) for text in sub.values):
            continue
        subject, item = f"trust/{policy.subject}/environment", f"{policy.subject} trusts what was approved for {project.environment_name}"
        tails = {text: [*text.value.split(":", 2), "", ""][2] for text in sub.values if text.value.startswith("repo:")}
        strangers = [text for text, tail in tails.items() if tail.removeprefix("environment:") in others]
        admits = approval is not None and any(_admits(sub.test, tail, f"environment:{approval}") for tail in tails.values())
        open_ones = [text for text, tail in tails.items() if "Like" in sub.test and tail.strip("*") == ""]
        deploys = policy.resource is not None and _holder_name(project, policy.resource) & roles
        if strangers and not admits:
            yield _bypassed(subject, item, f"trusts {strangers[0].value}", strangers, approval or project.environment_name)
        elif approval is None or not deploys or not tails:
            continue
        elif open_ones:
            yield _bypassed(subject, item, f"trusts {open_ones[0].value}: any branch, without {approval}", open_ones, approval)
        elif admits:
            yield passed(subject, item, sub.evidence, project.target_evidence("workflow", "approval_environment"))


def _bypassed(subject: str, item: str, what: str, texts: list[Text], wanted: str) -> Outcome:
    return failed(
        subject,
        item,
        *(text.evidence for text in texts),
        title=f"{subject.split('/', 1)[1].removesuffix('/environment')} {what}",
        expected=f"repo:OWNER/NAME:environment:{wanted}",
        actual=", ".join(text.value for text in texts),
    )


def _others(project: ProjectEvidence) -> set[str | None]:
    """GitHub environments of the spec's other environments."""
    found: set[str | None] = set()
    for name, target in project.spec.environments.items():
        if name != project.environment_name:
            found |= {name, target.workflow.approval_environment if target.workflow is not None else None}
    return found - {None}


def _admits(test: str, pattern: str, subject: str) -> bool:
    return covering(pattern).fullmatch(subject) is not None if "Like" in test else pattern == subject


def assumed_roles(project: ProjectEvidence) -> set[str]:
    """Names of the roles that the deployment workflow, or the spec, says are assumed."""
    named = project.environment.workflow
    arns = [named.role] if named is not None and named.role is not None else []
    for deployment in deployments(project, project.workflow) if project.workflow is not None else ():
        given = [step.input("role-to-assume") for step in logins(deployment.job)]
        arns += [found[0].value for found in given if found is not None and found[0].value is not None]
    return {arn.rpartition("/")[2] for arn in arns if arn.startswith("arn:")}


def _holder_name(project: ProjectEvidence, resource: Resource) -> set[str]:
    """Names of the roles that have a policy as their trust: the role itself, or those that refer to the document."""
    roles = [resource] if resource.type == "aws_iam_role" else project.stack.of_type("aws_iam_role")
    mine = [role for role in roles if role is resource or leads_to(role, ("assume_role_policy",), resource)]
    return {name for role in mine if isinstance(name := role.get("name"), str)}
