from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

VAULT = 'resource "aws_backup_vault" "main" {\n  name = "shop-sit"\n}\n'
TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders-sit"\n  tags = { Backup = "yes" }\n}\n'
OTHER = 'resource "aws_dynamodb_table" "users" {\n  name = "users-sit"\n}\n'
UNKNOWN = 'variable "v" {}\n'
ALL = "backup: {vault: true, schedule: hourly, retention_days: {sit: 7}, covers: all_tables}\ntables: {required: {orders: {}}}"
COVERS = "backup: {covers: all_tables}\ntables: {required: {orders: {}}}"


def plan(schedule: str = '"cron(0 * * * ? *)"', days: str = "7", vault: str = "aws_backup_vault.main.name", more: str = "") -> str:
    lifecycle = f"    lifecycle {{\n      delete_after = {days}\n    }}\n" if days else ""
    return (
        'resource "aws_backup_plan" "main" {\n  name = "hourly"\n  rule {\n    rule_name = "r"\n'
        f"    target_vault_name = {vault}\n    schedule = {schedule}\n{lifecycle}{more}  }}\n}}\n"
    )


def selection(body: str) -> str:
    return f'resource "aws_backup_selection" "main" {{\n  name = "tables"\n  plan_id = "p"\n  iam_role_arn = "r"\n  {body}\n}}\n'


WHOLE = {"backup/plan": "pass", "backup/target/main/0": "pass", "backup/schedule": "pass"}
COVERED = {"backup/selection/orders": "pass"}
UNCOVERED = {"backup/selection/orders": "fail"}
DOUBTFUL = {"backup/selection/orders": "unverified"}

