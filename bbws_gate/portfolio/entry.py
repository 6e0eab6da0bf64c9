"""What a portfolio needs to know of one project and environment, wherever the assessment comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model import Assessment, Dependent, Status
from bbws_gate.model.cost import down, up


class Need(NamedTuple):
    """A project on the other end of a dependency."""

    project: str
    environment: str | None
    """None for the same one."""
    requires: tuple[str, ...]
    blocked_by: tuple[str, ...] = ()
    """Ids of the findings that stand between (downstream only)."""


class Question(NamedTuple):
    """A decision that nobody has taken."""

    id: str
    question: str
    owners: tuple[str, ...]


class Approver(NamedTuple):
    """A role's required yes."""

    role: str
    scope: str
    given_by: str | None
    why: str = ""
    """Why a yes that was given does not count, or why nobody knows."""


class Money(NamedTuple):
    """A month's cost in whole cents."""

    low: Decimal
    high: Decimal
    complete: bool
    """False when part of it is not known: it may be more than ``high``."""
    currency: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One project and environment."""

    project: str
    environment: str
    status: Status
    score: int = 0
    commit: str = ""
    assessed_at: str = ""
    wave: int | None = None
    """The one that the plan names."""
    upstream: tuple[Need, ...] = ()
    downstream: tuple[Need, ...] = ()
    blockers: tuple[tuple[str, str], ...] = ()
    """Id and title of every finding that blocks."""
    questions: tuple[Question, ...] = ()
    approvers: tuple[Approver, ...] = ()
    work: int = 0
    """Action items that are left to do."""
    by_hand: tuple[str, ...] = ()
    """Titles of manual work that nobody has done."""
    target_date: date | None = None
    earliest_date: date | None = None
    """The first day on which its own work allows the promotion; None where no date can be given."""
    revised_date: date | None = None
    """The planned date while it can be kept, else the earliest."""
    remedy: str = ""
    """What would make it earlier, in the schedule's words."""
    cost: Money | None = None
    error: str = ""
    is_heard: bool = True
    """False where nobody asked what people said: a checkout does not hold it."""

    @property
    def asks_people(self) -> bool:
        """Whether it still needs somebody's word."""
        return bool(self.questions or self.by_hand or any(each.given_by is None for each in self.approvers))

    @property
    def ready(self) -> bool:
        """Whether its own assessment lets it go."""
        return self.status in (Status.READY, Status.READY_WITH_WARNINGS)


def from_assessment(assessment: Assessment) -> Entry:
    """The entry of an assessment that was just made."""
    plan, cost = assessment.schedule, assessment.cost
    target = assessment.target_date
    return Entry(
        project=assessment.project,
        environment=assessment.environment,
        status=assessment.status,
        score=assessment.score.value,
        commit=assessment.commit,
        assessed_at=assessment.assessed_at,
        wave=assessment.wave,
        upstream=tuple(_need(each) for each in assessment.upstream),
        downstream=tuple(_need(each) for each in assessment.downstream),
        blockers=tuple((finding.id, finding.title) for finding in assessment.blockers),
        questions=tuple(Question(each.id, each.question, each.owners) for each in assessment.missing_decisions),
        approvers=tuple(Approver(each.role, each.scope, each.given_by, each.dropped) for each in assessment.approvals if each.required),
        work=sum(1 for item in assessment.action_items if item.done_by is None),
        by_hand=tuple(item.title for item in assessment.open_manual_work),
        target_date=date.fromisoformat(target) if target else None,
        earliest_date=None if plan is None else plan.earliest_date,
        revised_date=None if plan is None else plan.revised_date,
        remedy=plan.remedies[0].what if plan is not None and plan.remedies else "",
        cost=None if cost is None or not cost.known_high else Money(down(cost.low), up(cost.known_high), cost.complete, cost.currency),
        error=assessment.error,
    )


def _need(dependent: Dependent) -> Need:
    return Need(dependent.project, dependent.environment, dependent.requires, dependent.blocked_by)
