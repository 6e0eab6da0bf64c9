"""What a text in a workflow stands for: ``${{ env.REGION }}``, ``$REGION``, ``${REGION:-eu-west-1}``.

Only what follows from the file is resolved; everything else is unknown with the reason. Expression syntax:
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bbws_gate.deferred import NamedTuple, dataclass, field, regex
from bbws_gate.evidence.fact import Fact

MAX_THROUGH = 10
MAX_TEXT = 10_000
MAX_SHOWN = 60
CHOICE = "choice"
"""A context of ours beside GitHub's: ``choice.NAME`` is an input that somebody sets at the start."""

_EXPRESSION = regex(r"\$\{\{(.*?)\}\}", re.DOTALL)
_VARIABLE = regex(r"\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^{}]*))?\}|([A-Za-z_][A-Za-z0-9_]*))")
_OF_RUNNER = regex(r"CI|(?:GITHUB|RUNNER)_[A-Z0-9_]+")
"""Variables that every run has: https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables"""
_COMPUTED = regex(r"\$[({@*#?!0-9]|`")
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*)*")
_LITERAL = regex(r"'((?:[^']|'')*)'|(true|false|null)|(-?[0-9]+(?:\.[0-9]+)?)")


class Resolved(NamedTuple):
    """What a text stands for."""

    value: str | None
    """None when it cannot be known from the file."""
    why: str = ""
    """Why it cannot be known."""
    through: tuple[str, ...] = ()
    """What led to it, nearest first: ``env.REGION``, ``default of input region``."""

    def __or__(self, text: str) -> str:
        """The value, or ``text`` when it is not known."""
        return text if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Scope:
    """Names that texts may refer to at one place of a workflow."""

    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    inputs: Mapping[str, Fact[str] | None] = field(default_factory=dict)
    """Defaults of the workflow's inputs; None for an input without one."""
    matrix: Mapping[str, Fact[str] | None] = field(default_factory=dict)
    """The single value of a matrix dimension; None where it has several."""
    given: Mapping[str, Fact[str]] = field(default_factory=dict)
    """Inputs that a calling workflow sets."""
    scripts: tuple[str, ...] = ()
    """Scripts and actions of the repository that steps before have run: they may write to ``$GITHUB_ENV``, too."""
    exported: Mapping[str, Fact[Resolved]] = field(default_factory=dict)
    """What steps before have written to ``$GITHUB_ENV``; counts more than ``env``."""
    shell: Mapping[str, Fact[Resolved]] = field(default_factory=dict)
    """What the script has set so far; counts more than both where ``$NAME`` is expanded."""
    events: frozenset[str] = frozenset()
    """What may have started the run, ``github.event_name``; none where that is not known."""

    def variable(self, name: str) -> Fact[Resolved] | None:
        """What a program started here finds in its environment under a name, and where that is written."""
        found = self.shell.get(name) or self.exported.get(name)
        if found is None and name in self.env:
            found = Fact(resolve(self.env[name].value, self), self.env[name].place)
        return found


def resolve(text: str, scope: Scope, *, in_script: bool = False) -> Resolved:
    """What ``text`` stands for.

    Args:
        text: as written.
        scope: what it can refer to.
        in_script: whether ``$NAME`` is expanded too, as in a ``run`` script.
    """
    return _Resolver(scope).text(text, in_script=in_script)


