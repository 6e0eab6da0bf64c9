"""What collides after evaluation: two resources that get the same unique key, and settings that overwrite each other.

The keys are from the AWS API and the provider's documentation of each type
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs). What is not listed is not known here, and never reported.
What a second create of the same name does is in the API reference of each service: most answer with an error that says so
(https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html: ResourceInUseException), some give back or change what
is there (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header, observe, shown
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import identity_of
from bbws_gate.model import Outcome, Severity
from bbws_gate.terraform.stack import Plain, Resource, UnknownValue

_NAMES = {
    "aws_backup_vault": "name",
    "aws_cloudwatch_event_bus": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_codebuild_project": "name",
    "aws_db_instance": "identifier",
    "aws_db_subnet_group": "name",
    "aws_dynamodb_table": "name",
    "aws_ecr_repository": "name",
    "aws_eks_cluster": "name",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_iam_group": "name",
    "aws_iam_instance_profile": "name",
    "aws_iam_policy": "name",
    "aws_iam_role": "name",
    "aws_iam_user": "name",
    "aws_kinesis_stream": "name",
    "aws_kms_alias": "name",
    "aws_lambda_function": "function_name",
    "aws_rds_cluster": "cluster_identifier",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "name",
    "aws_ssm_parameter": "name",
}
"""Types whose name can exist once in an account and region, and whose create AWS (for S3 in us-east-1, the provider) refuses the second
time."""
_SHARED = {
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_ecs_cluster": "name",
    "aws_lb": "name",
    "aws_lb_target_group": "name",
    "aws_sfn_state_machine": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
    "aws_ssm_parameter": "name",
}
"""Types whose name can exist once, too, and whose second create may succeed: it gives back what is there, at least where the settings are
the same, or puts its own over them."""
_SHARED_IMPACT = (
    "AWS keeps one for both names: where it does not refuse the second for its other settings, each apply sets it anew, "
    "and to destroy one is to destroy both."
)


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
    unique in an account and region, and whose second create AWS refuses. Parameters with ``overwrite`` are told as overwritten.
    """
    names = {kind: (argument,) for kind, argument in _NAMES.items()}
    for resource, other, argument in _collisions(project.stack.resources, names):
        if _overwrites(resource) or _overwrites(other):
            continue
        name = _said(resource.get(argument))
        yield failed(
            f"resource/{resource.address}/{argument}",
            f"The name of {resource.address} is its own",
            observe(resource, argument).evidence,
            observe(other, argument).evidence,
            title=f"{resource.address} and {other.address} are both called {name}",
            expected="one resource of that name",
            actual=f"two: {other.address}, {resource.address}",
        )


def _overwrites(resource: Resource) -> bool:
    """Whether a resource may take the place of what has its name; only parameters of SSM do."""
    return resource.get("overwrite") not in (None, False)


def _said(value: Plain) -> str:
    """A value in a sentence: one that only another resource gives by where it comes from."""
    return identity_of(value) or "" if isinstance(value, UnknownValue) else shown(value).strip('"')


_KEYS: dict[str, tuple[str, ...]] = {
    "aws_ecs_service": ("cluster", "name"),
    "aws_iam_role_policy": ("role", "name"),
    "aws_lb_listener": ("load_balancer_arn", "port"),
    "aws_network_acl_rule": ("network_acl_id", "egress?", "rule_number"),
    "aws_route": ("route_table_id", "destination_cidr_block"),
    "aws_route53_record": ("zone_id", "type", "set_identifier?", "name"),
    "aws_security_group": ("vpc_id", "name"),
    "aws_subnet": ("vpc_id", "cidr_block"),
    "aws_vpc_security_group_egress_rule": ("security_group_id", "ip_protocol", "from_port?", "to_port?", "cidr_ipv4"),
    "aws_vpc_security_group_ingress_rule": ("security_group_id", "ip_protocol", "from_port?", "to_port?", "cidr_ipv4"),
    "aws_cloudwatch_event_rule": ("event_bus_name?", "name"),
    "aws_cloudwatch_event_target": ("event_bus_name?", "rule", "target_id"),
    "aws_lambda_permission": ("function_name", "qualifier?", "statement_id"),
    "aws_lambda_alias": ("function_name", "name"),
    "aws_api_gateway_stage": ("rest_api_id", "stage_name"),
    "aws_apigatewayv2_route": ("api_id", "route_key"),
}
"""Types that exist once for these arguments together, the telling one last; those with a question mark may be absent."""


