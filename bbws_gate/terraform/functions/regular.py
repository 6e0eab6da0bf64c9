"""``regex``, ``regexall`` and ``replace``: cty's stdlib/regexp.go, and Go's Regexp.ReplaceAllString and Expand.

https://github.com/zclconf/go-cty/blob/v1.18.0/cty/function/stdlib/regexp.go, https://pkg.go.dev/regexp#Regexp.Expand
"""

from __future__ import annotations

import unicodedata

from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, ObjectOf, TupleOf, Type
from bbws_gate.terraform.cty.values import Value, string
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.patterns import Match, Pattern, PatternError, compiled
from bbws_gate.terraform.functions.strings import normal


def _pattern(argument: Value) -> Pattern:
    try:
        return compiled(text(argument))
    except PatternError as error:
        raise FunctionError(f"invalid regexp pattern: {error}", 0) from error


def _match_type(pattern: Pattern) -> Type:
    if not pattern.names:
        return STRING
    if not any(pattern.names):
        return TupleOf((STRING,) * len(pattern.names))
    if not all(pattern.names):
        raise FunctionError("invalid regexp pattern: cannot mix both named and unnamed capture groups", 0)
    return ObjectOf(dict.fromkeys(sorted(pattern.names), STRING))


def _regex_type(arguments: Arguments) -> Type:
    return _match_type(_pattern(arguments[0])) if isinstance(arguments[0].raw, str) else DYNAMIC


def _regexall_type(arguments: Arguments) -> Type:
    return ListOf(_regex_type(arguments))


def _result(pattern: Pattern, match: Match, given: bytes, kind: Type) -> Value:
    if kind is STRING:
        return string(normal(given[match.start : match.end].decode()))
    groups = [_group(match, index, given) for index in range(1, len(pattern.names) + 1)]
    if isinstance(kind, TupleOf):
        return Value(kind, tuple(groups))
    # Of groups that share a name the last one counts.
    named = dict(zip(pattern.names, groups, strict=True))
    return Value(kind, {name: named[name] for name in sorted(named)})


def _group(match: Match, index: int, given: bytes) -> Value:
    start, end = match.spans[index]
    return Value(STRING, None if start < 0 else normal(given[start:end].decode()))


def _regex(arguments: Arguments, promised: Type, context: Context) -> Value:
    pattern, given = _pattern(arguments[0]), text(arguments[1]).encode()
    match = next(pattern.matches(given, context.spend), None)
    if match is None:
        raise FunctionError("pattern did not match any part of the given string")
    return _result(pattern, match, given, promised)


def _regexall(arguments: Arguments, promised: Type, context: Context) -> Value:
    pattern, given = _pattern(arguments[0]), text(arguments[1]).encode()
    kind = promised.element if isinstance(promised, ListOf) else STRING
    found = [_result(pattern, match, given, kind) for match in pattern.matches(given, context.spend)]
    return Value(promised, tuple(found))


def _replace(arguments: Arguments, promised: Type, context: Context) -> Value:
    given, search, replacement = (text(argument) for argument in arguments)
    if len(search) > 1 and search[0] == search[-1] == "/":
        return Value(promised, normal(_replace_matches(given, search[1:-1], replacement, context)))
    occurrences = given.count(search) if search else len(given) + 1
    context.spend((len(given) + occurrences * len(replacement)) // 8)
    return Value(promised, normal(given.replace(search, replacement)))


def _replace_matches(given: str, search: str, replacement: str, context: Context) -> str:
    try:
        pattern = compiled(search)
    except PatternError as error:
        raise FunctionError(f"error parsing regexp: {error.reason}: `{error.part}`") from error
    template = _template(replacement, pattern)
    source = given.encode()
    pieces: list[bytes] = []
    position = 0
    for match in pattern.matches(source, context.spend):
        pieces.append(source[position : match.start])
        for part in template:
            piece = part if isinstance(part, bytes) else source[slice(*_span(match, part))]
            context.spend(1 + len(piece) // 8)
            pieces.append(piece)
        position = match.end
    pieces.append(source[position:])
    return b"".join(pieces).decode()


def _span(match: Match, groups: tuple[int, ...]) -> tuple[int, int]:
    """Where the first of these groups that took part in the match stands."""
    taken = (match.spans[group] for group in groups if match.spans[group][0] >= 0)
    return next(taken, (0, 0))


def _template(replacement: str, pattern: Pattern) -> list[bytes | tuple[int, ...]]:
    """The replacement's literal parts, and between them the groups that a reference may mean: none for an unknown name or number."""
    parts: list[bytes | tuple[int, ...]] = []
    rest = replacement
    while True:
        before, dollar, rest = rest.partition("$")
        parts.append(before.encode())
        if not dollar:
            return parts
        if rest.startswith("$"):
            parts.append(b"$")
            rest = rest[1:]
            continue
        name, after = _reference(rest)
        if name is None:
            parts.append(b"$")
            continue
        rest = after
        parts.append(_groups_of(name, pattern))


def _groups_of(name: str, pattern: Pattern) -> tuple[int, ...]:
    number = _numbered(name)
    if number is not None:
        return (number,) if number <= len(pattern.names) else ()
    return tuple([index for index, known in enumerate(pattern.names, 1) if known == name])


def _reference(following: str) -> tuple[str | None, str]:
    """The longest ``name`` or ``{name}`` after a dollar sign, and what follows; None where there is neither."""
    braced = following.startswith("{")
    body = following[1:] if braced else following
    length = 0
    while length < len(body) and (body[length] == "_" or unicodedata.category(body[length])[0] == "L" or _is_digit(body[length])):
        length += 1
    closed = not braced or body[length : length + 1] == "}"
    if length == 0 or not closed:
        return None, following
    return body[:length], body[length + braced :]


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


def _numbered(name: str) -> int | None:
    """The group that a name of digits without leading zeros is."""
    if not (name.isascii() and name.isdigit()) or (name[0] == "0" and len(name) > 1) or len(name) > 9:
        return None
    return int(name)


FUNCTIONS = (
    Function("regex", (Parameter("pattern", STRING), Parameter("string", STRING)), _regex_type, _regex),
    Function("regexall", (Parameter("pattern", STRING), Parameter("string", STRING)), _regexall_type, _regexall),
    Function("replace", (Parameter("str", STRING), Parameter("substr", STRING), Parameter("replace", STRING)), STRING, _replace),
)
