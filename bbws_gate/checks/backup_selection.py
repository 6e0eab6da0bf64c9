"""Which tables a backup selection takes in: by ARN, by reference, or by tag.

https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.backup import PLAN, SELECTION
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header, observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.evidence.tables import Table, reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.terraform.stack import Path, Plain, Resource
from bbws_gate.terraform.tags import effective_tags, undecided_tags


class Answer(NamedTuple):
    """Whether a selection takes a table in; None when it cannot be known."""

    taken: bool | None
    evidence: Evidence
    why: str = ""


@check(
    "BAK003",
    "backup-selection-incomplete",
    severity=Severity.CRITICAL,
    category="Backup",
    work=works.BACKUP,
    why="A table that no selection takes in is never backed up, and nobody notices until it is needed.",
    clear="Add the table's ARN to the selection's resources, or give it the tag that the selection asks for.",
)
def backup_selection_incomplete(project: ProjectEvidence) -> Iterator[Outcome]:
    """``aws_backup_selection``: for each table, whether one of them takes it in by ``resources`` (references and ARN patterns),
    ``selection_tag`` or ``condition`` against the table's effective tags, and does not leave it out by ``not_resources``.
    """
    covers = project.spec.expect.backup.covers
    if covers is None:
        return
    asked = project.loaded.evidence("expect", "backup", "covers")
    selections = project.stack.of_type(SELECTION)
    if not selections:
        yield _no_selection(project, asked)
        return
    for name, table in _tables(project, covers):
        yield _coverage(project, name, table, asked)


def _no_selection(project: ProjectEvidence, asked: Evidence) -> Outcome:
    subject, item = "backup/selection", "A backup selection exists"
    if project.unread:
        return unverified(subject, item, project.unread, asked)
    plans = project.stack.of_type(PLAN)
    places = tuple(map(header, plans)) or (Evidence(project.terraform_place(), f"no {SELECTION}"),)
    return failed(
        subject,
        item,
        *places,
        asked,
        title="No backup selection is configured",
        expected=f"an {SELECTION} that takes in the tables",
        actual="none in the Terraform",
        because_of=("backup/plan", "backup/vault"),
    )


def _tables(project: ProjectEvidence, covers: str | tuple[str, ...]) -> Iterator[tuple[str, Table]]:
    for name, table in project.tables.found.items():
        if isinstance(covers, str) or name in covers:
            yield name, table
    if isinstance(covers, str):
        for table in project.tables.others:
            yield table.label, table


def _coverage(project: ProjectEvidence, name: str, table: Table, asked: Evidence) -> Outcome:
    subject, item = f"backup/selection/{name}", f"Table {name} is backed up"
    answers = [takes_in(project, selection, table.resource) for selection in project.stack.of_type(SELECTION)]
    for answer in answers:
        if answer.taken:
            return passed(subject, item, answer.evidence, asked)
    doubtful = next((answer for answer in answers if answer.taken is None), None)
    if doubtful is not None:
        return unverified(subject, item, doubtful.why, doubtful.evidence, asked)
    if unread := project.unread_about("backup"):
        return unverified(subject, item, unread, *(answer.evidence for answer in answers), asked)
    return failed(
        subject,
        item,
        *(answer.evidence for answer in answers),
        header(table.resource),
        asked,
        title=f"Table {name} is not backed up: no selection takes it in",
        expected=f"a selection with {table.resource.address}",
        actual=f"{', '.join(selection.address for selection in project.stack.of_type(SELECTION))} without it",
        because_of=("backup/plan",),
    )


def takes_in(project: ProjectEvidence, selection: Resource, table: Resource) -> Answer:
    """Whether one selection takes one table in."""
    excluded = _listed(project, selection, "not_resources", table)
    if excluded.taken:
        return excluded._replace(taken=False)
    listed = _listed(project, selection, "resources", table)
    tagged = _tagged(selection, table)
    conditions = _conditions(selection, table)
    if listed.taken is True and conditions.taken is not False and excluded.taken is False:
        return conditions if conditions.taken is None else listed
    if tagged.taken is True and excluded.taken is False:
        return tagged
    if listed.taken is True and conditions.taken is False:
        listed = conditions
    doubtful = next((answer for answer in (listed, tagged, excluded) if answer.taken is None), None)
    return doubtful or (listed if selection.get("resources") is not None else tagged)


def _listed(project: ProjectEvidence, selection: Resource, argument: str, table: Resource) -> Answer:
    seen = observe(selection, argument)
    if seen.unknown:
        return Answer(True if leads_to(selection, (argument,), table) else None, seen.evidence, seen.unknown)
    doubts = ""
    for position, arn in enumerate(seen.value if isinstance(seen.value, list) else ()):
        path: Path = (argument, position)
        if isinstance(arn, str):
            if _arn_matches(arn, project, table):
                return Answer(True, observe(selection, *path).evidence)
            if table.get("name") is not None and reason(table.get("name")) and ":table/" in arn:
                doubts = doubts or reason(table.get("name"))
        elif leads_to(selection, path, table):
            return Answer(True, Evidence(selection.trace.place(path), f"{argument}: {table.address}", selection.trace.steps(path)))
        elif not selection.trace.references(path):
            doubts = doubts or reason(arn)
    return Answer(None if doubts else False, seen.evidence, doubts)


def _arn_matches(pattern: str, project: ProjectEvidence, table: Resource) -> bool:
    """AWS Backup's ``*`` and ``?`` against the ARN that the table will have; parts that are not known match anything."""
    name, target = table.get("name"), project.environment
    if not isinstance(name, str):
        return pattern == "*" or pattern.endswith((":table/*", ":dynamodb:*"))
    if pattern == "*":
        return True
    parts = pattern.split(":", 5)
    if len(parts) != 6:
        return False
    actual = ("arn", "aws", "dynamodb", target.region or parts[3], target.account or parts[4], f"table/{name}")
    return all(_glob(part, value) for part, value in zip(parts, actual, strict=True))


