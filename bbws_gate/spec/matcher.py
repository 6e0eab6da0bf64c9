"""Expectations about one value: a literal, or tests such as ``{min: 7}``. Three-valued: what is unknown is never a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, cast

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model import Result
from bbws_gate.spec.form import Form, JsonSchema
from bbws_gate.spec.placeholders import fill_known

Unknown = Callable[[object], str | None]
"""Says why a value cannot be known, or None for one that is known. Asked for every part that a test looks at."""

Path = tuple[str | int, ...]

MAX_SHOWN = 200
"""Characters of a value in a message."""

TESTS = ("equals", "in", "matches", "min", "max", "present", "absent", "contains")


class Verdict(NamedTuple):
    """What a test says about one value."""

    result: Result
    why: str
    """Why it fails or cannot be told; empty for a pass."""
    path: Path = ()
    """Where in the examined attributes the value stands."""
    actual: object = None
    """The value itself."""


_PASS = Verdict(Result.PASS, "")


@dataclass(frozen=True, slots=True)
class Matcher:
    """One or more tests that must all hold."""

    tests: tuple[tuple[str, Any], ...]
    """Pairs of a name from :data:`TESTS` and its operand."""

    @classmethod
    def read(cls, raw: Any) -> Matcher:
        """From the spec: a mapping whose keys are all tests, or else a literal.

        Raises:
            ValueError: tests and other keys mixed, or an operand that the test cannot use.
        """
        if not isinstance(raw, dict) or not raw:
            return cls((("equals", raw),))
        known = [key for key in raw if key in TESTS]
        if not known:
            return cls((("equals", raw),))
        others = [key for key in raw if key not in TESTS]
        if others:
            raise ValueError(
                f"{others[0]!r} beside {known[0]!r}: either tests ({', '.join(TESTS)}) or a literal; write {{equals: ...}} for that"
            )
        for name, operand in raw.items():
            _check_operand(name, operand)
        return cls(tuple(raw.items()))

    def filled(self, values: Mapping[str, str]) -> Matcher:
        """With ``{env}`` and its kin replaced in every text."""
        return Matcher(tuple((name, _filled(operand, values)) for name, operand in self.tests))

    def check(self, actual: object, unknown: Unknown = lambda _: None) -> Verdict:
        """Whether all tests hold for ``actual`` (plain Python values); a failure outweighs what is unknown."""
        worst = _PASS
        for name, operand in self.tests:
            verdict = _TESTS[name](operand, actual, unknown)
            if verdict.result is Result.FAIL:
                return verdict._replace(actual=actual)
            if verdict.result is Result.UNVERIFIED:
                worst = verdict
        return worst._replace(actual=actual)

    def examine(self, attributes: Mapping[str, Any], path: str, unknown: Unknown = lambda _: None) -> tuple[Verdict, ...]:
        """One verdict for every value that a dotted path reaches; an attribute that is not set counts as one null."""
        return tuple(self.check(value, unknown)._replace(path=place) for place, value in reach(attributes, path, unknown))

    def __str__(self) -> str:
        """For people: ``at least 7``, ``one of a, b``, ``true``."""
        return " and ".join(
            _WORDS[name].format(_shown(operand)) if name != "present" else _presence(operand) for name, operand in self.tests
        )


def reach(attributes: object, path: str, unknown: Unknown = lambda _: None) -> tuple[tuple[Path, Any], ...]:
    """The values at a dotted path into attributes and nested blocks.

    A list on the way stands for each of its elements, unless the path gives an index; an unknown value on the way is what is reached.
    A key that itself holds dots is found when the rest of the path is its name.
    """
    return tuple(_reach(attributes, tuple(path.split(".")), (), unknown)) or (((), None),)


def _reach(value: object, rest: tuple[str, ...], walked: Path, unknown: Unknown) -> Iterator[tuple[Path, Any]]:
    if not rest or unknown(value) is not None:
        yield walked, value
    elif isinstance(value, Mapping):
        whole = ".".join(rest)
        if len(rest) > 1 and whole in value:
            yield (*walked, whole), value[whole]
        elif rest[0] in value:
            yield from _reach(value[rest[0]], rest[1:], (*walked, rest[0]), unknown)
        else:
            yield walked, None
    elif isinstance(value, list | tuple):
        if rest[0].isdecimal():
            index = int(rest[0])
            yield from _reach(value[index], rest[1:], (*walked, index), unknown) if index < len(value) else [(walked, None)]
        else:
            for index, item in enumerate(value):
                yield from _reach(item, rest, (*walked, index), unknown)
    else:
        yield walked, None


def _equals(expected: Any, actual: object, unknown: Unknown) -> Verdict:
    result = _same(expected, actual, unknown)
    both_lists = isinstance(expected, tuple) and isinstance(actual, list | tuple)
    if result.result is Result.FAIL and both_lists and sorted(map(_rendered, expected)) == sorted(map(_rendered, cast("Any", actual))):
        return result._replace(why="holds the same elements in another order (use contains where the order does not matter)")
    return result


def _same(expected: Any, actual: object, unknown: Unknown) -> Verdict:
    reason = unknown(actual)
    if reason is not None:
        return Verdict(Result.UNVERIFIED, reason)
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            return _differs(expected, actual)
        keys = dict.fromkeys((*expected, *(key for key, value in actual.items() if value is not None)))
        return _all(_same(expected.get(key), actual.get(key), unknown) for key in keys)
    if isinstance(expected, tuple):
        if not isinstance(actual, list | tuple) or len(actual) != len(expected):
            return _differs(expected, actual)
        return _all(_same(one, other, unknown) for one, other in zip(expected, actual, strict=True))
    if expected is None or actual is None or isinstance(actual, Mapping | list | tuple):
        return _PASS if expected is None and actual is None else _differs(expected, actual)
    if type(expected) is type(actual) and expected == actual:
        return _PASS
    return _PASS if _text(expected) == _text(actual) else _differs(expected, actual)


def _all(verdicts: Iterator[Verdict]) -> Verdict:
    worst = _PASS
    for verdict in verdicts:
        if verdict.result is Result.FAIL:
            return verdict
        if verdict.result is Result.UNVERIFIED:
            worst = verdict
    return worst


def _differs(expected: object, actual: object) -> Verdict:
    return Verdict(Result.FAIL, f"is {_shown(actual)}, not {_shown(expected)}")


def _in(expected: Any, actual: object, unknown: Unknown) -> Verdict:
    verdicts = [_same(item, actual, unknown) for item in expected]
    for result in (Result.PASS, Result.UNVERIFIED):
        for verdict in verdicts:
            if verdict.result is result:
                return verdict
    return Verdict(Result.FAIL, f"is {_shown(actual)}, none of {_shown(expected)}")


def _matches(expected: str, actual: object, unknown: Unknown) -> Verdict:
    reason = unknown(actual)
    if reason is not None:
        return Verdict(Result.UNVERIFIED, reason)
    if actual is None or isinstance(actual, Mapping | list | tuple):
        return Verdict(Result.FAIL, f"is {_shown(actual)}, which is not text")
    if _compiled(expected).fullmatch(_text(actual)):
        return _PASS
    return Verdict(Result.FAIL, f"is {_shown(actual)}, which does not match {expected} as a whole")


@cache
def _compiled(pattern: str) -> Any:
    """RE2, linear in time whatever the pattern; the same syntax as Terraform's own ``regex``."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _bound(expected: Any, actual: object, unknown: Unknown, *, at_least: bool) -> Verdict:
    reason = unknown(actual)
    if reason is not None:
        return Verdict(Result.UNVERIFIED, reason)
    number = _number(actual)
    if number is None:
        return Verdict(Result.FAIL, f"is {_shown(actual)}, which is not a number")
    if number >= expected if at_least else number <= expected:
        return _PASS
    return Verdict(Result.FAIL, f"is {_shown(actual)}, {'less' if at_least else 'more'} than {_shown(expected)}")


