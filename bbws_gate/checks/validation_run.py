"""The validation after a deployment: is it run, can it fail, and does it expect what the plan expects?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.deployment import Deployment, deployments
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.literal import Literal
from bbws_gate.evidence.matching import same_name
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import ScriptCall
from bbws_gate.evidence.script import Script
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Place, Severity

_TABLES = r"(?:expected_|required_)?(?:dynamodb_)?tables?(?:_names)?"


@check(
    "VAL003",
    "validation-not-run",
    severity=Severity.HIGH,
    category="Validation",
    work=works.VALIDATION,
    why="The script exists and nobody runs it: a deployment that went wrong looks like one that went right.",
    clear="Run the script after the apply, in the same job or in one that needs it.",
)
def validation_not_run(project: ProjectEvidence) -> Iterator[Outcome]:
    """The deployment workflow: that it runs the environment's validation script after every ``terraform apply``, without a condition that
    can leave it out.
    """
    path, workflow = project.environment.validation_script, project.workflow
    changing = deployments(project, workflow) if workflow is not None else ()
    if path is None or path not in project.files or workflow is None or not changing:
        return
    asked = project.target_evidence("validation_script")
    calls = [call for call in project.script_calls[workflow.path] if call.path.value == path]
    for deployment in changing:
        subject, item = f"workflow/validation/{deployment.job.id}", f"{path} runs after job {deployment.job.id} applies"
        after = [call for call in calls if _follows(call, deployment, project)]
        unconditional = [call for call in after if call.run.step.condition is None and (call.run.job.condition is None)]
        if unconditional:
            yield passed(subject, item, Evidence(unconditional[0].run.place, " ".join(unconditional[0].run.words)[:120]), asked)
        elif after:
            condition = after[0].run.step.condition or after[0].run.job.condition
            why = f"it runs only if {condition.value[:80]}" if condition is not None else ""
            yield unverified(subject, item, why, Evidence(after[0].run.place, " ".join(after[0].run.words)[:120]), asked)
        else:
            yield failed(
                subject,
                item,
                deployment.evidence,
                asked,
                title=f"{workflow.path} does not run {path} after job {deployment.job.id} applies",
                expected=f"a step that runs {path}",
                actual="; ".join(" ".join(call.run.words)[:80] for call in calls) or "no such step",
            )


def _follows(call: ScriptCall, deployment: Deployment, project: ProjectEvidence) -> bool:
    if call.run.job.id == deployment.job.id:
        return call.run.place.line > deployment.commands[-1].run.place.line
    return project.workflow is not None and any(job.id == deployment.job.id for job in project.workflow.before(call.run.job))


@check(
    "VAL004",
    "validation-cannot-fail",
    severity=Severity.HIGH,
    category="Validation",
    work=works.VALIDATION,
    why="A validation that ends well whatever it finds proves nothing.",
    clear="End the script with a non-zero exit code when something is not as expected.",
)
def validation_cannot_fail(project: ProjectEvidence) -> Iterator[Outcome]:
    """The environment's validation script: that something in it can end it with a failure."""
    script = project.script
    if script is None:
        return
    subject, item, seen = (
        f"script/{script.path}/failure",
        f"{script.path} can fail",
        Evidence(Place(script.path, 0, 0), f"{script.language} script"),
    )
    if script.can_fail:
        yield passed(subject, item, seen)
        return
    yield failed(
        subject,
        item,
        seen,
        project.target_evidence("validation_script"),
        title=f"Nothing in {script.path} makes it fail",
        expected="an exit code that says whether what was deployed is right",
        actual="no sys.exit, raise, assert or exit with a failure",
    )


@check(
    "VAL005",
    "validation-expects-other-tables",
    severity=Severity.HIGH,
    category="Validation",
    work=works.VALIDATION,
    why="A validation that looks for other tables or indexes than were planned fails a good deployment, or passes a bad one.",
    clear="Let the script expect the tables and indexes of the promotion spec.",
)
def validation_expects_other_tables(project: ProjectEvidence) -> Iterator[Outcome]:
    """The tables and indexes in the constants of the environment's validation script (``EXPECTED_TABLES``), against those that the spec
    requires for the environment, by full name.
    """
    script, required = project.script, project.expected_tables
    if script is None or not required:
        return
    for name, fact, expected in _expectations(script):
        wanted = {project.table_name(logical): logical for logical in required}
        subject, item = f"script/{script.path}/{name}", f"{name} in {script.path} holds the planned tables"
        extra, missing = sorted(set(expected) - set(wanted)), sorted(set(wanted) - set(expected))
        places = [Evidence(_at(fact, table), table) for table in extra] or [Evidence(fact.place._replace(end_line=fact.place.line), name)]
        asked = project.loaded.evidence("expect", "tables", "required")
        if extra or missing:
            parts = [f"it expects {', '.join(extra)}"] if extra else []
            parts += [f"it does not expect {', '.join(missing)}"] if missing else []
            yield failed(
                subject,
                item,
                *places,
                asked,
                title=f"{script.path} and the spec disagree on tables: {'; '.join(parts)}",
                expected=", ".join(sorted(wanted)),
                actual=", ".join(sorted(expected)),
            )
        else:
            yield passed(subject, item, *places, asked)
        for table, indexes in expected.items():
            planned = required[wanted[table]].indexes if table in wanted else None
            if indexes is not None and planned is not None:
                yield _indexes(
                    project, script, _at(fact, table), logical=wanted[table], table=table, expected=indexes, planned=set(planned)
                )


