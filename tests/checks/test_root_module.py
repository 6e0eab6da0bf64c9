from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

FAILS = {"terraform/root": "fail"}

CASES = [
    Case("MOD003", "an empty file", FAILS, says="The Terraform in infra declares nothing", at=".github/promotion.yml:3"),
    Case(
        "MOD003", "settings alone", FAILS, 'terraform {\n  backend "s3" {}\n}\nprovider "aws" {}\nvariable "env" {}\n', at="infra/main.tf"
    ),
    Case("MOD003", "a resource of which there is none", {}, 'resource "aws_s3_bucket" "a" {\n  count = 0\n}\n'),
    Case("MOD003", "a data source", {}, 'data "aws_caller_identity" "me" {}\n'),
    Case("MOD003", "a module that is not here", {}, 'module "m" {\n  source = "acme/shop/aws"\n}\n'),
    Case("MOD003", "what is taken out of the state", {}, "removed {\n  from = aws_s3_bucket.a\n}\n"),
    Case("MOD003", "an output", {}, 'output "a" {\n  value = 1\n}\n'),
    Case("MOD003", "a file that cannot be read", {}, "resource {{\n"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
