"""Backups: a vault, a plan that runs often enough and keeps long enough, and a selection that takes in every table.

AWS Backup in Terraform: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_plan
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import Observation, header, observe
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.plan_lines import plan_line
from bbws_gate.checks.schedule import WORDS, in_words, longest_gap
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import fill
from bbws_gate.terraform.stack import Resource

VAULT, PLAN, SELECTION = "aws_backup_vault", "aws_backup_plan", "aws_backup_selection"


def _expects_backup(project: ProjectEvidence) -> bool:
    wanted = project.spec.expect.backup
    return bool(wanted.vault or wanted.plan or wanted.schedule or wanted.covers or wanted.retention(project.environment_name))


@check(
    "BAK001",
    "backup-vault-missing",
    severity=Severity.CRITICAL,
    category="Backup",
    work=works.BACKUP,
    why="Without a vault there is nowhere to restore from: data that is lost in this environment stays lost.",
    clear="Declare aws_backup_vault with its plan and selection, or take the backup out of the promotion spec.",
)
def backup_vault_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """``aws_backup_vault`` resources: that there is one, by the name that the spec gives it, or none where the spec says so."""
    wanted = project.spec.expect.backup.vault
    if wanted is None:
        return
    asked = project.loaded.evidence("expect", "backup", "vault")
    vaults = project.stack.of_type(VAULT)
    if wanted is False:
        yield from _no_vault(vaults, asked)
        return
    subject, item = "backup/vault", "A backup vault exists"
    if isinstance(wanted, str):
        name = fill(wanted, project.spec.names(project.environment_name))
        item = f"Backup vault {name} exists"
        named = [observe(vault, "name") for vault in vaults]
        if any(seen.value == name for seen in named):
            yield passed(subject, item, *(seen.evidence for seen in named if seen.value == name), asked)
            return
        unknown = next((seen for seen in named if seen.unknown), None)
        if unknown is not None:
            yield unverified(subject, item, unknown.unknown, unknown.evidence, asked)
            return
    elif vaults:
        yield passed(subject, item, *map(header, vaults), asked)
        return
    yield _missing(project, subject, item, VAULT, asked)


def _no_vault(vaults: tuple[Resource, ...], asked: Evidence) -> Iterator[Outcome]:
    for vault in vaults:
        yield failed(
            f"backup/vault/{vault.name}",
            "There is no backup vault",
            header(vault),
            asked,
            title=f"Backup vault {vault.address} is not in the plan",
            expected="no backup vault",
            actual=vault.address,
        )


def _missing(project: ProjectEvidence, subject: str, item: str, kind: str, asked: Evidence, *causes: str) -> Outcome:
    """A resource of a type is not there; unverified while the Terraform may hold more than was seen."""
    looked_up = project.stack.of_type(kind, "data")
    if looked_up:
        return unverified(
            subject, item, f"{looked_up[0].address} looks it up: whether it exists is not in the files", header(looked_up[0]), asked
        )
    if project.unread:
        return unverified(subject, item, project.unread, asked)
    what = subject.partition("/")[2]
    return failed(
        subject,
        item,
        Evidence(project.terraform_place(), f"no {kind} in {project.root or 'the root module'}"),
        asked,
        *plan_line(project, rf"backup\W+{what}" if what != "plan" else "backup"),
        title=f"No backup {what} is configured",
        expected=f"an {kind} resource",
        actual="none in the Terraform",
        because_of=causes,
    )


@check(
    "BAK002",
    "backup-plan-differs",
    severity=Severity.HIGH,
    category="Backup",
    work=works.BACKUP,
    why="A vault without a plan stays empty; a plan that runs too seldom loses more data than was agreed.",
    clear="Declare aws_backup_plan with a rule for the vault, on the schedule that the spec asks for.",
)
def backup_plan_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``aws_backup_plan``: that there is one, that its rules write to a vault of this Terraform, and that one runs at least as often as
    ``schedule`` says (AWS cron and rate expressions are read properly).
    """
    if not _expects_backup(project):
        return
    wanted = project.spec.expect.backup
    asked = project.loaded.evidence("expect", "backup", *(["plan"] if wanted.plan is not None else []))
    plans = project.stack.of_type(PLAN)
    if not plans:
        yield _missing(project, "backup/plan", "A backup plan exists", PLAN, asked, "backup/vault")
        return
    yield passed("backup/plan", "A backup plan exists", *map(header, plans), asked)
    yield from _targets(project, asked)
    if wanted.schedule is not None:
        yield _schedule(project, wanted.schedule)


