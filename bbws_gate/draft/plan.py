"""What a plan document asks for, once for each thing; where it says two things about one, neither is taken and both are reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from bbws_gate.deferred import dataclass, regex
from bbws_gate.draft.environments import mentions
from bbws_gate.draft.plan_lines import (
    approval_environments,
    backup_words,
    naming_rules,
    release_tags,
    table_settings,
)
from bbws_gate.draft.stated import Remark, Stated, from_place
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.plan_document import PlanDocument, PlannedTable
from bbws_gate.model import Place
from bbws_gate.spec.placeholders import check_pattern

T = TypeVar("T")

MAX_TABLES = 1_000
_PLURALS = {"table": "tables", "index": "indexes"}
_DEPLOYS = regex(r"\b(?:deploy|promot|go[- ]?live|target|release|roll[- ]?out)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WantedTable:
    """A table of the plan."""

    place: Place
    indexes: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan says about one environment."""

    account: Stated[str] | None = None
    region: Stated[str] | None = None
    workflow: Stated[str] | None = None
    approval_environment: Stated[str] | None = None
    validation_script: Stated[str] | None = None
    release_tag: Stated[str] | None = None
    target_date: Stated[str] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the plan says as a whole."""

    plan: PlanDocument
    targets: Mapping[str, Target]
    naming: Stated[str] | None
    tables: Mapping[str, WantedTable]
    """By logical name."""
    settings: Mapping[str, Stated[bool | str]]
    """What every table must have, by the spec's words."""
    backup: Mapping[str, Stated[bool | str | Mapping[str, int]]]
    tags: tuple[Fact[str], ...]
    remarks: tuple[Remark, ...]

    @property
    def path(self) -> str:
        """The document's path."""
        return self.plan.document.path


def read_wanted(plan: PlanDocument, environments: Sequence[str]) -> Wanted:
    """Settle what ``plan`` asks for in these environments."""
    return _Reader(plan, environments).wanted()


class _Reader:
    """Collects contradictions while it settles one thing after the other."""

    def __init__(self, plan: PlanDocument, environments: Sequence[str]) -> None:
        self._plan = plan
        self._environments = environments
        self._remarks: list[Remark] = []

    def wanted(self) -> Wanted:
        naming = self._naming()
        tables = self._tables(naming.value if naming is not None else None)
        self._counts(tables)
        settings = self._grouped(table_settings(self._plan.document), "every table's {}")
        return Wanted(
            plan=self._plan,
            targets={environment: self._target(environment) for environment in self._environments},
            naming=naming,
            tables=tables,
            settings=settings,
            backup=self._backup(),
            tags=tuple({fact.value: fact for fact in reversed(self._plan.tags)}.values())[::-1],
            remarks=tuple(sorted(self._remarks, key=lambda remark: remark.place)),
        )

    def _settled(self, facts: Iterable[Fact[T]], what: str) -> Stated[T] | None:
        """The one value that all facts give; None, and a remark, where they differ."""
        found = list(facts)
        values = list(dict.fromkeys(fact.value for fact in found))
        if len(values) > 1:
            said = "; ".join(f"{value} (line {next(fact.place.line for fact in found if fact.value == value)})" for value in values)
            self._remarks.append(Remark(found[0].place, f"the plan gives more than one {what}: {said}"))
            return None
        return Stated(values[0], from_place(found[0].place)) if found else None

    def _grouped(self, pairs: Iterable[tuple[str, Fact[T]]], what: str) -> dict[str, Stated[T]]:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        settled = {
            key: self._settled((fact for _, fact in group), what.format(key.replace("_", " ")))
            for key, group in groupby(ordered, key=lambda pair: pair[0])
        }
        return {key: value for key, value in settled.items() if value is not None}

    def _target(self, environment: str) -> Target:
        rows = [row for row in self._plan.environments if row.name == environment.casefold()]
        files = [fact for fact in self._plan.paths if mentions(fact.value, environment)]
        days = [
            Fact(day.day.isoformat(), day.place)
            for day in self._plan.days
            if day.environment == environment.casefold() and _DEPLOYS.search(day.text)
        ]
        document = self._plan.document
        return Target(
            account=self._settled((Fact(row.account, row.place) for row in rows if row.account), f"account for {environment}"),
            region=self._settled((Fact(row.region, row.place) for row in rows if row.region), f"region for {environment}"),
            workflow=self._settled((fact for fact in files if _is_workflow(fact.value)), f"workflow for {environment}"),
            approval_environment=self._settled(approval_environments(document, environment), f"approval environment for {environment}"),
            validation_script=self._settled((fact for fact in files if is_validation(fact.value)), f"validation script for {environment}"),
            release_tag=self._settled(release_tags(document, environment), f"release tag for {environment}"),
            target_date=self._settled(days, f"deployment date for {environment}"),
        )

    def _naming(self) -> Stated[str] | None:
        stated = self._settled(naming_rules(self._plan.document), "rule for names")
        if stated is not None:
            return stated if _is_pattern(stated.value) else None
        for table in self._plan.tables:
            if table.name.endswith("-{env}"):
                return Stated("{name}-{env}", from_place(table.place))
        suffixed = [
            table
            for table in self._plan.tables
            if any(table.name.casefold().endswith(f"-{name.casefold()}") for name in self._environments)
        ]
        if suffixed and len(suffixed) == len(self._plan.tables):
            return Stated("{name}-{env}", f"assumed: every table in {suffixed[0].place} ff. is written that way")
        return None

    def _tables(self, naming: str | None) -> dict[str, WantedTable]:
        found: dict[str, list[PlannedTable]] = {}
        for table in self._plan.tables[:MAX_TABLES]:
            found.setdefault(logical_name(table.name, naming, self._environments), []).append(table)
        return {logical: self._table(logical, statements) for logical, statements in found.items()}

    def _table(self, logical: str, statements: list[PlannedTable]) -> WantedTable:
        listing = [table for table in statements if table.indexes]
        first = (listing or statements)[0]
        indexes = {fact.value: fact.place for fact in first.indexes}
        for other in listing[1:]:
            theirs = [fact.value for fact in other.indexes]
            if set(theirs) != set(indexes):
                both = f"{', '.join(indexes)} here and {', '.join(theirs)} in line {other.place.line}"
                self._remarks.append(Remark(first.place, f"the plan gives {logical} the indexes {both}; the draft has the former"))
        return WantedTable(first.place, indexes)

    def _counts(self, tables: Mapping[str, WantedTable]) -> None:
        """Totals that the plan states, against what it lists."""
        listed = {"table": len(tables), "index": sum(len(table.indexes) for table in tables.values())}
        lines = [table.place.line for table in tables.values()]
        for noun, number in listed.items():
            stated: dict[int, list[Place]] = {}
            for count in self._plan.counts:
                if count.noun == noun and count.number != number:
                    stated.setdefault(count.number, []).append(count.place)
            for wrong, places in stated.items() if number else ():
                also = f" (also in line {', '.join(str(place.line) for place in places[1:])})" if places[1:] else ""
                said = f"the plan states {wrong} {_PLURALS[noun]}{also} and lists {number} (lines {min(lines)} to {max(lines)})"
                self._remarks.append(Remark(places[0], f"{said}; the draft has those that are listed"))

    def _backup(self) -> dict[str, Stated[bool | str | Mapping[str, int]]]:
        said = backup_words(self._plan.document)
        found: dict[str, Stated[bool | str | Mapping[str, int]]] = {}
        if said.vault is not None:
            found["vault"] = Stated(True, from_place(said.vault))
        schedule = self._settled(said.schedules, "backup schedule")
        if schedule is not None:
            found["schedule"] = Stated(schedule.value, schedule.note)
        days = self._grouped(self._plan.retention, "number of days that backups are kept in {}")
        if days:
            found["retention_days"] = self._retention(days)
        if said.all_tables is not None:
            found["covers"] = Stated("all_tables", from_place(said.all_tables))
        return found

    def _retention(self, days: Mapping[str, Stated[int]]) -> Stated[bool | str | Mapping[str, int]]:
        """Days by environment; a number without an environment holds for those that have none of their own."""
        general = days.get("")
        own = {environment: stated.value for environment, stated in days.items() if environment}
        if general is not None:
            own |= {environment: general.value for environment in self._environments if environment not in own}
        return Stated(own, next(iter(days.values())).note)


