from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

UNKNOWN = 'variable "v" {}\n'


def bucket(label: str, name: str, more: str = "") -> str:
    return f'resource "aws_s3_bucket" "{label}" {{\n  bucket = {name}\n  {more}\n}}\n'


def rule(label: str, priority: int | str, listener: str = "aws_lb_listener.l.arn") -> str:
    return f'resource "aws_lb_listener_rule" "{label}" {{\n  listener_arn = {listener}\n  priority = {priority}\n}}\n'


LISTENER = 'resource "aws_lb_listener" "l" {\n  port = 443\n}\n'


def lambda_with(variables: str) -> str:
    return f'resource "aws_lambda_function" "f" {{\n  environment {{\n    variables = {{ {variables} }}\n  }}\n}}\n'


def several(kind: str, *bodies: str) -> str:
    return "".join(f'resource "{kind}" "{name}" {{\n{body}\n}}\n' for name, body in zip("abc", bodies, strict=False))


def named(kind: str, name: str) -> str:
    """Two resources of one name."""
    return "".join(f'resource "{kind}" "{label}" {{\n  name = {name}\n}}\n' for label in ("a", "b"))


def parameters(one: str, other: str) -> str:
    """Two parameters of one name, with what each says of overwriting."""
    found = zip(("a", "b"), (one, other), strict=True)
    return UNKNOWN + "".join(
        f'resource "aws_ssm_parameter" "{label}" {{\n  name = "/x"\n  overwrite = {value}\n}}\n' for label, value in found
    )


OVERWRITTEN = (("true", "true"), ("true", "null"), ("false", "true"), ("null", "var.v"))

