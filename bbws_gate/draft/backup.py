"""Backups as the Terraform has them: what holds in every environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.checks.backup import PLAN, VAULT
from bbws_gate.checks.backup_selection import backup_selection_incomplete
from bbws_gate.checks.schedule import WORDS, longest_gap
from bbws_gate.deferred import replace
from bbws_gate.draft.names import one_pattern
from bbws_gate.draft.stated import as_in
from bbws_gate.draft.yaml_text import Block, Entry, Value, written
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Result
from bbws_gate.spec import load_spec
from bbws_gate.spec.expect import ALL_TABLES
from bbws_gate.terraform.stack import Resource


def draft_backup(environments: Mapping[str, ProjectEvidence]) -> Block | None:
    """Entries for ``expect.backup``; None where some environment has neither vault nor plan."""
    projects = tuple(environments.values())
    vaults = {name: project.stack.of_type(VAULT) for name, project in environments.items()}
    plans = [project.stack.of_type(PLAN) for project in projects]
    parts: list[Entry] = []
    if all(vaults.values()):
        first = next(iter(vaults.values()))[0]
        parts.append(Entry("vault", _vault_name(vaults) or True, as_in(first.place)))
    if all(plans):
        parts.append(Entry("plan", True, as_in(plans[0][0].place)))
        parts += _rules(environments)
    if all(plans) and all(map(_covers_all_tables, projects)):
        parts.append(Entry("covers", ALL_TABLES, "as the selection takes them in"))
    return Block(tuple(parts)) if parts else None


def _covers_all_tables(project: ProjectEvidence) -> bool:
    """Whether the check that judges selections finds every table taken in."""
    if not project.all_tables:
        return False
    spec = written(
        Block(
            (
                Entry("version", 1),
                Entry("project", "draft"),
                Entry("environments", {project.environment_name: {}}),
                Entry("expect", {"backup": {"covers": ALL_TABLES}}),
            )
        )
    )
    asked = replace(project, loaded=load_spec(spec.encode(), "draft.yml"))
    return all(outcome.result is Result.PASS for outcome in backup_selection_incomplete.run(asked))


def _vault_name(vaults: Mapping[str, tuple[Resource, ...]]) -> str | None:
    names = {environment: own[0].get("name") for environment, own in vaults.items() if len(own) == 1}
    known = {environment: name for environment, name in names.items() if isinstance(name, str)}
    return one_pattern(known) if len(known) == len(vaults) else None


def _rules(environments: Mapping[str, ProjectEvidence]) -> Iterator[Entry]:
    rules = {name: list(_rules_of(project)) for name, project in environments.items()}
    schedules = [[rule.get("schedule") for rule in own] for own in rules.values()]
    word = _word(schedules)
    if word is not None:
        yield Entry("schedule", word, "as the plan's rules run")
    days: dict[str, Value] = {}
    for name, own in rules.items():
        kept = {rule.get("delete_after") for rule in own if word is None or _gap(rule.get("schedule")) <= WORDS[word]}
        number = kept.pop() if len(kept) == 1 else None
        if isinstance(number, int) and not isinstance(number, bool) and number >= 1:
            days[name] = number
    if days:
        yield Entry("retention_days", days, "as the plan's rules keep")


def _rules_of(project: ProjectEvidence) -> Iterator[dict[str, object]]:
    """Schedule and days of each rule, a rule that is not known among them."""
    for plan in project.stack.of_type(PLAN):
        blocks = plan.get("rule")
        for position in range(len(blocks)) if isinstance(blocks, list) else (None,):
            if position is None:
                yield {"schedule": None, "delete_after": None}
            else:
                yield {
                    "schedule": plan.get("rule", position, "schedule"),
                    "delete_after": plan.get("rule", position, "lifecycle", 0, "delete_after"),
                }


def _word(schedules: list[list[object]]) -> str | None:
    """The shortest interval that a rule keeps in every environment."""
    if not schedules or not all(schedules):
        return None
    widest = max(min(map(_gap, own)) for own in schedules)
    return next((word for word, minutes in sorted(WORDS.items(), key=lambda item: item[1]) if widest <= minutes), None)


def _gap(schedule: object) -> float:
    gap = longest_gap(schedule) if isinstance(schedule, str) else None
    return float("inf") if gap is None else gap
