"""Values that a command line gives to variables over those of the assessment.

Order: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import Run
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.model import Place
from bbws_gate.terraform.stack import Plain, Variable


class Override(NamedTuple):
    """One ``-var`` whose value was not assessed."""

    name: str
    why: str
    """Why it cannot be told whether it changes anything; empty where it certainly does."""
    source: Place | None
    """Where the environment's values set the variable."""


def overrides(project: ProjectEvidence, command: TerraformCommand) -> Iterator[Override]:
    """The ``-var`` of a command that count, with another value than the variable was assessed with, or one that may be another.

    A value file that stands behind on the command line wins, and so does what it says.
    """
    for name, given in command.pairs("var").items():
        variable = project.stack.variables.get(name)
        if variable is None or _is_said_again(project, command, name, variable):
            continue
        same = None if given.value is None else _same(given.value, variable.value)
        if same is None:
            yield Override(name, given.why or f"nobody can tell whether -var {name} is what was assessed", variable.source)
        elif not same:
            is_given = variable.source is not None or name in project.environment.variables
            yield Override(name, "" if is_given else f"-var {name} is not what was assessed, which is its default", variable.source)


def _is_said_again(project: ProjectEvidence, command: TerraformCommand, name: str, variable: Variable) -> bool:
    """Whether a value file behind the ``-var`` sets the variable, to what was assessed."""
    if variable.source is None or variable.source.path not in project.inputs:
        return False
    behind = _files_behind(command.run, name)
    paths = [path.value for path in command.files("var-file")]
    return variable.source.path in (paths[-behind:] if behind else [])


def _files_behind(run: Run, name: str) -> int:
    """How many ``-var-file`` stand behind the last ``-var`` of a name."""
    count = 0
    for word in run.words:
        option, _, value = word.lstrip("-").partition("=")
        if word.startswith("-") and option == "var-file":
            count += 1
        elif (word.startswith("-") and option == "var" and value.startswith(f"{name}=")) or word.startswith(f"{name}="):
            count = 0
    return count


def _same(text: str, value: Plain) -> bool | None:
    """Whether a text of the command line is a value; None where it cannot be told."""
    if isinstance(value, str):
        return text == value
    if isinstance(value, bool):
        return text == str(value).lower() if text in ("true", "false") else None
    if isinstance(value, (int, float)):
        try:
            return float(text) == float(value)
        except ValueError:
            return None
    return None
