"""The verdict on one project, environment and commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from bbws_gate import __version__
from bbws_gate.assess.cleaning import clean_cost
from bbws_gate.assess.dossier import dossier_of
from bbws_gate.assess.findings import compare, findings, severity_of
from bbws_gate.assess.people import action_items, dependents
from bbws_gate.assess.planning import schedule_of
from bbws_gate.assess.running import Run, run_checks
from bbws_gate.assess.scoring import WEIGHTS, score
from bbws_gate.checks.base import Check
from bbws_gate.checks.catalogue import all_checks
from bbws_gate.deferred import replace
from bbws_gate.errors import GateError, SpecError
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.govern import GATE_EDIT, Governed, Said, Snapshot, done, govern, resources_digest
from bbws_gate.model import Assessment, ChecklistItem, Dependent, Finding, Record, Result, Risk, Rollback, Score, Status
from bbws_gate.spec import Dependency, LoadedSpec, PromotionSpec
from bbws_gate.terraform.stack import Stack


def assess(
    evidence: ProjectEvidence,
    *,
    commit: str,
    assessed_at: str,
    base: ProjectEvidence | None = None,
    notes: Iterable[str] = (),
    checks: tuple[Check, ...] | None = None,
    record: Record | None = None,
    approved: Mapping[str, Snapshot] | None = None,
    content: Snapshot | None = None,
    own_spec: str = "",
    own_workflows: str = "",
    own_templates: str = "",
    spec_edited: bool = False,
    templates_edited: bool = False,
    stacks: Mapping[str, Stack] = MappingProxyType({}),
) -> Assessment:
    """Run every check and draw the conclusions.

    Args:
        evidence: what the repository holds.
        commit: what it is, for the record.
        assessed_at: UTC, ISO 8601; waivers end by its date.
        base: what the repository held before the change; findings are then new, open or fixed.
        notes: what a reader must know beside the findings.
        checks: other checks than the catalogue's.
        record: what people said and did; None where nobody was asked.
        approved: :func:`snapshot` of other commits that people approved, by their full names.
        content: :func:`snapshot` of this commit, where ``evidence`` holds more than the commit does (a plan file).
        own_spec: sha256 of the spec as the commit itself holds it.
        own_workflows: sha256 of its workflows, where the change edits one that runs the gate.
        own_templates: sha256 of the page templates that the commit itself holds.
        spec_edited: whether the change edits the spec, which its owners must then approve.
        templates_edited: the same of the page templates.
        stacks: the same code evaluated for other environments, for the report's comparison.

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
    found = findings(run.lines, evidence)
    now = content or _snapshot(run, found, evidence, (own_spec, own_workflows, own_templates))
    marked = found if base is None else compare(found, findings(run_checks(every, base).lines, base), run.lines)
    said = Said(record, commit, assessed_at[:10], now, approved or {}, _over_budget(evidence), spec_edited, templates_edited)
    governed = govern(marked, evidence.loaded, evidence.environment_name, every, said)
    drawn = _conclusions(run, found, governed, every, evidence, record=record or Record(None))
    notes = (*notes, *governed.notes, *_warnings(evidence.loaded), *drawn.notes)
    whole = replace(drawn, commit=commit, assessed_at=assessed_at, notes=notes, content_digest=now.digest)
    stacks = {**stacks, evidence.environment_name: evidence.stack}
    issues = {thread.key: thread.link for thread in record.threads if thread.link} if record is not None else {}
    whole = replace(whole, dossier=dossier_of(evidence, stacks), issues=issues)
    return replace(whole, schedule=schedule_of(whole, evidence.spec))


def snapshot(
    evidence: ProjectEvidence,
    *,
    own_spec: str = "",
    own_workflows: str = "",
    own_templates: str = "",
    checks: tuple[Check, ...] | None = None,
) -> Snapshot:
    """What an approval of this commit is about, whatever people said.

    Args:
        evidence: what the repository holds at that commit.
        own_spec: sha256 of the spec as the commit itself holds it.
        own_workflows: sha256 of its workflows.
        own_templates: sha256 of its page templates.
        checks: other checks than the catalogue's.
    """
    run = run_checks(all_checks() if checks is None else checks, evidence)
    return _snapshot(run, findings(run.lines, evidence), evidence, (own_spec, own_workflows, own_templates))


def _snapshot(run: Run, found: tuple[Finding, ...], evidence: ProjectEvidence, own: tuple[str, str, str]) -> Snapshot:
    """``own``: sha256 of the commit's own spec, workflows and page templates."""
    unverified = frozenset(line.id for line in run.lines if line.outcome.result is Result.UNVERIFIED)
    held = tuple(finding for finding in found if finding.code != GATE_EDIT)  # what a change is, no commit holds
    return Snapshot((evidence.loaded.digest, own[0]), resources_digest(evidence.stack), held, unverified, *own[1:])