def logical_name(name: str, naming: str | None, environments: Iterable[str]) -> str:
    """The logical name of a table that a plan calls ``orders-sit`` or ``orders-{env}``."""
    for environment in ("{env}", *environments):
        pattern = re.escape(naming or "{name}-{env}").replace(r"\{name\}", "(.+)").replace(r"\{env\}", re.escape(environment))
        match = re.fullmatch(pattern, name, re.IGNORECASE) if "(.+)" in pattern else None
        if match is not None:
            return match[1]
    return name


def is_validation(path: str) -> bool:
    """Whether a path is that of a script that validates a deployment, by its name."""
    return path.endswith((".py", ".sh")) and re.search(r"validat|verif|smoke", path.rpartition("/")[2], re.IGNORECASE) is not None


def _is_workflow(path: str) -> bool:
    return path.startswith(".github/workflows/") and path.endswith((".yml", ".yaml"))


def _is_pattern(text: str) -> bool:
    try:
        check_pattern(text)
    except ValueError:
        return False
    return True


def roles(plan: PlanDocument) -> Iterator[tuple[str, str, str | None, Place]]:
    """Who approves: role, scope, condition, and where the plan says so."""
    scopes = _scopes(plan)
    seen: set[str] = set()
    for fact in plan.approvers:
        role = re.sub(r"[^a-z0-9_-]+", "-", fact.value.casefold()).strip("-")[:63]
        if not role or role in seen or not role[0].isalnum():
            continue
        seen.add(role)
        scope = scopes.get(fact.place, "")
        condition = re.fullmatch(r"when a finding is (critical|high|medium|low)(?: or (?:worse|higher))?\.?", scope, re.IGNORECASE)
        yield role, "" if condition else scope, f"severity >= {condition[1].casefold()}" if condition else None, fact.place


def _scopes(plan: PlanDocument) -> dict[Place, str]:
    found = {}
    for table in plan.document.tables:
        column = table.column("scope", "approves", "approval scope")
        for row in table.rows if column is not None else ():
            found[row.place] = row.cells[column].strip() if column is not None else ""
    return found
