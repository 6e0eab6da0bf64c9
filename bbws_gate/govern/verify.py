"""May this commit be deployed to this environment now? Asked by the deploy workflow, answered from what was found before; fails closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum

from bbws_gate.deferred import dataclass
from bbws_gate.model import Assessment, Status
from bbws_gate.spec import Environment


class Code(Enum):
    """Why not; stable, for machines."""

    COMMIT_UNKNOWN = "COMMIT_UNKNOWN"
    """The commit is not named in full, or is on no protected branch or merged pull request."""
    NO_ASSESSMENT = "NO_ASSESSMENT"
    """The assessment could not be completed."""
    NOT_READY = "NOT_READY"
    """Findings block."""
    PENDING_APPROVAL = "PENDING_APPROVAL"
    PENDING_DECISION = "PENDING_DECISION"
    PENDING_MANUAL_WORK = "PENDING_MANUAL_WORK"
    RECORD_UNREADABLE = "RECORD_UNREADABLE"
    """What people said could not be read."""
    SPEC_CHANGED = "SPEC_CHANGED"
    """Another spec judges now than when the approvals were given."""
    FROZEN = "FROZEN"
    LOWER_ENVIRONMENT_NOT_DEPLOYED = "LOWER_ENVIRONMENT_NOT_DEPLOYED"
    LOWER_ENVIRONMENT_UNKNOWN = "LOWER_ENVIRONMENT_UNKNOWN"
    PLAN_DIFFERS = "PLAN_DIFFERS"
    PLAN_UNREADABLE = "PLAN_UNREADABLE"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way."""

    code: Code
    text: str
    """One line for people."""
    who_can_help: tuple[str, ...] = ()
    """Roles of the spec; empty where it is nobody's to give."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """The deployment that an environment holds now."""

    environment: str
    commit: str
    successful: bool
    content_digest: str | None
    """Of that commit, assessed for the environment that is asked about; None when it could not be read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. Allowed only when nothing stands in the way."""

    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        """Whether the deployment may go ahead."""
        return not self.reasons


def verify(
    assessment: Assessment,
    environment: Environment,
    *,
    today: date,
    owners: tuple[str, ...] = (),
    deployments: Sequence[Deployment] | None = None,
    plan_agrees: bool | None = None,
    other_reasons: Iterable[Reason] = (),
) -> Verdict:
    """The verdict for a deployment.

    Args:
        assessment: of exactly the commit that will be deployed, with the record of its pull request.
        environment: the target, as the spec describes it.
        today: the day in UTC; freeze windows include both ends.
        owners: the spec's owners, who can change freeze windows.
        deployments: what environments hold now; None when that could not be read.
        plan_agrees: whether the plan file is one of this commit; None when none was given.
        other_reasons: what the caller found out: the commit is unknown, the plan cannot be read.
    """
    reasons = [*other_reasons, *_commit(assessment), *_status(assessment), *_frozen(environment, today, owners)]
    reasons += _lower(assessment, environment, deployments)
    if plan_agrees is False:
        reasons.append(Reason(Code.PLAN_DIFFERS, "the plan file is not what this commit's Terraform gives: plan again"))
    return Verdict(tuple(dict.fromkeys(reasons)))


def _commit(assessment: Assessment) -> Iterable[Reason]:
    full = len(assessment.commit) in (40, 64) and set(assessment.commit) <= set("0123456789abcdef")
    if not full:
        yield Reason(Code.COMMIT_UNKNOWN, "the commit is not known by its full name")


def _status(assessment: Assessment) -> Iterable[Reason]:
    """What the assessment itself has against it. Written so that a status that is not known here does not pass."""
    if assessment.status in (Status.READY, Status.READY_WITH_WARNINGS):
        if not assessment.content_digest:
            yield Reason(Code.NO_ASSESSMENT, "the assessment does not say what it was of")
        return
    if assessment.status is Status.ERROR:
        yield Reason(Code.NO_ASSESSMENT, f"the assessment could not be completed: {assessment.error}")
        return
    people = tuple(_people(assessment))
    if assessment.status is not Status.PENDING or not people:
        owners = tuple(dict.fromkeys(item.owner for item in assessment.action_items if not item.manual))
        shown = ", ".join(finding.id for finding in assessment.blockers[:5]) or "what could not be verified"
        more = f" and {len(assessment.blockers) - 5} more" if len(assessment.blockers) > 5 else ""
        yield Reason(Code.NOT_READY, f"{assessment.status.value}: {shown}{more}", owners)
    yield from people


def _people(assessment: Assessment) -> Iterable[Reason]:
    for decision in assessment.missing_decisions:
        yield Reason(Code.PENDING_DECISION, f"decision {decision.id} is open: {decision.question}", decision.owners)
    for approval in assessment.missing_approvals:
        wanted = f"{len(approval.given)} of {approval.count}" if approval.count > 1 else "nobody"
        why = f" ({approval.dropped})" if approval.dropped else ""
        what = f" for {approval.scope}" if approval.scope else ""
        yield Reason(Code.PENDING_APPROVAL, f"approval of {approval.role}{what} is missing: {wanted} gave it{why}", (approval.role,))
    for item in assessment.open_manual_work:
        note = f" ({item.note})" if item.note else ""
        yield Reason(Code.PENDING_MANUAL_WORK, f"{item.title} is not done{note}", (item.owner,))


def _frozen(environment: Environment, today: date, owners: tuple[str, ...]) -> Iterable[Reason]:
    for window in environment.freeze:
        if window.since <= today <= window.until:
            why = f": {window.reason}" if window.reason else ""
            yield Reason(Code.FROZEN, f"frozen from {window.since} to {window.until}{why}", owners)


def _lower(assessment: Assessment, environment: Environment, deployments: Sequence[Deployment] | None) -> Iterable[Reason]:
    lower = environment.promoted_from
    if not environment.deployed_first or lower is None:
        return
    if deployments is None:
        yield Reason(Code.LOWER_ENVIRONMENT_UNKNOWN, f"what {lower} holds could not be read")
        return
    there = [deployment for deployment in deployments if deployment.environment == lower]
    good = [deployment for deployment in there if deployment.successful]
    if not good:
        yield Reason(Code.LOWER_ENVIRONMENT_NOT_DEPLOYED, f"nothing was deployed to {lower} with success")
    elif any(_same(each, assessment) for each in good):
        return
    elif any(each.content_digest is None for each in good):
        yield Reason(Code.LOWER_ENVIRONMENT_UNKNOWN, f"the commit that {lower} holds could not be read")
    else:
        yield Reason(Code.LOWER_ENVIRONMENT_NOT_DEPLOYED, f"{lower} holds {good[0].commit[:7]}, whose content is another")


def _same(deployment: Deployment, assessment: Assessment) -> bool:
    """Whether a deployment holds what was assessed: the commit itself, or one of the same content."""
    if deployment.commit and deployment.commit == assessment.commit:
        return True
    return bool(assessment.content_digest) and deployment.content_digest == assessment.content_digest
