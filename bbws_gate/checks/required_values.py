"""Variables without a default: who gives them a value?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import SensitiveValue

_ROOT = re.compile(r"var\.([A-Za-z_][\w-]*) is required\b")


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
    its workflow (``TF_VAR_...``, ``-var``) gives each a value. Sensitive ones may come from a secret store, which files cannot tell.
    """
    files: dict[str, list[Problem]] = {}
    all_given = True
    for problem in project.stack.problems:
        if problem.code != "VAR001":
            continue
        match = _ROOT.match(problem.message)
        name = match[1] if match is not None else ""
        given = _given_by_workflow(project, name)
        subject, item, seen = f"variable/{name}/value", f"Variable {name} has a value", Evidence(problem.place, f"variable {name}")
        if name and given is not None:
            yield passed(subject, item, seen, given)
        elif name and isinstance(project.stack.variables[name].value, SensitiveValue):
            yield unverified(subject, item, "it is sensitive and in no file: a secret may give it", seen)
        else:
            files.setdefault(problem.place.path, []).append(problem)
        all_given = False
    if all_given:
        read = Evidence(project.terraform_place(), f"{len(project.stack.files)} files read")
        yield passed(f"terraform/{project.root or '.'}", "Every required variable has a value", read)
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


def _given_by_workflow(project: ProjectEvidence, name: str) -> Evidence | None:
    """Where the target's workflow gives a variable to Terraform."""
    for command in project.terraform_commands[project.workflow.path] if project.workflow is not None else ():
        if command.subcommand not in ("plan", "apply"):
            continue
        fact = command.run.scope.env.get(f"TF_VAR_{name}")
        if fact is not None:
            return Evidence(fact.place, f"TF_VAR_{name}")
        if any(word.lstrip("-").removeprefix("var=").startswith(f"{name}=") for word in command.run.words):
            return Evidence(command.run.place, f"-var {name}=...")
    return None