def _present(expected: bool, actual: object, unknown: Unknown) -> Verdict:
    reason = unknown(actual)
    if reason is not None:
        return Verdict(Result.UNVERIFIED, reason)
    empty = actual is None or (isinstance(actual, str | Mapping | list | tuple) and not actual)
    if empty is not expected:
        return _PASS
    return Verdict(Result.FAIL, "is not set" if expected else f"is set to {_shown(actual)}")


def _contains(expected: Any, actual: object, unknown: Unknown) -> Verdict:
    reason = unknown(actual)
    if reason is not None:
        return Verdict(Result.UNVERIFIED, reason)
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            return Verdict(Result.FAIL, f"is {_shown(actual)}, which has no keys")
        return _all(_same(value, actual.get(key), unknown) for key, value in expected.items())
    wanted = expected if isinstance(expected, tuple) else (expected,)
    return _all(_holds(item, actual, unknown) for item in wanted)


def _holds(item: Any, actual: object, unknown: Unknown) -> Verdict:
    if isinstance(actual, str):
        found = isinstance(item, str) and item in actual
    elif isinstance(actual, Mapping):
        found = item in actual and actual[item] is not None
    elif isinstance(actual, list | tuple):
        verdicts = [_same(item, element, unknown) for element in actual]
        found = any(verdict.result is Result.PASS for verdict in verdicts)
        doubtful = next((verdict for verdict in verdicts if verdict.result is Result.UNVERIFIED), None)
        if not found and doubtful is not None:
            return doubtful
    else:
        found = False
    return _PASS if found else Verdict(Result.FAIL, f"is {_shown(actual)}, without {_shown(item)}")


