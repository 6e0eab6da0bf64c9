"""Terraform commands that remove everything: ``destroy``, ``apply -destroy``, and the apply of a plan that ``plan -destroy`` saved.

https://developer.hashicorp.com/terraform/cli/commands/destroy
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.handover import saving
from bbws_gate.evidence.overrides import overrides
from bbws_gate.evidence.passed_inputs import passed_inputs
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.terraform_command import PROGRAMS, TerraformCommand
from bbws_gate.evidence.workflow_parts import Step

_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_FIXED = regex(r"\$\{\{\s*(?:inputs|github|matrix|needs|vars|secrets|choice)\.[\w.-]+\s*\}\}")
"""What is the same in all steps of a job."""
_COMPUTED = regex(r"\$\(|`")
_QUIET = (*PROGRAMS, "echo", "cd", "set")
"""Programs that hand nothing to later steps, other than by a file that is followed."""


class Removal(NamedTuple):
    """A command that removes all that a state has."""

    command: TerraformCommand
    """What does it."""
    values: TerraformCommand
    """What takes the values for it: the same, or the one that saved the plan."""
    doubt: str
    """Why they need not be the target's; empty where they are."""


def removal(project: ProjectEvidence, command: TerraformCommand, known: Sequence[TerraformCommand]) -> Removal | None:
    """How a command removes everything; None where it does not, or takes values that are another environment's.

    Args:
        project: whose root module it works on.
        command: an apply or a destroy.
        known: the commands of its job and of those before it, in order.
    """
    if not removes(command, known):
        return None
    values = _planned_by(command, known) or command
    doubt = _doubt(project, values)
    return None if doubt is None else Removal(command, values, doubt)


def removes(command: TerraformCommand, known: Sequence[TerraformCommand]) -> bool:
    """Whether a command removes everything without waiting for an answer."""
    plan = _planned_by(command, known)
    if plan is not None:
        return plan.has("destroy") and not plan.values("target")
    destroys = command.subcommand == "destroy" or command.has("destroy")
    is_sure = command.has("auto-approve") or command.has("force")
    return destroys and is_sure and not command.arguments and not command.values("target")


def _planned_by(command: TerraformCommand, known: Sequence[TerraformCommand]) -> TerraformCommand | None:
    """The last command that saved the plan which an apply names."""
    file = command.run.from_root(command.arguments[0]).value if command.subcommand == "apply" and command.arguments else None
    found = saving(itertools.takewhile(lambda each: each is not command, known), file) if file is not None else ()
    return found[-1] if found else None


def _doubt(project: ProjectEvidence, values: TerraformCommand) -> str | None:
    """Why a command's values need not be the target's; None where they are not."""
    files = values.files("var-file")
    if any(path.value is not None and path.value not in project.inputs for path in files):
        return None
    unknown = next((path.why for path in files if path.value is None), "")
    if unknown or files or not passed_inputs(project):
        return unknown
    pairs = values.pairs("var")
    others = tuple(overrides(project, values))
    if any(not each.why for each in others):
        return None
    wanted = {name for name, variable in project.stack.variables.items() if variable.source and variable.source.path in project.inputs}
    if wanted <= pairs.keys() and not others:
        return ""
    return next((each.why for each in others), f"it takes no value file of {project.environment_name}")


def state(command: TerraformCommand, commands: Sequence[TerraformCommand]) -> tuple[str, ...]:
    """What tells which state a command has: the settings of the last ``init`` of its job, and its workspace; as written where unknown.

    Args:
        command: the one.
        commands: those of its job, in order.
    """
    settings: tuple[str, ...] = ()
    workspace = (command.workspace | "unknown",) if command.workspace is not None else ()
    for each in itertools.takewhile(lambda other: other is not command, commands):
        if each.subcommand == "init":
            pairs = zip(each.values("backend-config"), each.written.get("backend-config", ()), strict=True)
            settings = tuple(value | written for value, written in pairs)
        elif each.subcommand in ("workspace select", "workspace new") and each.arguments:
            workspace = (each.arguments[-1].value or each.run.words[-1],)
    return (*settings, *workspace)


def are_same_values(first: Removal, command: TerraformCommand, commands: Sequence[TerraformCommand]) -> bool:
    """Whether an apply certainly takes the values of a removal, whatever they are: the same texts, which mean the same.

    Args:
        first: the removal.
        command: the apply, of the same job.
        commands: those of the job, in order.
    """
    values = _planned_by(command, commands) or command
    if (values is command and command.arguments) or not any(each is first.values for each in commands):
        return False
    texts = [(*each.written.get("var-file", ()), *each.written.get("var", ())) for each in (first.values, values)]
    return texts[0] == texts[1] and all(_means_the_same(text, first.values, values) for text in texts[0])


def _means_the_same(text: str, one: TerraformCommand, other: TerraformCommand) -> bool:
    """Whether a text stands for the same in two commands of one job."""
    moving = _FIXED.sub("", text)
    if "$" not in moving and "`" not in moving:
        return True
    if _COMPUTED.search(moving) or any(one.run.scope.variable(name) != other.run.scope.variable(name) for name in _NAME.findall(moving)):
        return False
    numbers = sorted((one.run.step.number, other.run.step.number))
    return all(_is_quiet(step) for step in one.run.job.steps if numbers[0] < step.number < numbers[1])


def _is_quiet(step: Step) -> bool:
    return step.uses is None and not step.is_shell_unread and all(command.words[0] in _QUIET for command in step.commands if command.words)
