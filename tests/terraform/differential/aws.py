"""Roots with AWS resources, one per feature, for a second witness that needs no provider."""

from __future__ import annotations

from typing import Final

_TABLES: Final = """
variable "env" {
  default = "dev"
}
variable "tables" {
  type    = map(object({ hash = string, indexes = optional(list(string), []), ttl = optional(string) }))
  default = { orders = { hash = "PK", indexes = ["by_date", "by_all"], ttl = "expires" }, campaigns = { hash = "ID" } }
}
"""

FIXTURES: Final[dict[str, dict[str, str]]] = {
    "for_each over objects": {
        "main.tf": _TABLES
        + """
resource "aws_dynamodb_table" "t" {
  for_each     = var.tables
  name         = "${each.key}-${var.env}"
  hash_key     = each.value.hash
  billing_mode = length(each.value.indexes) > 1 ? "PROVISIONED" : "PAY_PER_REQUEST"
  tags         = merge({ Owner = "team" }, each.key == "orders" ? { Critical = "yes" } : {})
}
"""
    },
    "nested and dynamic blocks": {
        "main.tf": _TABLES
        + """
resource "aws_dynamodb_table" "t" {
  for_each = var.tables
  name     = each.key
  attribute {
    name = each.value.hash
    type = "S"
  }
  attribute {
    name = "SK"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
  dynamic "global_secondary_index" {
    for_each = each.value.indexes
    content {
      name            = upper(global_secondary_index.value)
      hash_key        = each.value.hash
      projection_type = "ALL"
    }
  }
  dynamic "ttl" {
    for_each = each.value.ttl == null ? [] : [each.value.ttl]
    iterator = it
    content {
      attribute_name = it.value
      enabled        = true
    }
  }
}
resource "aws_security_group" "s" {
  name = "s"
  dynamic "ingress" {
    for_each = { https = 443, ssh = 22 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [cidrsubnet("10.0.0.0/8", 8, ingress.value % 256)]
    }
  }
}
"""
    },
    "references": {
        "main.tf": """
resource "aws_s3_bucket" "logs" {
  bucket = "logs-${local.suffix}"
}
resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_cloudwatch_metric_alarm" "a" {
  count      = 2
  alarm_name = "${aws_s3_bucket.logs.bucket}-${count.index}"
  dimensions = { BucketName = aws_s3_bucket.logs.bucket }
  threshold  = 1.5 * count.index
}
resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = join("-", aws_cloudwatch_metric_alarm.a[*].alarm_name)
  dashboard_body = jsonencode({ widgets = [for a in aws_cloudwatch_metric_alarm.a : { title = a.alarm_name, at = a.threshold }] })
}
locals {
  suffix = format("%03d", 7)
}
"""
    },
    "modules": {
        "main.tf": """
module "queues" {
  source   = "./queue"
  for_each = { a = 30, b = 60 }
  name     = "q-${each.key}"
  timeout  = each.value
}
module "pair" {
  source = "./queue"
  count  = 2
  name   = "p-${count.index}"
}
resource "aws_sns_topic" "t" {
  name         = module.queues["a"].name
  display_name = join(",", [for queue in module.queues : queue.name])
}
""",
        "queue/main.tf": """
variable "name" {
  type = string
}
variable "timeout" {
  type    = number
  default = 10
}
resource "aws_sqs_queue" "q" {
  name                       = var.name
  visibility_timeout_seconds = var.timeout * 2
}
module "inner" {
  source = "../dead"
  name   = "${var.name}-dead"
}
output "name" {
  value = aws_sqs_queue.q.name
}
""",
        "dead/main.tf": """
variable "name" {
}
resource "aws_sqs_queue" "q" {
  name = var.name
}
""",
    },
    "tfvars": {
        "main.tf": """
variable "env" {
}
variable "retention" {
  type    = map(number)
  default = {}
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "/app/${var.env}"
  retention_in_days = lookup(var.retention, var.env, 7)
}
resource "aws_kms_key" "k" {
  count       = var.env == "prod" ? 1 : 0
  description = "only in prod"
}
""",
        "terraform.tfvars": 'env = "sit"\nretention = { sit = 14, prod = 30 }\n',
    },
    "default_tags": {
        "main.tf": """
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { Project = "bbws", Environment = "sit" }
  }
}
resource "aws_sns_topic" "t" {
  name = "t"
  tags = { Owner = "team" }
}
"""
    },
}
