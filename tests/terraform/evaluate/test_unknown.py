"""What is not known stays so, with the cause named; what does not depend on it is known."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import bare, errors, output

SETUP = """
resource "aws_s3_bucket" "b" {
  bucket = "logs"
  policy = null
  rule {
    id = "r1"
  }
  dynamic "filter" {
    for_each = []
    content {
      prefix = "x"
    }
  }
}
resource "aws_s3_bucket" "c" {
  count  = 2
  bucket = "c-${count.index}"
}
resource "aws_s3_bucket" "f" {
  for_each = { x = 1, y = 2 }
  bucket   = each.key
}
resource "aws_s3_bucket" "none" {
  count = 0
}
resource "aws_s3_bucket" "some" {
  count  = length(aws_s3_bucket.b.tags)
  bucket = "s"
}
data "aws_region" "here" {
}
locals {
  arn = aws_s3_bucket.b.arn
}
"""

SHAPES: list[tuple[str, object]] = [
    ("aws_s3_bucket.b.bucket", "logs"),
    ("resource.aws_s3_bucket.b.bucket", "logs"),
    ("aws_s3_bucket.b.rule[0].id", "r1"),
    ('aws_s3_bucket.b.rule[0]["id"]', "r1"),
    ("aws_s3_bucket.b.rule[*].id", ["r1"]),
    ("aws_s3_bucket.b.rule[0].status", "?"),
    ("aws_s3_bucket.b.filter[0].prefix", "?"),
    ("aws_s3_bucket.b.policy", "?"),
    ("aws_s3_bucket.b", "?"),
    ("aws_s3_bucket.b[*].bucket", ["logs"]),
    ("aws_s3_bucket.c[*].bucket", ["c-0", "c-1"]),
    ("aws_s3_bucket.c[1].bucket", "c-1"),
    ("length(aws_s3_bucket.c)", 2),
    ("{for k, v in aws_s3_bucket.f : k => v.bucket}", {"x": "x", "y": "y"}),
    ("values(aws_s3_bucket.f)[*].bucket", ["x", "y"]),
    ('aws_s3_bucket.f["x"].arn', "?"),
    ("one(aws_s3_bucket.none[*].bucket)", None),
    ('try(aws_s3_bucket.none[0].bucket, "d")', "d"),
    ("aws_s3_bucket.some[0].bucket", "?"),
    ("length(aws_s3_bucket.some)", "?"),
    ("merge(aws_s3_bucket.f, {z = 1}).x.bucket", "x"),
    ("merge(aws_s3_bucket.b, {bucket = 1}).bucket", "?"),
    ("keys(aws_s3_bucket.b)", "?"),
    ("jsonencode(aws_s3_bucket.b)", "?"),
    ("{for k, v in aws_s3_bucket.b : k => v}", "?"),
    ("aws_s3_bucket.b == null", False),
    ("[local.arn, 1]", ["?", 1]),
    ("{a = local.arn, b = 2}", {"a": "?", "b": 2}),
    ("{(local.arn) = 1}", "?"),
    ('"x-${local.arn}"', "?"),
    ('"%{ if local.arn == "" }a%{ endif }"', "?"),
    ('"%{ for x in local.arn }a%{ endfor }"', "?"),
    ("[for x in local.arn : 1]", "?"),
    ("[for x in [1] : x if local.arn == x]", "?"),
    ("{for x in [local.arn] : x => 1}", "?"),
    ("local.arn[*]", "?"),
    ("local.arn.x[0]", "?"),
    ("[1, 2][local.arn]", "?"),
    ("{a = 1}[local.arn]", "?"),
    ("tolist([1])[length(local.arn)]", "?"),
    ('local.arn == "x" ? 1 : 2', "?"),
    ('local.arn == "x" ? aws_s3_bucket.b : aws_s3_bucket.c[0]', "?"),
    ('(local.arn == "x" ? aws_s3_bucket.b : aws_s3_bucket.c[0]).bucket', "?"),
    ("true ? aws_s3_bucket.b.bucket : local.arn", "logs"),
    ('true || local.arn == "x"', True),
    ('local.arn == "x" && false', False),
    ("try(local.arn, 1)", "?"),
    ("try({}.x, local.arn)", "?"),
    ("can(local.arn)", "?"),
    ("max(local.arn...)", "?"),
    ("provider::aws::arn_parse(local.arn)", "?"),
    ("data.aws_region.here.name", "?"),
    ("path.cwd", "?"),
    ("terraform.applying", "?"),
    ("nonsensitive(sensitive(aws_s3_bucket.b)).bucket", "logs"),
]


@pytest.mark.parametrize(("expression", "shape"), SHAPES, ids=[expression for expression, _ in SHAPES])
def test_unknown__reaches_only_what_depends_on_it(expression: str, shape: object) -> None:
    assert bare(output(expression, SETUP)) == shape
    assert [problem for problem in errors(expression, SETUP) if not problem.startswith("EVL003")] == []


REASONS = [
    ("aws_s3_bucket.b.arn", "aws_s3_bucket.b.arn is known only after apply"),
    ('"x${local.arn}y"', "aws_s3_bucket.b.arn is known only after apply"),
    ('aws_s3_bucket.f["x"].arn', 'aws_s3_bucket.f["x"].arn is known only after apply'),
    ("aws_s3_bucket.b.rule[0].status", "aws_s3_bucket.b.rule[0].status is known only after apply"),
    ("data.aws_region.here.name", "data.aws_region.here.name is read from the provider when Terraform runs"),
    ("aws_s3_bucket.b", "aws_s3_bucket.b has attributes whose value is known only after apply"),
    ("path.cwd", "path.cwd depends on where and how Terraform runs"),
    (
        "aws_s3_bucket.some[0]",
        "aws_s3_bucket.some is repeated by a count that cannot be known: aws_s3_bucket.b.tags is known only after apply",
    ),
    ("{(local.arn) = 1}", "a key of the object is not known: aws_s3_bucket.b.arn is known only after apply"),
]


@pytest.mark.parametrize(("expression", "reason"), REASONS)
def test_reason__names_the_cause(expression: str, reason: str) -> None:
    assert output(expression, SETUP) == UnknownValue(reason)


INSTANCE_KEYS = [
    ("aws_s3_bucket.b[0].bucket", "aws_s3_bucket.b has neither count nor for_each"),
    ('aws_s3_bucket.b["x"].bucket', "aws_s3_bucket.b has neither count nor for_each"),
    ("aws_s3_bucket.c.bucket", "aws_s3_bucket.c has count set"),
    ("aws_s3_bucket.f.x.bucket", "aws_s3_bucket.f has for_each set"),
]


@pytest.mark.parametrize(("expression", "text"), INSTANCE_KEYS)
def test_instance_key__must_fit_the_repetition(expression: str, text: str) -> None:
    assert any(problem.startswith("EVL001 ") and text in problem for problem in errors(expression, SETUP))


def test_missing_instance__is_an_error() -> None:
    assert isinstance(output("aws_s3_bucket.c[2].bucket", SETUP), UnknownValue)
    assert any("greater than or equal to the length" in problem for problem in errors("aws_s3_bucket.c[2].bucket", SETUP))


UNTYPED = [
    "true ? {a = true, b = 1, c = local.arn} : {}",
    "tolist([[1], {a = local.arn}])",
    "coalescelist({a = local.arn}, [])",
]


@pytest.mark.parametrize("expression", UNTYPED)
def test_unknown_type__is_no_reason_to_refuse(expression: str) -> None:
    """Terraform knows the types of a resource's attributes, and may find a common type where files do not tell one."""
    assert bare(output(expression, SETUP)) == "?"
    assert [problem for problem in errors(expression, SETUP) if not problem.startswith("EVL003")] == []


def test_wrong_number_of_arguments__is_an_error_whatever_they_are() -> None:
    assert any("EVL001" in problem for problem in errors("upper(local.arn, 1)", SETUP))
    assert any("EVL001" in problem for problem in errors("[] ? local.arn : 1", SETUP))
