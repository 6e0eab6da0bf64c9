"""Variables without a default: who gives them a value?"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import regex
from bbws_gate.evidence.given import REQUIRED, given_by_workflow, given_elsewhere
from bbws_gate.evidence.project import HIDING, ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import SensitiveValue


@check(
    "VAR001",
    "variable-without-value",
    severity=Severity.CRITICAL,
    category="Terraform",
    work=works.INPUTS,
    why="Without the value Terraform asks for it, and in a workflow fails.",
    clear="Set the variable in the environment's tfvars, or give it a default.",
)
def variable_without_value(project: ProjectEvidence) -> Iterator[Outcome]:
    """Required variables of the root module and required arguments of local modules: that a default, the environment's tfvars, the spec, or
    its workflow (``TF_VAR_...``, ``-var``) gives each a value. Sensitive ones may come from a secret store, and where git holds no values
    at all everything comes from elsewhere: files cannot tell.
    """
    files: dict[str, list[Problem]] = {}
    doubtful: dict[str, list[Evidence]] = {}
    elsewhere = given_elsewhere(project) or _unread_values(project)
    all_given = True
    for problem in project.stack.problems:
        if problem.code != "VAR001":
            continue
        match = REQUIRED.match(problem.message)
        name = match[1] if match is not None else ""
        given = given_by_workflow(project, name)
        subject, item, seen = f"variable/{name}/value", f"Variable {name} has a value", Evidence(problem.place, f"variable {name}")
        if name and given is not None:
            yield passed(subject, item, seen, given)
        elif name and isinstance(project.stack.variables[name].value, SensitiveValue):
            yield unverified(subject, item, "it is sensitive and in no file: a secret may give it", seen)
        elif name and elsewhere:
            doubtful.setdefault(problem.place.path, []).append(seen)
        else:
            files.setdefault(problem.place.path, []).append(problem)
        all_given = False
    if all_given:
        read = Evidence(project.terraform_place(), f"{len(project.stack.files)} files read")
        yield passed(f"terraform/{project.root or '.'}", "Every required variable has a value", read)
    for path, seens in doubtful.items():
        yield unverified(f"file/{path}", f"Every required variable of {path} has a value", elsewhere, *seens)
    for path, problems in files.items():
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        yield failed(
            f"file/{path}",
            f"Every required variable of {path} has a value",
            *(Evidence(problem.place, problem.message) for problem in problems),
            *(Evidence(Place(other, 0, 0), "does not set it") for other in project.inputs if other in project.files),
            title=f"{path}: {problems[0].message}{more}",
            expected="a value for each required variable",
            actual="; ".join(problem.message for problem in problems[:5]),
            because_of=tuple(f"file/{other}" for other in project.inputs if other not in project.files),
        )


def _unread_values(project: ProjectEvidence) -> str:
    """Why the environment's values may be more than were seen; empty when all of their files were read."""
    unread = (problem for problem in project.stack.problems if problem.code in HIDING and _VALUES.search(problem.place.path))
    return next((f"{problem.place} could not be read completely ({problem.code})" for problem in unread), "")


_VALUES = regex(r"\.tfvars(\.json)?$")