CASES = [
    Case("BAK001", "there", {"backup/vault": "pass"}, VAULT, ALL, at="infra/main.tf:1"),
    Case("BAK001", "missing", {"backup/vault": "fail"}, TABLE, ALL, at=".github/promotion.yml:9"),
    Case("BAK001", "perhaps in a module that is not here", {"backup/vault": "unverified"}, 'module "b" {\n  source = "x/y/z"\n}', ALL),
    Case("BAK001", "looked up, so somewhere else", {"backup/vault": "unverified"}, 'data "aws_backup_vault" "x" {\n  name = "x"\n}', ALL),
    Case("BAK001", "by its name", {"backup/vault": "pass"}, VAULT, "backup: {vault: 'shop-{env}'}"),
    Case("BAK001", "under another name", {"backup/vault": "fail"}, VAULT, "backup: {vault: 'store-{env}'}"),
    Case("BAK001", "unknown name", {"backup/vault": "unverified"}, UNKNOWN + VAULT.replace('"shop-sit"', "var.v"), "backup: {vault: x}"),
    Case("BAK001", "must not be", {"backup/vault/main": "fail"}, VAULT, "backup: {vault: false}\ntags: [Owner]"),
    Case("BAK001", "not asked", {}, VAULT),
    Case("BAK002", "as planned", WHOLE, VAULT + plan(), ALL),
    Case("BAK002", "no plan", {"backup/plan": "fail"}, VAULT, ALL),
    Case(
        "BAK002",
        "too seldom",
        {**WHOLE, "backup/schedule": "fail"},
        VAULT + plan('"cron(0 2 * * ? *)"'),
        ALL,
        says="do not run hourly",
        at="infra/main.tf:9",
    ),
    Case("BAK002", "more often is fine", WHOLE, VAULT + plan('"cron(0/30 * * * ? *)"'), ALL),
    Case("BAK002", "unknown schedule", {**WHOLE, "backup/schedule": "unverified"}, UNKNOWN + VAULT + plan("var.v"), ALL),
    Case(
        "BAK002",
        "another vault",
        {**WHOLE, "backup/target/main/0": "fail"},
        VAULT + plan(vault='"Default"'),
        ALL,
        says="a vault that this Terraform does not create",
    ),
    Case("BAK002", "unknown vault", {**WHOLE, "backup/target/main/0": "unverified"}, UNKNOWN + VAULT + plan(vault="var.v"), ALL),
    Case(
        "BAK002",
        "exactly that cron",
        {**WHOLE, "backup/schedule": "pass"},
        VAULT + plan('"cron(5  * * * ? *)"'),
        "backup: {schedule: cron(5 * * * ? *)}",
    ),
    Case("BAK002", "nothing asked", {}, VAULT + plan()),
    Case("BAK004", "as planned", {"backup/retention/main/0": "pass"}, VAULT + plan(), ALL),
    Case("BAK004", "too short", {"backup/retention/main/0": "fail"}, VAULT + plan(days="3"), ALL, says="3 days, not 7 days"),
    Case("BAK004", "for ever", {"backup/retention/main/0": "fail"}, VAULT + plan(days=""), ALL, says="for ever"),
    Case("BAK004", "unknown", {"backup/retention/main/0": "unverified"}, UNKNOWN + VAULT + plan(days="var.v"), ALL),
    Case("BAK004", "not for this environment", {}, VAULT + plan(), "backup: {retention_days: {prod: 30}}\ntags: [Owner]"),
    Case("BAK004", "no plan: BAK002 tells", {}, VAULT, ALL),
    Case("BAK003", "by reference", COVERED, TABLE + selection("resources = [aws_dynamodb_table.orders.arn]"), COVERS, at="infra/main.tf:9"),
    Case(
        "BAK003",
        "by a splat over instances",
        {"backup/selection/orders": "pass"},
        """
        resource "aws_dynamodb_table" "this" {
          for_each = toset(["orders"])
          name     = each.key
        }
        """
        + selection("resources = values(aws_dynamodb_table.this)[*].arn"),
        COVERS,
    ),
    Case(
        "BAK003",
        "one of two instances",
        {"backup/selection/orders": "pass", "backup/selection/users": "fail"},
        """
        resource "aws_dynamodb_table" "this" {
          for_each = toset(["orders", "users"])
          name     = each.key
        }
        """
        + selection('resources = [aws_dynamodb_table.this["orders"].arn]'),
        COVERS,
    ),
    Case("BAK003", "by pattern", COVERED, TABLE + selection('resources = ["arn:aws:dynamodb:*:*:table/*-sit"]'), COVERS),
    Case("BAK003", "everything", COVERED, TABLE + selection('resources = ["*"]'), COVERS),
    Case("BAK003", "a pattern for other tables", UNCOVERED, TABLE + selection('resources = ["arn:aws:dynamodb:*:*:table/users*"]'), COVERS),
    Case(
        "BAK003",
        "another account's tables",
        UNCOVERED,
        TABLE + selection('resources = ["arn:aws:dynamodb:*:111122223333:table/*"]'),
        COVERS,
    ),
    Case(
        "BAK003",
        "another table only",
        {**UNCOVERED, "backup/selection/users": "pass"},
        TABLE + OTHER + selection("resources = [aws_dynamodb_table.users.arn]"),
        COVERS,
    ),
    Case("BAK003", "unknown list", DOUBTFUL, UNKNOWN + TABLE + selection("resources = var.v"), COVERS),
    Case(
        "BAK003",
        "by tag",
        COVERED,
        TABLE + selection('selection_tag {\n type = "STRINGEQUALS"\n key = "Backup"\n value = "yes"\n}'),
        COVERS,
    ),
    Case(
        "BAK003",
        "by a tag that cannot be known",
        DOUBTFUL,
        UNKNOWN + TABLE + selection('selection_tag {\n type = "STRINGEQUALS"\n key = var.v\n value = "yes"\n}'),
        COVERS,
    ),
    Case(
        "BAK003",
        "by a tag that it has not",
        UNCOVERED,
        TABLE + selection('selection_tag {\n type = "STRINGEQUALS"\n key = "Backup"\n value = "daily"\n}'),
        COVERS,
    ),
    Case(
        "BAK003",
        "by a tag that cannot be known",
        DOUBTFUL,
        UNKNOWN
        + TABLE.replace('"yes"', "var.v")
        + selection('selection_tag {\n type = "STRINGEQUALS"\n key = "Backup"\n value = "yes"\n}'),
        COVERS,
    ),
    Case(
        "BAK003",
        "left out again",
        UNCOVERED,
        TABLE + selection('resources = ["*"]\n  not_resources = [aws_dynamodb_table.orders.arn]'),
        COVERS,
    ),
    Case(
        "BAK003",
        "narrowed by a condition",
        UNCOVERED,
        TABLE + selection('resources = ["*"]\n  condition {\n string_equals {\n key = "aws:ResourceTag/Backup"\n value = "no"\n }\n }'),
        COVERS,
    ),
    Case(
        "BAK003",
        "a condition that is not judged",
        DOUBTFUL,
        TABLE + selection('resources = ["*"]\n  condition {\n string_like {\n key = "aws:ResourceTag/Backup"\n value = "y*"\n }\n }'),
        COVERS,
    ),
    Case("BAK003", "no selection", {"backup/selection": "fail"}, TABLE, COVERS),
    Case(
        "BAK003",
        "only the tables named",
        COVERED,
        TABLE + OTHER + selection("resources = [aws_dynamodb_table.orders.arn]"),
        "backup: {covers: [orders]}\ntables: {required: {orders: {}, users: {}}}",
    ),
    Case("BAK003", "not asked", {}, TABLE),
    Case(
        "BAK005",
        "copied by literal",
        {"backup/copy": "pass"},
        VAULT + plan(more='copy_action {\n destination_vault_arn = "arn:aws:backup:af-south-1:444455556666:backup-vault:x"\n}\n'),
        "backup: {copy_to: af-south-1}",
    ),
    Case(
        "BAK005",
        "copied by reference",
        {"backup/copy": "pass"},
        VAULT
        + plan(more="copy_action {\n destination_vault_arn = aws_backup_vault.dr.arn\n}\n")
        + 'provider "aws" {\n  alias = "dr"\n  region = "af-south-1"\n}\n'
        + 'resource "aws_backup_vault" "dr" {\n  provider = aws.dr\n  name = "x"\n}\n',
        "backup: {copy_to: af-south-1}",
    ),
    Case("BAK005", "not copied", {"backup/copy": "fail"}, VAULT + plan(), "backup: {copy_to: af-south-1}"),
    Case(
        "BAK005",
        "copied somewhere unknown",
        {"backup/copy": "unverified"},
        UNKNOWN + VAULT + plan(more="copy_action {\n destination_vault_arn = var.v\n}\n"),
        "backup: {copy_to: af-south-1}",
    ),
    Case(
        "BAK005",
        "neither key nor lock",
        {"backup/vault/main/encrypted": "fail", "backup/vault/main/locked": "fail"},
        VAULT,
        "backup: {encrypted: true, locked: true}",
    ),
    Case(
        "BAK005",
        "key and lock",
        {"backup/vault/main/encrypted": "pass", "backup/vault/main/locked": "pass"},
        VAULT.replace("}", '  kms_key_arn = "arn:aws:kms:eu-west-1:444455556666:key/k"\n}')
        + 'resource "aws_backup_vault_lock_configuration" "l" {\n  backup_vault_name = aws_backup_vault.main.name\n}\n',
        "backup: {encrypted: true, locked: true}",
    ),
    Case("BAK005", "not asked", {}, VAULT + plan()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
