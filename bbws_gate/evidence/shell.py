"""Shell text as a list of commands with their lines: enough of shell to see what a script runs, and whether a failure stops it.

``errexit`` and ``pipefail``: https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from bbws_gate.deferred import NamedTuple, dataclass, regex, replace
from bbws_gate.evidence.shell_branches import Branch, Placed, placed
from bbws_gate.evidence.shell_tokens import tokens

MAX_GROUP = 200
"""Commands of a chain, and lists of a group after ``||``, that are looked at."""

_ASSIGNMENT = regex(r"([A-Za-z_][A-Za-z0-9_]*)(\+?=)(.*)", re.DOTALL)
_STATUS = regex(r"\$\?|\$\{?PIPESTATUS")
_PIPES = frozenset({"|", "|&"})
_BREAKS = frozenset({"\n", ";", ";;", "&"})
_CHAINS = frozenset({"&&", "||", "|", "|&"})
_CONDITIONS = frozenset({"if", "while", "until", "elif"})
_SKIPPED = frozenset({"then", "else", "do", "{", "(", "time", "fi", "done", "esac", "}", ")"})
_WRAPPERS = frozenset({"sudo", "exec", "command", "nohup", "env", "xargs", "builtin"})
_HARMLESS = frozenset({"true", ":", "/bin/true", "echo", "printf"})


@dataclass(frozen=True, slots=True)
class Options:
    """Shell options that decide whether a failure stops the script."""

    errexit: bool
    pipefail: bool


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """One simple command."""

    words: tuple[str, ...]
    """Program and arguments, quotes removed; empty for assignments alone."""
    line: int
    end_line: int
    assignments: tuple[tuple[str, str], ...] = ()
    """``NAME=value`` before the program."""
    target: str = ""
    """The file that output is written or appended to."""
    ignored: str = ""
    """Why its failure certainly does not stop the script; empty otherwise."""
    tested: bool = False
    """Whether the script looks at its result itself (``if``, ``|| handler``, ``$?``): what a failure does then cannot be told."""
    path: tuple[Branch, ...] = ()
    """The branches that it stands in, from the outside."""
    is_piped: bool = False
    """Whether it is part of a pipe, where it works in a shell of its own."""
    heredoc: str | None = None
    """The text that it is given after ``<<``."""

    @property
    def condition(self) -> str:
        """What must be so that it runs, where that is not certain: ``if [ $E = dev ]``; empty otherwise."""
        unsure = next((branch for branch in reversed(self.path) if not branch.is_certain), None)
        if unsure is None:
            return ""
        said = f"function {unsure.said} is called" if unsure.kind == "function" else unsure.said.removeprefix("if ")
        return f"{said} (line {unsure.line})"


def commands(text: str, first_line: int, options: Options) -> tuple[ShellCommand, ...]:
    """The simple commands of a script, in order.

    Args:
        text: the script.
        first_line: the line of its first line in the file.
        options: what is in force when it starts; ``set`` in the script changes it.
    """
    lists = _lists(placed(tokens(text, first_line)))
    later = deque(lists)
    status_is_read = _STATUS.search(text) is not None
    found: list[ShellCommand] = []
    for own in lists:
        later.popleft()
        for command in _commands_of_list(own, later, options, status_is_read=status_is_read):
            found.append(command)
            options = _after(command, options)
    return tuple(found)


def _lists(stream: Iterable[Placed]) -> list[list[Placed]]:
    """Tokens between line ends and semicolons: one AND-OR list each; a line that ends in ``&&``, ``||`` or ``|`` goes on."""
    found: list[list[Placed]] = [[]]
    for token in stream:
        if token.is_word or token.text not in _BREAKS:
            found[-1].append(token)
        elif token.text == "\n" and found[-1] and not found[-1][-1].is_word and found[-1][-1].text in _CHAINS:
            continue
        else:
            if token.text == "&":
                found[-1].append(token)
            found.append([])
    return [own for own in found if own]


class _Piece(NamedTuple):
    """One command of a list and the operator after it."""

    tokens: list[Placed]
    following: str


def _commands_of_list(own: list[Placed], later: deque[list[Placed]], options: Options, *, status_is_read: bool) -> Iterator[ShellCommand]:
    pieces = _pieces(own)
    condition = False
    for number, piece in enumerate(pieces):
        stripped, opener = _without_keywords(piece.tokens)
        condition = condition or opener in _CONDITIONS
        command = _simple(stripped)
        if command is None:
            continue
        ignored = "" if condition else "its result is negated" if opener == "!" else _ignored(pieces, number, later, options)
        tested = condition or ignored == _HANDLED or bool(ignored and status_is_read)
        piped = piece.following in _PIPES or (number > 0 and pieces[number - 1].following in _PIPES)
        yield replace(
            command,
            ignored="" if tested else ignored,
            tested=tested,
            is_piped=piped,
            target=command.target or (_teed(pieces[number + 1].tokens) if piece.following == "|" and number + 1 < len(pieces) else ""),
        )


def _pieces(own: list[Placed]) -> list[_Piece]:
    pieces: list[_Piece] = []
    current: list[Placed] = []
    for token in own:
        if not token.is_word and (token.text in _CHAINS or token.text == "&"):
            pieces.append(_Piece(current, token.text))
            current = []
        else:
            current.append(token)
    return [*pieces, _Piece(current, "")] if current else pieces


_HANDLED = "handled"


def _ignored(pieces: list[_Piece], number: int, later: deque[list[Placed]], options: Options) -> str:
    following = pieces[number].following
    if following == "&":
        return "it runs in the background"
    if following in {"|", "|&"} and not options.pipefail:
        into = next((token.text for token in pieces[number + 1].tokens), "") if number + 1 < len(pieces) else ""
        return f"it is piped to {into or 'another command'} without pipefail"
    operators = [piece.following for piece in pieces[number : number + MAX_GROUP]]
    if "||" in operators:
        after = pieces[number + operators.index("||") + 1 :]
        return _alternative(after[0].tokens if after else [], later)
    if "&&" in operators and later:
        return "it stands before && and errexit does not apply there"
    return "errexit is off (set -e)" if not options.errexit and later else ""


def _alternative(own: list[Placed], later: deque[list[Placed]]) -> str:
    """What becomes of a failure that ``||`` catches."""
    if own and own[0].text in {"{", "("}:
        group = [own[1:]]
        for following in islice(later, MAX_GROUP):
            group.append(following)
            if any(token.text in {"}", ")"} for token in following):
                break
    else:
        group = [own]
    words = [[token.text for token in part if token.is_word and token.text not in _SKIPPED] for part in group]
    if any(_fails(part) for part in words):
        return ""
    if all(not part or part[0] in _HARMLESS or part[:2] == ["exit", "0"] for part in words):
        return f"|| {' '.join(words[0][:2])}".strip()
    return _HANDLED


def _fails(words: list[str]) -> bool:
    return words[:1] == ["false"] or (words[:1] in (["exit"], ["return"]) and words[1:2] != ["0"])


def _without_keywords(own: list[Placed]) -> tuple[list[Placed], str]:
    """A command without the reserved words before it, and the one of them that looks at its result."""
    texts = [token.text for token in own]
    start, opener = 0, ""
    while start < len(own) and texts[start] in _CONDITIONS | _SKIPPED | {"!"}:
        opener = texts[start] if texts[start] in _CONDITIONS or (texts[start] == "!" and not opener) else opener
        start += 1
    return own[start:], opener


def _simple(own: list[Placed]) -> ShellCommand | None:
    words: list[str] = []
    assignments: list[tuple[str, str]] = []
    target, operator, heredoc = own[0].target if own else "", "", None
    for token in own:
        if not token.is_word:
            operator = "" if token.text in {"(", ")"} else token.text
        elif operator:
            target = token.text if operator in {">", ">>", ">|", "&>", "&>>"} else target
            heredoc = token.text if operator == "<<" else heredoc
            operator = ""
        elif not words and (assignment := _ASSIGNMENT.fullmatch(token.text)) is not None:
            before = f"${{{assignment[1]}}}" if assignment[2] == "+=" else ""
            assignments.append((assignment[1], before + assignment[3]))
        elif words or token.text not in _WRAPPERS:
            words.append(token.text)
    if not words and not assignments:
        return None
    return ShellCommand(tuple(words), own[0].line, own[-1].line, tuple(assignments), target, path=own[0].path, heredoc=heredoc)


def _teed(own: list[Placed]) -> str:
    """The file of the ``tee`` that output is piped to."""
    words = [token.text for token in own if token.is_word]
    return words[-1] if words[:1] == ["tee"] and len(words) > 1 and not words[-1].startswith("-") else ""


def _after(command: ShellCommand, options: Options) -> Options:
    """The options after ``set`` was run."""
    if command.words[:1] != ("set",):
        return options
    errexit, pipefail = options.errexit, options.pipefail
    arguments = command.words[1:]
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if not re.fullmatch(r"[-+][A-Za-z]+", word):
            continue
        name = following if word.endswith("o") else ""
        if "e" in word or name == "errexit":
            errexit = word.startswith("-")
        if name == "pipefail":
            pipefail = word.startswith("-")
    return Options(errexit, pipefail)
