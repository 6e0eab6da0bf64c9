"""The Terraform commands that a workflow runs: with which folder, values, state and plan.

Command line: https://developer.hashicorp.com/terraform/cli/commands
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from bbws_gate.deferred import dataclass, regex
from bbws_gate.evidence.checked_out import in_repository
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.run import Run, runs
from bbws_gate.evidence.script_state import enter
from bbws_gate.evidence.workflow_parts import Workflow

PROGRAMS = ("terraform", "tofu", "terragrunt")

_PAIR = regex(r"([A-Za-z_][A-Za-z0-9_-]*)=")
_WITH_SUBCOMMAND = frozenset({"workspace", "state", "providers"})
_SEPARATE_VALUE = frozenset(
    {"var-file", "var", "backend-config", "out", "target", "replace", "state", "parallelism", "lock-timeout", "plugin-dir"}
)
"""Options whose value may stand in the next word."""


@dataclass(frozen=True)
class TerraformCommand:
    """One call of Terraform."""

    subcommand: str
    """``init``, ``plan``, ``apply``, ``workspace select``, ..."""
    run: Run
    """Program, place, job, step, and whether a failure is ignored."""
    directory: Resolved
    """Where it works, ``-chdir`` included, relative to the repository root, wherever the job has the repository."""
    options: Mapping[str, tuple[Resolved, ...]]
    """Values by option, without dashes: ``var-file``; a switch has ``true``."""
    arguments: tuple[Resolved, ...]
    """What is not an option: the plan file of ``apply``, the workspace of ``workspace select``."""
    written: Mapping[str, tuple[str, ...]]
    """The values of options as written."""

    @property
    def workspace(self) -> Resolved | None:
        """``TF_WORKSPACE``; None when it is not set."""
        fact = self.run.scope.variable("TF_WORKSPACE")
        return None if fact is None else fact.value

    def values(self, option: str) -> tuple[Resolved, ...]:
        """The values of an option, in order."""
        return self.options.get(option, ())

    def has(self, option: str) -> bool:
        """Whether a switch is on: ``auto-approve``."""
        found = self.values(option)
        return bool(found) and found[-1].value != "false"

    @property
    def is_without_backend(self) -> bool:
        """Whether it is an ``init -backend=false``, which only makes ``validate`` and the like work."""
        backend = self.values("backend")
        return self.subcommand == "init" and bool(backend) and backend[-1].value == "false"

    def files(self, option: str) -> tuple[Resolved, ...]:
        """The paths that an option names, relative to the repository root; ``key=value`` pairs of ``-backend-config`` are left out."""
        return tuple(value for name, value in self.laid_over(option) if not name)

    def pairs(self, option: str) -> Mapping[str, Resolved]:
        """``key=value`` pairs of ``-var`` or ``-backend-config``."""
        return {name: value for name, value in self.laid_over(option) if name}

    def laid_over(self, option: str) -> Iterator[tuple[str, Resolved]]:
        """The pairs and files that an option names, in order: name and value of a pair; no name and the path of a file."""
        for written, value in zip(self.written.get(option, ()), self.values(option), strict=True):
            pair = _PAIR.match(written)
            name, equals, text = (value.value or "").partition("=")
            if pair is not None:
                yield pair[1], self.run.resolve(written[pair.end() :])
            elif equals:
                yield name, value._replace(value=text)
            else:
                yield "", _seen_from(self.directory, value)


def terraform_commands(workflow: Workflow) -> tuple[TerraformCommand, ...]:
    """The Terraform commands in a workflow's scripts, in the order of the file."""
    return tuple(_command(run) for run in runs(workflow) if run.program in PROGRAMS and len(run.words) > 1)


def _seen_from(directory: Resolved, path: Resolved) -> Resolved:
    return path if path.value is None else enter(directory, path)


def _command(run: Run) -> TerraformCommand:
    words = list(run.words[1:])
    directory = run.directory
    while words and words[0].startswith("-"):
        name, _, value = words.pop(0).lstrip("-").partition("=")
        if name == "chdir":
            directory = enter(directory, run.resolve(value))
    directory = in_repository(directory, run.job, run.step)
    subcommand = words.pop(0) if words else ""
    if subcommand in _WITH_SUBCOMMAND and words and not words[0].startswith("-"):
        subcommand = f"{subcommand} {words.pop(0)}"
    written, arguments = _arguments([*_from_environment(run, subcommand), *_taken_apart(words, run)])
    options = {name: tuple(run.resolve(value) for value in values) for name, values in written.items()}
    return TerraformCommand(subcommand, run, directory, options, tuple(map(run.resolve, arguments)), written)


def _from_environment(run: Run, subcommand: str) -> list[str]:
    """``TF_CLI_ARGS`` and ``TF_CLI_ARGS_plan``, which Terraform puts before the written arguments."""
    words: list[str] = []
    for name in ("TF_CLI_ARGS", f"TF_CLI_ARGS_{subcommand}"):
        fact = run.scope.variable(name)
        if fact is not None:
            words += _split(f"${name}", fact.value)
    return words


def _split(written: str, resolved: Resolved) -> list[str]:
    """The words that a text becomes where a shell would take it apart; as written where its value is not certain."""
    if resolved.value is None or any(step.startswith("default of input") for step in resolved.through):
        return [written]
    try:
        return shlex.split(resolved.value)
    except ValueError:
        return [written]


def _taken_apart(words: list[str], run: Run) -> Iterator[str]:
    """The words, those that are nothing but a variable with options (``$ARGS``) taken apart."""
    for word in words:
        resolved = run.resolve(word) if word.startswith("$") else Resolved(word)
        options = resolved.value is not None and resolved.value.startswith("-")
        yield from _split(word, resolved) if word.startswith("$") and options else (word,)


def _arguments(words: list[str]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Options with their values, and what is none, as written."""
    options: dict[str, tuple[str, ...]] = {}
    arguments: list[str] = []
    waiting = ""
    for word in words:
        if waiting:
            options[waiting] = (*options.get(waiting, ()), word)
            waiting = ""
        elif word.startswith("-") and len(word) > 1:
            name, equals, value = word.lstrip("-").partition("=")
            if not equals and name in _SEPARATE_VALUE:
                waiting = name
            else:
                options[name] = (*options.get(name, ()), value if equals else "true")
        else:
            arguments.append(word)
    return options, arguments
