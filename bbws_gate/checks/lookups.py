"""Look-ups by name: does anything create what a data source looks for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.expected_resources import NAMES
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import TABLE
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import fill

_ARGUMENTS = {
    TABLE: "name",
    "aws_s3_bucket": "bucket",
    "aws_sqs_queue": "name",
    "aws_sns_topic": "name",
    "aws_kms_alias": "name",
    "aws_iam_role": "name",
    "aws_iam_policy": "name",
    "aws_lambda_function": "function_name",
    "aws_secretsmanager_secret": "name",
    "aws_ssm_parameter": "name",
    "aws_ecr_repository": "name",
    "aws_backup_vault": "name",
    "aws_ecs_cluster": "cluster_name",
    "aws_cloudwatch_log_group": "name",
}
"""Data sources that look for one thing by its name, with the argument that says it
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs)."""

MIN_OWN = 3
"""Letters that a naming rule must have beside name and environment to be told from other projects' rules."""


@check(
    "RES007",
    "look-up-finds-nothing",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="The plan fails where nothing of that name exists; or it finds another environment's.",
    clear="Look for the name that is created, or create what is looked for.",
)
def look_up_finds_nothing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Data sources by name: that this Terraform, the spec or an upstream project creates it. It fails only where a table's name
    follows this project's own naming rule and nothing is upstream; else it may exist in the account, and cannot be verified.
    """
    for resource in project.stack.resources:
        argument = _ARGUMENTS.get(resource.type) if resource.mode == "data" else None
        name = resource.get(argument) if argument is not None else None
        if argument is None or not isinstance(name, str):
            continue
        subject, item = f"lookup/{resource.address}", f"What {resource.address} looks for exists"
        seen = observe(resource, argument).evidence
        creator = _created_here(project, resource.type, name)
        promised = _promised(project, resource.type, name)
        if creator is not None:
            yield passed(subject, item, seen, creator)
        elif promised is not None:
            yield passed(subject, item, seen, promised)
        elif resource.type == TABLE and _is_ours(project, name) and not project.spec.dependencies.upstream and not project.unread:
            known = sorted(str(table.name) for table in project.all_tables if isinstance(table.name, str))
            yield failed(
                subject,
                item,
                seen,
                project.loaded.evidence("expect", "tables", "naming"),
                title=f"{resource.address} looks for table {name}, which nothing creates",
                expected=f"one of {', '.join(known)}" if known else "a table that is created here",
                actual=name,
                because_of=(f"LEK001/resource/{resource.address}/{argument}", *_missing(project, name)),
            )
        else:
            yield unverified(subject, item, f"nothing here creates {name}; it may exist in the account", seen)


def _created_here(project: ProjectEvidence, kind: str, name: str) -> Evidence | None:
    argument = NAMES.get(kind, "name")
    for resource in project.stack.of_type(kind):
        if resource.get(argument) == name:
            return observe(resource, argument).evidence
    return None


def _promised(project: ProjectEvidence, kind: str, name: str) -> Evidence | None:
    """Where the spec says that an upstream project gives it."""
    tables = [name, *(logical for logical in project.spec.tables(project.environment_name) if _full(project, logical) == name)]
    wanted = {f"{kind}/{name}", name, *(f"table/{each}" for each in tables if kind == TABLE)}
    for number, upstream in enumerate(project.spec.dependencies.upstream):
        if wanted & set(upstream.requires):
            return project.loaded.evidence("dependencies", "upstream", number)
    return None


def _full(project: ProjectEvidence, logical: str) -> str:
    return project.spec.table_name(project.environment_name, logical)


def _missing(project: ProjectEvidence, name: str) -> tuple[str, ...]:
    """Findings about the table that should have the name."""
    logicals = [logical for logical in project.spec.tables(project.environment_name) if _full(project, logical) == name]
    return tuple(f"{code}/table/{logical}" for logical in logicals for code in ("TBL001", "NAM001"))


def _is_ours(project: ProjectEvidence, name: str) -> bool:
    """Whether a table's name is made by the naming rule, and the rule has words of this project's own: nobody else makes such names."""
    rule = project.spec.expect.tables.naming
    if rule is None:
        return False
    values = project.spec.names(project.environment_name)
    own = re.sub(r"[^A-Za-z0-9]", "", fill(rule, {**values, "env": ""}, name=""))
    pattern = re.escape(fill(rule, values, name="\0")).replace(re.escape("\0"), ".+")
    return len(own) >= MIN_OWN and re.fullmatch(pattern, name) is not None
