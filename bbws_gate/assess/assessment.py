"""The verdict on one project, environment and commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bbws_gate import __version__
from bbws_gate.assess.findings import compare, findings, severity_of, waive
from bbws_gate.assess.folding import fold
from bbws_gate.assess.people import action_items, approvals, decisions, dependents
from bbws_gate.assess.planning import schedule_of
from bbws_gate.assess.running import Run, run_checks
from bbws_gate.assess.scoring import WEIGHTS, score
from bbws_gate.checks.base import Check
from bbws_gate.checks.catalogue import all_checks
from bbws_gate.errors import GateError, SpecError
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import ActionItem, Approval, Assessment, ChecklistItem, Decision, Dependent, Finding, Result, Score, Status
from bbws_gate.spec import Dependency, LoadedSpec


def assess(
    evidence: ProjectEvidence,
    *,
    commit: str,
    assessed_at: str,
    base: ProjectEvidence | None = None,
    notes: Iterable[str] = (),
    checks: tuple[Check, ...] | None = None,
) -> Assessment:
    """Run every check and draw the conclusions.

    Args:
        evidence: what the repository holds.
        commit: what it is, for the record.
        assessed_at: UTC, ISO 8601; waivers end by its date.
        base: what the repository held before the change; findings are then new, open or fixed.
        notes: what a reader must know beside the findings.
        checks: other checks than the catalogue's.

    Raises:
        SpecError: no line of the checklist is there because the spec asks for it.
    """
    every = all_checks() if checks is None else checks
    run = run_checks(every, evidence)
    if not _asked_for_something(run, evidence):
        raise SpecError(
            f"nothing that the spec expects can be looked at for {evidence.environment_name}: a gate with this spec would pass everything",
            where=str(evidence.loaded.place("expect")),
            mend="say what must be there: tables, tags, backup, resources",
        )
    waived = waive(findings(run.lines, evidence), evidence.loaded, evidence.environment_name, assessed_at[:10])
    found = waived.findings
    if base is not None:
        found = compare(found, findings(run_checks(every, base).lines, base), run.lines)
    drawn = _conclusions(run, found, every, evidence)
    notes = (*notes, *_warnings(evidence.loaded), *waived.notes, *drawn.notes)
    whole = replace(drawn, commit=commit, assessed_at=assessed_at, notes=notes)
    return replace(whole, schedule=schedule_of(whole, evidence.spec))


def _conclusions(run: Run, found: tuple[Finding, ...], every: tuple[Check, ...], evidence: ProjectEvidence) -> Assessment:
    """Everything that follows from the findings; commit and time are the caller's."""
    loaded, environment = evidence.loaded, evidence.environment_name
    standing = tuple(finding for finding in found if finding.state != "fixed" and finding.waiver is None)
    blockers = tuple(finding for finding in standing if finding.blocking)
    checklist = _checklist(run, evidence)
    items = action_items(standing, every, loaded.spec, environment)
    chosen, approved = decisions(loaded, environment), approvals(loaded.spec, environment, standing)
    forbidden = tuple(line for line in checklist if line.result is Result.UNVERIFIED and loaded.spec.unverified.blocks(line.category))
    status = _status(run, standing, forbidden, people_missing=_people_missing(chosen, approved, items))
    return Assessment(
        version=__version__,
        project=loaded.spec.project,
        environment=environment,
        commit="",
        assessed_at="",
        status=status,
        score=score(checklist, blocked=status in (Status.BLOCKED, Status.ERROR)),
        findings=found,
        checklist=checklist,
        action_items=items,
        decisions=chosen,
        approvals=approved,
        upstream=_upstream(loaded.spec.dependencies.upstream),
        downstream=dependents(loaded.spec.dependencies.downstream, blockers),
        spec_path=loaded.path,
        spec_digest=loaded.digest,
        target_date=_target_date(evidence),
        wave=loaded.spec.plan.wave,
        budget=_budget(evidence),
        cost=evidence.cost,
        error="; ".join(run.crashes),
        notes=_forbidden_note(forbidden),
    )


def failed(error: GateError, *, project: str = "", environment: str = "", commit: str = "", assessed_at: str = "") -> Assessment:
    """The assessment of a run that could not assess: ERROR, with the reason."""
    nothing = Score(value=0, uncapped=0, cap=0, categories=(), verified=0, total=0)
    return Assessment(
        version=__version__,
        project=project,
        environment=environment,
        commit=commit,
        assessed_at=assessed_at,
        status=Status.ERROR,
        score=nothing,
        findings=(),
        checklist=(),
        action_items=(),
        decisions=(),
        approvals=(),
        upstream=(),
        downstream=(),
        spec_path="",
        spec_digest="",
        error=str(error),
    )


def _asked_for_something(run: Run, evidence: ProjectEvidence) -> bool:
    """Whether any line is there because the spec asks for it; what holds for every repository is no gate."""
    return bool(run.crashes) or any(each.place.path == evidence.loaded.path for line in run.lines for each in line.outcome.evidence)


def _checklist(run: Run, evidence: ProjectEvidence) -> tuple[ChecklistItem, ...]:
    """Every line by category, in the order in which categories first appear; a failed line says what explains it."""
    explained = {line.id: root for root, group in fold(run.lines, evidence.stack).items() for line in group[1:]}
    items = []
    for line in run.lines:
        outcome = line.outcome
        reason = outcome.reason
        if outcome.result is Result.FAIL:
            reason = f"explained by {explained[line.id]}" if line.id in explained else outcome.title
        weight = WEIGHTS[severity_of(line.check, evidence.spec)]
        category = line.check.category
        items.append(ChecklistItem(line.check.code, category, outcome.item, outcome.result, reason, outcome.evidence, weight))
    order = {name: position for position, name in enumerate(dict.fromkeys(item.category for item in items))}
    return tuple(sorted(items, key=lambda item: order[item.category]))


def _status(run: Run, standing: tuple[Finding, ...], forbidden: tuple[ChecklistItem, ...], *, people_missing: bool) -> Status:
    """The worst that holds. What could not be verified is a warning: READY says that everything was seen."""
    if run.crashes:
        return Status.ERROR
    if forbidden or any(finding.blocking for finding in standing):
        return Status.BLOCKED
    if people_missing:
        return Status.PENDING
    if standing or any(line.outcome.result is Result.UNVERIFIED for line in run.lines):
        return Status.READY_WITH_WARNINGS
    return Status.READY


def _people_missing(chosen: tuple[Decision, ...], approved: tuple[Approval, ...], items: tuple[ActionItem, ...]) -> bool:
    return (
        any(decision.chosen is None for decision in chosen)
        or any(approval.required and approval.given_by is None for approval in approved)
        or any(item.manual for item in items)
    )


def _upstream(rules: Iterable[Dependency]) -> tuple[Dependent, ...]:
    return tuple(Dependent(rule.project, rule.repository, rule.requires, (), environment=rule.environment) for rule in rules)


def _target_date(evidence: ProjectEvidence) -> str | None:
    day = evidence.environment.target_date
    return None if day is None else day.isoformat()


def _budget(evidence: ProjectEvidence) -> tuple[str, str] | None:
    budget = evidence.environment.budget
    return None if budget is None else (str(budget.monthly), budget.currency)


def _warnings(loaded: LoadedSpec) -> tuple[str, ...]:
    return tuple(f"{place}: {what}" for place, what in loaded.warnings)


def _forbidden_note(forbidden: tuple[ChecklistItem, ...]) -> tuple[str, ...]:
    if not forbidden:
        return ()
    return (f"Blocked by what could not be verified, as the spec asks: {'; '.join(line.item for line in forbidden)}",)
