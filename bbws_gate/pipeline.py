"""The steps in order, for whoever starts them: the command line and the action.

Spec and files -> evidence -> checks -> assessment. Reading happens here; nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from bbws_gate.assess import assess, snapshot
from bbws_gate.cost import estimate, with_difference, with_report
from bbws_gate.cost.infracost import Report
from bbws_gate.errors import GateError
from bbws_gate.evidence.collect import collect, stack_of
from bbws_gate.evidence.gate_changes import gate_changes
from bbws_gate.evidence.gate_workflows import workflows_digest
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.rule_changes import rule_changes, rules_note, templates_digest
from bbws_gate.govern import Snapshot, hear, other_commits
from bbws_gate.model import Assessment, Record
from bbws_gate.model.proposal import Proposal
from bbws_gate.repository import Refused, Repository
from bbws_gate.spec import LoadedSpec
from bbws_gate.spec.in_repository import DEFAULT_SPEC, read_spec
from bbws_gate.terraform.evaluate.budget import STEPS_COMPARED
from bbws_gate.terraform.stack import Stack

__all__ = ["DEFAULT_SPEC", "assess_repository", "content_of", "read_spec"]

MAX_ENVIRONMENTS = 6
MAX_COMPARED = 400
"""Resources of the target; larger ones are not evaluated once more for each environment, only to count."""
NOT_COMPARED = "The base branch was not compared: like the change, it takes more evaluation steps than one configuration may take."


def assess_repository(
    repository: Repository,
    spec: LoadedSpec,
    environment: str,
    *,
    commit: str,
    assessed_at: str,
    base: Repository | None = None,
    plan: bytes | None = None,
    infracost: Report | None = None,
    notes: tuple[str, ...] = (),
    record: Record | None = None,
    open_commit: Callable[[str], Repository | None] | None = None,
    touched: Collection[str] | None = None,
) -> Assessment:
    """Assess one project for one environment.

    Args:
        repository: the files under assessment.
        spec: the promotion spec that judges them; on a pull request, the base branch's.
        environment: a name from the spec, exactly.
        commit: what ``repository`` is, for the record.
        assessed_at: UTC time, ISO 8601.
        base: the files before the change; findings are then marked new, open or fixed.
        plan: ``terraform show -json`` output, as a second witness.
        infracost: what Infracost says of the same Terraform, where a team has it.
        notes: what the reader must know beside the findings.
        record: what people said and did; None where nobody was asked.
        open_commit: the files at a commit that people approved, by its full name; None when they cannot be read.
        touched: paths that differ from where the change left ``base``; None when that is not known.

    Raises:
        UsageError: an environment that the spec does not have.
        SpecError: a spec under which nothing is checked.
    """
    evidence = collect(repository, spec, environment, plan=plan, commit=commit)
    before = _before(base, evidence) if base is not None else None
    if base is not None:
        evidence = replace(evidence, gate_changes=gate_changes(repository, base, touched))
        notes = notes if before is not None else (*notes, NOT_COMPARED)
    if assessed_at:
        today = date.fromisoformat(assessed_at[:10])
        if before is not None:
            before = replace(before, cost=estimate(before, today=today))
        evidence = _with_cost(repository, evidence, before, today=today, infracost=infracost, commit=commit)
    stacks = _stacks(repository, evidence)
    approved, edits_gate = {}, bool(evidence.gate_changes)
    if record is not None and open_commit is not None:
        approved = _approved(record, open_commit, spec, environment, commit=commit, assessed_at=assessed_at, edits_gate=edits_gate)
    content = None
    if plan or infracost:
        content = content_of(repository, spec, environment, commit=commit, assessed_at=assessed_at, edits_gate=edits_gate)
    changes = rule_changes(repository, base, spec, touched) if base is not None else ()
    edited = {change.kind for change in changes}
    told = rules_note(changes, spec, judged_by_base=base is not None and _digest(base, spec.path) == spec.digest)
    found = assess(
        evidence,
        commit=commit,
        assessed_at=assessed_at,
        base=before,
        notes=(*notes, *told),
        record=record,
        approved=approved,
        content=content,
        own_spec=_digest(repository, spec.path),
        own_workflows=workflows_digest(repository) if edits_gate else "",
        own_templates=templates_digest(repository, spec.spec.templates.folder),
        spec_edited="spec" in edited,
        templates_edited="template" in edited,
        stacks=stacks,
    )
    proposal = Proposal(changes, spec.spec.owners) if changes else None
    return replace(found, proposal=proposal, templates_folder=spec.spec.templates.folder)


def _before(base: Repository, evidence: ProjectEvidence) -> ProjectEvidence | None:
    """The files before the change; None where they, too, are more than can be evaluated."""
    if not _is_too_much(evidence.stack):
        return collect(base, evidence.loaded, evidence.environment_name)
    before = collect(base, evidence.loaded, evidence.environment_name, steps=STEPS_COMPARED)
    return None if _is_too_much(before.stack) else before


def _stacks(repository: Repository, evidence: ProjectEvidence) -> dict[str, Stack]:
    """The same code for the spec's other environments, as far as that is quickly done."""
    if len(evidence.stack.resources) > MAX_COMPARED:
        return {}
    others = [name for name in evidence.spec.environments if name != evidence.environment_name][:MAX_ENVIRONMENTS]
    found: dict[str, Stack] = {}
    for name in others:
        stack = _beside(repository, evidence, name)
        if stack is None:
            break
        found[name] = stack
    return found