CASES = [
    Case(
        "COL003",
        "ports of one load balancer",
        {"resource/aws_lb_listener.b/port": "fail"},
        several("aws_lb_listener", "load_balancer_arn = aws_lb.l.arn\nport = 80", "load_balancer_arn = aws_lb.l.arn\nport = 80")
        + 'resource "aws_lb" "l" {}\n',
        says="have the same port 80",
        at="infra/main.tf:7",
    ),
    Case(
        "COL003",
        "ports of two load balancers",
        {},
        several("aws_lb_listener", "load_balancer_arn = aws_lb.l.arn\nport = 80", "load_balancer_arn = aws_lb.m.arn\nport = 80")
        + 'resource "aws_lb" "l" {}\nresource "aws_lb" "m" {}\n',
    ),
    Case(
        "COL003",
        "ports of load balancers that are instances of one block",
        {},
        'resource "aws_lb" "l" {\n  for_each = toset(["x", "y"])\n}\nresource "aws_lb_listener" "a" {\n  for_each = toset(["x", "y"])\n'
        "  load_balancer_arn = aws_lb.l[each.key].arn\n  port = 80\n}\n",
    ),
    Case(
        "COL003",
        "addresses",
        {"resource/aws_subnet.b/cidr_block": "fail"},
        several("aws_subnet", *['vpc_id = "vpc-1"\ncidr_block = "10.0.0.0/24"'] * 2),
    ),
    Case("COL003", "unknown parent", {}, UNKNOWN + several("aws_subnet", *['vpc_id = var.v\ncidr_block = "10.0.0.0/24"'] * 2)),
    Case(
        "COL003",
        "records told apart",
        {},
        several("aws_route53_record", *[f'zone_id = "Z"\nname = "a"\ntype = "A"\nset_identifier = "{name}"' for name in "xy"]),
    ),
    Case(
        "COL004",
        "two policies of one bucket",
        {"resource/aws_s3_bucket_policy.b/bucket": "fail"},
        bucket("a", '"x"') + several("aws_s3_bucket_policy", *["bucket = aws_s3_bucket.a.id"] * 2),
        says="overwrite each other",
        at="infra/main.tf:8",
    ),
    Case(
        "COL004",
        "of two buckets",
        {},
        bucket("a", '"x"')
        + bucket("b", '"y"')
        + several("aws_s3_bucket_policy", "bucket = aws_s3_bucket.a.id", "bucket = aws_s3_bucket.b.id"),
    ),
    Case("LEK001", "its own", {}, bucket("a", '"shop-sit"')),
    Case(
        "LEK001",
        "another's name",
        {"resource/aws_s3_bucket.a/bucket": "fail"},
        bucket("a", '"shop-dev"'),
        at="infra/main.tf:2",
        says="carries dev, not sit",
    ),
    Case(
        "LEK001",
        "its own within another's name",
        {"resource/aws_s3_bucket.a/bucket": "fail"},
        bucket("a", '"shop-sit-old"'),
        says="carries sit-old",
        dev="account: '111122223333'}\n  sit-old: {account: '777788889999'",
    ),
    Case("LEK001", "another's name within its own", {}, bucket("a", '"shop-sit"'), dev="region: eu-west-1}\n  it: {region: eu-west-1"),
    Case(
        "LEK001",
        "several environments from one line",
        {},
        'resource "aws_s3_bucket" "a" {\n  for_each = toset(["dev", "prod"])\n  bucket = "shop-${each.key}"\n}\n',
        dev="account: '111122223333'}\n  prod: {account: '777788889999'",
    ),
    Case("LEK001", "another's name beside its own", {}, bucket("a", '"dev-portal-sit"')),
    Case(
        "LEK001",
        "an instance that the code calls so",
        {},
        'resource "aws_s3_bucket" "a" {\n  for_each = toset(["workload-dev"])\n  bucket = "shop-${each.key}"\n}\n',
    ),
    Case("LEK001", "all but another's", {}, bucket("a", '"shop-non-dev"')),
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
    Case(
        "LEK001",
        "in a host",
        {"resource/aws_lambda_function.f/environment.0.variables.API": "fail"},
        lambda_with('API = "https://api.dev.acme.com/v1", NODE_ENV = "dev", TEXT = "as in dev and test"'),
        at="infra/main.tf:3",
    ),
    Case("LEK001", "a host of its own", {}, lambda_with('API = "https://api.sit.acme.com", TABLE = "orders-sit"')),
    Case(
        "LEK001",
        "in an environment variable",
        {"resource/aws_lambda_function.f/environment.0.variables.TABLE": "fail"},
        lambda_with('TABLE = "orders-dev"'),
    ),
    Case(
        "LEK001",
        "in an ARN",
        {"resource/aws_sqs_queue.q/kms_master_key_id": "fail"},
        'resource "aws_sqs_queue" "q" {\n  kms_master_key_id = "arn:aws:kms:eu-west-1:444455556666:alias/shop-dev"\n}\n',
    ),
    Case(
        "LEK001",
        "in default tags",
        {"provider/aws.dr/default_tags/Environment": "fail"},
        'provider "aws" {\n  alias = "dr"\n  default_tags {\n    tags = {\n      Environment = "dev"\n      Owner = "x"\n    }\n  }\n}\n',
        at="infra/main.tf:5",
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
    Case(
        "COL001",
        "a name that another resource gives",
        {"resource/aws_secretsmanager_secret.b/name": "fail"},
        bucket("a", '"a"') + named("aws_secretsmanager_secret", "aws_s3_bucket.a.arn"),
        says="are both called aws_s3_bucket.a.arn",
    ),
    Case("COL001", "parameters", {"resource/aws_ssm_parameter.b/name": "fail"}, named("aws_ssm_parameter", '"/x"')),
    *(
        Case("COL001", f"a second {kind} may be accepted", {}, named(kind, '"x"'))
        for kind in ("aws_sns_topic", "aws_ecs_cluster", "aws_lb")
    ),
    *(
        Case("COL004", f"one {kind} for both", {f"resource/{kind}.b/name": "fail"}, named(kind, '"x"'))
        for kind in ("aws_sns_topic", "aws_lb")
    ),
    *(Case("COL001", f"overwritten: {one}, {other}", {}, parameters(one, other)) for one, other in OVERWRITTEN),
    *(
        Case("COL004", f"overwritten: {one}, {other}", {"resource/aws_ssm_parameter.b/name": "fail"}, parameters(one, other))
        for one, other in OVERWRITTEN
    ),
    Case("COL004", "refused parameters", {}, parameters("false", "null")),
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
