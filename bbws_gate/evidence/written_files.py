"""The files that a job's scripts write: what the repository holds under their paths is not what the job's commands read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.checked_out import in_repository
from bbws_gate.evidence.expression import Scope, resolve
from bbws_gate.evidence.script_state import enter
from bbws_gate.evidence.shell import ShellCommand
from bbws_gate.evidence.workflow_parts import Job

_COPYING = frozenset({"cp", "mv", "ln", "install", "rsync"})
_FETCHING = {"curl": ("-o", "--output"), "wget": ("-O", "--output-document")}
_RECURSIVE = frozenset("rRa")


class Written(NamedTuple):
    """A file, or a whole folder, that a script writes."""

    path: str
    """Relative to the repository root."""
    is_folder: bool
    line: int

    def holds(self, path: str) -> bool:
        """Whether it is that file, or what is written may be."""
        return path == self.path or (self.is_folder and (not self.path or path.startswith(f"{self.path}/")))


def written_files(job: Job) -> tuple[Written, ...]:
    """What the scripts of a job write, in order, by redirection, cp, tee, sed -i, curl -o and the like; paths that are known."""
    found = []
    for step in job.steps:
        for command, scope, directory, _ in step.moments:
            for word, is_folder in _targets(command, scope):
                path = in_repository(enter(directory, resolve(word, scope, in_script=True)), job, step)
                if path.value is not None:
                    found.append(Written(path.value, is_folder, command.line))
    return tuple(found)


def _targets(command: ShellCommand, scope: Scope) -> Iterator[tuple[str, bool]]:
    """Paths as written, each with whether all in that folder may be written."""
    if command.target:
        yield command.target, False
    program = posixpath.basename(command.words[0]) if command.words else ""
    options = [word for word in command.words[1:] if word.startswith("-")]
    words = [word for word in command.words[1:] if not word.startswith("-")]
    if program in _COPYING and len(words) > 1:
        *sources, last = words
        sources = [resolve(source, scope, in_script=True) | "*" for source in sources]
        is_deep = any(_RECURSIVE & set(option) for option in options) or any("*" in source for source in sources)
        yield last, is_deep
        for source in sources:
            yield posixpath.join(last, posixpath.basename(source)), False
    elif program == "tee" or (program in ("sed", "yq", "perl") and any(option.startswith(("-i", "--in-place")) for option in options)):
        yield from ((word, False) for word in words)
    elif program in _FETCHING:
        yield from ((word, False) for option, word in zip(command.words, command.words[1:], strict=False) if option in _FETCHING[program])
