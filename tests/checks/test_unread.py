"""What is concluded from absence: that it is not concluded where a file, a module or a number could not be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.model import Result
from tests.checks.case import Case, judge, outcomes

BROKEN = {"infra/broken.tf": 'resource "aws_s3_bucket" {\n'}
MODULE = 'module "elsewhere" {\n  source = "git::https://example.com/tables-and-backup.git"\n}\n'
READ, ABSENT = "infra/broken.tf:1 could not be read completely (HCL001)", "module.elsewhere is not in this checkout"

ATTRIBUTE = '  attribute {\n    name = "id"\n    type = "S"\n  }\n'
ORDERS = f'resource "aws_dynamodb_table" "orders" {{\n  name = "orders-sit"\n  hash_key = "id"\n{ATTRIBUTE}}}\n'
DAY = ORDERS.replace('"id"', '"day"', 1)
SPARE = ORDERS.replace(ATTRIBUTE, ATTRIBUTE + ATTRIBUTE.replace("id", "day"))
BUCKET = 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n'
TWO = BUCKET + BUCKET.replace('"a"', '"b"')
VAULT = 'resource "aws_backup_vault" "main" {\n  name = "main"\n}\n'
PLAN = """
resource "aws_backup_plan" "main" {
  name = "main"
  rule {
    rule_name         = "daily"
    target_vault_name = "other"
    schedule          = "cron(0 5 * * ? *)"
  }
}
resource "aws_backup_selection" "main" {
  name      = "main"
  plan_id   = aws_backup_plan.main.id
  resources = ["arn:aws:dynamodb:eu-west-1:444455556666:table/users"]
}
"""
TABLE = "tables: {required: {orders: {%s}}}"
COMMANDS = "cd infra\nterraform plan -var day=1 -target=aws_s3_bucket.z\naws dynamodb scan --table-name shop-z-sit\n"
README = {"README.md": f"# Shop\n\n```sh\n{COMMANDS}```\n"}

FILES = [
    Case("BAK001", "vault", {"backup/vault": "unverified"}, "", "backup: {vault: true}"),
    Case("BAK002", "plan", {"backup/plan": "unverified"}, VAULT, "backup: {plan: true}"),
    Case(
        "BAK003",
        "selection",
        {"backup/selection/orders": "unverified"},
        ORDERS + PLAN,
        "tables: {required: {orders: {}}}\nbackup: {covers: all_tables}",
    ),
    Case(
        "BAK003",
        "no selection",
        {"backup/selection": "unverified"},
        ORDERS,
        "tables: {required: {orders: {}}}\nbackup: {covers: all_tables}",
    ),
    Case("BAK005", "copy", {"backup/copy": "unverified"}, PLAN, "backup: {copy_to: af-south-1}"),
    Case("BAK005", "lock", {"backup/vault/main/locked": "unverified"}, VAULT, "backup: {locked: true}"),
    Case("BAK005", "no lock", {"backup/vault/main/locked": "unverified"}, VAULT, "backup: {locked: false}"),
    Case("RES001", "count", {"resource/aws_s3_bucket/count": "unverified"}, BUCKET, "resources: [{type: aws_s3_bucket, count: 2}]"),
    Case("RES002", "name", {"resource/aws_s3_bucket/b": "unverified"}, BUCKET, "resources: [{type: aws_s3_bucket, names: [b]}]"),
    Case(
        "RES005",
        "companion",
        {"resource/aws_s3_bucket.a/with/aws_s3_bucket_versioning": "unverified"},
        BUCKET,
        "resources: [{type: aws_s3_bucket, with: [{type: aws_s3_bucket_versioning, by: bucket}]}]",
    ),
    Case("TBL001", "table", {"table/users": "unverified"}, ORDERS, "tables: {required: {users: {}}}"),
    Case("TBL009", "tables", {"tables/count": "unverified"}, ORDERS, "tables: {count: 2}"),
    Case("IDX005", "indexes", {"indexes/count": "unverified"}, ORDERS, "tables: {index_count: 1}"),
]
"""What a module that is not here may declare, too."""

ALONE = [
    Case("TBL002", "others", {"tables": "unverified"}, ORDERS, "tables: {required: {orders: {}}, allow_others: false}"),
    Case("TBL010", "replicas", {"table/orders/replicas": "unverified"}, ORDERS, TABLE % "replicas: [eu-west-2]"),
    Case("IDX001", "index", {"index/orders/ByDay": "unverified"}, ORDERS, TABLE % "indexes: [ByDay]"),
    Case("KEY001", "attribute", {"table/orders/attributes": "unverified"}, DAY, TABLE % ""),
    Case("KEY002", "use", {"table/orders/attributes/day": "unverified"}, SPARE, TABLE % ""),
    Case("KEY004", "type", {"table/orders/attributes/day": "unverified"}, ORDERS, TABLE % "attributes: {day: S}"),
    Case("TAG001", "default tags", {"resource/aws_s3_bucket.a": "unverified"}, BUCKET, "tags: [Owner]"),
    Case(
        "TAG001",
        "default tags of all",
        {"resource/aws_s3_bucket.a": "unverified", "resource/aws_s3_bucket.b": "unverified"},
        TWO,
        "tags: [Owner]",
    ),
    Case("ENV003", "backend", {"environment/backend": "unverified"}, environment="backend: {bucket: state}"),
    Case(
        "VAR003",
        "variable",
        {"file/infra/sit.tfvars": "unverified"},
        environment="var_files: [sit.tfvars]",
        files={"infra/sit.tfvars": "a = 1\n"},
    ),
    Case("EVL005", "reference", {"file/infra/main.tf": "unverified"}, "locals {\n  a = aws_s3_bucket.z.id\n}\n"),
    Case(
        "INP001",
        "values",
        {"file/infra/sit.tfvars/values": "unverified"},
        'variable "b" {\n  default = 1\n}\n',
        environment="var_files: [sit.tfvars]",
        files={"infra/sit.tfvars": ""},
    ),
    Case(
        "INP002",
        "use of a variable",
        {"variable/a": "unverified"},
        'variable "a" {}\n',
        environment="var_files: [sit.tfvars]",
        files={"infra/sit.tfvars": "a = 1\n"},
    ),
    Case("DOC008", "in documents", {"document/README.md/folder/infra": "pass"}, "", "tables: {naming: 'shop-{name}-{env}'}", files=README),
]
"""What only a file of the root module decides."""


def unread(case: Case) -> Case:
    """The same beside a file that cannot be read."""
    says = READ if "unverified" in case.wants.values() else ""
    return replace(case, files={**case.files, **BROKEN}, says=says)


@pytest.mark.parametrize("case", [*FILES, *ALONE], ids=str)
def test_absence__of_what_a_file_may_declare_is_not_claimed(case: Case) -> None:
    judge(unread(case))


@pytest.mark.parametrize("case", FILES, ids=str)
def test_absence__of_what_a_module_may_declare_is_not_claimed(case: Case) -> None:
    judge(replace(case, terraform=case.terraform + MODULE, says=ABSENT))


@pytest.mark.parametrize(
    "case", [case for case in FILES if (case.code == "BAK003" and case.name == "selection") or case.code == "BAK005"], ids=str
)
def test_backup__a_module_about_something_else_hides_nothing(case: Case) -> None:
    unrelated = 'module "elsewhere" {\n  source  = "terraform-aws-modules/s3-bucket/aws"\n  version = "4.1.0"\n}\n'
    results = {outcome.result for outcome in outcomes(replace(case, terraform=case.terraform + unrelated))}
    assert results == {outcome.result for outcome in outcomes(case)}


@pytest.mark.parametrize("case", [*FILES, *ALONE], ids=str)
def test_absence__is_claimed_where_all_was_read(case: Case) -> None:
    results = {outcome.result for outcome in outcomes(case)}
    assert Result.UNVERIFIED not in results
    assert Result.FAIL in results or case.name in ("no lock", "others")


def test_absence__of_a_value_in_a_file_that_cannot_be_read_is_not_claimed() -> None:
    values = {"infra/sit.tfvars": "a = {\n"}
    wants = {"file/infra/main.tf": "unverified"}
    judge(
        Case("VAR001", "value", wants, 'variable "a" {}\n', environment="var_files: [sit.tfvars]", files=values, says="infra/sit.tfvars:1")
    )


UNKNOWN = 'variable "n" {}\n'
NUMBERS = [
    Case("RES001", "count", {"resource/aws_s3_bucket/count": "unverified"}, BUCKET, "resources: [{type: aws_s3_bucket, count: 2}]"),
    Case("TBL009", "tables", {"tables/count": "unverified"}, ORDERS, "tables: {count: 2}"),
    Case("TBL001", "table", {"table/users": "unverified"}, ORDERS, "tables: {required: {users: {}}}"),
    Case("IDX005", "indexes", {"indexes/count": "unverified"}, ORDERS, "tables: {index_count: 1}"),
]


@pytest.mark.parametrize("case", NUMBERS, ids=str)
def test_absence__among_an_unknown_number_is_not_claimed(case: Case) -> None:
    judge(replace(case, terraform=UNKNOWN + case.terraform.replace("{\n", "{\n  count = var.n\n", 1)))
