"""The work that findings ask for, and which projects wait for this one."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.checks.base import Check, Work
from bbws_gate.govern.patterns import is_about_any
from bbws_gate.model import ActionItem, Dependent, Finding
from bbws_gate.spec import Dependency, PromotionSpec


def action_items(found: Iterable[Finding], checks: Iterable[Check], spec: PromotionSpec, environment: str) -> tuple[ActionItem, ...]:
    """One item for each piece of work that open findings ask for, worst first; then the spec's own manual work."""
    work_of = {check.code: check.work for check in checks}
    grouped: dict[str, list[Finding]] = {}
    works: dict[str, Work] = {}
    for finding in found:
        work = work_of[finding.code]
        works.setdefault(work.id, work)
        grouped.setdefault(work.id, []).append(finding)
    items = [_item(works[key], members, spec) for key, members in grouped.items()]
    items.sort(key=lambda item: (-item.severity.rank, item.id))
    return (*items, *_manual(spec, environment))


def _item(work: Work, members: list[Finding], spec: PromotionSpec) -> ActionItem:
    return ActionItem(
        id=work.id,
        title=work.title,
        severity=max((finding.severity for finding in members), key=lambda severity: severity.rank),
        owner=work.owner if work.owner in spec.roles or not spec.plan.owner else spec.plan.owner,
        estimate=work.estimate,
        phase=work.phase,
        tasks=tuple(dict.fromkeys(f"{finding.title}: {finding.action}" for finding in members)),
        findings=tuple(finding.id for finding in members),
    )


def _manual(spec: PromotionSpec, environment: str) -> Iterable[ActionItem]:
    own = {action.id for action in spec.actions}
    for action in spec.actions:
        if not action.environments or environment in action.environments:
            yield ActionItem(
                id=f"manual/{action.id}",
                title=action.title,
                severity=action.severity,
                owner=action.owner,
                estimate=action.estimate,
                phase=action.phase,
                tasks=action.tasks,
                findings=(),
                manual=True,
                after=tuple(f"manual/{name}" if name in own else name for name in action.after),
            )


def dependents(rules: Iterable[Dependency], in_the_way: tuple[Finding, ...]) -> tuple[Dependent, ...]:
    """Projects down the stream, each with the findings on what it requires; on anything, where it names nothing.

    Args:
        rules: the spec's projects.
        in_the_way: findings that block, and those that a decision put off.
    """
    return tuple(_dependent(rule, tuple(each for each in in_the_way if _concerns(each, rule.requires))) for rule in rules)


def _dependent(rule: Dependency, found: tuple[Finding, ...]) -> Dependent:
    return Dependent(
        project=rule.project,
        repository=rule.repository,
        environment=rule.environment,
        requires=rule.requires,
        blocked_by=tuple(finding.id for finding in found),
        deferred_by=tuple(dict.fromkeys(finding.deferred for finding in found if finding.deferred)),
    )


def _concerns(finding: Finding, requires: tuple[str, ...]) -> bool:
    """Whether a finding stands in the way of one of these subjects; one about the whole project stands in everybody's way."""
    return not requires or is_about_any(finding, requires)
