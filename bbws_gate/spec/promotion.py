"""The promotion spec, version 1: the machine-readable plan and the single source of truth."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cached_property, reduce
from typing import Annotated, Any, Literal

from bbws_gate.deferred.models import Field
from bbws_gate.errors import UsageError
from bbws_gate.model import Severity
from bbws_gate.spec.cost import Cost
from bbws_gate.spec.environment import Environment
from bbws_gate.spec.expect import Expectations
from bbws_gate.spec.form import EMPTY, MAYBE_EMPTY, Form, Part, Shorthand
from bbws_gate.spec.people import (
    ApprovalRule,
    DecisionRule,
    Dependencies,
    Governance,
    ManualAction,
    Members,
    Risk,
    WaiverRule,
)
from bbws_gate.spec.placeholders import fill
from bbws_gate.spec.tables import TableExpectation
from bbws_gate.spec.words import (
    CheckCode,
    CodeOrFinding,
    Day,
    Duration,
    EnvironmentName,
    Identifier,
    RepositoryPath,
    Role,
    SeverityName,
)


class Plan(Part):
    """The human plan that the spec stands for."""

    id: str | None = None
    document: RepositoryPath | None = None
    owner: Role | None = None
    wave: int | None = None


class TerraformRoot(Part):
    """The Terraform that is promoted."""

    root: RepositoryPath = "."
    """Folder of the root module."""


class Blocking(Part):
    """Which findings block."""

    since: Annotated[SeverityName, Field(alias="from")] = Severity.HIGH
    """That severity and worse."""
    always: tuple[CheckCode, ...] = ()
    """Checks whose findings block whatever their severity."""


def _read_categories(value: Any) -> bool | tuple[str, ...]:
    if isinstance(value, bool) or (isinstance(value, tuple) and all(isinstance(name, str) for name in value)):
        return value
    raise ValueError(f"{value!r:.80} is neither true nor false nor a list of categories")


class Unverified(Part):
    """What to do about what cannot be verified."""

    blocking: Annotated[
        bool | tuple[str, ...],
        Form(_read_categories, lambda: {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = False
    """Whether it must not happen: at all, or in these categories of the checklist."""

    def blocks(self, category: str) -> bool:
        """Whether an unverified line of that category blocks."""
        if isinstance(self.blocking, bool):
            return self.blocking
        return category.casefold() in {name.casefold() for name in self.blocking}


class Rollback(Part):
    """How a deployment is taken back."""

    document: RepositoryPath | None = None
    steps: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    duration: Duration | None = None


class Holiday(Part):
    """A day without work."""

    date: Day
    name: str = ""


def _expand_holiday(value: Any) -> object:
    return {"date": value} if isinstance(value, str) else value


class Schedule(Part):
    """Working time, from which dates are calculated."""

    working_days: Annotated[tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...], Field(min_length=1)] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    hours_per_day: Annotated[int, Field(ge=1, le=24)] = 8
    holidays: tuple[Annotated[Holiday, Shorthand(_expand_holiday, lambda: {"type": "string", "format": "date"})], ...] = ()
    people: Mapping[Role, Annotated[int, Field(ge=1, le=100)]] = {}
    """How many of a role work in parallel; one where it does not say."""
    decisions: Duration = "1d"
    """How long an open decision without a due date takes."""


class OwnTemplates(Part):
    """A team's own page templates."""

    folder: RepositoryPath = ".github/bbws-gate/templates"
    """Files in it take the place of the bundled templates of the same names."""


class Notifications(Part):
    """Roles to mention when a project and environment reach a status."""

    ready: tuple[Role, ...] = ()
    pending: tuple[Role, ...] = ()
    blocked: tuple[Role, ...] = ()


class PromotionSpec(Part):
    """A promotion spec."""

    version: Literal[1]
    project: Identifier
    plan: Plan = EMPTY
    owners: tuple[Role, ...] = ()
    """Who must approve changes of this spec, of templates and of policies."""
    terraform: TerraformRoot = EMPTY
    environments: Annotated[Mapping[EnvironmentName, Annotated[Environment, MAYBE_EMPTY]], Field(min_length=1)]
    expect: Expectations
    dependencies: Dependencies = EMPTY
    roles: Mapping[Role, Annotated[Members, MAYBE_EMPTY]] = {}
    approvals: tuple[ApprovalRule, ...] = ()
    decisions: tuple[DecisionRule, ...] = ()
    actions: tuple[ManualAction, ...] = ()
    waivers: tuple[WaiverRule, ...] = ()
    governance: Governance = EMPTY
    never_waivable: tuple[CodeOrFinding, ...] = ()
    """Findings, or all of a check, that nobody can waive."""
    severity: Mapping[CheckCode, SeverityName] = {}
    """Severities that differ from the checks' own."""
    blocking: Blocking = EMPTY
    unverified: Unverified = EMPTY
    cost: Cost = EMPTY
    rollback: Rollback = EMPTY
    schedule: Schedule = EMPTY
    notifications: Notifications = EMPTY
    templates: OwnTemplates = EMPTY
    risks: tuple[Risk, ...] = ()

    @cached_property
    def _tables(self) -> dict[str, dict[str, TableExpectation]]:
        return {}

    @cached_property
    def _table_names(self) -> dict[tuple[str, str], str]:
        return {}

    def environment(self, name: str) -> Environment:
        """The environment of exactly that name.

        Raises:
            UsageError: there is none; the message names those there are.
        """
        found = self.environments.get(name)
        if found is None:
            raise UsageError(f"unknown environment {name!r:.80}", mend=f"the spec has {', '.join(self.environments)}")
        return found

    def names(self, environment: str) -> dict[str, str]:
        """What the placeholders stand for in an environment; ``{name}`` is the asker's to give."""
        target = self.environment(environment)
        values = {"env": environment, "project": self.project, "account": target.account, "region": target.region}
        return {placeholder: value for placeholder, value in values.items() if value is not None}

    def tables(self, environment: str) -> Mapping[str, TableExpectation]:
        """What is expected of each table in an environment, by logical name.

        The more specific wins: a table over the defaults, and within each the environment over the whole.
        """
        merged = self._tables.get(environment)
        if merged is None:
            merged = self._tables[environment] = self._merged_tables(environment)
        return merged

    def _merged_tables(self, environment: str) -> dict[str, TableExpectation]:
        general, special = self.expect.tables, self.environment(environment).tables
        defaults = special.defaults.over(general.defaults)
        merged: dict[str, TableExpectation] = {}
        for name in {**general.required, **special.required}:
            if name not in special.not_required:
                own = [part[name] for part in (general.required, special.required) if name in part]
                merged[name] = reduce(lambda base, part: part.over(base), own, defaults)
        return merged

    def table_name(self, environment: str, table: str) -> str:
        """The name that a table must have in an environment: its own, else by the naming rule, else its logical name."""
        named = self._table_names.get((environment, table))
        if named is None:
            pattern = self.tables(environment)[table].name or self.expect.tables.naming or "{name}"
            named = self._table_names[environment, table] = fill(pattern, self.names(environment), name=table)
        return named

    def can_be_waived(self, finding: str) -> bool:
        """Whether a finding, by its id, may be accepted for a time."""
        code = finding.partition("/")[0]
        return not any(pattern == code or fnmatchcase(finding, pattern.replace("[", "[[]")) for pattern in self.never_waivable)
