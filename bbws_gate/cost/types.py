"""Which resource types cost what, and which cost nothing."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.cost import backup, compute, dynamodb, services
from bbws_gate.cost.charging import Estimator

ESTIMATORS: Mapping[str, Estimator] = {
    "aws_acm_certificate": services.certificate,
    "aws_alb": compute.balancer,
    "aws_apigatewayv2_api": services.http_api,
    "aws_backup_plan": backup.plan,
    "aws_backup_vault": backup.vault,
    "aws_cloudwatch_composite_alarm": services.counted("cloudwatch.composite"),
    "aws_cloudwatch_dashboard": services.counted("cloudwatch.dashboard"),
    "aws_cloudwatch_log_group": services.log_group,
    "aws_cloudwatch_metric_alarm": services.alarm,
    "aws_db_instance": compute.database,
    "aws_dynamodb_table": dynamodb.table,
    "aws_ecr_repository": services.used(storage_gb="ecr.storage"),
    "aws_ecs_service": compute.service,
    "aws_efs_file_system": services.file_system,
    "aws_eip": services.running("vpc.ipv4"),
    "aws_kms_key": services.key,
    "aws_lambda_function": compute.function,
    "aws_lb": compute.balancer,
    "aws_nat_gateway": services.gateway,
    "aws_route53_record": services.record,
    "aws_route53_zone": services.counted("route53.zone"),
    "aws_s3_bucket": services.bucket,
    "aws_secretsmanager_secret": services.secret,
    "aws_sns_topic": services.topic,
    "aws_sqs_queue": services.queue,
    "aws_vpc_endpoint": compute.endpoint,
}

# fmt: off
_FREE = frozenset({
    "acm_certificate_validation", "alb_listener", "alb_listener_rule", "alb_target_group", "apigatewayv2_api_mapping",
    "apigatewayv2_authorizer", "apigatewayv2_deployment", "apigatewayv2_integration", "apigatewayv2_route", "apigatewayv2_stage",
    "appautoscaling_target", "backup_selection", "backup_vault_lock_configuration", "backup_vault_notifications", "backup_vault_policy",
    "cloudfront_origin_access_control", "cloudfront_origin_access_identity", "cloudwatch_event_rule", "cloudwatch_event_target",
    "cloudwatch_log_resource_policy", "cloudwatch_log_stream", "cloudwatch_log_subscription_filter", "db_parameter_group",
    "db_subnet_group", "default_route_table", "default_security_group", "dynamodb_resource_policy", "dynamodb_table_item",
    "ecr_lifecycle_policy", "ecr_repository_policy", "ecs_cluster", "ecs_task_definition", "efs_access_point", "efs_file_system_policy",
    "efs_mount_target", "egress_only_internet_gateway", "internet_gateway", "kms_alias", "kms_key_policy", "lambda_alias",
    "lambda_event_source_mapping", "lambda_function_event_invoke_config", "lambda_layer_version", "lambda_permission", "lb_listener",
    "lb_listener_certificate", "lb_listener_rule", "lb_target_group", "lb_target_group_attachment", "main_route_table_association",
    "network_acl", "network_acl_rule", "placement_group", "resourcegroups_group", "route", "route_table", "route_table_association",
    "s3_object", "secretsmanager_secret_policy", "secretsmanager_secret_version", "security_group", "security_group_rule",
    "service_discovery_http_namespace", "sns_topic_policy", "sns_topic_subscription", "sqs_queue_policy", "sqs_queue_redrive_policy",
    "subnet", "vpc", "vpc_endpoint_policy", "vpc_endpoint_route_table_association", "vpc_security_group_egress_rule",
    "vpc_security_group_ingress_rule",
})
# fmt: on
"""AWS charges for none of these by themselves; what they cause is billed with the resources that they belong to."""
_FREE_FAMILIES = ("aws_iam_", "aws_s3_bucket_", "aws_s3control_", "aws_lb_target_group_", "aws_vpc_dhcp_")
_NOT_CLOUD = ("random_", "null_", "time_", "tls_", "local_", "archive_", "terraform_data")
"""Providers that make values and files, nothing that anybody bills."""
_NOT_FREE = frozenset(
    {
        "aws_s3_bucket_replication_configuration",
        "aws_s3_bucket_inventory",
        "aws_s3_bucket_analytics_configuration",
        "aws_s3_bucket_object",
        "aws_s3_bucket_metric",
    }
)


def is_free(kind: str) -> bool:
    """Whether nothing is charged for resources of that type."""
    return kind.removeprefix("aws_") in _FREE or (kind.startswith((*_FREE_FAMILIES, *_NOT_CLOUD)) and kind not in _NOT_FREE)
