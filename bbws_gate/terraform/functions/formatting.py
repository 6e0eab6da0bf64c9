"""``format`` and ``formatlist``: cty's stdlib/format.go and the grammar of its format_fsm.rl."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from bbws_gate.deferred import dataclass, regex
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value, first_unknown
from bbws_gate.terraform.functions.arguments import is_sequence, items, length, text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.format_verbs import Verb, quoted_character, write

_PARTS: Final = (r"[0#\-+ ]*", r"(?:[1-9][0-9]*)?", r"(?:\.[0-9]*)?", r"(?:\[[1-9][0-9]*\])?", r"[a-zA-Z]")
_VERB: Final = regex("%" + "".join(f"({part})" for part in _PARTS))
_UNFINISHED: Final = regex(r"%[0#\-+ ]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*)?)?\]?")
"""As much of a verb as there is before the character that makes it none."""


@dataclass(slots=True)
class _Formatter:
    """Writes one format string, argument by argument."""

    pattern: str
    arguments: Sequence[Value]
    context: Context
    highest: int = 0

    def run(self) -> str:
        pieces: list[str] = []
        position, following = 0, 1
        while (percent := self.pattern.find("%", position)) >= 0:
            pieces.append(self.pattern[position:percent])
            if self.pattern.startswith("%%", percent):
                pieces.append("%")
                position = percent + 2
                continue
            verb, position = self._verb(percent, following)
            following = verb.argument + 1
            self.highest = max(self.highest, verb.argument)
            pieces.append(self._written(verb))
        pieces.append(self.pattern[position:])
        self._check_used()
        return unicodedata.normalize("NFC", "".join(pieces))

    def _offset(self, position: int) -> int:
        return len(self.pattern[:position].encode())

    def _verb(self, percent: int, following: int) -> tuple[Verb, int]:
        match = _VERB.match(self.pattern, percent)
        if match is None:
            raise self._malformed(percent)
        flags, width, precision, index, mode = match.groups()
        argument = int(index[1:-1]) if index else following
        places = int(precision[1:] or 0) if precision else None
        verb = Verb(match.group(), self._offset(percent), argument, mode, flags, int(width) if width else None, places)
        return verb, match.end()

    def _malformed(self, percent: int) -> FunctionError:
        start = _UNFINISHED.match(self.pattern, percent)
        end = percent + 1 if start is None else start.end()
        if end >= len(self.pattern):
            return FunctionError(f"invalid format string starting at offset {self._offset(end)}")
        return FunctionError(f"unrecognized format character {quoted_character(self.pattern[end])} at offset {self._offset(end)}")

    def _written(self, verb: Verb) -> str:
        given = len(self.arguments)
        if verb.argument > given:
            raise FunctionError(
                f"not enough arguments for {quoted(verb.raw)} at {verb.offset}: need index {verb.argument} but have {given} total"
            )
        return write(verb, self.arguments[verb.argument - 1], self.context)

    def _check_used(self) -> None:
        if self.highest >= len(self.arguments):
            return
        used = f"only {self.highest} used by format string" if self.highest else "no verbs in format string"
        raise FunctionError(f"too many arguments; {used}", self.highest + 1)


def _format(arguments: Arguments, promised: Type, context: Context) -> Value:
    for argument in arguments[1:]:
        missing = first_unknown(argument)
        if missing is not None:
            return Value(promised, missing)
    return Value(promised, _Formatter(text(arguments[0]), arguments[1:], context).run())


def _formatlist(arguments: Arguments, promised: Type, context: Context) -> Value:
    pattern, values = arguments[0], arguments[1:]
    if not values:
        return Value(promised, (_format(arguments, STRING, context),))
    rounds, missing = _rounds(values)
    if missing is not None:
        return Value(promised, missing)
    results = []
    for index in range(1 if rounds is None else rounds):
        row = [items(value)[index] if _iterates(value) else value for value in values]
        try:
            results.append(_format([pattern, *row], STRING, context))
        except FunctionError as error:
            raise FunctionError(f"error on format iteration {index}: {error.message}") from error
    return Value(promised, tuple(results))


def _iterates(value: Value) -> bool:
    return is_sequence(value.type) and value.raw is not None


def _rounds(values: Sequence[Value]) -> tuple[int | None, Unknown | None]:
    """How often to format, None without any sequence; and why that cannot be known."""
    rounds: int | None = None
    chooser = 0
    missing: Unknown | None = None
    for index, value in enumerate(values):
        size = length(value) if _iterates(value) else None
        if _iterates(value) and size is None:
            missing = missing or first_unknown(value)
        elif value.type is DYNAMIC and isinstance(value.raw, Unknown):
            missing = missing or value.raw
        if size is None:
            continue
        if rounds is None:
            rounds, chooser = size, index
        elif size != rounds:
            raise FunctionError(
                f"argument {index + 1} has length {size}, which is inconsistent with argument {chooser + 1} of length {rounds}",
                index + 1,
            )
    return rounds, missing


_ARGUMENTS: Final = Parameter("args", DYNAMIC, null=True, unknown=True, dynamic=True)

FUNCTIONS = (
    Function("format", (Parameter("format", STRING),), STRING, _format, _ARGUMENTS),
    Function("formatlist", (Parameter("format", STRING),), ListOf(STRING), _formatlist, _ARGUMENTS),
)
