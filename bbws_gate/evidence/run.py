"""The commands that a workflow's scripts run, each with the folder and the variables it has there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bbws_gate.deferred import dataclass, regex
from bbws_gate.evidence.checked_out import in_repository
from bbws_gate.evidence.expression import Resolved, Scope, resolve
from bbws_gate.evidence.script_state import tidy
from bbws_gate.evidence.tolerance import tolerance
from bbws_gate.evidence.workflow_parts import Job, Step, Workflow
from bbws_gate.model import Place


@dataclass(frozen=True)
class Run:
    """One command of one step."""

    words: tuple[str, ...]
    """Program and arguments as written."""
    place: Place
    job: Job
    step: Step
    scope: Scope
    """What its words may refer to."""
    directory: Resolved
    """Where it works, relative to the repository root; ``""`` is the root."""
    ignored: str
    """Why its failure certainly does not stop the job; empty otherwise."""
    tested: bool
    """Whether the script looks at its result itself."""
    condition: str = ""
    """Why it need not run, by an ``if`` of its step or in its script: ``it runs only if ...``; empty where it certainly runs."""
    tolerance: str = ""
    """Why its failure need not stop the job, where that cannot be told; empty otherwise."""

    @property
    def program(self) -> str:
        """The program without its folder."""
        return posixpath.basename(self.words[0])

    def resolve(self, word: str) -> Resolved:
        """What one of its words stands for."""
        return resolve(word, self.scope, in_script=True)

    def runs_for(self, environment: str) -> bool:
        """Whether it certainly runs when that environment is deployed: without a condition, or with one that asks for its name."""
        if not self.condition:
            return True
        match = _ASKS.fullmatch(self.condition)
        return match is not None and match[1] == environment

    def from_root(self, path: Resolved) -> Resolved:
        """A path that it names, relative to the repository root, wherever the job has the repository."""
        if path.value is None or self.directory.value is None:
            return path if path.value is None else Resolved(None, self.directory.why)
        return in_repository(path._replace(value=tidy(posixpath.join(self.directory.value, path.value))), self.job, self.step)


@dataclass(frozen=True)
class ScriptCall:
    """A script of the repository that a workflow runs."""

    path: Resolved
    """Relative to the repository root."""
    arguments: tuple[Resolved, ...]
    run: Run


_WHICH = r"\$?\{{0,2}\s*(?:\w+\.)*\w*(?:env|stage|target)\w*\s*\}{0,2}"
_ASKS = regex(
    rf"it runs only if (?:\[{{1,2}} )?['\"]?{_WHICH}['\"]?\s*={{1,2}}\s*['\"]?([\w-]+)['\"]?(?: \]{{1,2}})?(?: \(line [0-9]+\))?",
    re.IGNORECASE,
)
"""``[ $ENV = sit ]``, ``inputs.environment == 'sit'``, and nothing else."""
_INTERPRETERS = frozenset({"python", "python3", "bash", "sh", "dash", "zsh", "node", "ruby", "pwsh"})
_LAUNCHERS = {("uv", "run"), ("poetry", "run"), ("pipenv", "run"), ("pdm", "run"), ("hatch", "run")}
_SCRIPTS = (".py", ".sh", ".bash", ".js", ".mjs", ".rb", ".ps1")


def runs(workflow: Workflow) -> tuple[Run, ...]:
    """Every command of every script, in the order of the file."""
    return tuple(run for job, step in workflow.steps() for run in _of_step(job, step))


def script_calls(workflow: Workflow) -> tuple[ScriptCall, ...]:
    """The scripts of the repository that a workflow runs, in the order of the file."""
    return tuple(call for run in runs(workflow) for call in _script_call(run))


def _of_step(job: Job, step: Step) -> Iterator[Run]:
    whether = tolerance(job, step)
    whole = f"it runs only if {step.condition_in_doubt[:120]}" if step.condition_in_doubt else ""
    for command, scope, directory, condition in step.moments:
        place = Place(step.place.path, command.line, command.end_line)
        ignored = command.ignored or whether.certain
        why = whole or (f"it runs only if {condition}" if condition else "")
        yield Run(command.words, place, job, step, scope, directory, ignored, command.tested, why, "" if ignored else whether.doubt)


def _script_call(run: Run) -> Iterator[ScriptCall]:
    words = list(run.words)
    if tuple(words[:2]) in _LAUNCHERS:
        words = words[2:]
    if words and posixpath.basename(words[0]).rstrip("0123456789.") in _INTERPRETERS:
        words = words[1:]
        while words and words[0].startswith("-"):
            if words[0] in {"-c", "-m"}:
                return
            words = words[1:]
    elif not words or not (words[0].startswith("./") or words[0].endswith(_SCRIPTS)):
        return
    if words:
        yield ScriptCall(run.from_root(run.resolve(words[0])), tuple(run.resolve(word) for word in words[1:]), run)
