"""The validation after a deployment: is its script there?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.plan_lines import plan_line
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity


@check(
    "VAL001",
    "validation-script-missing",
    severity=Severity.CRITICAL,
    category="Validation",
    work=works.VALIDATION,
    why="Nobody would know whether what was deployed is what was planned; a workflow that calls the script fails after the apply.",
    clear="Write the script for this environment, or name another one in the promotion spec.",
)
def validation_script_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """The file that the spec names as ``validation_script`` of the environment; and where its workflow calls it."""
    path = project.environment.validation_script
    if path is None:
        return
    asked = project.target_evidence("validation_script")
    subject, item = f"file/{path}", f"Validation script {path} exists"
    calls = tuple(
        Evidence(call.run.place, " ".join(call.run.words)[:120])
        for calls in project.script_calls.values()
        for call in calls
        if call.path.value == path
    )
    if path in project.files:
        yield passed(subject, item, Evidence(Place(path, 0, 0), "exists"), asked)
        return
    folder = posixpath.dirname(path)
    near = sorted(posixpath.basename(other) for other in project.files if posixpath.dirname(other) == folder)
    yield failed(
        subject,
        item,
        asked,
        *calls,
        *plan_line(project, re.escape(path)),
        Evidence(Place(folder or ".", 0, 0), f"holds {', '.join(near[:8]) or 'nothing'}"),
        title=f"There is no validation script for {project.environment_name}: {path} does not exist",
        expected=f"the file {path}",
        actual=f"{folder or 'the repository'} holds {', '.join(near[:8]) or 'no files'}",
    )


@check(
    "VAL002",
    "validation-script-unreadable",
    severity=Severity.HIGH,
    category="Validation",
    work=works.VALIDATION,
    why="A script that does not even parse fails after the apply, when the change is already there.",
    clear="Mend the script at the line shown.",
)
def validation_script_unreadable(project: ProjectEvidence) -> Iterator[Outcome]:
    """Whether the environment's validation script is Python or shell that can be parsed. It is read, never run."""
    path = project.environment.validation_script
    if path is None or path not in project.files:
        return
    subject, item = f"file/{path}", f"Validation script {path} can be read"
    if path in project.unreadable:
        place, why = project.unreadable[path]
        yield failed(
            subject,
            item,
            Evidence(place, why),
            project.target_evidence("validation_script"),
            title=f"Validation script {path} cannot be read: {why}",
            expected="a script that parses",
            actual=why,
        )
    elif project.script is not None:
        yield passed(subject, item, Evidence(Place(path, 0, 0), f"{project.script.language} script"))
    else:
        yield unverified(subject, item, "neither Python nor shell", Evidence(Place(path, 0, 0), "not read"))
