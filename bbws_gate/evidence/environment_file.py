"""What a command writes to ``$GITHUB_ENV``.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.shell import ShellCommand

_LINE = regex(r"([A-Za-z_][A-Za-z0-9_]*)(=|<<)(.*)")


class Export(NamedTuple):
    """One line that is written."""

    name: str = ""
    """The variable; empty where the line sets none."""
    value: str = ""
    """As the script has it, nothing expanded."""
    until: str = ""
    """The word after which a value of several lines ends."""
    text: str | None = None
    """The line; None where what is written cannot be known at all."""


def exports(command: ShellCommand) -> Iterator[Export]:
    """The lines that a command writes, in order."""
    text = _written(command)
    if text is None:
        yield Export()
        return
    for line in text.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            # A name that is put together, or a whole line of a variable.
            yield Export(text=None if "$" in line.partition("=")[0] or "`" in line.partition("=")[0] else line.strip())
        elif match[2] == "=":
            yield Export(match[1], match[3], text=line.strip())
        else:
            yield Export(match[1], until=match[3], text=line.strip())


def _written(command: ShellCommand) -> str | None:
    """The text; None where it is the output of something that is not followed."""
    program = command.words[0] if command.words else ""
    words = [word for word in command.words[1:] if word not in ("-e", "-n", "-E")]
    if program == "echo":
        return " ".join(words).replace("\\n", "\n")
    if program == "printf" and words:
        return _formatted(words[0], words[1:])
    if program in ("cat", "tee") and command.heredoc is not None:
        return command.heredoc
    return "" if program == "tee" else None


def _formatted(form: str, values: list[str]) -> str:
    """``printf``, as far as it is plain: ``%s`` in turn, and other directives as something that only the run knows."""
    parts = form.replace("\\n", "\n").split("%s")
    given = [*values, *[""] * len(parts)]
    whole = "".join(part + (given[number] if number < len(parts) - 1 else "") for number, part in enumerate(parts))
    return "\n".join(f"{line.partition('=')[0]}=$(printf)" if "%" in line else line for line in whole.split("\n"))
