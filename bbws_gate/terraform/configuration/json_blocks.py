"""Nested blocks of resources in JSON files.

JSON writes ``{"ttl": {...}}`` for a block as for an argument, and only a provider's schema tells them apart. This table names the
nested blocks of the resources that promotion plans speak of most (AWS provider 5 and 6, https://registry.terraform.io/providers/hashicorp/aws);
whatever else JSON writes as an object stays an argument with that value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from bbws_gate.deferred import replace
from bbws_gate.terraform.syntax import Attribute, Block, Body, Expression, Literal, ObjectCons, TupleCons

Nested: TypeAlias = "Mapping[str, Nested]"

_LEAF: Final[Nested] = {}


def _leaves(*names: str) -> Nested:
    return dict.fromkeys(names, _LEAF)


_RESOURCES: Final[Mapping[str, Nested]] = {
    "aws_dynamodb_table": {
        **_leaves("attribute", "local_secondary_index", "point_in_time_recovery", "server_side_encryption", "ttl", "replica"),
        "global_secondary_index": _leaves("on_demand_throughput", "warm_throughput"),
        **_leaves("on_demand_throughput", "warm_throughput", "import_table"),
    },
    "aws_backup_plan": {"rule": {"lifecycle": _LEAF, "copy_action": _leaves("lifecycle")}, "advanced_backup_setting": _LEAF},
    "aws_backup_selection": {**_leaves("selection_tag"), "condition": _leaves("string_equals", "string_like")},
    "aws_s3_bucket_versioning": _leaves("versioning_configuration"),
    "aws_s3_bucket_server_side_encryption_configuration": {"rule": _leaves("apply_server_side_encryption_by_default")},
    "aws_s3_bucket_lifecycle_configuration": {
        "rule": {
            **_leaves("abort_incomplete_multipart_upload", "expiration", "noncurrent_version_expiration"),
            **_leaves("noncurrent_version_transition", "transition"),
            "filter": {"and": _LEAF, "tag": _LEAF},
        }
    },
    "aws_s3_bucket_replication_configuration": {"rule": {"destination": _leaves("metrics", "replication_time"), "filter": _LEAF}},
    "aws_s3_bucket_cors_configuration": _leaves("cors_rule"),
    "aws_s3_bucket_website_configuration": _leaves("error_document", "index_document", "redirect_all_requests_to", "routing_rule"),
    "aws_lambda_function": _leaves(
        "environment",
        "vpc_config",
        "dead_letter_config",
        "tracing_config",
        "ephemeral_storage",
        "image_config",
        "logging_config",
        "snap_start",
    ),
    "aws_cloudwatch_metric_alarm": {"metric_query": _leaves("metric")},
    "aws_security_group": _leaves("ingress", "egress"),
}


def with_nested_blocks(block: Block) -> Block:
    """A resource block whose arguments that are nested blocks, by the table, are blocks."""
    nested = _RESOURCES.get(block.labels[0]) if block.type == "resource" else None
    return block if nested is None else replace(block, body=_body(block.body, nested))


def _body(body: Body, nested: Nested) -> Body:
    kept: list[Attribute] = []
    blocks = list(body.blocks)
    for attribute in body.attributes:
        objects = _objects(attribute.value) if attribute.name in nested else None
        if objects is None:
            kept.append(attribute)
        else:
            blocks.extend(_block(attribute.name, written, nested[attribute.name]) for written in objects)
    return Body(tuple(kept), tuple(blocks), body.span)


def _objects(expression: Expression) -> list[ObjectCons] | None:
    """The objects that an expression writes out; None when it writes anything else."""
    items = expression.items if isinstance(expression, TupleCons) else (expression,)
    objects = [item for item in items if isinstance(item, ObjectCons) and all(_name(key) is not None for key, _ in item.items)]
    return objects if len(objects) == len(items) else None


def _block(kind: str, written: ObjectCons, nested: Nested) -> Block:
    attributes = tuple([Attribute(_name(key) or "", value, value.span) for key, value in written.items])
    return Block(kind, (), _body(Body(attributes, (), written.span), nested), written.span, written.span)


def _name(key: Expression) -> str | None:
    return key.value if isinstance(key, Literal) and isinstance(key.value, str) else None
