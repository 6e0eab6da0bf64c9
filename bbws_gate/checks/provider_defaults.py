"""What the AWS provider does where an argument is not set, for the arguments that teams expect something of.

From the provider's documentation of each type (https://registry.terraform.io/providers/hashicorp/aws/latest/docs). What is not listed is
not known here: then an absent argument is reported as not set, and never taken for a value.
"""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.stack import Plain

_DEFAULTS: dict[str, dict[str, Plain]] = {
    "aws_s3_bucket": {"force_destroy": False, "object_lock_enabled": False},
    "aws_s3_bucket_public_access_block": {
        "block_public_acls": False,
        "block_public_policy": False,
        "ignore_public_acls": False,
        "restrict_public_buckets": False,
    },
    "aws_dynamodb_table": {
        "billing_mode": "PROVISIONED",
        "stream_enabled": False,
        "deletion_protection_enabled": False,
        "table_class": "STANDARD",
        "point_in_time_recovery.enabled": False,
        "ttl.enabled": False,
    },
    "aws_kms_key": {"enable_key_rotation": False, "is_enabled": True, "multi_region": False},
    "aws_db_instance": {
        "deletion_protection": False,
        "storage_encrypted": False,
        "multi_az": False,
        "publicly_accessible": False,
        "skip_final_snapshot": False,
        "backup_retention_period": 0,
    },
    "aws_rds_cluster": {
        "deletion_protection": False,
        "storage_encrypted": False,
        "skip_final_snapshot": False,
        "backup_retention_period": 1,
    },
    "aws_sqs_queue": {
        "fifo_queue": False,
        "visibility_timeout_seconds": 30,
        "message_retention_seconds": 345600,
        "delay_seconds": 0,
        "content_based_deduplication": False,
    },
    "aws_sns_topic": {"fifo_topic": False},
    "aws_lambda_function": {"memory_size": 128, "timeout": 3, "publish": False, "package_type": "Zip"},
    "aws_ecr_repository": {"image_tag_mutability": "MUTABLE", "force_delete": False},
    "aws_efs_file_system": {"encrypted": False},
    "aws_ebs_volume": {"encrypted": False},
    "aws_lb": {"internal": False, "enable_deletion_protection": False, "drop_invalid_header_fields": False},
    "aws_cloudwatch_log_group": {"retention_in_days": 0, "skip_destroy": False},
    "aws_cloudtrail": {"is_multi_region_trail": False, "enable_log_file_validation": False, "include_global_service_events": True},
    "aws_secretsmanager_secret": {"recovery_window_in_days": 30},
}


class Default(NamedTuple):
    """A documented default."""

    value: Plain


def provider_default(kind: str, path: str) -> Default | None:
    """What holds where ``path`` (dotted) of a resource of type ``kind`` is not set; None when that is not known here."""
    known = _DEFAULTS.get(kind, {})
    return Default(known[path]) if path in known else None
