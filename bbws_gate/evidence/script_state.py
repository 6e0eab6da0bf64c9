"""What a step's script knows at each of its commands: variables, folder, and what it hands to later steps.

A value that is set under a condition is unknown afterwards, unless every way through the condition gives the same.
``$GITHUB_ENV``: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bbws_gate.deferred import NamedTuple, regex, replace
from bbws_gate.evidence.environment_file import exports
from bbws_gate.evidence.expression import Resolved, Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.shell import ShellCommand
from bbws_gate.evidence.shell_branches import Branch
from bbws_gate.model import Place

MAX_NAMES = 200
"""Variables that one script sets; where there are more, none is known."""

Values = Mapping[str, Fact[Resolved]]

_DECLARE = frozenset({"export", "declare", "typeset", "readonly", "local"})
_READ = frozenset({"read", "mapfile", "readarray"})
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_ENVIRONMENT_FILE = frozenset({"$GITHUB_ENV", "${GITHUB_ENV}", "${{ github.env }}"})


class Moment(NamedTuple):
    """One command, and what is known when it runs."""

    command: ShellCommand
    scope: Scope
    directory: Resolved
    """Where it works, relative to the repository root."""
    condition: str
    """What must be so that it runs; empty where that is certain."""


class _State(NamedTuple):
    variables: Values
    exported: Values
    directory: Resolved
    is_over: bool = False
    """Whether the script has certainly ended."""


class _Open(NamedTuple):
    """A construct that the script is in."""

    branch: Branch
    before: _State
    ends: tuple[tuple[Branch, _State], ...]
    """The ways through it that are over."""


class ScriptState:
    """Follows the commands of one script."""

    def __init__(self, commands: Sequence[ShellCommand], path: str, scope: Scope, directory: Resolved) -> None:
        self._commands = commands
        self._path = path
        self._scope = scope
        self._state = _State({}, {}, directory)
        self._open: list[_Open] = []
        self._ended = ""
        """What must not be so, that the script has not ended before."""
        self._inside = _assigned_inside(commands)
        self._functions: dict[str, int] = {}
        self._until = ""
        """The word that ends a value of several lines in the environment file."""

    @property
    def exported(self) -> Values:
        """What the script hands to later steps, as far as it has been followed."""
        return self._state.exported

    def moments(self) -> Iterator[Moment]:
        """Every command that runs a program, in order; at the end the state is that after the script."""
        for command in self._commands:
            self._move_to(command.path)
            scope = self._scope_now()
            if command.words:
                own = {name: self._fact(command, resolve(value, scope, in_script=True)) for name, value in command.assignments}
                seen = replace(scope, shell={**scope.shell, **own}) if own else scope
                yield Moment(command, seen, self._state.directory, command.condition or self._ended)
            self._after(command, scope)
        self._move_to(())

    def _scope_now(self) -> Scope:
        if len(self._state.variables) > MAX_NAMES:
            return replace(self._scope, env={}, exported={}, shell={})
        return replace(self._scope, shell=self._state.variables)

    def _fact(self, command: ShellCommand, value: Resolved) -> Fact[Resolved]:
        return Fact(value, Place(self._path, command.line, command.end_line))

    def _after(self, command: ShellCommand, scope: Scope) -> None:
        """What is known after a command."""
        program = command.words[0] if command.words else ""
        if program in ("exit", "return"):
            self._exit(command)
        if command.target in _ENVIRONMENT_FILE or (program == "tee" and command.words[-1] in _ENVIRONMENT_FILE and command.heredoc):
            self._export(command, scope)
        if command.is_piped or len(self._state.variables) > MAX_NAMES:
            return
        found = {name: self._fact(command, _value(text, scope, command)) for name, text in _assignments(command)}
        if program in ("eval", "source", ".") and not command.words[-1].endswith("/activate"):
            found |= dict.fromkeys(
                (*scope.env, *scope.exported, *scope.shell),
                self._fact(command, Resolved(None, f"{' '.join(command.words)[:60]} in line {command.line} may set it")),
            )
        if program in self._functions:
            found |= self._unknown(self._functions[program], f"function {program}, called in line {command.line},")
        if found:
            self._state = self._state._replace(variables={**self._state.variables, **found})
        self._state = self._state._replace(directory=changed(self._state.directory, command, scope))

    def _exit(self, command: ShellCommand) -> None:
        unsure = [branch for branch in command.path if not branch.is_certain]
        if unsure and command.words[0] == "exit" and command.words[1:] in ((), ("0",)) and unsure[0].kind != "function":
            self._ended = self._ended or f"line {command.line} does not end the script"
        if not command.is_piped:
            self._state = self._state._replace(is_over=True)

    def _export(self, command: ShellCommand, scope: Scope) -> None:
        """Lines that are written to the environment file."""
        for each in exports(command):
            if self._until:
                self._until = "" if each.text == self._until else self._until
            elif each.name:
                self._until = each.until
                value = resolve(each.value, scope, in_script=True)
                if each.until:
                    value = Resolved(None, f"line {command.line} gives it several lines")
                self._state = self._state._replace(exported={**self._state.exported, each.name: self._fact(command, value)})
            elif each.text is None:
                why = f"line {command.line} writes variables that only the run knows"
                known = dict.fromkeys((*scope.env, *scope.exported, *self._state.exported), self._fact(command, Resolved(None, why)))
                self._state = self._state._replace(exported=known)

    def _unknown(self, construct: int, who: str) -> dict[str, Fact[Resolved]]:
        """The names that are set inside a construct, unknown because of that."""
        return {
            name: Fact(Resolved(None, f"{who} sets {name} in line {line}"), Place(self._path, line, line))
            for name, line in self._inside.get(construct, {}).items()
        }

    def _move_to(self, path: tuple[Branch, ...]) -> None:
        """Leave and enter branches until the script is where ``path`` says."""
        same = 0
        while same < min(len(path), len(self._open)) and _same(path[same], self._open[same].branch):
            same += 1
        while len(self._open) > same + 1:
            self._leave()
        if len(self._open) == same + 1:
            top = self._open[same]
            if same < len(path) and path[same].construct == top.branch.construct:
                self._open[same] = _Open(path[same], top.before, (*top.ends, (top.branch, self._state)))
                self._state = top.before
            else:
                self._leave()
        for branch in path[len(self._open) :]:
            self._enter(branch)

    def _enter(self, branch: Branch) -> None:
        self._open.append(_Open(branch, self._state, ()))
        if branch.kind == "loop":
            names = self._unknown(branch.construct, branch.said)
            self._state = self._state._replace(variables={**self._state.variables, **names})
        elif branch.kind == "function":
            self._functions[branch.said] = branch.construct
            # When it is called, whatever the script sets anywhere may be set.
            names = self._unknown(0, "the script")
            self._state = self._state._replace(variables={**self._state.variables, **names})

    def _leave(self) -> None:
        top = self._open.pop()
        ends = (*top.ends, (top.branch, self._state))
        self._state = top.before if top.branch.kind in ("subshell", "function") else _joined(top.before, ends)
        if top.branch.kind == "subshell":
            self._state = self._state._replace(exported=ends[-1][1].exported)


def changed(directory: Resolved, command: ShellCommand, scope: Scope) -> Resolved:
    """The folder after ``cd``; the folder as it was after anything else."""
    if command.words[:1] in (("pushd",), ("popd",)):
        return Resolved(None, f"{command.words[0]} is not followed")
    if command.words[:1] != ("cd",):
        return directory
    target = resolve(command.words[1] if len(command.words) > 1 else "~", scope, in_script=True)
    return enter(directory, target)


def enter(directory: Resolved, target: Resolved) -> Resolved:
    """The folder that ``target`` names seen from ``directory``."""
    if target.value is None or directory.value is None:
        return target if target.value is None else directory
    if target.value.startswith(("/", "~", "-")):
        return Resolved(None, f"{target.value[:60]} leads where only the runner knows")
    return target._replace(value=tidy(posixpath.join(directory.value, target.value)))


def tidy(path: str) -> str:
    """A path without detours; ``""`` is the root."""
    clean = posixpath.normpath(path) if path else ""
    return "" if clean == "." else clean


def _same(first: Branch, second: Branch) -> bool:
    return (first.construct, first.number) == (second.construct, second.number)


def _assigned_inside(commands: Iterable[ShellCommand]) -> dict[int, dict[str, int]]:
    """The names that are set inside each construct, and in the whole script (0), with a line for each."""
    found: dict[int, dict[str, int]] = {0: {}}
    for command in commands:
        for name, _ in _assignments(command):
            if command.words[:1] == ("local",):
                continue
            found[0].setdefault(name, command.line)
            for branch in command.path:
                found.setdefault(branch.construct, {}).setdefault(name, command.line)
    return found


def _assignments(command: ShellCommand) -> Iterator[tuple[str, str | None]]:
    """The variables that a command sets, each with its text; None where only the run knows."""
    program = command.words[0] if command.words else ""
    if not program:
        yield from command.assignments
    elif program in _DECLARE:
        for word in command.words[1:]:
            name, equals, value = word.partition("=")
            if equals and _NAME.fullmatch(name):
                yield name, value
    elif program in ("for", "select"):
        values = command.words[3:]
        single = len(values) == 1 and not set(values[0]) & set("$`*?[{")
        yield command.words[1] if len(command.words) > 1 else "", values[0] if single else None
    elif program in _READ or program == "unset":
        for word in command.words[1:]:
            if _NAME.fullmatch(word):
                yield word, None
    elif program == "printf" and command.words[1:2] == ("-v",) and len(command.words) > 2:
        yield command.words[2], None


def _value(text: str | None, scope: Scope, command: ShellCommand) -> Resolved:
    if text is None:
        return Resolved(None, f"{' '.join(command.words)[:60]} in line {command.line} sets it")
    return resolve(text, scope, in_script=True)


def _joined(before: _State, ends: tuple[tuple[Branch, _State], ...]) -> _State:
    """What is known after a construct."""
    numbers = {branch.number for branch, _ in ends}
    # Ways without a command are not seen; then, as without ``else``, all may stay as it was.
    is_whole = any(branch.is_default for branch, _ in ends) and numbers == set(range(max(numbers) + 1))
    ways = [state for _, state in ends if not state.is_over]
    if not is_whole:
        ways.append(before)
    if not ways:
        return ends[-1][1]
    directories = {state.directory.value for state in ways}
    return _State(
        _same_in_all([state.variables for state in ways]),
        _same_in_all([state.exported for state in ways]),
        ways[0].directory if len(directories) == 1 else Resolved(None, f"the folder depends on {ends[0][0].said}"),
    )


def _same_in_all(ways: Sequence[Values]) -> Values:
    if all(way is ways[0] for way in ways):
        return ways[0]
    found: dict[str, Fact[Resolved]] = {}
    for name in dict.fromkeys(name for way in ways for name in way):
        facts = [way.get(name) for way in ways]
        some = [fact for fact in facts if fact is not None]
        found[name] = some[0] if len(some) == len(facts) and len({fact.value.value for fact in some}) == 1 else set_under_condition(some)
    return found


def set_under_condition(facts: Sequence[Fact[Resolved]]) -> Fact[Resolved]:
    """A value that is one of several, or none of them."""
    last = max(facts, key=lambda fact: fact.place.line)
    why = (
        last.value.why
        if last.value.why.startswith("it is set under a condition")
        else f"it is set under a condition in line {last.place.line}"
    )
    return Fact(Resolved(None, why), last.place)
