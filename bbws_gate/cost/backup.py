"""AWS Backup: recovery points of DynamoDB tables, from the plan's schedule and retention; other things as stated.

Every recovery point of a table is billed at the table's full size, so a table costs as often as copies of it are kept:
https://aws.amazon.com/backup/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bbws_gate.checks.backup_selection import takes_in
from bbws_gate.checks.schedule import firings_a_day
from bbws_gate.cost.charging import Said, Subject, Units, Unpriced, hidden, whole
from bbws_gate.cost.usage import Quantity, unknown
from bbws_gate.evidence.references import leads_to
from bbws_gate.model.cost import EXACT
from bbws_gate.terraform.stack import Plain, Resource

TABLE, VAULT, SELECTION = "aws_dynamodb_table", "aws_backup_vault", "aws_backup_selection"
STATED = "monthly_dynamodb_backup_gb"
_OTHERS = ("aws_efs_file_system", "aws_db_instance", "aws_rds_cluster", "aws_s3_bucket", "aws_ebs_volume", "aws_instance")
_VAULT_KEYS = {
    STATED: "backup.dynamodb",
    "monthly_dynamodb_restore_gb": "backup.dynamodb_restore",
    "monthly_efs_warm_backup_gb": "backup.efs",
    "monthly_efs_cold_backup_gb": "backup.efs_cold",
    "monthly_efs_warm_restore_gb": "backup.efs_restore",
    "monthly_rds_snapshot_gb": "backup.rds",
    "monthly_aurora_snapshot_gb": "backup.aurora",
    "monthly_s3_backup_gb": "backup.s3",
}


def vault(subject: Subject) -> Iterator[Said]:
    """What is stated about an ``aws_backup_vault``; an empty vault costs nothing."""
    for key, item in _VAULT_KEYS.items():
        yield from subject.if_stated(item, key)


def plan(subject: Subject) -> Iterator[Said]:
    """What the rules of an ``aws_backup_plan`` keep of each table, unless the vault states it."""
    rules = subject.get("rule")
    if hidden(rules):
        yield Unpriced(f"rule: {hidden(rules)}")
    selections = [each for each in subject.project.stack.of_type(SELECTION) if _belongs(subject.resource, each)]
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict):
            yield Unpriced(f"rule: {hidden(rule) or 'not a block'}")
        elif not _stated_by_vault(subject, position, rule):
            yield from _rule(subject, rule, selections)


def _belongs(plan: Resource, selection: Resource) -> bool:
    return leads_to(selection, ("plan_id",), plan)


def _stated_by_vault(subject: Subject, position: int, rule: dict[str, Plain]) -> bool:
    target = rule.get("target_vault_name")
    for each in subject.project.stack.of_type(VAULT):
        aimed = leads_to(subject.resource, ("rule", position, "target_vault_name"), each)
        if (aimed or (isinstance(target, str) and target == each.get("name"))) and subject.usages.of(each).has(STATED):
            return True
    return False


def _rule(subject: Subject, rule: dict[str, Plain], selections: list[Resource]) -> Iterator[Said]:
    if rule.get("copy_action"):
        yield Unpriced("copies in other vaults (copy_action)")
    copies = _copies(rule)
    for table in subject.project.stack.of_type(TABLE):
        answers = [takes_in(subject.project, selection, table).taken for selection in selections]
        if True in answers:
            yield Units("backup.dynamodb", _kept(subject, table, copies))
        elif None in answers:
            yield Units("backup.dynamodb", unknown(f"whether {table.address} is backed up cannot be known"))
    for kind in _OTHERS:
        for other in subject.project.stack.of_type(kind):
            if any(_may_take(selection, other) for selection in selections):
                yield Unpriced(f"backups of {other.address}: state their size as usage of the vault")


def _kept(subject: Subject, table: Resource, copies: Decimal | str) -> Quantity:
    stored = subject.usages.of(table).quantity("storage_gb")
    if isinstance(copies, str):
        return unknown(copies)
    number = f"{copies:.1f}".removesuffix(".0")
    return stored.times(copies, f"{number} {'copy' if number == '1' else 'copies'} of {table.address}")


def _copies(rule: dict[str, Plain]) -> Decimal | str:
    """How many recovery points are kept once the retention is full; why that cannot be known, else."""
    lifecycle = rule.get("lifecycle")
    first = lifecycle[0] if isinstance(lifecycle, list) and lifecycle else lifecycle
    days = first.get("delete_after") if isinstance(first, dict) else first
    if isinstance(first, dict) and first.get("cold_storage_after") is not None:
        return "cold storage of recovery points has no price here"
    kept = whole(days)
    if kept is None:
        return f"delete_after: {hidden(days) or 'recovery points are kept for ever'}"
    schedule = rule.get("schedule")
    daily = firings_a_day(schedule) if isinstance(schedule, str) else None
    if daily is None:
        return f"schedule: {hidden(schedule) or 'cannot be counted'}"
    return EXACT.divide(EXACT.multiply(kept, Decimal(daily.numerator)), Decimal(daily.denominator))


def _may_take(selection: Resource, other: Resource) -> bool:
    listed = selection.get("resources")
    return (
        leads_to(selection, ("resources",), other) or (isinstance(listed, list) and "*" in listed) or bool(selection.get("selection_tag"))
    )