def _rules(project: ProjectEvidence) -> Iterator[tuple[Resource, int]]:
    for plan in project.stack.of_type(PLAN):
        blocks = plan.get("rule")
        for position in range(len(blocks) if isinstance(blocks, list) else 0):
            yield plan, position


def _targets(project: ProjectEvidence, asked: Evidence) -> Iterator[Outcome]:
    vaults = project.stack.of_type(VAULT)
    if not vaults:
        return
    names = {name for vault in vaults if isinstance(name := vault.get("name"), str)}
    for plan, position in _rules(project):
        path = ("rule", position, "target_vault_name")
        seen = observe(plan, *path)
        subject, item = f"backup/target/{plan.name}/{position}", f"Rule {position + 1} of {plan.address} writes to the vault"
        if seen.value in names or any(leads_to(plan, path, vault) for vault in vaults):
            yield passed(subject, item, seen.evidence, asked)
        elif seen.unknown:
            yield unverified(subject, item, seen.unknown, seen.evidence, asked)
        elif any(not isinstance(vault.get("name"), str) for vault in vaults):
            yield unverified(subject, item, "the vault's name cannot be known", seen.evidence, asked)
        elif unread := project.unread_about("backup"):
            yield unverified(subject, item, unread, seen.evidence, asked)
        else:
            yield failed(
                subject,
                item,
                seen.evidence,
                *(observe(vault, "name").evidence for vault in vaults),
                title=f"Backup rule {position + 1} of {plan.name} writes to a vault that this Terraform does not create",
                expected=f"vault {', '.join(sorted(names))}",
                actual=seen.evidence.value,
            )


def _schedule(project: ProjectEvidence, wanted: str) -> Outcome:
    subject, item = "backup/schedule", f"Backups run {wanted}"
    asked = project.loaded.evidence("expect", "backup", "schedule")
    seen = [observe(plan, "rule", position, "schedule") for plan, position in _rules(project)]
    if any(_often_enough(each, wanted) for each in seen):
        return passed(subject, item, *(each.evidence for each in seen if _often_enough(each, wanted)), asked)
    doubtful = next((each for each in seen if each.unknown), None)
    unread = next((plan.get("rule") for plan in project.stack.of_type(PLAN) if not isinstance(plan.get("rule"), list)), None)
    why = "the rules cannot be known" if unread is not None else project.unread_about("backup")
    if why := doubtful.unknown if doubtful is not None else why:
        return unverified(subject, item, why, *(each.evidence for each in seen), asked)
    return failed(
        subject,
        item,
        *(each.evidence for each in seen),
        asked,
        title=f"Backups do not run {wanted}",
        expected=wanted,
        actual="; ".join(_in_words(each) for each in seen) or "no rule",
        because_of=("backup/plan",),
    )


def _often_enough(seen: Observation, wanted: str) -> bool:
    if not isinstance(seen.value, str):
        return False
    if wanted not in WORDS:
        return " ".join(seen.value.split()) == " ".join(wanted.split())
    gap = longest_gap(seen.value)
    return gap is not None and gap <= WORDS[wanted]


def _in_words(seen: Observation) -> str:
    gap = longest_gap(seen.value) if isinstance(seen.value, str) else None
    return f"{seen.value} ({in_words(gap)})" if gap is not None else f"{seen.value or 'no schedule'}"


