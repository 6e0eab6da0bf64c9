"""The whole answer for one project, environment and commit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from bbws_gate.deferred import NamedTuple, dataclass, field
from bbws_gate.model.cost import CostEstimate
from bbws_gate.model.dossier import Dossier
from bbws_gate.model.finding import Finding, Result, Severity
from bbws_gate.model.history import Past
from bbws_gate.model.place import Evidence, Place
from bbws_gate.model.proposal import Proposal
from bbws_gate.model.record import Reply
from bbws_gate.model.schedule import Schedule


class Status(Enum):
    """The verdict."""

    READY = "READY"
    READY_WITH_WARNINGS = "READY_WITH_WARNINGS"
    PENDING = "PENDING"
    """Only people's decisions, approvals or manual work are missing."""
    BLOCKED = "BLOCKED"
    ERROR = "ERROR"
    """The assessment itself could not be completed; counts as blocked."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the checklist: something that should hold, and whether it does."""

    code: str
    category: str
    item: str
    result: Result
    reason: str
    """Why it is unverified or failed; empty for a pass."""
    evidence: tuple[Evidence, ...]
    weight: int
    """Points that it carries in the score; from the check's severity."""
    finding: str = ""
    """Id of the finding that stands for it (FAIL only): its own, or the one that explains it."""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """The piece of work that clears one or more findings, or manual work that the spec asks for; becomes one issue."""

    id: str
    """Stable key: ``add-missing-tables``; ``manual/security-review`` for the spec's own actions."""
    title: str
    severity: Severity
    owner: str
    """The role that does it."""
    estimate: str
    """Working time: ``4h``, ``30m``, ``2d``."""
    phase: str
    tasks: tuple[str, ...]
    findings: tuple[str, ...]
    """Ids of the findings it clears; empty for manual work."""
    manual: bool = False
    done_by: str | None = None
    """Login of who closed it as done (manual work only); None while it is open."""
    after: tuple[str, ...] = ()
    """Ids of action items that come first, whatever their phase."""
    note: str = ""
    """What people did with it and why that does not make it done: who reopened it, who closed it without having the role."""


class Option(NamedTuple):
    """One answer to a decision's question."""

    key: str
    """What people write: ``A``."""
    text: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    defers: tuple[str, ...] = ()
    """Findings (``TBL001/table/orders``) or subjects (``table/orders``) that are put off when it is chosen."""
    estimate: str = ""
    """Working time that it takes, as the spec states it: ``4h``."""
    monthly: str = ""
    """What it costs a month, as the spec states it: ``12 USD``."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A question only people can settle."""

    id: str
    question: str
    options: tuple[Option, ...]
    """In the spec's order."""
    owners: tuple[str, ...]
    chosen: str | None
    place: Place
    chosen_by: str | None = None
    """Login of who decided; None when the spec itself says it."""
    reason: str = ""
    """Theirs, in one line."""
    link: str = ""
    """Where it was decided."""
    proposed: bool = False
    """The spec does not ask it: sources contradict each other, and people must say which one is right."""
    recommended: str | None = None
    due: str | None = None
    """ISO date."""
    urgency: str = ""
    impact: str = ""
    """What depends on it, as the spec says."""
    findings: tuple[str, ...] = ()
    """Ids of open findings that wait for it."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A role's yes for this commit, wanted or given."""

    role: str
    scope: str
    when: str | None
    """The condition under which it is needed, as written."""
    required: bool
    given_by: str | None = None
    """Logins of those who gave it, joined by ", "; None while it is missing (or has not been given by enough people)."""
    count: int = 1
    """How many people of the role must give it."""
    given: tuple[str, ...] = ()
    """Logins whose yes counts now."""
    dropped: str = ""
    """Why an earlier yes does not count any more: ``dropped by IDX002/index/orders/OrdersByDate``."""


@dataclass(frozen=True, slots=True)
class Dependent:
    """A project up or down the stream, and what stands between."""

    project: str
    repository: str | None
    requires: tuple[str, ...]
    blocked_by: tuple[str, ...]
    """Ids of blocking and put-off findings on what it requires; all of them where it names nothing."""
    deferred_by: tuple[str, ...] = ()
    """Ids of the decisions that put off what it requires."""
    environment: str | None = None
    """Its environment, where that has another name."""


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """How one category's lines came out, in weights, so that a reader can add them up."""

    category: str
    passed: int
    failed: int
    unverified: int
    points: int
    """Weight of what passed."""
    possible: int
    """Weight of what passed or failed; unverified lines carry no points."""


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, from the checklist: floor(100 * points / possible), never above the cap while something blocks."""

    value: int
    uncapped: int
    cap: int | None
    categories: tuple[CategoryScore, ...]
    verified: int
    """Lines that passed or failed."""
    total: int
    """All lines."""


class Risk(NamedTuple):
    """A risk that the plan's owner sees, as the spec has it."""

    risk: str
    likelihood: str
    impact: str
    mitigation: str


