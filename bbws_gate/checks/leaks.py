"""What is created for the target and carries another environment's name or account; and what collides after evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.expected_resources import NAMES
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.strings import texts
from bbws_gate.model import Outcome, Severity
from bbws_gate.terraform.stack import Path, Resource

_NAMING = frozenset(
    {"name", "name_prefix", "bucket_prefix", "alias", "domain", "domain_name", "hostname", "Name", "Environment", *NAMES.values()}
)
"""Arguments and tags that say what something is called."""


@check(
    "LEK001",
    "other-environment-in-value",
    severity=Severity.MEDIUM,
    category="Environment",
    work=works.ENVIRONMENT,
    why="A literal of another environment was copied along: the target reads from there, writes to there, or is taken for it.",
    clear="Let the value follow from a variable of the environment.",
)
def other_environment_in_value(project: ProjectEvidence) -> Iterator[Outcome]:
    """Evaluated arguments of every resource and data source: account numbers of the spec's other environments anywhere, their names as a
    word of names, buckets, hosts and Environment tags. What follows from a variable is right by itself and not seen.
    """
    accounts = {
        target.account: name
        for name, target in project.spec.environments.items()
        if target.account is not None and target.account != project.environment.account
    }
    others = {name.casefold(): name for name in project.spec.environments if name != project.environment_name}
    for resource in project.stack.resources:
        for path, text in texts(resource):
            found = next((accounts[number] for number in re.findall(r"(?<!\d)\d{12}(?!\d)", text) if number in accounts), None)
            if found is None and path[-1] in _NAMING:
                words = {word.casefold() for word in re.split(r"[^A-Za-z0-9]+", text)}
                found = (
                    None
                    if project.environment_name.casefold() in words
                    else next((others[word] for word in sorted(words) if word in others), None)
                )
            if found is not None:
                yield _leak(project, resource, path, found)


def _leak(project: ProjectEvidence, resource: Resource, path: Path, other: str) -> Outcome:
    seen = observe(resource, *path).evidence
    dotted = ".".join(str(part) for part in path)
    table = next((name for name, table in project.tables.found.items() if table.resource.address == resource.address), "")
    return failed(
        f"resource/{resource.address}/{dotted}",
        f"{dotted} of {resource.address} is of {project.environment_name}",
        seen,
        project.target_evidence(),
        title=f"{dotted} of {resource.address} carries {other}, not {project.environment_name}",
        expected=f"nothing of {other} in {project.environment_name}",
        actual=seen.value,
        because_of=(f"NAM001/table/{table}", f"TAG002/tags/{path[-1]}", f"RES002/resource/{resource.type}"),
    )


_UNIQUE = {
    "aws_backup_vault": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_dynamodb_table": "name",
    "aws_ecr_repository": "name",
    "aws_ecs_cluster": "name",
    "aws_iam_policy": "name",
    "aws_iam_role": "name",
    "aws_iam_user": "name",
    "aws_kms_alias": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
    "aws_ssm_parameter": "name",
}
"""Types whose name can exist once in an account and region."""


@check(
    "COL001",
    "name-collision",
    severity=Severity.CRITICAL,
    category="Resources",
    work=works.RESOURCES,
    why="AWS refuses the second one: the apply fails half way, after the first is created.",
    clear="Give each its own name.",
)
def name_collision(project: ProjectEvidence) -> Iterator[Outcome]:
    """Resources of one type that get the same name after evaluation, through the same provider configuration, for types whose names are
    unique in an account and region.
    """
    first: dict[tuple[str, str, str], Resource] = {}
    for resource in project.stack.resources:
        argument = _UNIQUE.get(resource.type) if resource.mode == "managed" else None
        name = resource.get(argument) if argument is not None else None
        if argument is None or not isinstance(name, str):
            continue
        alias = resource.provider.alias or "" if resource.provider is not None else ""
        other = first.setdefault((resource.type, name, alias), resource)
        if other is resource:
            continue
        yield failed(
            f"resource/{resource.address}/{argument}",
            f"The name of {resource.address} is its own",
            observe(resource, argument).evidence,
            observe(other, argument).evidence,
            title=f"{resource.address} and {other.address} are both called {name}",
            expected="one resource of that name",
            actual=f"two: {other.address}, {resource.address}",
        )


@check(
    "COL002",
    "listener-priority-collision",
    severity=Severity.CRITICAL,
    category="Resources",
    work=works.RESOURCES,
    why="A listener takes each priority once: the apply fails on the second rule.",
    clear="Give each rule of the listener its own priority.",
)
def listener_priority_collision(project: ProjectEvidence) -> Iterator[Outcome]:
    """``aws_lb_listener_rule``: rules of one listener that get the same priority after evaluation."""
    first: dict[tuple[str, str], Resource] = {}
    for rule in (*project.stack.of_type("aws_lb_listener_rule"), *project.stack.of_type("aws_alb_listener_rule")):
        listener, priority = rule.get("listener_arn"), rule.get("priority")
        listeners = listener if isinstance(listener, str) else "/".join(rule.trace.references(("listener_arn",)))
        if not isinstance(priority, int) or not listeners:
            continue
        other = first.setdefault((listeners, str(priority)), rule)
        if other is rule:
            continue
        yield failed(
            f"resource/{rule.address}/priority",
            f"The priority of {rule.address} is its own",
            observe(rule, "priority").evidence,
            observe(other, "priority").evidence,
            title=f"{rule.address} and {other.address} have the same priority {priority}",
            expected="one rule of that priority",
            actual=f"two: {other.address}, {rule.address}",
        )