def _beside(repository: Repository, evidence: ProjectEvidence, environment: str) -> Stack | None:
    """The same code for another environment; None where that takes too many steps."""
    if _is_too_much(evidence.stack):
        return None
    stack = stack_of(repository, evidence.loaded, environment, steps=STEPS_COMPARED)
    return None if _is_too_much(stack) else stack


def _is_too_much(stack: Stack) -> bool:
    """Whether the evaluation ran into its budget."""
    return any(problem.code == "EVL004" for problem in stack.problems)


def content_of(
    repository: Repository, spec: LoadedSpec, environment: str, *, commit: str, assessed_at: str, edits_gate: bool = False
) -> Snapshot:
    """What an approval of a commit is about: what the files alone say, without a plan or anything that people said.

    ``edits_gate``: the change edits a workflow that runs the gate, so the approval is about its workflows, too.

    Raises:
        GateError: the commit cannot be assessed.
    """
    evidence = collect(repository, spec, environment, commit=commit)
    if assessed_at:
        evidence = replace(evidence, cost=estimate(evidence, today=date.fromisoformat(assessed_at[:10])))
    return snapshot(
        evidence,
        own_spec=_digest(repository, spec.path),
        own_workflows=workflows_digest(repository) if edits_gate else "",
        own_templates=templates_digest(repository, spec.spec.templates.folder),
    )


def _approved(
    record: Record,
    open_commit: Callable[[str], Repository | None],
    spec: LoadedSpec,
    environment: str,
    *,
    commit: str,
    assessed_at: str,
    edits_gate: bool,
) -> dict[str, Snapshot]:
    """A snapshot of every commit that people approved but ``commit`` itself, as far as it can be read and assessed."""
    found = {}
    for name in other_commits(record, hear(record).heard, commit):
        repository = open_commit(name)
        if repository is None:
            continue
        try:
            found[name] = content_of(repository, spec, environment, commit=name, assessed_at=assessed_at, edits_gate=edits_gate)
        except (GateError, Refused):
            continue
    return found


def _digest(repository: Repository, path: str) -> str:
    """sha256 of a file; empty when it is not there or lies in another repository."""
    try:
        return hashlib.sha256(repository.read(path)).hexdigest()
    except Refused:
        return ""


def _with_cost(
    repository: Repository,
    evidence: ProjectEvidence,
    before: ProjectEvidence | None,
    *,
    today: date,
    infracost: Report | None,
    commit: str,
) -> ProjectEvidence:
    """The evidence with its monthly cost, and what that is more than before the change and in the environment below."""
    cost = estimate(evidence, today=today)
    if infracost is not None:
        cost = with_report(cost, infracost, evidence, commit=commit)
    if before is not None and before.cost is not None:
        cost = with_difference(cost, before.cost, "the base branch", same_environment=True)
    lower = evidence.environment.promoted_from or "dev"
    # A second evaluation of the Terraform, so only for those who would see a number.
    if cost.known_high and lower in evidence.spec.environments and lower != evidence.environment_name:
        stack = _beside(repository, evidence, lower)
        if stack is not None:
            cost = with_difference(cost, estimate(ProjectEvidence(evidence.loaded, lower, stack), today=today), lower)
    return replace(evidence, cost=cost)