_TESTS: Mapping[str, Callable[[Any, object, Unknown], Verdict]] = {
    "equals": _equals,
    "in": _in,
    "matches": _matches,
    "min": lambda expected, actual, unknown: _bound(expected, actual, unknown, at_least=True),
    "max": lambda expected, actual, unknown: _bound(expected, actual, unknown, at_least=False),
    "present": _present,
    "absent": lambda expected, actual, unknown: _present(not expected, actual, unknown),
    "contains": _contains,
}

_WORDS = {
    "equals": "{}",
    "in": "one of {}",
    "matches": "matching {}",
    "min": "at least {}",
    "max": "at most {}",
    "absent": "not set",
    "contains": "containing {}",
}


def _presence(operand: bool) -> str:
    return "set" if operand else "not set"


def _check_operand(name: str, operand: Any) -> None:
    if name == "in" and (not isinstance(operand, tuple) or not operand):
        raise ValueError("'in' needs a list of values")
    if name in {"min", "max"} and (isinstance(operand, bool) or not isinstance(operand, int | Decimal)):
        raise ValueError(f"{name!r} needs a number, not {operand!r:.80}")
    if name == "present" and not isinstance(operand, bool):
        raise ValueError(f"'present' needs true or false, not {operand!r:.80}")
    if name == "absent" and operand is not True:
        raise ValueError(f"'absent' needs true, not {operand!r:.80}")
    if name == "contains" and operand in (None, ()):
        raise ValueError("'contains' needs a value or a list of values")
    if name == "matches":
        _check_pattern(operand)


def _check_pattern(operand: Any) -> None:
    import re2

    if not isinstance(operand, str):
        raise ValueError(f"'matches' needs a regular expression, not {operand!r:.80}")  # noqa: TRY004 (pydantic turns ValueError into a message)
    try:
        _compiled(operand)
    except re2.error as error:
        why = b"".join(part for part in error.args if isinstance(part, bytes)).decode("utf-8", "replace")
        raise ValueError(f"{operand!r:.80} is not a regular expression of RE2: {why:.120}") from error


def _text(value: object) -> str:
    """A primitive as Terraform converts it to text: booleans in lower case, numbers in their shortest decimal form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        normal = value.normalize()
        return f"{normal:f}"
    return str(value)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _filled(operand: Any, values: Mapping[str, str]) -> Any:
    if isinstance(operand, str):
        return fill_known(operand, values)
    if isinstance(operand, tuple):
        return tuple(_filled(item, values) for item in operand)
    if isinstance(operand, Mapping):
        return {key: _filled(value, values) for key, value in operand.items()}
    return operand


def _shown(value: object) -> str:
    text = _rendered(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}\u2026"


def _rendered(value: object) -> str:
    if value is None:
        return "not set"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_rendered(item) for item in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_rendered(item)}' for key, item in value.items())}}}"
    text = _text(value)
    return text if text else '""'


def _schema() -> JsonSchema:
    tests: JsonSchema = {
        "equals": {},
        "in": {"type": "array", "minItems": 1},
        "matches": {"type": "string", "format": "regex"},
        "min": {"type": "number"},
        "max": {"type": "number"},
        "present": {"type": "boolean"},
        "absent": {"const": True},
        "contains": {},
    }
    literal = {"not": {"type": "object", "anyOf": [{"required": [name]} for name in TESTS]}}
    return {"anyOf": [literal, {"type": "object", "properties": tests, "additionalProperties": False, "minProperties": 1}]}


Expected = Annotated[Matcher, Form(Matcher.read, _schema)]
"""A field of the spec that holds an expectation about one value."""