@check(
    "BAK004",
    "backup-retention-differs",
    severity=Severity.HIGH,
    category="Backup",
    work=works.BACKUP,
    why="Backups that are deleted too soon cannot be restored; those kept longer than agreed cost money and may break a data policy.",
    clear="Set lifecycle { delete_after = ... } in the plan's rule to the days that the spec gives this environment.",
)
def backup_retention_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``lifecycle.delete_after`` of the rules that keep the schedule (all rules where no schedule is asked), against the days for this
    environment; a rule without it keeps recovery points for ever.
    """
    days = project.spec.expect.backup.retention(project.environment_name)
    if days is None or not project.stack.of_type(PLAN):
        return
    wanted = project.spec.expect.backup.schedule
    rules = list(_rules(project))
    kept = [rule for rule in rules if wanted is None or _often_enough(observe(rule[0], "rule", rule[1], "schedule"), wanted)]
    asked = project.loaded.evidence("expect", "backup", "retention_days", project.environment_name)
    for plan, position in kept or rules:
        seen = observe(plan, "rule", position, "lifecycle", 0, "delete_after")
        subject, item = f"backup/retention/{plan.name}/{position}", f"Rule {position + 1} of {plan.address} keeps backups {days} days"
        if seen.unknown:
            yield unverified(subject, item, seen.unknown, seen.evidence, asked)
        elif seen.value in (days, str(days)):
            yield passed(subject, item, seen.evidence, asked)
        else:
            kept_for = f"{seen.value} days" if seen.written else "kept for ever"
            yield failed(
                subject,
                item,
                seen.evidence,
                asked,
                title=f"Backups are kept {kept_for.removeprefix('kept ')}, not {days} days",
                expected=f"{days} days in {project.environment_name}",
                actual=seen.evidence.value,
            )


@check(
    "BAK005",
    "backup-safeguard-differs",
    severity=Severity.MEDIUM,
    category="Backup",
    work=works.BACKUP,
    why="A copy elsewhere survives the loss of the region; a key and a lock keep backups from being read or deleted by the wrong hands.",
    clear="Add copy_action, kms_key_arn or aws_backup_vault_lock_configuration as the spec asks.",
)
def backup_safeguard_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``copy_action`` of the plan's rules to the region in ``copy_to``, ``kms_key_arn`` of the vault, and its lock configuration."""
    wanted, vaults = project.spec.expect.backup, project.stack.of_type(VAULT)
    if wanted.copy_to is not None and project.stack.of_type(PLAN):
        yield _copied(project, wanted.copy_to)
    for vault in vaults:
        if wanted.encrypted is not None:
            key = observe(vault, "kms_key_arn")
            yield _switch(project, vault, "encrypted", key.evidence, is_on=key.written, wanted=wanted.encrypted)
        if wanted.locked is not None:
            yield _locked(project, vault, wanted=wanted.locked)


def _locked(project: ProjectEvidence, vault: Resource, *, wanted: bool) -> Outcome:
    configurations = project.stack.of_type("aws_backup_vault_lock_configuration")
    locks = [lock for lock in configurations if _locks(lock, vault)]
    seen = header(locks[0]) if locks else Evidence(vault.place, f"no lock configuration for {vault.address}")
    unknown = [lock for lock in configurations if not lock.trace.references(("backup_vault_name",))]
    doubt = next((why for lock in unknown if (why := reason(lock.get("backup_vault_name")))), project.unread_about("backup"))
    if doubt and not locks:
        subject, asked = f"backup/vault/{vault.name}/locked", project.loaded.evidence("expect", "backup", "locked")
        return unverified(subject, f"{vault.address} is {'' if wanted else 'not '}locked", doubt, seen, asked)
    return _switch(project, vault, "locked", seen, is_on=bool(locks), wanted=wanted)


def _locks(lock: Resource, vault: Resource) -> bool:
    name = lock.get("backup_vault_name")
    return leads_to(lock, ("backup_vault_name",), vault) or (isinstance(name, str) and name == vault.get("name"))


def _switch(project: ProjectEvidence, vault: Resource, word: str, seen: Evidence, *, is_on: bool, wanted: bool) -> Outcome:
    subject, asked = f"backup/vault/{vault.name}/{word}", project.loaded.evidence("expect", "backup", word)
    item = f"{vault.address} is {'' if wanted else 'not '}{word}"
    if is_on is wanted:
        return passed(subject, item, seen, asked)
    return failed(
        subject,
        item,
        seen,
        asked,
        title=f"Backup vault {vault.name} is {'' if is_on else 'not '}{word}",
        expected=f"{'' if wanted else 'not '}{word}",
        actual=seen.value,
    )


def _copied(project: ProjectEvidence, region: str) -> Outcome:
    subject, item, asked = "backup/copy", f"Backups are copied to {region}", project.loaded.evidence("expect", "backup", "copy_to")
    doubts = []
    for plan, position in _rules(project):
        actions = plan.get("rule", position, "copy_action")
        for number in range(len(actions) if isinstance(actions, list) else 0):
            path = ("rule", position, "copy_action", number, "destination_vault_arn")
            seen = observe(plan, *path)
            vaults = [vault for vault in project.stack.of_type(VAULT) if leads_to(plan, path, vault)]
            regions = {provider.attributes.get("region") for vault in vaults if (provider := vault.provider) is not None}
            if (isinstance(seen.value, str) and f":{region}:" in seen.value) or region in regions:
                return passed(subject, item, seen.evidence, asked)
            if seen.unknown and not regions:
                doubts.append(seen)
    if doubts:
        return unverified(subject, item, doubts[0].unknown, doubts[0].evidence, asked)
    if unread := project.unread_about("backup"):
        return unverified(subject, item, unread, asked)
    seen_at = [Evidence(plan.trace.place(("rule", position)), "no copy_action to it") for plan, position in _rules(project)]
    return failed(
        subject,
        item,
        *seen_at,
        asked,
        title=f"Backups are not copied to {region}",
        expected=f"a copy in {region}",
        actual="no such copy_action",
    )
