"""Which resources can have tags: the AWS types that teams use most, and whatever sets tags itself.

From the provider's documentation (https://registry.terraform.io/providers/hashicorp/aws/latest/docs); a type that is not known here and
sets no tags is not judged.
"""

from __future__ import annotations

from bbws_gate.terraform.stack import Resource

_TYPES = frozenset(
    f"aws_{name}"
    for name in """
    acm_certificate alb alb_target_group api_gateway_rest_api api_gateway_stage apigatewayv2_api apigatewayv2_stage appautoscaling_target
    athena_workgroup backup_plan backup_vault batch_compute_environment batch_job_queue cloudfront_distribution cloudtrail
    cloudwatch_event_bus cloudwatch_event_rule cloudwatch_log_group cloudwatch_metric_alarm codebuild_project codepipeline
    cognito_user_pool customer_gateway db_instance db_parameter_group db_subnet_group dynamodb_table ebs_volume ecr_repository ecs_cluster
    ecs_service ecs_task_definition efs_access_point efs_file_system eip eks_cluster eks_node_group elasticache_cluster
    elasticache_replication_group elasticache_subnet_group flow_log glue_job iam_instance_profile iam_openid_connect_provider iam_policy
    iam_role iam_user instance internet_gateway kinesis_firehose_delivery_stream kinesis_stream kms_key lambda_function launch_template lb
    lb_listener lb_listener_rule lb_target_group msk_cluster nat_gateway network_acl network_interface opensearch_domain rds_cluster
    rds_cluster_instance redshift_cluster resourcegroups_group route53_health_check route53_zone route_table s3_bucket
    sagemaker_notebook_instance secretsmanager_secret security_group sfn_state_machine sns_topic sqs_queue ssm_parameter subnet
    transfer_server vpc vpc_endpoint vpc_peering_connection vpn_connection vpn_gateway wafv2_ip_set wafv2_rule_group wafv2_web_acl
    """.split()
)


def can_have_tags(resource: Resource) -> bool:
    """Whether a managed AWS resource is one that can have tags."""
    if resource.mode != "managed" or not resource.type.startswith("aws_"):
        return False
    return resource.type in _TYPES or isinstance(resource.get("tags"), dict)
