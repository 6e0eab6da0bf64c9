"""The commands that documents tell people to run: shell blocks of the plan document and the README, with the folder each works in."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from itertools import islice

from bbws_gate.deferred import dataclass, regex
from bbws_gate.evidence.markdown import CodeBlock, Document
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.shell import Options, ShellCommand, commands
from bbws_gate.model import Place

MAX_COMMANDS = 500
"""In one document."""

_SHELL = frozenset({"", "sh", "bash", "shell", "console", "zsh", "shell-session"})
_PLACEHOLDER = regex(r"<[A-Za-z][\w .-]*>")
"""``<env>``: for a shell two redirections, for a reader a name to fill in."""
_PROMPT = regex(r"^\s*[$>]\s+")


@dataclass(frozen=True, slots=True)
class DocumentCommand:
    """One command of a document."""

    words: tuple[str, ...]
    assignments: tuple[tuple[str, str], ...]
    place: Place
    directory: str | None
    """Where it works, relative to the repository root; None when the document does not tell."""

    @property
    def text(self) -> str:
        """The command as it is shown to people."""
        return " ".join(self.words or (f"{name}={value}" for name, value in self.assignments))[:120]

    def path(self, word: str) -> str | None:
        """A path that it names, relative to the repository root; None where only a shell could tell, or outside the repository."""
        if self.directory is None or not re.fullmatch(r"[A-Za-z0-9._/-]+", word) or word.startswith("/"):
            return None
        joined = posixpath.normpath(posixpath.join(self.directory, word))
        return None if joined.startswith("..") else "" if joined == "." else joined


def document_commands(project: ProjectEvidence) -> Iterator[DocumentCommand]:
    """The commands of the plan document and the README, in the order of the lines; every block starts at the repository root."""
    for path in dict.fromkeys((project.spec.plan.document, "README.md")):
        document = project.documents.get(path) if path is not None else None
        if document is not None:
            yield from islice(_of_document(project, document), MAX_COMMANDS)


def _of_document(project: ProjectEvidence, document: Document) -> Iterator[DocumentCommand]:
    for block in document.code:
        if block.language in _SHELL:
            directory: str | None = ""
            subshells = {fact.place.line for fact in block.lines if "(" in fact.value and "cd " in fact.value}
            for command in _commands(block):
                place = Place(document.path, command.line, command.end_line)
                yield DocumentCommand(command.words, command.assignments, place, directory)
                directory = _after(project, directory, command)
                if command.line in subshells:
                    directory = None


def _commands(block: CodeBlock) -> tuple[ShellCommand, ...]:
    """The block's commands; of a session with prompts only what follows a prompt."""
    lines = [_PLACEHOLDER.sub("$PLACEHOLDER", fact.value) for fact in block.lines]
    if any(_PROMPT.match(line) for line in lines):
        lines = [_PROMPT.sub("", line) if _PROMPT.match(line) else "" for line in lines]
    elif not block.language and not _looks_like_shell(lines):
        return ()
    first = block.lines[0].place.line if block.lines else 1
    return commands("\n".join(lines), first, Options(errexit=False, pipefail=False))


def _looks_like_shell(lines: list[str]) -> bool:
    """Whether a block without a language is a list of commands: it begins with one that is known."""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    try:
        words = shlex.split(first)
    except ValueError:
        return False
    return bool(words) and words[0] in ("cd", "terraform", "tofu", "aws", "export", "git", "gh", "python", "python3", "bash", "sh", "make")


def _after(project: ProjectEvidence, directory: str | None, command: ShellCommand) -> str | None:
    """The folder after a command: the one that ``cd`` names, unknown where it cannot be followed or is not there."""
    if command.words[:2] == ("git", "clone") or command.words[:1] in (("pushd",), ("popd",)):
        return None
    if command.words[:1] != ("cd",):
        return directory
    target = command.words[1] if len(command.words) > 1 else "~"
    if directory is None or not re.fullmatch(r"[A-Za-z0-9._/-]+", target) or target.startswith(("/", "-")):
        return None
    joined = posixpath.normpath(posixpath.join(directory, target))
    if joined == "." or joined in project.folders:
        return "" if joined == "." else joined
    if "/" not in joined and directory == "" and not any(folder.endswith(f"/{joined}") for folder in project.folders):
        return ""  # the checkout itself, by whatever name it was cloned
    return None  # not there from here: the document means another place, and what follows does, too
