"""What the role that deploys may do, where this Terraform says so."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.policies import covering
from bbws_gate.checks.trust import assumed_roles
from bbws_gate.evidence.policy import Policy, PolicyStatement, policies_of
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Outcome, Severity
from bbws_gate.terraform.stack import Path, Resource

_CREATES = {
    "aws_dynamodb_table": "dynamodb:CreateTable",
    "aws_s3_bucket": "s3:CreateBucket",
    "aws_sqs_queue": "sqs:CreateQueue",
    "aws_sns_topic": "sns:CreateTopic",
    "aws_lambda_function": "lambda:CreateFunction",
    "aws_backup_vault": "backup:CreateBackupVault",
    "aws_backup_plan": "backup:CreateBackupPlan",
    "aws_backup_selection": "backup:CreateBackupSelection",
    "aws_kms_key": "kms:CreateKey",
    "aws_iam_role": "iam:CreateRole",
    "aws_iam_policy": "iam:CreatePolicy",
    "aws_cloudwatch_log_group": "logs:CreateLogGroup",
    "aws_secretsmanager_secret": "secretsmanager:CreateSecret",
    "aws_ecr_repository": "ecr:CreateRepository",
}
"""The one action without which a type cannot be created
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)."""


@check(
    "IAM004",
    "deploying-role-lacks-action",
    severity=Severity.HIGH,
    category="Workflow",
    work=works.WORKFLOW,
    why="AWS refuses the call: the apply fails half way.",
    clear="Allow the action in a policy of the role that the workflow assumes.",
)
def deploying_role_lacks_action(project: ProjectEvidence) -> Iterator[Outcome]:
    """Where the Terraform declares the role that the deployment workflow assumes: that its policies allow what creating each declared type
    needs. Nothing is said of roles that are declared elsewhere.
    """
    names = assumed_roles(project)
    for role in project.stack.of_type("aws_iam_role"):
        if role.get("name") not in names:
            continue
        statements, doubt = _permissions(project, role)
        for kind in sorted({resource.type for resource in project.stack.resources if resource.mode == "managed"} & set(_CREATES)):
            action = _CREATES[kind]
            subject, item = f"role/{role.address}/{action}", f"{role.address} may {action}"
            granting = [text for each in statements for text in each.actions if covering(text.value).fullmatch(action)]
            if granting:
                yield passed(subject, item, *(text.evidence for text in granting[:3]))
            elif doubt:
                yield unverified(subject, item, doubt, header(role))
            else:
                yield failed(
                    subject,
                    item,
                    header(role),
                    *(each.evidence for each in statements[:4]),
                    header(project.stack.of_type(kind)[0]),
                    title=f"{role.address} may not {action}, which {kind} needs",
                    expected=action,
                    actual=f"{len(statements)} statements allow something, none allows {action}",
                )


def _permissions(project: ProjectEvidence, role: Resource) -> tuple[list[PolicyStatement], str]:
    """The statements that allow a role something, and why there may be others."""
    statements: list[PolicyStatement] = []
    doubt = project.unread
    for holder, path in _attached(project, role):
        policies = list(_behind(project, holder, path))
        if not policies:
            doubt = doubt or f"what {holder.address} allows is not in the files"
        found = [statement for policy in policies for statement in policy.statements if statement.effect != "Deny"]
        doubt = doubt or next((each.unknown for each in found if each.unknown), "")
        doubt = doubt or next(("a statement says only what it is not about" for each in found if each.negated), "")
        statements += found
    return statements, doubt


def _attached(project: ProjectEvidence, role: Resource) -> Iterator[tuple[Resource, Path]]:
    """What gives a role permissions, with the argument that holds the policy or its ARN."""
    if role.get("inline_policy") is not None or role.get("managed_policy_arns") is not None:
        yield role, ("inline_policy", 0, "policy")
    arguments = {"aws_iam_role_policy": "policy", "aws_iam_role_policy_attachment": "policy_arn", "aws_iam_policy_attachment": "policy_arn"}
    for kind, argument in arguments.items():
        for other in project.stack.of_type(kind):
            key = "roles" if kind == "aws_iam_policy_attachment" else "role"
            given = other.get(key)
            if given == role.get("name") or leads_to(other, (key,), role) or (reason(given) and not other.trace.references((key,))):
                yield other, (argument,)


def _behind(project: ProjectEvidence, holder: Resource, path: Path) -> Iterator[Policy]:
    """The policies that an argument holds or leads to."""
    if holder.type != "aws_iam_role":
        yield from policies_of(holder)
    for other in project.stack.resources:
        if other.type in ("aws_iam_policy_document", "aws_iam_policy") and leads_to(holder, path, other):
            yield from policies_of(other)
            if other.type == "aws_iam_policy" and reason(other.get("policy")):
                yield from _behind(project, other, ("policy",))
