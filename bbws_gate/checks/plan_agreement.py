"""The plan document against the spec: what people approved, and what the gate checks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.matching import same_name
from bbws_gate.evidence.plan_document import PlanDocument
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity

_WHY = "What people approved is not what the gate checks."
_CLEAR = "Bring the plan document and the promotion spec together; the spec is what is checked."


def _facts(facts: Iterable[Fact[str]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(fact.place, fact.value[:120]) for fact in facts)


@check(
    "DOC005",
    "plan-tables-differ-from-spec",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why=_WHY,
    clear=_CLEAR,
)
def plan_tables_differ_from_spec(project: ProjectEvidence) -> Iterator[Outcome]:
    """The tables and indexes that the plan document names, against those that the spec requires, by name; environment suffixes aside."""
    plan, expected = project.plan, project.expected_tables
    if plan is None or not plan.tables or not expected:
        return
    matched = {name: [Fact(each.name, each.place) for each in plan.tables if _means(project, each.name, name)] for name in expected}
    unknown = [each for each in plan.tables if not any(_means(project, each.name, name) for name in expected)]
    missing = [name for name, statements in matched.items() if not statements]
    # One on each side is one difference: the same table under two names.
    renamed = len({each.name for each in unknown}) == len(missing) == 1
    for planned in unknown if not renamed else ():
        yield failed(
            f"plan/table/{planned.name}",
            f"Table {planned.name} of the plan is in the spec",
            Evidence(planned.place, planned.name),
            project.loaded.evidence("expect", "tables", "required"),
            title=f"The plan names table {planned.name}, the spec does not",
            expected=f"tables {', '.join(expected)}",
            actual=planned.name,
        )
    for name, statements in matched.items():
        subject, item, asked = f"plan/table/{name}", f"Table {name} of the spec is in the plan", project.table_evidence(name)
        if statements:
            yield passed(subject, item, *_facts(statements), asked)
            yield from _indexes(project, plan, name)
            continue
        others = ", ".join(dict.fromkeys(each.name for each in plan.tables))
        yield failed(
            subject,
            item,
            *(Evidence(each.place, each.name) for each in (unknown if renamed else plan.tables[:1])),
            asked,
            title=f"The spec requires table {name}, the plan names {unknown[0].name if renamed else 'none such'}",
            expected=f"table {name} in {plan.document.path}",
            actual=f"tables {others}",
        )


def _means(project: ProjectEvidence, written: str, logical: str) -> bool:
    full = project.table_name(logical)
    return written == full or same_name(written, logical, project.spec.environments)


def _indexes(project: ProjectEvidence, plan: PlanDocument, name: str) -> Iterator[Outcome]:
    wanted = project.expected_tables[name].indexes
    named = {fact.value: fact for planned in plan.tables if _means(project, planned.name, name) for fact in planned.indexes}
    if wanted is None or not named:
        return
    subject, item, asked = f"plan/indexes/{name}", f"Plan and spec name the same indexes of {name}", project.table_evidence(name, "indexes")
    extra, missing = sorted(set(named) - set(wanted)), sorted(set(wanted) - set(named))
    if not extra and not missing:
        yield passed(subject, item, *_facts(list(named.values())[:1]), asked)
        return
    yield failed(
        subject,
        item,
        *_facts(named[other] for other in extra or named),
        asked,
        title=f"Plan and spec name different indexes of {name}: {_difference(extra, missing)}",
        expected=", ".join(wanted) or "no indexes",
        actual=", ".join(named),
    )


def _difference(extra: list[str], missing: list[str]) -> str:
    parts = [f"only the plan has {', '.join(extra)}"] if extra else []
    return "; ".join([*parts, *([f"only the spec has {', '.join(missing)}"] if missing else [])])


@check(
    "DOC006",
    "plan-facts-differ-from-spec",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why=_WHY,
    clear=_CLEAR,
)
def plan_facts_differ_from_spec(project: ProjectEvidence) -> Iterator[Outcome]:
    """Plan id, account, region, deployment date, backup retention, tags and approvers in the plan document, against the spec's."""
    plan = project.plan
    if plan is None:
        return
    target, environment = project.environment, project.environment_name.casefold()
    identity = plan.metadata("plan id", "id", "promotion plan id")
    if identity is not None and project.spec.plan.id is not None:
        yield _fact(project, "id", [identity], project.spec.plan.id, "plan", "id")
    rows = [row for row in plan.environments if row.name == environment]
    for what, wanted in (("account", target.account), ("region", target.region)):
        said = [Fact(value, row.place) for row in rows if (value := getattr(row, what)) is not None]
        if said and wanted is not None:
            yield _fact(project, what, said, wanted, "environments", project.environment_name, what)
    days = [Fact(day.day.isoformat(), day.place) for day in plan.days if day.environment == environment and "deploy" in day.text.casefold()]
    if days and target.target_date is not None:
        same = [day for day in days if day.value == target.target_date.isoformat()]
        yield _fact(
            project,
            "target date",
            same or days[:1],
            target.target_date.isoformat(),
            "environments",
            project.environment_name,
            "target_date",
        )
    kept = [Fact(str(fact.value), fact.place) for name, fact in plan.retention if name == environment]
    retention = project.spec.expect.backup.retention(project.environment_name)
    if kept and retention is not None:
        yield _fact(project, "retention", kept, str(retention), "expect", "backup", "retention_days", project.environment_name)
    yield from _lists(project, plan)


