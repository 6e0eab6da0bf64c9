"""What people have to do: action items, decisions, approvals; and which projects wait for this one."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.checks.base import Check, Work
from bbws_gate.model import ActionItem, Approval, Decision, Dependent, Finding
from bbws_gate.spec import Dependency, LoadedSpec, PromotionSpec


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


def decisions(loaded: LoadedSpec, environment: str) -> tuple[Decision, ...]:
    """The spec's decisions for this environment, in its order."""
    return tuple(
        Decision(
            id=rule.id,
            question=rule.question,
            options=tuple(rule.options.items()),
            owners=rule.owners,
            chosen=rule.chosen,
            place=loaded.place("decisions", number),
        )
        for number, rule in enumerate(loaded.spec.decisions)
        if not rule.environments or environment in rule.environments
    )


def approvals(spec: PromotionSpec, environment: str, found: tuple[Finding, ...]) -> tuple[Approval, ...]:
    """The approvals that this environment may need; a condition is judged over the open findings."""
    return tuple(
        Approval(
            role=rule.role,
            scope=rule.scope,
            when=None if rule.when is None else str(rule.when),
            required=rule.when is None or rule.when.holds(environment, found),
        )
        for rule in spec.approvals
        if not rule.environments or environment in rule.environments
    )


def dependents(rules: Iterable[Dependency], blockers: tuple[Finding, ...]) -> tuple[Dependent, ...]:
    """Projects down the stream, each with the blocking findings on what it requires; on anything, where it names nothing."""
    return tuple(
        Dependent(
            project=rule.project,
            repository=rule.repository,
            environment=rule.environment,
            requires=rule.requires,
            blocked_by=tuple(finding.id for finding in blockers if _concerns(finding, rule.requires)),
        )
        for rule in rules
    )


def _concerns(finding: Finding, requires: tuple[str, ...]) -> bool:
    """Whether a finding stands in the way of one of these subjects; one about the whole project stands in everybody's way."""
    if not requires:
        return True
    subjects = (finding.subject, *(name.partition("/")[2] for name in finding.folded))
    return any(subject == name or subject.startswith(f"{name}/") or _index_of(subject, name) for subject in subjects for name in requires)


def _index_of(subject: str, table: str) -> bool:
    """``index/orders/OrdersByDate`` concerns ``table/orders``."""
    kind, _, name = table.partition("/")
    return kind == "table" and subject.startswith(f"index/{name}/")