class _Resolver:
    """Resolves within one scope; every name once, so that names built from names cannot multiply."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[str, Resolved] = {}

    def text(self, text: str, *, in_script: bool) -> Resolved:
        through: list[str] = []
        parts: list[str] = []
        position = 0
        for match in _EXPRESSION.finditer(text):
            found = self._expression(match[1].strip())
            if found.value is None:
                return found
            parts += [text[position : match.start()], found.value]
            through += found.through
            position = match.end()
        whole = "".join([*parts, text[position:]])
        if len(whole) > MAX_TEXT:
            return Resolved(None, "it is longer than can be followed")
        result = Resolved(whole, "", tuple(through[:MAX_THROUGH]))
        return self._expanded(result, whole) if in_script and ("$" in whole or "`" in whole) else result

    def _expanded(self, result: Resolved, text: str) -> Resolved:
        """A word of a script with its variables replaced."""
        parts: list[str] = []
        through = list(result.through)
        position = 0
        for match in _VARIABLE.finditer(text):
            name, fallback = match[1] or match[3], match[2]
            if name in self._scope.shell:
                found = _through(f"${name}", self._scope.shell[name].value)
            elif name in self._scope.exported or name in self._scope.env:
                found = self._variable(name)
            elif _OF_RUNNER.fullmatch(name):
                found = Resolved(None, f"${name} is known to the run only")
            elif fallback is not None:
                # The runner's own environment may still hold it, but a workflow that offers a fallback means it.
                found = Resolved(fallback, "", (f"fallback of {name}",))
            else:
                found = self._unset(f"${name}")
            if found.value is None:
                return found
            parts += [text[position : match.start()], found.value]
            through += found.through
            position = match.end()
        whole = "".join([*parts, text[position:]])
        if _COMPUTED.search(_VARIABLE.sub("", text)) or len(whole) > MAX_TEXT:
            return Resolved(None, "it is computed when the script runs")
        return Resolved(whole, "", tuple(through[:MAX_THROUGH]))

    def _expression(self, text: str) -> Resolved:
        """``a``, ``'literal'`` or ``a || b``: the first that is not empty; unknown as soon as one of them is."""
        result = Resolved(None, "it is an empty expression")
        through: list[str] = []
        for part in _alternatives(text):
            result = self._operand(part.strip())
            through += result.through
            if result.value is None or result.value not in ("", "false", "0"):
                break
        # What decides that an alternative is taken has led to the value, too.
        return result if result.value is None else result._replace(through=tuple(through[:MAX_THROUGH]))

    def _operand(self, text: str) -> Resolved:
        literal = _LITERAL.fullmatch(text)
        if literal is not None:
            return Resolved(literal[1].replace("''", "'") if literal[1] is not None else "" if text == "null" else text)
        if not _NAME.fullmatch(text):
            return Resolved(None, f"the expression {_shown(text)} is not followed")
        context, _, name = text.partition(".")
        if context == "env":
            return self._variable(name)
        if context == "matrix":
            if name in self._scope.matrix and self._scope.matrix[name] is None:
                return Resolved(None, f"the matrix gives {name} several values")
            return self._fact(text, self._scope.matrix.get(name))
        if context == "inputs" or text.startswith("github.event.inputs."):
            own = name.removeprefix("event.inputs.")
            if own in self._scope.given:
                return self._given(own, self._scope.given[own])
            if own not in self._scope.inputs:
                return Resolved(None, f"{own} is no input of the workflow")
            if self._scope.inputs[own] is None:
                return Resolved(None, f"input {own} has no default: whoever starts the workflow gives it")
            return self._fact(f"default of input {own}", self._scope.inputs[own])
        if context == CHOICE:
            return Resolved(None, f"whoever starts the workflow chooses input {name}")
        return Resolved(None, f"{text} is known to GitHub only")

    def _variable(self, name: str) -> Resolved:
        if name in self._scope.exported:
            return _through(f"env.{name}", self._scope.exported[name].value)
        return self._fact(f"env.{name}", self._scope.env.get(name))

    def _given(self, name: str, fact: Fact[str]) -> Resolved:
        found = self._fact(f"input {name}", fact)
        if found.value is None and fact.value == unknown_input(name):
            return Resolved(None, f"input {name} is what the caller gives in {fact.place}, known to the run only")
        return found

    def _unset(self, what: str) -> Resolved:
        """Why a variable that the workflow's file does not set is not known."""
        if self._scope.scripts:
            return Resolved(None, f"{what} may be set by {self._scope.scripts[-1]}")
        return Resolved(None, f"{what} is not set in the workflow")

    def _fact(self, what: str, fact: Fact[str] | None) -> Resolved:
        if fact is None:
            return self._unset(what) if what.startswith("env.") else Resolved(None, f"{what} is not set in the workflow")
        if what not in self._known:
            self._known[what] = Resolved(None, f"{what} refers to itself")
            found = self.text(fact.value, in_script=False)
            self._known[what] = _through(what, found)
        return self._known[what]


def _through(what: str, found: Resolved) -> Resolved:
    """A value with one more step to it."""
    return found if found.value is None else Resolved(found.value, "", (what, *found.through)[:MAX_THROUGH])


def unknown_input(name: str) -> str:
    """What stands for an input of which only the caller's run knows the value."""
    return f"${{{{ caller.{name} }}}}"


def _shown(text: str) -> str:
    """An expression as a reason quotes it."""
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1].rstrip()}…"


def _alternatives(text: str) -> list[str]:
    """Parts between ``||``, those inside quotes and parentheses left alone."""
    masked = re.sub(r"'(?:[^']|'')*'", lambda match: "\0" * len(match[0]), text)
    parts, start, depth = [], 0, 0
    for match in re.finditer(r"\|\||[()]", masked):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "||" and depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