def _fact(project: ProjectEvidence, what: str, said: list[Fact[str]], wanted: str, *keys: str) -> Outcome:
    subject, item = f"plan/{what.replace(' ', '_')}", f"The plan says {what} {wanted}"
    wrong = [fact for fact in said if fact.value != wanted]
    asked = project.loaded.evidence(*keys)
    if not wrong:
        return passed(subject, item, *_facts(said), asked)
    return failed(
        subject,
        item,
        *_facts(wrong),
        asked,
        title=f"The plan says {what} {wrong[0].value}, the spec {wanted}",
        expected=f"{what} {wanted}",
        actual=f"{what} {', '.join(dict.fromkeys(fact.value for fact in wrong))}",
    )


def _lists(project: ProjectEvidence, plan: PlanDocument) -> Iterator[Outcome]:
    """Tags and approvers: as sets, and only where both sides list some."""
    tags = {fact.value: fact for fact in plan.tags}
    if len(tags) > 1 and project.spec.expect.tags:
        yield _same_list(project, "tags", tags, {tag: tag for tag in project.spec.expect.tags}, ("expect", "tags"))
    approvers = {_slug(fact.value): fact for fact in plan.approvers}
    roles = {rule.role: _slug(rule.role) for rule in project.spec.approvals}
    if approvers and roles:
        known = {name: fact for name, fact in approvers.items() if not any(_same_role(name, role) for role in roles.values())}
        unmet = {role: slug for role, slug in roles.items() if not any(_same_role(name, slug) for name in approvers)}
        yield _same_list(project, "approvers", known, unmet, ("approvals",), all_said=approvers)


def _same_list(
    project: ProjectEvidence,
    what: str,
    said: dict[str, Fact[str]],
    wanted: dict[str, str],
    keys: tuple[str, ...],
    *,
    all_said: dict[str, Fact[str]] | None = None,
) -> Outcome:
    subject, item, asked = f"plan/{what}", f"Plan and spec list the same {what}", project.loaded.evidence(*keys)
    extra, missing = [fact.value for name, fact in said.items() if name not in wanted], sorted(set(wanted) - set(said))
    if not extra and not missing:
        return passed(subject, item, *_facts((all_said or said).values()), asked)
    shown = [fact for fact in said.values() if fact.value in extra] or list((all_said or said).values())
    return failed(
        subject,
        item,
        *_facts(shown),
        asked,
        title=f"Plan and spec list different {what}: {_difference(extra, missing)}",
        expected=", ".join(wanted) or f"no other {what}",
        actual=", ".join(fact.value for fact in (all_said or said).values()),
    )


def _slug(role: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", role.casefold()).strip("-")


def _same_role(first: str, second: str) -> bool:
    """``security`` is ``security-lead`` and ``security-team``: what is left of one name must be a word for a post."""
    one, other = set(first.split("-")), set(second.split("-"))
    return bool(one & other) and one ^ other <= {"lead", "team", "engineer", "owner"} and (one <= other or other <= one)


@check(
    "DOC007",
    "plan-names-missing-file",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why="On the day of the deployment people follow the plan: a step that names a file which is not there stops them.",
    clear="Add the file, or correct the plan.",
)
def plan_names_missing_file(project: ProjectEvidence) -> Iterator[Outcome]:
    """Files that the plan document names with their folder, in backticks or in commands: that they are in the repository."""
    if project.plan is None:
        return
    seen: dict[str, list[Fact[str]]] = {}
    for fact in project.plan.paths:
        seen.setdefault(fact.value, []).append(fact)
    folders = {path.partition("/")[0] for path in project.files if "/" in path}
    for path, facts in seen.items():
        clean = posixpath.normpath(path)
        subject, item = f"plan/file/{clean}", f"{clean}, which the plan names, exists"
        if any(other == clean or other.endswith(f"/{clean}") for other in project.files):
            yield passed(subject, item, *_facts(facts))
        elif clean.partition("/")[0] in folders or any(
            path.startswith(f"{project.root}/{clean.partition('/')[0]}/") for path in project.files
        ):
            yield failed(
                subject,
                item,
                *_facts(facts),
                title=f"The plan names {clean}, which does not exist",
                expected=f"the file {clean}",
                actual="no such file",
                because_of=(f"file/{clean}", f"file/{posixpath.normpath(posixpath.join(project.root, clean))}"),
            )
