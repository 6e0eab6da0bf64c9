"""Who decides, approves, does and accepts what."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from bbws_gate.deferred.models import Field, model_validator
from bbws_gate.model import Severity
from bbws_gate.spec.condition import Condition
from bbws_gate.spec.form import Form, Part, Shorthand
from bbws_gate.spec.words import (
    Day,
    Duration,
    EnvironmentName,
    FindingOrSubject,
    FindingPattern,
    Identifier,
    Login,
    RepositoryName,
    Role,
    SeverityName,
    Team,
)


class Members(Part):
    """Who has a role."""

    users: tuple[Login, ...] = ()
    teams: tuple[Team, ...] = ()


class ApprovalRule(Part):
    """A yes that is needed."""

    role: Role
    scope: str = ""
    """What is approved: architecture, cost, security."""
    when: Annotated[Condition, Form(Condition.read, lambda: {"type": "string"})] | None = None
    """Only then; always when not set."""
    count: Annotated[int, Field(ge=1, le=20)] = 1
    """How many people with the role."""
    environments: tuple[EnvironmentName, ...] = ()
    """Only there; everywhere when empty."""


class OptionRule(Part):
    """One answer to a question."""

    text: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    defers: tuple[FindingOrSubject, ...] = ()
    """What it puts off: findings (``TBL001/table/orders``) or everything about a subject (``table/orders``)."""
    estimate: Duration | None = None
    """Working time that it takes."""
    monthly: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """What it costs a month: ``12 USD``."""


def _expand_option(value: Any) -> object:
    return {"text": value} if isinstance(value, str) else value


AnyOption = Annotated[OptionRule, Shorthand(_expand_option, lambda: {"type": "string"})]


class DecisionRule(Part):
    """A question that only people can settle."""

    id: Identifier
    question: str
    options: Mapping[Identifier, AnyOption]
    owners: tuple[Role, ...]
    chosen: str | None = None
    recommended: str | None = None
    urgency: str | None = None
    impact: str | None = None
    due: Day | None = None
    findings: tuple[FindingPattern, ...] = ()
    """Findings that wait for it."""
    environments: tuple[EnvironmentName, ...] = ()

    @model_validator(mode="after")
    def _is_a_choice(self) -> Self:
        if len(self.options) < 2:
            raise ValueError(f"decision {self.id!r} needs at least two options")
        for what, option in (("chosen", self.chosen), ("recommended", self.recommended)):
            if option is not None and option not in self.options:
                raise ValueError(f"decision {self.id!r}: {what} {option!r} is none of its options ({', '.join(self.options)})")
        if not self.owners:
            raise ValueError(f"decision {self.id!r} needs an owner")
        return self


class ManualAction(Part):
    """Work that no file can prove: done when its issue is closed by the role."""

    id: Identifier
    title: str
    owner: Role
    estimate: Duration = "1h"
    phase: str = "test"
    after: tuple[str, ...] = ()
    """Action items that come first: another of these by its id, or the gate's own such as ``add-missing-tables``."""
    tasks: tuple[str, ...] = ()
    severity: SeverityName = Severity.HIGH
    environments: tuple[EnvironmentName, ...] = ()


class WaiverRule(Part):
    """A finding accepted for a time."""

    finding: FindingPattern
    reason: Annotated[str, Field(min_length=1)]
    by: Login
    until: Day
    environments: tuple[EnvironmentName, ...] = ()


class Governance(Part):
    """Whose word counts, and for how long."""

    several_roles: bool = False
    """Whether one person's yes may count for more than one role."""
    unlinked_commits: bool = False
    """Whether approvals count although the account behind a commit is unknown: then nobody can say that its author did not approve."""
    waivers_by: tuple[Role, ...] = ()
    """Who may accept findings by a command; when empty the spec's owners, and without those everybody who may write to the repository."""
    waiver_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """How long a waiver may last: a command's from the day it was written; the spec's, where this key is written, from today."""


class Dependency(Part):
    """Another project up or down the stream."""

    project: Identifier
    repository: RepositoryName | None = None
    environment: EnvironmentName | None = None
    """Its environment, where that has another name."""
    requires: tuple[str, ...] = ()
    """Subjects that pass between the two: ``table/orders``."""


def _expand_dependency(value: Any) -> object:
    return {"project": value} if isinstance(value, str) else value


AnyDependency = Annotated[Dependency, Shorthand(_expand_dependency, lambda: {"type": "string"})]


class Dependencies(Part):
    """Projects that this one needs, and that need it."""

    upstream: tuple[AnyDependency, ...] = ()
    downstream: tuple[AnyDependency, ...] = ()


class Risk(Part):
    """A risk that the plan's owner sees."""

    risk: str
    likelihood: Literal["low", "medium", "high"] = "medium"
    impact: Literal["low", "medium", "high"] = "medium"
    mitigation: str = ""
