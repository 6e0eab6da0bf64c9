"""The parts of a GitHub Actions workflow as facts with lines.

Syntax: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from bbws_gate.deferred import dataclass, field, regex
from bbws_gate.evidence.expression import Resolved, Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.matrix import Leg
from bbws_gate.evidence.script_state import Moment, ScriptState, Values, tidy
from bbws_gate.evidence.shell import Options, ShellCommand, commands
from bbws_gate.model import Place

Texts = Mapping[str, Fact[str]]

_USUAL = regex(
    r"(?:\$\{\{)?\s*(?:always\(\)|success\(\)|!\s*(?:cancelled|failure)\(\)|true|steps\.[\w-]+\.(?:outcome|conclusion)\s*==\s*'success')\s*(?:\}\})?"
)
"""Conditions that hold in every run in which nothing fails."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event that starts the workflow."""

    name: str
    place: Place
    filters: Mapping[str, tuple[Fact[str], ...]]
    """``branches``, ``tags``, ``paths``, ``types``, ``cron``, ``workflows``."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input of ``workflow_dispatch`` or ``workflow_call``."""

    name: str
    place: Place
    type: str
    required: bool
    default: Fact[str] | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Permissions:
    """What the token may do: ``read-all``, ``write-all`` or by scope."""

    place: Place
    everything: str | None
    scopes: Texts

    def get(self, scope: str) -> str:
        """``read``, ``write`` or ``none``."""
        if self.everything is not None:
            return self.everything.removesuffix("-all") or "none"
        found = self.scopes.get(scope)
        return found.value if found is not None else "none"


@dataclass(frozen=True)
class Step:
    """One step of a job."""

    number: int
    place: Place
    id: str | None
    name: str | None
    uses: Fact[str] | None
    """``owner/action@ref``, ``./path`` or ``docker://image``."""
    inputs: Texts
    """``with``."""
    run: Fact[str] | None
    """The script; its place starts at the script's first line."""
    condition: Fact[str] | None
    continue_on_error: Fact[str] | None
    working_directory: Fact[str] | None
    shell: str | None
    scope: Scope
    env: Texts = field(default_factory=dict)
    """Its own variables, which are in the scope, too."""

    @property
    def condition_in_doubt(self) -> str:
        """Its ``if`` where that may leave it out of a run in which nothing fails; empty otherwise."""
        return _in_doubt(self.condition)

    @property
    def action(self) -> str:
        """``owner/action`` of ``uses`` without its ref, in lower case; empty for a script."""
        return self.uses.value.partition("@")[0].casefold() if self.uses is not None else ""

    @property
    def ref(self) -> str:
        """What follows ``@`` in ``uses``."""
        return self.uses.value.partition("@")[2] if self.uses is not None else ""

    @cached_property
    def commands(self) -> tuple[ShellCommand, ...]:
        """The commands of the script; none where its shell is not one that this tool reads."""
        if self.run is None:
            return ()
        options = _options(self.shell)
        return () if options is None else commands(self.run.value, self.run.place.line, options)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The programs that the script runs, each with what is known there."""
        return self._followed[0]

    @property
    def exported(self) -> Values:
        """What the script hands to later steps."""
        return self._followed[1]

    @cached_property
    def _followed(self) -> tuple[tuple[Moment, ...], Values]:
        directory = Resolved("") if self.working_directory is None else resolve(self.working_directory.value, self.scope)
        if directory.value is not None:
            directory = directory._replace(value=tidy(directory.value))
        state = ScriptState(self.commands, self.place.path, self.scope, directory)
        return tuple(state.moments()), state.exported

    @property
    def is_shell_unread(self) -> bool:
        """Whether it has a script in a language that is not read: PowerShell, Python."""
        return self.run is not None and _options(self.shell) is None

    def input(self, name: str) -> tuple[Resolved, Place] | None:
        """What an input of the action stands for, and where it is set."""
        fact = self.inputs.get(name)
        return None if fact is None else (resolve(fact.value, self.scope), fact.place)


@dataclass(frozen=True)
class Job:
    """One job."""

    id: str
    place: Place
    name: str | None
    needs: tuple[Fact[str], ...]
    condition: Fact[str] | None
    environment: Fact[str] | None
    """The GitHub environment's name as written."""
    permissions: Permissions | None
    uses: Fact[str] | None
    """A reusable workflow."""
    inputs: Texts
    """``with`` of a reusable workflow."""
    steps: tuple[Step, ...]
    continue_on_error: Fact[str] | None
    concurrency: Fact[str] | None
    runs_on: Fact[str] | None
    timeout: Fact[str] | None
    scope: Scope
    legs: tuple[Leg, ...] = ()
    """The combinations of its matrix; none where it has no matrix, or one that only the run knows."""

    @property
    def condition_in_doubt(self) -> str:
        """As a step's."""
        return _in_doubt(self.condition)

    @property
    def environment_name(self) -> Resolved | None:
        """What the environment's name stands for; None without one."""
        return None if self.environment is None else resolve(self.environment.value, self.scope)


@dataclass(frozen=True)
class Workflow:
    """One workflow file."""

    path: str
    name: str | None
    triggers: tuple[Trigger, ...]
    inputs: Mapping[str, Input]
    permissions: Permissions | None
    env: Texts
    concurrency: Fact[str] | None
    jobs: Mapping[str, Job]
    problems: tuple[Fact[str], ...] = field(default=())
    """What GitHub would refuse or this reader does not understand."""

    def trigger(self, name: str) -> Trigger | None:
        """The trigger of that event."""
        return next((trigger for trigger in self.triggers if trigger.name == name), None)

    def steps(self) -> Iterator[tuple[Job, Step]]:
        """Every step with its job, in the order of the file."""
        for job in self.jobs.values():
            for step in job.steps:
                yield job, step

    @cached_property
    def _before(self) -> dict[tuple[str, ...], tuple[Job, ...]]:
        """What :meth:`before` has found, by what a job needs: several checks ask for each job."""
        return {}

    def before(self, job: Job) -> tuple[Job, ...]:
        """The jobs that must have finished before it, near and far."""
        needs = tuple(need.value for need in job.needs)
        if needs not in self._before:
            self._before[needs] = self._waited_for(needs)
        return self._before[needs]

    def _waited_for(self, needs: tuple[str, ...]) -> tuple[Job, ...]:
        found: dict[str, Job] = {}
        waiting = list(needs)
        while waiting:
            name = waiting.pop()
            if name in self.jobs and name not in found:
                found[name] = self.jobs[name]
                waiting += [need.value for need in self.jobs[name].needs]
        return tuple(other for name, other in self.jobs.items() if name in found)


def _in_doubt(condition: Fact[str] | None) -> str:
    if condition is None or _USUAL.fullmatch(condition.value.strip()):
        return ""
    return condition.value.removeprefix("${{").removesuffix("}}").strip()


def _options(shell: str | None) -> Options | None:
    """How GitHub starts that shell: ``bash -e`` when none is named, with pipefail when bash is.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    """
    if shell is None or shell == "sh":
        return Options(errexit=True, pipefail=False)
    if shell == "bash":
        return Options(errexit=True, pipefail=True)
    words = shell.split()
    if words and re.fullmatch(r"(?:.*/)?(?:ba|da|z|k)?sh", words[0]):
        flags = "".join(word for word in words[1:] if word.startswith("-"))
        return Options(errexit="e" in flags.replace("-noprofile", "").replace("-norc", ""), pipefail="pipefail" in words)
    return None