@check(
    "COL003",
    "key-collision",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="AWS takes each once: the apply fails on the second, or the second replaces the first.",
    clear="Give each its own port, number, address or name, or remove one.",
)
def key_collision(project: ProjectEvidence) -> Iterator[Outcome]:
    """Ports of a load balancer's listeners, numbers of ACL rules, addresses of subnets and routes, DNS records, rules of security groups,
    routes and stages of an API and the like: two that get the same after evaluation, on the same parent.
    """
    for resource, other, argument in _collisions(project.stack.resources, _KEYS):
        value = _said(resource.get(argument))
        yield failed(
            f"resource/{resource.address}/{argument}",
            f"{argument} of {resource.address} is its own",
            observe(resource, argument).evidence,
            observe(other, argument).evidence,
            title=f"{resource.address} and {other.address} have the same {argument} {value}",
            expected=f"one {resource.type} for {argument} {value}",
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
    kinds = dict.fromkeys(("aws_lb_listener_rule", "aws_alb_listener_rule"), ("listener_arn", "priority"))
    for rule, other, _ in _collisions(project.stack.resources, kinds):
        yield failed(
            f"resource/{rule.address}/priority",
            f"The priority of {rule.address} is its own",
            observe(rule, "priority").evidence,
            observe(other, "priority").evidence,
            title=f"{rule.address} and {other.address} have the same priority {_said(rule.get('priority'))}",
            expected="one rule of that priority",
            actual=f"two: {other.address}, {rule.address}",
        )


_SINGLE = {
    "aws_s3_bucket_acl": "bucket",
    "aws_s3_bucket_cors_configuration": "bucket",
    "aws_s3_bucket_lifecycle_configuration": "bucket",
    "aws_s3_bucket_notification": "bucket",
    "aws_s3_bucket_ownership_controls": "bucket",
    "aws_s3_bucket_policy": "bucket",
    "aws_s3_bucket_public_access_block": "bucket",
    "aws_s3_bucket_server_side_encryption_configuration": "bucket",
    "aws_s3_bucket_versioning": "bucket",
    "aws_sns_topic_policy": "arn",
    "aws_sqs_queue_policy": "queue_url",
    "aws_ecr_lifecycle_policy": "repository",
    "aws_ecr_repository_policy": "repository",
    "aws_backup_vault_policy": "backup_vault_name",
    "aws_kms_key_policy": "key_id",
}
"""Settings that a parent has once, with the argument that names it: a second resource replaces what the first one set."""


@check(
    "COL004",
    "setting-overwritten",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="Whichever is applied last wins, and every plan wants to change it back: a policy or rule that was reviewed is silently gone.",
    clear="Bring both together into one resource.",
)
def setting_overwritten(project: ProjectEvidence) -> Iterator[Outcome]:
    """Policies, lifecycle rules, notifications, encryption and access blocks that a bucket, queue, topic or repository has once: two
    resources that set the same one. Alarms, queues, topics and the like of one name, whose second create changes or gives back the first.
    """
    kinds = {kind: (name,) for kind, name in (_SHARED | _SINGLE).items()}
    for resource, other, argument in _collisions(project.stack.resources, kinds):
        is_refused = resource.type in _NAMES and not (_overwrites(resource) or _overwrites(other))
        if is_refused:
            continue
        yield failed(
            f"resource/{resource.address}/{argument}",
            f"{resource.address} alone sets it",
            header(resource),
            header(other),
            title=f"{resource.address} and {other.address} overwrite each other",
            expected=f"one {resource.type} for each {argument}",
            actual=f"two: {other.address}, {resource.address}",
            impact=_SHARED_IMPACT if resource.type in _SHARED else "",
        )


def _collisions(resources: Iterable[Resource], keys: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Resource, Resource, str]]:
    """Pairs of a resource and an earlier one with the same key, and the argument that tells."""
    first: dict[tuple[str, ...], Resource] = {}
    for resource in resources:
        arguments = keys.get(resource.type) if resource.mode == "managed" and resource.expanded else None
        key = _key(resource, arguments) if arguments is not None else None
        if arguments is None or key is None:
            continue
        other = first.setdefault(key, resource)
        if other is not resource:
            yield resource, other, arguments[-1]


def _key(resource: Resource, arguments: tuple[str, ...]) -> tuple[str, ...] | None:
    """What must be unique; None where a part cannot be known for certain."""
    alias = resource.provider.alias or "" if resource.provider is not None else ""
    parts = [resource.type, alias, identity_of(resource.get("region"), optional=True)]
    parts += [identity_of(resource.get(argument.rstrip("?")), optional=argument.endswith("?")) for argument in arguments]
    return None if None in parts else tuple(part for part in parts if part is not None)