def _indexes(
    project: ProjectEvidence, script: Script, place: Place, *, logical: str, table: str, expected: set[str], planned: set[str]
) -> Outcome:
    subject, item = f"script/{script.path}/indexes/{logical}", f"{script.path} expects the planned indexes of {logical}"
    seen, asked = Evidence(place, f"{table}: {', '.join(sorted(expected))}"), project.table_evidence(logical, "indexes")
    if expected == planned:
        return passed(subject, item, seen, asked)
    parts = [f"it expects {', '.join(sorted(expected - planned))}"] if expected - planned else []
    parts += [f"it does not expect {', '.join(sorted(planned - expected))}"] if planned - expected else []
    return failed(
        subject,
        item,
        seen,
        asked,
        title=f"{script.path} and the spec disagree on indexes of {logical}: {'; '.join(parts)}",
        expected=", ".join(sorted(planned)) or "none",
        actual=", ".join(sorted(expected)) or "none",
    )


def _expectations(script: Script) -> Iterator[tuple[str, Fact[Literal], dict[str, set[str] | None]]]:
    """Constants that hold table names, with the indexes of each where they are listed."""
    for name, fact in script.constant(_TABLES):
        value = fact.value.value
        if isinstance(value, list) and value and all(isinstance(table, str) for table in value):
            yield name, fact, dict.fromkeys(value)
        elif isinstance(value, Mapping) and value:
            yield name, fact, {table: _names(inner) for table, inner in value.items()}


def _names(inner: Any) -> set[str] | None:
    """``[...]``, or the list under a key that speaks of indexes."""
    if isinstance(inner, Mapping):
        inner = next((value for key, value in inner.items() if "index" in key.casefold() or "gsi" in key.casefold()), None)
    if isinstance(inner, list) and all(isinstance(name, str) for name in inner):
        return set(inner)
    return None


def _at(fact: Fact[Literal], table: str) -> Place:
    """The line of a table in a list or mapping of tables."""
    value = fact.value.value
    line = fact.value.line(value.index(table) if isinstance(value, list) else table) or fact.place.line
    return Place(fact.place.path, line, line)


@check(
    "VAL006",
    "lower-validation-outdated",
    severity=Severity.LOW,
    category="Validation",
    work=works.VALIDATION,
    why="Where the environment before this one is validated against something else, what was proven there says nothing about here.",
    clear="Bring the other environment's script up to date with the Terraform.",
)
def lower_validation_outdated(project: ProjectEvidence) -> Iterator[Outcome]:
    """Validation scripts of other environments: the indexes that they expect, against those that the Terraform declares."""
    own = project.environment.validation_script
    for environment, target in project.spec.environments.items():
        script = project.scripts.get(target.validation_script or "")
        if script is None or environment == project.environment_name or script.path == own:
            continue
        for _, fact, expected in _expectations(script):
            for name, indexes in expected.items():
                table = next(
                    (
                        each
                        for each in project.all_tables
                        if isinstance(each.name, str) and same_name(each.name, name, project.spec.environments)
                    ),
                    None,
                )
                if indexes is None or table is None or table.indexes_unknown or any(reason(index.name) for index in table.indexes):
                    continue
                real = {index.name for index in table.indexes if isinstance(index.name, str)}
                subject, item = f"script/{script.path}/indexes/{name}", f"{script.path} expects the indexes that {name} has"
                seen = Evidence(_at(fact, name), f"{name}: {', '.join(sorted(indexes))}")
                if indexes == real:
                    yield passed(subject, item, seen)
                    continue
                parts = [f"it expects {', '.join(sorted(indexes - real))}"] if indexes - real else []
                parts += [f"it does not expect {', '.join(sorted(real - indexes))}"] if real - indexes else []
                yield failed(
                    subject,
                    item,
                    seen,
                    Evidence(table.resource.place, table.resource.address),
                    title=f"{script.path} and the Terraform disagree on indexes of {name}: {'; '.join(parts)}",
                    expected=", ".join(sorted(real)),
                    actual=", ".join(sorted(indexes)),
                )
