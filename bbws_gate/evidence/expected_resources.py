"""Which resources of the Terraform an expectation of the spec is about, and what they are called."""

from __future__ import annotations

from bbws_gate.deferred import dataclass
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Result
from bbws_gate.spec import Matcher
from bbws_gate.spec.expect import ResourceExpectation
from bbws_gate.terraform.stack import Plain, Resource, Stack

NAMES = {
    "aws_s3_bucket": "bucket",
    "aws_lambda_function": "function_name",
    "aws_db_instance": "identifier",
    "aws_rds_cluster": "cluster_identifier",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_elasticache_cluster": "cluster_id",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_redshift_cluster": "cluster_identifier",
    "aws_cloudfront_distribution": "comment",
    "aws_ecs_task_definition": "family",
    "aws_glue_catalog_database": "name",
    "aws_kinesis_firehose_delivery_stream": "name",
    "aws_acm_certificate": "domain_name",
    "aws_vpc": "tags.Name",
}
"""The argument that names a resource, where it is not ``name``."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The resources that an expectation is about."""

    resources: tuple[Resource, ...]
    doubtful: tuple[Resource, ...]
    """Resources of which it cannot be known."""
    why: str
    """Why there may be others or fewer; empty when there cannot."""


def meant(stack: Stack, expectation: ResourceExpectation, values: dict[str, str], unread: str) -> Meant:
    """The resources of the expectation's type that satisfy its ``where``; ``unread`` is why the Terraform may hold more than was seen."""
    sure: list[Resource] = []
    doubtful: list[Resource] = []
    why = unread
    for resource in stack.of_type(expectation.type, expectation.mode):
        verdict, reasons = _satisfies(resource, {path: matcher.filled(values) for path, matcher in expectation.where.items()})
        if verdict is Result.PASS:
            sure.append(resource)
            if not resource.expanded:
                why = why or f"the number of {resource.address} cannot be known"
        elif verdict is Result.UNVERIFIED:
            doubtful.append(resource)
            why = why or f"{resource.address}: {reasons}"
    return Meant(tuple(sure), tuple(doubtful), why)


def _satisfies(resource: Resource, where: dict[str, Matcher]) -> tuple[Result, str]:
    worst, reasons = Result.PASS, ""
    for path, matcher in where.items():
        for verdict in matcher.examine(resource.attributes, path, lambda part: reason(part) or None):
            if verdict.result is Result.FAIL:
                return Result.FAIL, ""
            if verdict.result is Result.UNVERIFIED:
                worst, reasons = Result.UNVERIFIED, verdict.why
    return worst, reasons


def name_path(expectation: ResourceExpectation) -> tuple[str, ...]:
    """Where a resource of the expectation's type has its name."""
    return tuple((expectation.name_attribute or NAMES.get(expectation.type, "name")).split("."))


def name_of(resource: Resource, expectation: ResourceExpectation) -> Plain:
    """What the resource is called, None when it is not named."""
    return resource.get(*name_path(expectation))