class Rollback(NamedTuple):
    """How a deployment is taken back, as the spec has it."""

    document: str
    steps: tuple[str, ...]
    triggers: tuple[str, ...]
    duration: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known about one project, environment and commit. Deterministic but for ``assessed_at``."""

    version: str
    """The tool's."""
    project: str
    environment: str
    commit: str
    """40 or 64 hex digits: the commit that was read, or the one checked out when the work tree was read; empty outside git."""
    assessed_at: str
    """UTC, ISO 8601, whole seconds."""
    status: Status
    score: Score
    findings: tuple[Finding, ...]
    """Worst first, then by id; ``fixed`` ones of a base come last; waived ones are among them."""
    checklist: tuple[ChecklistItem, ...]
    action_items: tuple[ActionItem, ...]
    decisions: tuple[Decision, ...]
    approvals: tuple[Approval, ...]
    upstream: tuple[Dependent, ...]
    downstream: tuple[Dependent, ...]
    spec_path: str
    spec_digest: str
    """sha256 of the spec's bytes."""
    target_date: str | None = None
    budget: tuple[str, str] | None = None
    """Amount and currency a month, as written in the spec."""
    cost: CostEstimate | None = None
    """What it will cost a month; None where nobody estimated it."""
    schedule: Schedule | None = None
    """When what is left can be done; None where no date can be given."""
    risks: tuple[Risk, ...] = ()
    rollback: Rollback | None = None
    """None where the spec says nothing of it."""
    wave: int | None = None
    """The wave in which the plan has the project."""
    error: str = ""
    """Why the assessment could not be completed (ERROR only)."""
    replies: tuple[Reply, ...] = ()
    """What became of each command that people wrote, oldest first."""
    content_digest: str = ""
    """sha256 of what an approval is given for: spec, evaluated resources, findings; the same for a squashed or rebased commit."""
    dossier: Dossier | None = None
    """What the readiness report lists beside the verdict; None where nothing was read."""
    issues: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Address of the issue of an action item (by its id) or a decision (``decision/<id>``), where there is one already."""
    history: tuple[Past, ...] = ()
    """Earlier assessments of the same project and environment, oldest first."""
    proposal: Proposal | None = None
    """What the change does to the rules that judge it; None where it leaves them alone."""
    templates_folder: str = ""
    """Where the spec has the team's own page templates; empty where no spec could be read."""
    notes: tuple[str, ...] = field(default=())
    """What a reader must know beside the findings: the spec changed in this pull request, the base could not be read."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that stand: neither fixed nor waived nor put off by a decision."""
        return tuple(each for each in self.findings if each.state != "fixed" and each.waiver is None and not each.deferred)

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Open findings that block."""
        return tuple(finding for finding in self.open_findings if finding.blocking)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """Decisions that nobody has taken."""
        return tuple(decision for decision in self.decisions if decision.chosen is None)

    @property
    def missing_decisions(self) -> tuple[Decision, ...]:
        """Open decisions that the status waits for: those that the spec asks."""
        return tuple(decision for decision in self.open_decisions if not decision.proposed)

    @property
    def missing_approvals(self) -> tuple[Approval, ...]:
        """Required approvals that nobody has given."""
        return tuple(approval for approval in self.approvals if approval.required and approval.given_by is None)

    def count(self, severity: Severity) -> int:
        """Open findings of one severity."""
        return sum(1 for finding in self.open_findings if finding.severity is severity)

    @property
    def waived(self) -> int:
        """Findings under a waiver."""
        return sum(1 for finding in self.findings if finding.waiver is not None and finding.state != "fixed")

    @property
    def deferred(self) -> tuple[Finding, ...]:
        """Findings that a decision put off."""
        return tuple(finding for finding in self.findings if finding.deferred and finding.state != "fixed")

    @property
    def open_manual_work(self) -> tuple[ActionItem, ...]:
        """Manual work that nobody has done."""
        return tuple(item for item in self.action_items if item.manual and item.done_by is None)

    @property
    def unverified(self) -> int:
        """Checklist lines that could not be verified."""
        return sum(1 for line in self.checklist if line.result is Result.UNVERIFIED)
