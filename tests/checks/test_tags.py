from __future__ import annotations

import pytest

from bbws_gate.model import Result
from tests.checks.case import Case, judge, outcomes

OWNER = "tags: [Owner, Project]"
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = {\n      Project = "shop"\n    }\n  }\n}\n'
UNKNOWN = 'variable "v" {}\n'


def bucket(name: str, tags: str = "") -> str:
    return f'resource "aws_s3_bucket" "{name}" {{\n  {f"tags = {tags}" if tags else ""}\n}}\n'


A, B = "resource/aws_s3_bucket.a", "resource/aws_s3_bucket.b"
BOTH = '{ Owner = "x", Project = "y" }'

CASES = [
    Case("TAG001", "its own", {A: "pass"}, bucket("a", BOTH), OWNER, at="infra/main.tf:2"),
    Case("TAG001", "over the provider's", {A: "pass"}, DEFAULTS + bucket("a", '{ Owner = "x" }'), OWNER),
    Case(
        "TAG001",
        "one lacks one",
        {A: "pass", B: "fail"},
        bucket("a", BOTH) + bucket("b", '{ Owner = "x" }'),
        OWNER,
        says="aws_s3_bucket.b lacks the tag Project",
    ),
    Case(
        "TAG001",
        "all lack one: one finding",
        {"tags/Owner": "fail", A: "pass", B: "pass"},
        DEFAULTS + bucket("a") + bucket("b"),
        OWNER,
        at="infra/main.tf:3",
    ),
    Case("TAG001", "all lack the only one", {"tags/Owner": "fail"}, bucket("a") + bucket("b"), "tags: [Owner]"),
    Case("TAG001", "unknown", {A: "unverified"}, UNKNOWN + bucket("a", "var.v"), OWNER, says="var.v"),
    Case(
        "TAG001",
        "unknown, and still enough",
        {A: "pass"},
        UNKNOWN + 'provider "aws" {\n  default_tags {\n    tags = var.v\n  }\n}\n' + bucket("a", BOTH),
        OWNER,
    ),
    Case("TAG001", "an unknown value is a value", {A: "pass"}, UNKNOWN + bucket("a", '{ Owner = var.v, Project = "x" }'), OWNER),
    Case("TAG001", "types that cannot have tags", {}, 'resource "aws_s3_bucket_versioning" "a" {\n  bucket = "x"\n}', OWNER),
    Case("TAG001", "types that the spec leaves out", {}, bucket("a"), "tags: [Owner]\nuntagged: [aws_s3_bucket]"),
    Case("TAG001", "other providers", {}, 'resource "google_storage_bucket" "a" {\n  name = "x"\n}', OWNER),
    Case(
        "TAG001",
        "of one table",
        {"table/orders": "fail"},
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}',
        "tables: {required: {orders: {tags: [Component]}}}",
    ),
    Case("TAG002", "right value", {"tags/Owner": "pass"}, bucket("a", BOTH), "tags: {Owner: x}"),
    Case("TAG002", "filled in", {"tags/Env": "pass"}, bucket("a", '{ Env = "sit" }'), "tags: {Env: '{env}'}"),
    Case(
        "TAG002",
        "wrong value",
        {"tags/Owner": "fail"},
        bucket("a", BOTH),
        "tags: {Owner: team}",
        says='is "x", not team',
        at="infra/main.tf:2",
    ),
    Case(
        "TAG002",
        "wrong in one shared place",
        {"tags/Project": "fail"},
        DEFAULTS + bucket("a") + bucket("b"),
        "tags: {Project: store}",
        at="infra/main.tf:4",
    ),
    Case(
        "TAG002",
        "wrong in two places",
        {"tags/Owner/aws_s3_bucket.a": "fail", "tags/Owner/aws_s3_bucket.b": "fail"},
        bucket("a", BOTH) + bucket("b", BOTH),
        "tags: {Owner: team}",
    ),
    Case("TAG002", "unknown", {"tags/Owner": "unverified"}, UNKNOWN + bucket("a", "{ Owner = var.v }"), "tags: {Owner: team}"),
    Case("TAG002", "presence alone is TAG001's", {}, bucket("a", BOTH), OWNER),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)


def test_tags_missing__secret_values_are_not_shown() -> None:
    case = Case("TAG002", "", {}, bucket("a", '{ Token = "hunter2hunter2" }'), "tags: {Token: x}")
    (found,) = outcomes(case)
    assert found.result is Result.FAIL
    assert "hunter2" not in repr(found)
