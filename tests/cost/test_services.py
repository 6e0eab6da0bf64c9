"""What each resource type costs, by hand from the price table, in eu-west-1."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cost.case import cents, cost_of

ECS = """
resource "aws_ecs_task_definition" "t" {{
  family = "t"
  cpu    = "512"
  memory = 1024
  {more}
}}
resource "aws_ecs_service" "s" {{
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.t.arn
}}
"""
PLAIN, ARM = ECS.format(more=""), ECS.format(more='runtime_platform { cpu_architecture = "ARM64" }')


def block(kind: str, body: str = "") -> str:
    return f'resource "{kind}" "x" {{\n{body}\n}}'


@pytest.mark.parametrize(
    ("terraform", "usage", "item", "low", "high"),
    [
        (
            block("aws_lambda_function", "memory_size = 512"),
            {"monthly_requests": 10**7, "request_duration_ms": 100},
            "lambda.requests",
            "1.80",
            "2.00",
        ),
        (
            block("aws_lambda_function", "memory_size = 512"),
            {"monthly_requests": 10**7, "request_duration_ms": 100},
            "lambda.duration",
            "1.67",
            "8.33",
        ),
        (
            block("aws_lambda_function", 'architectures = ["arm64"]'),
            {"monthly_requests": 10**8, "request_duration_ms": 100},
            "lambda.duration_arm",
            "11.33",
            "16.67",
        ),
        (block("aws_sns_topic"), {"monthly_requests": 3 * 10**6, "request_size_kb": 65}, "sns.publish", "2.50", "3.00"),
        (block("aws_sns_topic", "fifo_topic = true"), {"monthly_requests": 3 * 10**6}, "sns.publish_fifo", "0.99", "0.99"),
        (block("aws_sns_topic"), {"monthly_requests": 10**6, "http_subscriptions": 2}, "sns.http", "1.14", "1.20"),
        (block("aws_sqs_queue"), {"monthly_requests": 5 * 10**6}, "sqs.requests", "1.60", "2.00"),
        (block("aws_sqs_queue", "fifo_queue = true"), {"monthly_requests": 5 * 10**6}, "sqs.requests_fifo", "2.50", "2.50"),
        (block("aws_secretsmanager_secret"), {"monthly_requests": 20_000}, "secrets.secret", "0.40", "0.40"),
        (block("aws_secretsmanager_secret"), {"monthly_requests": 20_000}, "secrets.requests", "0.10", "0.10"),
        (block("aws_kms_key"), {"monthly_requests": 120_000}, "kms.requests", "0.30", "0.36"),
        (block("aws_s3_bucket"), {"standard": {"storage_gb": 100}}, "s3.storage", "2.30", "2.30"),
        (block("aws_s3_bucket"), {"standard": {"monthly_tier_1_requests": 10_000}}, "s3.tier1", "0.05", "0.05"),
        (block("aws_s3_bucket"), {"standard_infrequent_access": {"storage_gb": 100}}, "s3.storage_ia", "1.25", "1.25"),
        (block("aws_cloudwatch_log_group"), {"monthly_data_ingested_gb": 10}, "cloudwatch.ingestion", "2.85", "5.70"),
        (block("aws_cloudwatch_metric_alarm", "period = 10"), {}, "cloudwatch.alarm_high", "0.30", "0.30"),
        (block("aws_cloudwatch_metric_alarm", "period = 300\ncount = 12"), {}, "cloudwatch.alarm", "0.20", "1.20"),
        (block("aws_cloudwatch_dashboard", "count = 4"), {}, "cloudwatch.dashboard", "3.00", "12.00"),
        (block("aws_nat_gateway"), {"monthly_data_processed_gb": 100}, "nat.hour", "35.04", "35.04"),
        (block("aws_nat_gateway"), {"monthly_data_processed_gb": 100}, "nat.data", "4.80", "4.80"),
        (block("aws_lb"), {"processed_bytes_gb": 730}, "alb.hour", "18.40", "18.40"),
        (block("aws_lb"), {"processed_bytes_gb": 730}, "alb.lcu", "5.84", "5.84"),
        (block("aws_vpc_endpoint", 'vpc_endpoint_type = "Interface"\nsubnet_ids = ["a", "b"]'), {}, "vpc.endpoint", "16.06", "16.06"),
        (
            block("aws_db_instance", 'engine = "mysql"\ninstance_class = "db.t3.micro"\nallocated_storage = 20'),
            {},
            "rds.mysql.db.t3.micro",
            "13.14",
            "13.14",
        ),
        (
            block("aws_db_instance", 'engine = "mysql"\ninstance_class = "db.t3.micro"\nallocated_storage = 20'),
            {},
            "rds.mysql.storage",
            "2.54",
            "2.54",
        ),
        (block("aws_efs_file_system"), {"storage_gb": 10}, "efs.storage", "3.30", "3.30"),
        (block("aws_ecr_repository"), {"storage_gb": 2.5}, "ecr.storage", "0.25", "0.25"),
        (block("aws_apigatewayv2_api", 'protocol_type = "HTTP"'), {"monthly_requests": 10**6}, "apigateway.http", "1.11", "1.11"),
        (block("aws_route53_zone"), {}, "route53.zone", "0.50", "0.50"),
        (block("aws_dynamodb_table", "read_capacity = 50\nwrite_capacity = 50"), {}, "dynamodb.wcu", "13.41", "26.83"),
        (block("aws_dynamodb_table", "read_capacity = 50\nwrite_capacity = 50"), {}, "dynamodb.rcu", "2.68", "5.37"),
        (
            block("aws_dynamodb_table", 'billing_mode = "PAY_PER_REQUEST"\ntable_class = "STANDARD_INFREQUENT_ACCESS"'),
            {"storage_gb": 100},
            "dynamodb.storage_ia",
            "11.32",
            "11.32",
        ),
        (
            block("aws_dynamodb_table", 'billing_mode = "PAY_PER_REQUEST"\nreplica { region_name = "us-east-1" }'),
            {"storage_gb": 125},
            "dynamodb.storage",
            "53.30",
            "66.63",
        ),
        (PLAIN, {}, "fargate.vcpu", "29.55", "29.55"),
        (PLAIN, {}, "fargate.memory", "6.49", "6.49"),
        (ARM, {}, "fargate.vcpu_arm", "23.64", "23.64"),
    ],
)
def test_type__costs(terraform: str, usage: dict[str, Any], item: str, low: str, high: str) -> None:
    kind = terraform.split('"')[1]
    assert cents(cost_of(terraform, {"usage": {kind: usage}} if usage else {}), item) == (low, high)


@pytest.mark.parametrize(
    ("terraform", "reason"),
    [
        (block("aws_db_instance", 'engine = "postgres"\ninstance_class = "db.t3.micro"'), "db.t3.micro of postgres"),
        (block("aws_db_instance", 'engine = "mysql"\ninstance_class = "db.t3.micro"\nmulti_az = true'), "Multi-AZ"),
        (block("aws_lb", 'load_balancer_type = "network"'), "load_balancer_type: network"),
        (block("aws_ecs_service", 'launch_type = "EC2"'), "launch_type: EC2"),
        (block("aws_efs_file_system", 'throughput_mode = "elastic"'), "throughput_mode: elastic"),
        (block("aws_apigatewayv2_api", 'protocol_type = "WEBSOCKET"'), "protocol_type: WEBSOCKET"),
        (block("aws_kms_key", 'customer_master_key_spec = "RSA_4096"'), "key of another kind"),
        (block("aws_dynamodb_table", "billing_mode = var.m") + '\nvariable "m" {}', "billing_mode: "),
        (block("aws_appautoscaling_policy"), "no price for aws_appautoscaling_policy"),
    ],
)
def test_type__what_has_no_price_is_said(terraform: str, reason: str) -> None:
    found = cost_of(terraform)
    assert any(reason in each.reason for each in found.not_priced), found.not_priced
    assert not found.complete


@pytest.mark.parametrize(
    "terraform",
    [
        block("aws_vpc_endpoint", 'vpc_endpoint_type = "Gateway"'),
        block("aws_acm_certificate"),
        block("aws_s3_bucket_policy"),
        block("aws_subnet"),
    ],
)
def test_type__free(terraform: str) -> None:
    found = cost_of(terraform)
    assert (found.lines, found.not_priced, len(found.free)) == ((), (), 1)
