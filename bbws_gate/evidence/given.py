"""Where a variable's value can come from when no value file gives it: the target's workflow, or outside git."""

from __future__ import annotations

from bbws_gate.deferred import regex
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence

REQUIRED = regex(r"var\.([A-Za-z_][\w-]*) is required\b")
"""How the reader says that a variable of the root module has no value."""
_REMOTE = ("cloud", "remote")


def given_by_workflow(project: ProjectEvidence, name: str) -> Evidence | None:
    """Where the target's workflow gives a variable to Terraform; None where it does not."""
    for command in project.terraform_commands[project.workflow.path] if project.workflow is not None else ():
        if command.subcommand not in ("plan", "apply"):
            continue
        fact = command.run.scope.variable(f"TF_VAR_{name}")
        if fact is not None:
            return Evidence(fact.place, f"TF_VAR_{name}")
        if any(word.lstrip("-").removeprefix("var=").startswith(f"{name}=") for word in command.run.words):
            return Evidence(command.run.place, f"-var {name}=...")
    return None


def given_elsewhere(project: ProjectEvidence) -> str:
    """Why the values that count cannot be known from files; empty when they can.

    That is so where a required variable has no value and git holds no values at all, or where a workspace of HCP Terraform holds them
    (https://developer.hashicorp.com/terraform/cloud-docs/variables).
    """
    waiting = [match for problem in project.stack.problems if problem.code == "VAR001" and (match := REQUIRED.match(problem.message))]
    if not waiting:
        return ""
    backend = project.stack.backend
    if backend is not None and backend.type in _REMOTE:
        return f"the workspace of the {backend.type} backend may give it"
    given = project.inputs or project.environment.variables or any(each.source is not None for each in project.stack.variables.values())
    return "" if given else "no value file is in git for this environment: whatever deploys it gives the values"
