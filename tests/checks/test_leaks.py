from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

UNKNOWN = 'variable "v" {}\n'


def bucket(label: str, name: str, more: str = "") -> str:
    return f'resource "aws_s3_bucket" "{label}" {{\n  bucket = {name}\n  {more}\n}}\n'


def rule(label: str, priority: int | str, listener: str = "aws_lb_listener.l.arn") -> str:
    return f'resource "aws_lb_listener_rule" "{label}" {{\n  listener_arn = {listener}\n  priority = {priority}\n}}\n'


LISTENER = 'resource "aws_lb_listener" "l" {\n  port = 443\n}\n'

CASES = [
    Case("LEK001", "its own", {}, bucket("a", '"shop-sit"')),
    Case(
        "LEK001",
        "another's name",
        {"resource/aws_s3_bucket.a/bucket": "fail"},
        bucket("a", '"shop-dev"'),
        at="infra/main.tf:2",
        says="carries dev, not sit",
    ),
    Case("LEK001", "another's name beside its own", {}, bucket("a", '"dev-portal-sit"')),
    Case("LEK001", "a word that only looks like it", {}, bucket("a", '"devices"')),
    Case(
        "LEK001",
        "another's account anywhere",
        {"resource/aws_sqs_queue.q/policy": "fail"},
        'resource "aws_sqs_queue" "q" {\n  policy = "arn:aws:iam::111122223333:role/x"\n}\n',
        at="infra/main.tf:2",
    ),
    Case("LEK001", "another's name in text that names nothing", {}, 'resource "aws_sqs_queue" "q" {\n  policy = "like dev"\n}\n'),
    Case("LEK001", "in a tag", {"resource/aws_s3_bucket.a/tags.Environment": "fail"}, bucket("a", '"x"', 'tags = { Environment = "dev" }')),
    Case(
        "LEK001",
        "looked up",
        {"resource/data.aws_vpc.main/tags.Name": "fail"},
        'data "aws_vpc" "main" {\n  tags = { Name = "main-dev" }\n}\n',
    ),
    Case("LEK001", "unknown", {}, UNKNOWN + bucket("a", "var.v")),
    Case("COL001", "different", {}, bucket("a", '"a"') + bucket("b", '"b"')),
    Case(
        "COL001",
        "the same",
        {"resource/aws_s3_bucket.b/bucket": "fail"},
        bucket("a", '"x"') + bucket("b", '"x"'),
        says="are both called x",
        at="infra/main.tf:6",
    ),
    Case("COL001", "of other types", {}, bucket("a", '"x"') + 'resource "aws_sqs_queue" "x" {\n  name = "x"\n}\n'),
    Case(
        "COL001",
        "in another region",
        {},
        'provider "aws" {\n  alias = "dr"\n}\n' + bucket("a", '"x"') + bucket("b", '"x"', "provider = aws.dr"),
    ),
    Case("COL001", "unknown", {}, UNKNOWN + bucket("a", "var.v") + bucket("b", "var.v")),
    Case("COL002", "different", {}, LISTENER + rule("a", 1) + rule("b", 2)),
    Case(
        "COL002",
        "the same",
        {"resource/aws_lb_listener_rule.b/priority": "fail"},
        LISTENER + rule("a", 1) + rule("b", 1),
        says="the same priority 1",
    ),
    Case(
        "COL002", "on other listeners", {}, LISTENER + LISTENER.replace('"l"', '"m"') + rule("a", 1) + rule("b", 1, "aws_lb_listener.m.arn")
    ),
    Case("COL002", "unknown", {}, UNKNOWN + LISTENER + rule("a", "var.v") + rule("b", "var.v")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
