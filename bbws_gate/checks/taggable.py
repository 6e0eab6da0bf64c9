"""Which resources can have tags: the AWS types that teams use most, and whatever sets tags itself.

From the provider's documentation (https://registry.terraform.io/providers/hashicorp/aws/latest/docs); a type that is not known here and
sets no tags is not judged.
"""

from __future__ import annotations

from bbws_gate.terraform.stack import Resource

_NAMES = frozenset(
    {
        "aws_acm_certificate",
        "aws_alb",
        "aws_alb_target_group",
        "aws_api_gateway_rest_api",
        "aws_api_gateway_stage",
        "aws_apigatewayv2_api",
        "aws_apigatewayv2_stage",
        "aws_appautoscaling_target",
        "aws_athena_workgroup",
        "aws_backup_plan",
        "aws_backup_vault",
        "aws_batch_compute_environment",
        "aws_batch_job_queue",
        "aws_cloudfront_distribution",
        "aws_cloudtrail",
        "aws_cloudwatch_event_bus",
        "aws_cloudwatch_event_rule",
        "aws_cloudwatch_log_group",
        "aws_cloudwatch_metric_alarm",
        "aws_codebuild_project",
        "aws_codepipeline",
        "aws_cognito_user_pool",
        "aws_customer_gateway",
        "aws_db_instance",
        "aws_db_parameter_group",
        "aws_db_subnet_group",
        "aws_dynamodb_table",
        "aws_ebs_volume",
        "aws_ecr_repository",
        "aws_ecs_cluster",
        "aws_ecs_service",
        "aws_ecs_task_definition",
        "aws_efs_access_point",
        "aws_efs_file_system",
        "aws_eip",
        "aws_eks_cluster",
        "aws_eks_node_group",
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_elasticache_subnet_group",
        "aws_flow_log",
        "aws_glue_job",
        "aws_iam_instance_profile",
        "aws_iam_openid_connect_provider",
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_user",
        "aws_instance",
        "aws_internet_gateway",
        "aws_kinesis_firehose_delivery_stream",
        "aws_kinesis_stream",
        "aws_kms_key",
        "aws_lambda_function",
        "aws_launch_template",
        "aws_lb",
        "aws_lb_listener",
        "aws_lb_listener_rule",
        "aws_lb_target_group",
        "aws_msk_cluster",
        "aws_nat_gateway",
        "aws_network_acl",
        "aws_network_interface",
        "aws_opensearch_domain",
        "aws_rds_cluster",
        "aws_rds_cluster_instance",
        "aws_redshift_cluster",
        "aws_resourcegroups_group",
        "aws_route53_health_check",
        "aws_route53_zone",
        "aws_route_table",
        "aws_s3_bucket",
        "aws_sagemaker_notebook_instance",
        "aws_secretsmanager_secret",
        "aws_security_group",
        "aws_sfn_state_machine",
        "aws_sns_topic",
        "aws_sqs_queue",
        "aws_ssm_parameter",
        "aws_subnet",
        "aws_transfer_server",
        "aws_vpc",
        "aws_vpc_endpoint",
        "aws_vpc_peering_connection",
        "aws_vpn_connection",
        "aws_vpn_gateway",
        "aws_wafv2_ip_set",
        "aws_wafv2_rule_group",
        "aws_wafv2_web_acl",
    }
)


def can_have_tags(resource: Resource) -> bool:
    """Whether a managed AWS resource is one that can have tags."""
    if resource.mode != "managed" or not resource.type.startswith("aws_"):
        return False
    return resource.type in _NAMES or isinstance(resource.get("tags"), dict)