def _glob(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text, re.DOTALL) is not None


def _tagged(selection: Resource, table: Resource) -> Answer:
    """``selection_tag`` blocks: any one of them is enough."""
    seen = observe(selection, "selection_tag")
    if seen.unknown:
        return Answer(None, seen.evidence, seen.unknown)
    worst = Answer(False, seen.evidence)
    for position, block in enumerate(seen.value if isinstance(seen.value, list) else ()):
        if not isinstance(block, dict):
            worst = Answer(None, seen.evidence, reason(block))
            continue
        place = Evidence(selection.trace.place(("selection_tag", position)), f"tag {_said(block.get('key'))} = {_said(block.get('value'))}")
        taken, why = _has_tag(table, block.get("key"), block.get("value"))
        if taken:
            return Answer(True, place)
        worst = Answer(None, place, why) if taken is None else worst
    return worst


def _said(value: Plain) -> str:
    return shown(value).strip('"')


def _conditions(selection: Resource, table: Resource) -> Answer:
    """``condition`` blocks narrow ``resources``: all of them must hold."""
    seen = observe(selection, "condition")
    blocks = seen.value if isinstance(seen.value, list) else []
    if seen.unknown or any(not isinstance(block, dict) for block in blocks):
        return Answer(None, seen.evidence, seen.unknown or "the conditions cannot be known")
    for position, block in enumerate(blocks):
        for kind, tests in (block if isinstance(block, dict) else {}).items():
            for test in tests if isinstance(tests, list) else ():
                if kind != "string_equals" or not isinstance(test, dict):
                    return Answer(None, seen.evidence, f"a {kind} condition is not judged from files")
                taken, why = _has_tag(table, str(test.get("key")).removeprefix("aws:ResourceTag/"), test.get("value"))
                if not taken:
                    return Answer(taken, Evidence(selection.trace.place(("condition", position)), f"condition {kind}"), why)
    return Answer(True, seen.evidence)


def _has_tag(table: Resource, key: Plain, value: Plain) -> tuple[bool | None, str]:
    unknown = reason(key) or reason(value)
    if unknown or not isinstance(key, str):
        return None, unknown or "the tag's key cannot be known"
    found = effective_tags(table).get(key)
    if found is None:
        undecided = undecided_tags(table)
        return (False, "") if undecided is None else (None, undecided.reason)
    if reason(found[0]):
        return None, reason(found[0])
    return found[0] == value, ""
