from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

UNKNOWN = 'variable "v" {}\n'
MODULE = 'module "m" {\n  source = "a/b/c"\n}\n'


def buckets(*names: str, body: str = "") -> str:
    return "".join(f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "{name}-sit"\n  {body}\n}}\n' for name in names)


def expect(text: str) -> str:
    return f"resources:\n- type: aws_s3_bucket\n{text}"


def block(bucket: str, body: str = "block_public_acls = true") -> str:
    return f'resource "aws_s3_bucket_public_access_block" "b" {{\n  bucket = {bucket}\n  {body}\n}}\n'


NAMES = expect("  names: ['a-{env}', 'b-{env}']\n  allow_others: false")
WITH = expect("  with: [{type: aws_s3_bucket_public_access_block, by: bucket, attributes: {block_public_acls: true}}]")
A, B = "resource/aws_s3_bucket.a", "resource/aws_s3_bucket.b"
PAIR = f"{A}/with/aws_s3_bucket_public_access_block"

CASES = [
    Case("RES001", "as many", {"resource/aws_s3_bucket/count": "pass"}, buckets("a", "b"), expect("  count: 2")),
    Case(
        "RES001",
        "for_each is expanded",
        {"resource/aws_s3_bucket/count": "pass"},
        'resource "aws_s3_bucket" "x" {\n  for_each = toset(["a", "b"])\n  bucket = each.key\n}\n',
        expect("  count: {min: 2, max: 3}"),
    ),
    Case(
        "RES001",
        "too few",
        {"resource/aws_s3_bucket/count": "fail"},
        buckets("a"),
        expect("  count: 2"),
        says="There are 1 aws_s3_bucket, not 2",
        at="infra/main.tf:1",
    ),
    Case("RES001", "none", {"resource/aws_s3_bucket/count": "fail"}, "", expect("  attributes: {bucket: x}")),
    Case("RES001", "perhaps more", {"resource/aws_s3_bucket/count": "unverified"}, MODULE + buckets("a"), expect("  count: 2")),
    Case(
        "RES001", "enough, and perhaps more", {"resource/aws_s3_bucket/count": "pass"}, MODULE + buckets("a"), expect("  count: {min: 1}")
    ),
    Case("RES001", "one, and perhaps more", {"resource/aws_s3_bucket/count": "pass"}, MODULE + buckets("a"), expect("  label: null")),
    Case(
        "RES001",
        "too many, and perhaps more",
        {"resource/aws_s3_bucket/count": "fail"},
        MODULE + buckets("a", "b"),
        expect("  count: 1"),
    ),
    Case(
        "RES001",
        "perhaps none",
        {"resource/aws_s3_bucket/count": "unverified"},
        UNKNOWN + 'resource "aws_s3_bucket" "x" {\n  count = var.v\n}\n',
        expect("  count: {min: 1}"),
    ),
    Case(
        "RES001",
        "unknown number",
        {"resource/aws_s3_bucket/count": "unverified"},
        UNKNOWN + 'resource "aws_s3_bucket" "x" {\n  count = var.v\n}\n',
        expect("  count: 2"),
    ),
    Case(
        "RES001",
        "only those that are meant",
        {"resource/aws_s3_bucket.logs/count": "pass"},
        buckets("a", "b"),
        expect("  label: logs\n  where: {bucket: {matches: 'b-.*'}}\n  count: 1"),
    ),
    Case("RES001", "names are RES002's", {}, "", NAMES),
    Case("RES001", "nothing expected", {}, buckets("a")),
    Case("RES002", "there", {"resource/aws_s3_bucket/a-sit": "pass", "resource/aws_s3_bucket/b-sit": "pass"}, buckets("a", "b"), NAMES),
    Case(
        "RES002",
        "missing",
        {"resource/aws_s3_bucket/a-sit": "pass", "resource/aws_s3_bucket/b-sit": "fail"},
        buckets("a"),
        NAMES,
        says="aws_s3_bucket b-sit is missing",
        at=".github/promotion.yml:11",
    ),
    Case(
        "RES002",
        "unknown name",
        {"resource/aws_s3_bucket/a-sit": "pass", "resource/aws_s3_bucket/b-sit": "unverified"},
        UNKNOWN + buckets("a") + 'resource "aws_s3_bucket" "b" {\n  bucket = var.v\n}\n',
        NAMES,
    ),
    Case(
        "RES002",
        "perhaps in a module that is not here",
        {"resource/aws_s3_bucket/a-sit": "pass", "resource/aws_s3_bucket/b-sit": "unverified"},
        MODULE + buckets("a"),
        NAMES,
    ),
    Case("RES002", "no names", {}, buckets("a"), expect("  count: 1")),
    Case("RES003", "planned", {}, buckets("a", "b"), NAMES),
    Case("RES003", "not planned", {"resource/aws_s3_bucket.c": "fail"}, buckets("a", "b", "c"), NAMES, at="infra/main.tf:10"),
    Case(
        "RES003",
        "unknown name",
        {"resource/aws_s3_bucket.c": "unverified"},
        UNKNOWN + buckets("a", "b") + 'resource "aws_s3_bucket" "c" {\n  bucket = var.v\n}\n',
        NAMES,
    ),
    Case(
        "RES004",
        "as planned",
        {f"{A}/force_destroy": "pass"},
        buckets("a", body="force_destroy = false"),
        expect("  attributes: {force_destroy: false}"),
    ),
    Case(
        "RES004", "by the provider's default", {f"{A}/force_destroy": "pass"}, buckets("a"), expect("  attributes: {force_destroy: false}")
    ),
    Case(
        "RES004",
        "not as planned",
        {f"{A}/force_destroy": "fail"},
        buckets("a", body="force_destroy = true"),
        expect("  attributes: {force_destroy: false}"),
        says="is true, not false",
        at="infra/main.tf:3",
    ),
    Case(
        "RES004",
        "unknown",
        {f"{A}/force_destroy": "unverified"},
        UNKNOWN + buckets("a", body="force_destroy = var.v"),
        expect("  attributes: {force_destroy: false}"),
    ),
    Case("RES004", "not set, default not known", {f"{A}/mystery": "unverified"}, buckets("a"), expect("  attributes: {mystery: false}")),
    Case(
        "RES004",
        "not set, and something asked",
        {f"{A}/mystery": "fail"},
        buckets("a"),
        expect("  attributes: {mystery: 5}"),
        says="is not set",
    ),
    Case(
        "RES004",
        "in nested blocks",
        {f"{A}/versioning.enabled": "fail"},
        buckets("a", body="versioning {\n    enabled = false\n  }"),
        expect("  attributes: {versioning.enabled: true}"),
        at="infra/main.tf:4",
    ),
    Case(
        "RES004",
        "arguments of a table",
        {"resource/aws_dynamodb_table.orders/read_capacity": "fail"},
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  read_capacity = 1\n}\n',
        "tables: {required: {orders: {arguments: {read_capacity: {min: 5}}}}}",
    ),
    Case("RES004", "nothing asked", {}, buckets("a"), expect("  count: 1")),
    Case("RES005", "by reference", {PAIR: "pass"}, buckets("a") + block("aws_s3_bucket.a.id"), WITH),
    Case("RES005", "by name", {PAIR: "pass"}, buckets("a") + block('"a-sit"'), WITH),
    Case(
        "RES005",
        "through a local",
        {PAIR: "pass"},
        buckets("a") + "locals {\n  it = aws_s3_bucket.a\n}\n" + block("local.it.id"),
        WITH,
    ),
    Case(
        "RES005",
        "one of two",
        {PAIR: "pass", f"{B}/with/aws_s3_bucket_public_access_block": "fail"},
        buckets("a", "b") + block("aws_s3_bucket.a.id"),
        WITH,
        says="aws_s3_bucket.b has no aws_s3_bucket_public_access_block",
        at="infra/main.tf:5",
    ),
    Case(
        "RES005",
        "for each",
        {
            'resource/aws_s3_bucket.x["p"]/with/aws_s3_bucket_public_access_block': "pass",
            'resource/aws_s3_bucket.x["q"]/with/aws_s3_bucket_public_access_block': "pass",
        },
        'resource "aws_s3_bucket" "x" {\n  for_each = toset(["p", "q"])\n  bucket = each.key\n}\n'
        'resource "aws_s3_bucket_public_access_block" "x" {\n  for_each = aws_s3_bucket.x\n  bucket = each.value.id\n}\n',
        WITH,
    ),
    Case("RES005", "unknown", {PAIR: "unverified"}, UNKNOWN + buckets("a") + block("var.v"), WITH),
    Case("RES005", "perhaps in a module that is not here", {PAIR: "unverified"}, MODULE + buckets("a"), WITH),
    Case(
        "RES005",
        "too many",
        {PAIR: "fail"},
        buckets("a") + block('"a-sit"') + block("aws_s3_bucket.a.id").replace('"b"', '"c"'),
        WITH.replace("by: bucket", "by: bucket, count: 1"),
    ),
    Case("RES005", "none asked", {}, buckets("a"), expect("  count: 1")),
    Case(
        "RES006",
        "as planned",
        {"resource/aws_s3_bucket_public_access_block.b/block_public_acls": "pass"},
        buckets("a") + block("aws_s3_bucket.a.id"),
        WITH,
    ),
    Case(
        "RES006",
        "by the provider's default",
        {"resource/aws_s3_bucket_public_access_block.b/block_public_acls": "fail"},
        buckets("a") + block("aws_s3_bucket.a.id", ""),
        WITH,
    ),
    Case(
        "RES006",
        "unknown",
        {"resource/aws_s3_bucket_public_access_block.b/block_public_acls": "unverified"},
        UNKNOWN + buckets("a") + block("aws_s3_bucket.a.id", "block_public_acls = var.v"),
        WITH,
    ),
    Case("RES006", "missing: RES005 tells", {}, buckets("a"), WITH),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
