from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bbws_gate.terraform.problem import CODES
from tests.checks.case import CHECKS, Case, judge
from tests.checks.workflows import NAMED, job, workflow

MAIN = "file/infra/main.tf"

GIVEN: Mapping[str, Any] = {"environment": "var_files: [sit.tfvars]", "files": {"infra/sit.tfvars": "b = 1\n"}}
"""Values for the environment in git."""
CALL = 'module "m" {\n  source = "./m"\n}\n'
SMALL = 'variable "a" {\n  default = 1\n  validation {\n    condition = var.a > 1\n    error_message = "Too small."\n  }\n}\n'

CASES = [
    Case("HCL001", "sound", {"terraform/infra": "pass"}, "locals {}\n"),
    Case("HCL001", "broken", {MAIN: "fail"}, 'resource "x" {\n', at="infra/main.tf:1"),
    Case("HCL002", "attribute twice", {MAIN: "fail"}, "locals {\n  a = 1\n  a = 2\n}\n", at="infra/main.tf:3"),
    Case("HCL002", "sound", {}, "locals {}\n"),
    Case("HCL003", "block twice", {MAIN: "fail"}, 'variable "a" {\n  default = 1\n}\nvariable "a" {\n  default = 1\n}\n'),
    Case("HCL004", "not text", {"file/infra/x.tf": "fail"}, files={"infra/x.tf": "a\0b"}),
    Case("HCL005", "unknown block", {MAIN: "fail"}, "resorce {}\n"),
    Case("MOD001", "not here: a doubt, no finding", {MAIN: "unverified"}, 'module "m" {\n  source = "a/b/c"\n}\n'),
    Case("MOD001", "here", {}, 'module "m" {\n  source = "./m"\n}\n', files={"infra/m/main.tf": ""}),
    Case("MOD002", "outside", {MAIN: "fail"}, 'module "m" {\n  source = "../../m"\n}\n'),
    Case("VAR001", "no value in the value file", {MAIN: "fail"}, 'variable "a" {}\n', says="a", **GIVEN),
    Case("VAR001", "two in one file are one finding", {MAIN: "fail"}, 'variable "a" {}\nvariable "c" {}\n', says="(and 1 more)", **GIVEN),
    Case("VAR001", "the spec gives another one", {MAIN: "fail"}, 'variable "a" {}\n', environment="variables: {b: x}"),
    Case("VAR001", "no values in git at all", {MAIN: "unverified"}, 'variable "a" {}\nvariable "b" {}\n', says="no value file is in git"),
    Case(
        "VAR001",
        "a workspace of HCP Terraform may hold it",
        {MAIN: "unverified"},
        'terraform {\n  cloud {\n    organization = "acme"\n  }\n}\nvariable "a" {}\n',
        says="the workspace of the cloud backend may give it",
        **GIVEN,
    ),
    Case("VAR001", "an argument of a module is in the code", {MAIN: "fail"}, CALL, files={"infra/m/main.tf": 'variable "a" {}\n'}),
    Case("VAR002", "of values that are elsewhere", {MAIN: "unverified"}, f'{SMALL}variable "b" {{}}\n', says="without them: var.a"),
    Case("EVL001", "of values that are elsewhere", {MAIN: "unverified"}, 'variable "b" {}\noutput "o" {\n  value = 1 + true\n}\n'),
    Case(
        "VAR001",
        "a sensitive one",
        {"variable/a/value": "unverified"},
        'variable "a" {\n  sensitive = true\n}\n',
        says="a secret may give it",
        at="infra/main.tf:1",
    ),
    Case(
        "VAR001",
        "given by the workflow",
        {"variable/a/value": "pass", "variable/b/value": "pass", MAIN: "unverified"},
        'variable "a" {}\nvariable "b" {}\nvariable "c" {}\n',
        environment=NAMED,
        files=workflow(job("plan", "terraform -chdir=infra plan -var b=${{ secrets.B }}", head="env:\n  TF_VAR_a: ${{ secrets.A }}")),
        says="no value file is in git",
    ),
    Case(
        "FIL003",
        "an archive that the deployment builds",
        {MAIN: "unverified"},
        'output "o" {\n  value = filebase64sha256("build/function.zip")\n}\n',
        says="the deployment builds the archive",
    ),
    Case("FIL003", "a file that is no archive", {MAIN: "fail"}, 'output "o" {\n  value = file("policy.json")\n}\n'),
    Case("VAR001", "default", {"terraform/infra": "pass"}, 'variable "a" {\n  default = 1\n}\n'),
    Case("VAR002", "validation fails", {MAIN: "fail"}, SMALL),
    Case(
        "VAR003",
        "undeclared",
        {"file/infra/sit.tfvars": "fail"},
        environment="var_files: [sit.tfvars]",
        files={"infra/sit.tfvars": "b = 1\n"},
        at="infra/sit.tfvars:1",
    ),
    Case(
        "VAR003",
        "declared",
        {"terraform/infra": "pass"},
        'variable "b" {}\n',
        environment="var_files: [sit.tfvars]",
        files={"infra/sit.tfvars": "b = 1\n"},
    ),
    Case("VAR004", "another type", {MAIN: "fail"}, 'variable "a" {\n  type = number\n  default = "x"\n}\n'),
    Case("EVL001", "refused", {MAIN: "fail"}, 'locals {\n  a = 1 + true\n}\noutput "a" {\n  value = local.a\n}\n'),
    Case("EVL001", "accepted", {"terraform/infra": "pass"}, "locals {\n  a = 1\n}\n"),
    Case("EVL002", "circle", {MAIN: "fail"}, "locals {\n  a = local.b\n  b = local.a\n}\n"),
    Case(
        "EVL003",
        "unknown count: a doubt, no finding",
        {MAIN: "unverified"},
        'variable "n" {}\nresource "aws_s3_bucket" "a" {\n  count = var.n\n}\n',
    ),
    Case("EVL005", "undeclared", {MAIN: "fail"}, 'output "a" {\n  value = local.nothing\n}\n'),
    Case("FIL003", "missing file", {MAIN: "fail"}, 'locals {\n  a = file("x.json")\n}\noutput "a" {\n  value = local.a\n}\n'),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)


def test_checks__every_code_that_reading_can_give_has_one() -> None:
    assert set(CODES) <= set(CHECKS)
