"""The steps in order, for whoever starts them: the command line and the action.

Spec and files -> evidence -> checks -> assessment. Reading happens here; nothing is written.
"""

from __future__ import annotations

from bbws_gate.assess import assess
from bbws_gate.errors import SpecError
from bbws_gate.evidence.collect import collect
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
            mend="write one with the keys that `bbws-gate schema` describes, or name another file with --spec",
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
        notes: what the reader must know beside the findings.

    Raises:
        UsageError: an environment that the spec does not have.
        SpecError: a spec under which nothing is checked.
    """
    evidence = collect(repository, spec, environment, plan=plan, commit=commit)
    before = collect(base, spec, environment) if base is not None else None
    return assess(evidence, commit=commit, assessed_at=assessed_at, base=before, notes=notes)
