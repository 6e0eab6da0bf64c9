"""Attributes that a draft holds on to: those that protect data, where every resource of a type sets the same known value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bbws_gate.checks.observe import shown
from bbws_gate.draft.names import is_usable
from bbws_gate.draft.yaml_text import Value
from bbws_gate.terraform.stack import Plain, Resource

WORTH_HOLDING: dict[str, tuple[str, ...]] = {
    "aws_cloudtrail": ("enable_log_file_validation", "is_multi_region_trail"),
    "aws_cloudwatch_log_group": ("retention_in_days",),
    "aws_db_instance": ("backup_retention_period", "deletion_protection", "multi_az", "publicly_accessible", "storage_encrypted"),
    "aws_docdb_cluster": ("backup_retention_period", "deletion_protection", "storage_encrypted"),
    "aws_ebs_volume": ("encrypted",),
    "aws_ecr_repository": ("image_tag_mutability", "image_scanning_configuration.scan_on_push"),
    "aws_efs_file_system": ("encrypted",),
    "aws_elasticache_replication_group": ("at_rest_encryption_enabled", "transit_encryption_enabled"),
    "aws_kms_key": ("deletion_window_in_days", "enable_key_rotation"),
    "aws_lambda_function": ("runtime",),
    "aws_lb": ("drop_invalid_header_fields", "enable_deletion_protection", "internal"),
    "aws_rds_cluster": ("backup_retention_period", "deletion_protection", "storage_encrypted"),
    "aws_redshift_cluster": ("encrypted", "publicly_accessible"),
    "aws_s3_bucket": ("force_destroy",),
    "aws_s3_bucket_ownership_controls": ("rule.object_ownership",),
    "aws_s3_bucket_public_access_block": ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"),
    "aws_s3_bucket_server_side_encryption_configuration": ("rule.apply_server_side_encryption_by_default.sse_algorithm",),
    "aws_s3_bucket_versioning": ("versioning_configuration.status",),
    "aws_sqs_queue": ("message_retention_seconds", "sqs_managed_sse_enabled"),
}
"""By type, as the AWS provider documents them."""


def shared_attributes(kind: str, resources: Sequence[Resource]) -> dict[str, Value]:
    """Values for ``attributes``: written on every resource, known, and the same everywhere."""
    found: dict[str, Value] = {}
    for path in WORTH_HOLDING.get(kind, ()):
        values = [_at(resource, path) for resource in resources]
        if values and all(type(value) is type(values[0]) and value == values[0] for value in values):
            value = _literal(values[0], path)
            if value is not None:
                found[path] = value
    return found


def _at(resource: Resource, path: str) -> Plain:
    """The value at a dotted path; None where a block on the way is missing or not the only one."""
    value: Plain = dict(resource.attributes)
    for part in path.split("."):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


def _literal(value: Plain, path: str) -> Value:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else None
    is_plain = isinstance(value, str) and is_usable(value) and not {"{", "}"} & set(value)
    return str(value) if is_plain and shown(value, path) != "(hidden)" else None
