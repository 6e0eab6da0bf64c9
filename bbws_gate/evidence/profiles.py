"""Where the repository says which AWS profile people use for an environment: provider, state, variables, workflow, script, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bbws_gate.deferred import regex
from bbws_gate.evidence.document_commands import document_commands
from bbws_gate.evidence.literal import Literal
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import runs
from bbws_gate.evidence.statements import Statement, environment_variables, main_providers
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence
from bbws_gate.terraform.stack import Plain, Trace

_VARIABLE = regex(r"(?:aws_)?profile(?:_name)?", re.IGNORECASE)
_SHELL_VARIABLE = regex(r"AWS_(?:DEFAULT_)?PROFILE")


def profile_statements(project: ProjectEvidence) -> Iterator[Statement]:
    """Every statement about the target's profile. Commands in documents count where they name a profile outright."""
    for provider in main_providers(project):
        yield from _argument(provider.attributes.get("profile"), provider.trace, "provider aws: profile")
    if project.stack.backend is not None:
        yield from _argument(project.stack.backend.attributes.get("profile"), project.stack.backend.trace, "backend: profile")
    for name, variable in project.stack.variables.items():
        if _VARIABLE.fullmatch(name) and isinstance(variable.value, str) and variable.value:
            yield Statement((variable.value,), "", Evidence(variable.source or variable.place, f'{name} = "{variable.value}"'))
    yield from _of_workflow(project)
    for name, fact in project.script.constants.items() if project.script is not None else ():
        value = fact.value.value if isinstance(fact.value, Literal) else None
        if _VARIABLE.fullmatch(name) and isinstance(value, str) and value and "$" not in value:
            yield Statement((value,), "", Evidence(fact.place, f'{name} = "{value}"'))
    for command in document_commands(project):
        for value in _profiles(command.words, command.assignments):
            yield Statement((value,), "", Evidence(command.place, command.text))


def _argument(value: Plain, trace: Trace, name: str) -> Iterator[Statement]:
    if value is None or value == "":
        return
    known = (value,) if isinstance(value, str) else ()
    text = f"{name} = {known[0] if known else 'unknown'}"
    yield Statement(known, reason(value), Evidence(trace.place(("profile",)), text, trace.steps(("profile",))))


def _of_workflow(project: ProjectEvidence) -> Iterator[Statement]:
    workflow = project.target_workflow
    if workflow is None:
        return
    for name, resolved, place in environment_variables(workflow):
        if _SHELL_VARIABLE.fullmatch(name) and resolved.value:
            yield Statement((resolved.value,), "", Evidence(place, f"{name}: {resolved.value}"))
    for run in runs(workflow):
        for value in _profiles(run.words, ()):
            yield Statement((value,), "", Evidence(run.place, " ".join(run.words)[:120]))


def _profiles(words: Sequence[str], assignments: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Profiles that one command names."""
    given = [value for name, value in assignments if _SHELL_VARIABLE.fullmatch(name)]
    if words[:1] == ("export",):
        given += [word.partition("=")[2] for word in words[1:] if _SHELL_VARIABLE.fullmatch(word.partition("=")[0])]
    if words[:1] == ("aws",):
        given += [after for word, after in pairwise(words) if word == "--profile"]
        given += [word.removeprefix("--profile=") for word in words if word.startswith("--profile=")]
    return (value for value in given if re.fullmatch(r"[A-Za-z0-9._@+-]+", value))