def _conclusions(
    run: Run, found: tuple[Finding, ...], governed: Governed, every: tuple[Check, ...], evidence: ProjectEvidence, *, record: Record
) -> Assessment:
    """Everything that follows from the findings and from what people said; commit and time are the caller's."""
    loaded, environment = evidence.loaded, evidence.environment_name
    present = tuple(finding for finding in governed.findings if finding.state != "fixed")
    standing = tuple(finding for finding in present if finding.waiver is None and not finding.deferred)
    in_the_way = tuple(finding for finding in present if finding.deferred or (finding.blocking and finding.waiver is None))
    checklist = _checklist(run, found, loaded.spec)
    forbidden = tuple(line for line in checklist if line.result is Result.UNVERIFIED and loaded.spec.unverified.blocks(line.category))
    drawn = Assessment(
        version=__version__,
        project=loaded.spec.project,
        environment=environment,
        commit="",
        assessed_at="",
        status=_status(run, standing, forbidden),
        score=score(checklist, blocked=False),
        findings=governed.findings,
        checklist=checklist,
        action_items=done(action_items(standing, every, loaded.spec, environment), record, governed.authority),
        decisions=governed.decisions,
        approvals=governed.approvals,
        upstream=_upstream(loaded.spec.dependencies.upstream),
        downstream=dependents(loaded.spec.dependencies.downstream, in_the_way),
        spec_path=loaded.path,
        spec_digest=loaded.digest,
        target_date=_target_date(evidence),
        wave=loaded.spec.plan.wave,
        risks=tuple(Risk(each.risk, each.likelihood, each.impact, each.mitigation) for each in loaded.spec.risks),
        rollback=_rollback(loaded.spec),
        budget=_budget(evidence),
        cost=clean_cost(evidence.cost),
        error="; ".join(run.crashes),
        replies=governed.replies,
        notes=_forbidden_note(forbidden),
    )
    if drawn.status in (Status.BLOCKED, Status.ERROR):
        return replace(drawn, score=score(checklist, blocked=True))
    people_missing = drawn.missing_decisions or drawn.missing_approvals or drawn.open_manual_work
    return replace(drawn, status=Status.PENDING) if people_missing else drawn


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


def _checklist(run: Run, found: tuple[Finding, ...], spec: PromotionSpec) -> tuple[ChecklistItem, ...]:
    """Every line by category, in the order in which categories first appear; a failed line says which of the findings explains it."""
    explained = {name: finding.id for finding in found for name in finding.folded}
    checks = {line.check.code: line.check for line in run.lines}
    weights = {code: WEIGHTS[severity_of(check, spec)] for code, check in checks.items()}
    items = []
    for line in run.lines:
        check, outcome = line
        reason, finding = outcome.reason, ""
        if outcome.result is Result.FAIL:
            finding = explained.get(line.id, line.id)
            reason = f"explained by {finding}" if line.id in explained else outcome.title
        weight = weights[check.code]
        items.append(ChecklistItem(check.code, check.category, outcome.item, outcome.result, reason, outcome.evidence, weight, finding))
    order = {name: position for position, name in enumerate(dict.fromkeys(item.category for item in items))}
    return tuple(sorted(items, key=lambda item: order[item.category]))


def _status(run: Run, standing: tuple[Finding, ...], forbidden: tuple[ChecklistItem, ...]) -> Status:
    """The worst that the files give. What could not be verified is a warning: READY says that everything was seen."""
    if run.crashes:
        return Status.ERROR
    if forbidden or any(finding.blocking for finding in standing):
        return Status.BLOCKED
    if standing or any(line.outcome.result is Result.UNVERIFIED for line in run.lines):
        return Status.READY_WITH_WARNINGS
    return Status.READY


def _upstream(rules: Iterable[Dependency]) -> tuple[Dependent, ...]:
    return tuple(Dependent(rule.project, rule.repository, rule.requires, (), environment=rule.environment) for rule in rules)


def _target_date(evidence: ProjectEvidence) -> str | None:
    day = evidence.environment.target_date
    return None if day is None else day.isoformat()


def _rollback(spec: PromotionSpec) -> Rollback | None:
    told = spec.rollback
    return None if told.is_empty else Rollback(told.document or "", told.steps, told.triggers, told.duration or "")


def _budget(evidence: ProjectEvidence) -> tuple[str, str] | None:
    budget = evidence.environment.budget
    return None if budget is None else (str(budget.monthly), budget.currency)


def _over_budget(evidence: ProjectEvidence) -> bool | None:
    """Whether it costs more than the budget; None when nobody can tell."""
    budget, cost = evidence.environment.budget, evidence.cost
    if budget is None:
        return False
    if cost is None or cost.currency != budget.currency:
        return None
    if cost.low > Decimal(budget.monthly):
        return True
    return None if cost.high is None or cost.high > Decimal(budget.monthly) else False


def _warnings(loaded: LoadedSpec) -> tuple[str, ...]:
    return tuple(f"{place}: {what}" for place, what in loaded.warnings)


def _forbidden_note(forbidden: tuple[ChecklistItem, ...]) -> tuple[str, ...]:
    if not forbidden:
        return ()
    return (f"Blocked by what could not be verified, as the spec asks: {'; '.join(line.item for line in forbidden)}",)
