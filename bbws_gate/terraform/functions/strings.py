"""String functions: cty's stdlib/string.go and Terraform's funcs/string.go.

https://github.com/zclconf/go-cty/blob/v1.18.0/cty/function/stdlib/string.go
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from bbws_gate.terraform.cty.types import BOOL, NUMBER, STRING, ListOf, Type
from bbws_gate.terraform.cty.values import TRUE, Raw, Unknown, Value, boolean, first_unknown, string, unknown
from bbws_gate.terraform.functions import letter_case
from bbws_gate.terraform.functions.arguments import go_int, items, text, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter, plain
from bbws_gate.terraform.functions.graphemes import clusters
from bbws_gate.terraform.functions.letter_case import SPACES

_STRINGS: Final = ListOf(STRING)


def normal(result: str) -> str:
    """Text in NFC, in which all of Terraform's strings are."""
    return result if result.isascii() else unicodedata.normalize("NFC", result)


def _rewriting(name: str, rewrite: Callable[..., str], *labels: str, dynamic: bool = False) -> Function:
    """A function of strings to a string."""

    def implementation(arguments: Arguments, promised: Type, _: Context) -> Value:
        return Value(promised, normal(rewrite(*[text(argument) for argument in arguments])))

    return Function(name, tuple(Parameter(label, STRING, dynamic=dynamic) for label in labels), STRING, implementation)


def _substr(arguments: Arguments, promised: Type, _: Context) -> Value:
    characters = clusters(text(arguments[0]))
    offset, wanted = go_int(arguments[1].raw), go_int(arguments[2].raw)
    if offset < 0:
        offset += len(characters)
    elif wanted == 0:
        return string("")
    rest = characters[max(offset, 0) :]
    # A length of 0 counted from the end takes everything, as Terraform does.
    return Value(promised, normal("".join(rest if wanted <= 0 else rest[:wanted])))


def _join(arguments: Arguments, promised: Type, context: Context) -> Value:
    separator, lists = text(arguments[0]), arguments[1:]
    if not lists:
        raise FunctionError("at least one list is required")
    for given in lists:
        unclear = undecided(given, promised)
        if unclear is not None:
            return unclear
    pieces: list[str] = []
    for position, given in enumerate(lists, 1):
        for index, item in enumerate(items(given)):
            if item.raw is None:
                where = f"element {index} of list {position}" if len(lists) > 1 else f"element {index}"
                raise FunctionError(f"{where} is null; cannot concatenate null values", position)
            pieces.append(text(item))
    context.spend((sum(map(len, pieces)) + len(separator) * len(pieces)) // 8)
    return Value(promised, normal(separator.join(pieces)))


def _sort(arguments: Arguments, promised: Type, context: Context) -> Value:
    missing = first_unknown(arguments[0])
    given = items(arguments[0])
    context.spend(len(given))
    if missing is not None:
        # Not in which order, but how many is known.
        return Value(promised, (unknown(missing.reason, STRING),) * len(given)) if given else Value(promised, missing)
    for index, item in enumerate(given):
        if item.raw is None:
            raise FunctionError(f"given list element {index} is null; a null string cannot be sorted")
    return Value(promised, tuple(sorted(given, key=text)))


def _split(arguments: Arguments, promised: Type, context: Context) -> Value:
    separator, given = text(arguments[0]), text(arguments[1])
    context.spend((given.count(separator) + 1) if separator else len(given))
    pieces = given.split(separator) if separator else list(given)
    return Value(promised, tuple([string(normal(piece)) for piece in pieces]))


def _indent(arguments: Arguments, promised: Type, context: Context) -> Value:
    spaces, given = go_int(arguments[0].raw), text(arguments[1])
    if spaces < 0:
        raise FunctionError("panic in function implementation: strings: negative Repeat count")
    context.spend((spaces * max(1, given.count("\n"))) // 8)
    return Value(promised, given.replace("\n", "\n" + " " * spaces))


def _startswith(arguments: Arguments, promised: Type, _: Context) -> Value:
    given, prefix = arguments
    if isinstance(given.raw, Unknown):
        # Every string starts with the empty one.
        return TRUE if prefix.raw == "" else Value(promised, given.raw)
    return boolean(text(given).startswith(text(prefix)))


def _endswith(given: str, suffix: str) -> Raw:
    return given.endswith(suffix)


def _contains(given: str, part: str) -> Raw:
    return part in given


FUNCTIONS = (
    _rewriting("chomp", lambda given: given.rstrip("\r\n"), "str"),
    plain("endswith", {"str": STRING, "suffix": STRING}, BOOL, _endswith),
    Function("indent", (Parameter("spaces", NUMBER), Parameter("str", STRING)), STRING, _indent),
    Function("join", (Parameter("separator", STRING),), STRING, _join, Parameter("lists", _STRINGS)),
    _rewriting("lower", letter_case.lower, "str", dynamic=True),
    Function("sort", (Parameter("list", _STRINGS, unknown=True),), _STRINGS, _sort),
    Function("split", (Parameter("separator", STRING), Parameter("str", STRING)), _STRINGS, _split),
    Function("startswith", (Parameter("str", STRING, unknown=True), Parameter("prefix", STRING)), BOOL, _startswith),
    plain("strcontains", {"str": STRING, "substr": STRING}, BOOL, _contains),
    _rewriting("strrev", lambda given: "".join(reversed(clusters(given))), "str", dynamic=True),
    Function(
        "substr",
        (Parameter("str", STRING, dynamic=True), Parameter("offset", NUMBER, dynamic=True), Parameter("length", NUMBER, dynamic=True)),
        STRING,
        _substr,
    ),
    _rewriting("title", letter_case.title, "str"),
    _rewriting("trim", lambda given, cutset: given.strip(cutset), "str", "cutset"),
    _rewriting("trimprefix", lambda given, prefix: given.removeprefix(prefix), "str", "prefix"),
    _rewriting("trimspace", lambda given: given.strip(SPACES), "str"),
    _rewriting("trimsuffix", lambda given, suffix: given.removesuffix(suffix), "str", "suffix"),
    _rewriting("upper", letter_case.upper, "str", dynamic=True),
)
