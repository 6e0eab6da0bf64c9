"""The steps in order, for whoever starts them: the command line and the action.

Spec and files -> evidence -> checks -> assessment. Reading happens here; nothing is written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bbws_gate.assess import assess
from bbws_gate.cost import estimate, with_difference, with_report
from bbws_gate.cost.infracost import Report
from bbws_gate.errors import SpecError
from bbws_gate.evidence.collect import collect, stack_of
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Assessment
from bbws_gate.repository import Refused, Repository
from bbws_gate.spec import LoadedSpec, load_spec

DEFAULT_SPEC = ".github/promotion.yml"


def read_spec(repository: Repository, path: str = DEFAULT_SPEC) -> LoadedSpec:
    """The promotion spec at ``path``.

    Raises:
        SpecError: there is none, it cannot be read, or it is invalid; the message names the line.
    """
    try:
        text = repository.read(path)
    except Refused as refused:
        raise SpecError(
            f"no promotion spec: {refused.why}",
            where=refused.path,
            mend="draft one with `bbws-gate init`, or name another file with --spec",
        ) from refused
    return load_spec(text, path)


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

    Raises:
        UsageError: an environment that the spec does not have.
        SpecError: a spec under which nothing is checked.
    """
    evidence = collect(repository, spec, environment, plan=plan, commit=commit)
    before = collect(base, spec, environment) if base is not None else None
    if assessed_at:
        today = date.fromisoformat(assessed_at[:10])
        if before is not None:
            before = replace(before, cost=estimate(before, today=today))
        evidence = _with_cost(repository, evidence, before, today=today, infracost=infracost, commit=commit)
    return assess(evidence, commit=commit, assessed_at=assessed_at, base=before, notes=notes)


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
        below = ProjectEvidence(evidence.loaded, lower, stack_of(repository, evidence.loaded, lower))
        cost = with_difference(cost, estimate(below, today=today), lower)
    return replace(evidence, cost=cost)
