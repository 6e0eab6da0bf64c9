"""JSON with positions: every value and every key knows where it stands, and repeated keys are kept for whoever must judge them."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TypeAlias

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.model import Place
from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.parse.source import EXACT_DIGITS, MAX_DEPTH, ParseError, check_text, too_deep, without_bom
from bbws_gate.terraform.parse.tokens import decoded
from bbws_gate.terraform.syntax import Span

_TOKEN = regex(
    r"""[ \t\r\n]*+(?:
      (?P<string>"(?>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*)")
    | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![0-9A-Za-z.+-]))
    | (?P<word>[A-Za-z_]++)
    | (?P<mark>[{}\[\],:])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False, "null": None}
_SURROGATE = regex(r"[\ud800-\udfff]")


class JsonScalar(NamedTuple):
    """A string, number, boolean or null; ``verbatim`` when a string has no escapes, so that offsets inside it are exact."""

    value: None | bool | int | float | Fraction | str
    span: Span
    verbatim: bool = True


class JsonArray(NamedTuple):
    """``[...]``"""

    items: tuple[JsonValue, ...]
    span: Span


class JsonMember(NamedTuple):
    """``"name": value``"""

    key: JsonScalar
    value: JsonValue

    @property
    def name(self) -> str:
        """The key's text."""
        return str(self.key.value)


class JsonObject(NamedTuple):
    """``{...}``, members in source order."""

    members: tuple[JsonMember, ...]
    span: Span


JsonValue: TypeAlias = JsonScalar | JsonArray | JsonObject


def read_json(data: bytes, path: str) -> JsonValue:
    """The one value that a file holds.

    Raises:
        ParseError: HCL004 for what is not UTF-8 text, HCL006 beyond the limits, HCL001 for what is not JSON.
    """
    check_text(data, path)
    if without_bom(data):
        raise ParseError("a byte order mark, which Terraform refuses in JSON: save the file without it", Place(path, 1, 1), "HCL004")
    reader = _Reader(data.decode("latin-1"), path)
    value = reader.value()
    reader.take("end")
    return value


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._position = 0
        self._counted = 0
        self._line = 1
        self._depth = 0

    def value(self) -> JsonValue:
        kind, text, span = self._next()
        if kind == "string":
            return self._string(text, span)
        if kind == "number":
            return JsonScalar(self._number(text, span), span)
        if kind == "word":
            if text not in _WORDS:
                raise ParseError(f"{text!r} is not a JSON value", span.place)
            return JsonScalar(_WORDS[text], span)
        if text not in ("{", "["):
            raise ParseError(f"found {_shown(kind, text)} where a JSON value should be", span.place)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(span.place)
        value = self._object(span) if text == "{" else self._array(span)
        self._depth -= 1
        return value

    def take(self, *allowed: str) -> str:
        """The next mark, which must be one of ``allowed``."""
        kind, text, span = self._next()
        found = kind if kind == "end" else text
        if found not in allowed or kind == "string":
            expected = " or ".join(_shown("end" if name == "end" else "mark", name) for name in allowed)
            raise ParseError(f"found {_shown(kind, text)} where {expected} should be", span.place)
        return found

    def _array(self, start: Span) -> JsonArray:
        items: list[JsonValue] = []
        if self._ahead("]"):
            self.take("]")
            return JsonArray((), self._since(start))
        while True:
            items.append(self.value())
            if self.take(",", "]") == "]":
                return JsonArray(tuple(items), self._since(start))

    def _object(self, start: Span) -> JsonObject:
        members: list[JsonMember] = []
        if self._ahead("}"):
            self.take("}")
            return JsonObject((), self._since(start))
        while True:
            kind, text, span = self._next()
            if kind != "string":
                raise ParseError(f"found {_shown(kind, text)} where a quoted key should be", span.place)
            key = self._string(text, span)
            self.take(":")
            members.append(JsonMember(key, self.value()))
            if self.take(",", "}") == "}":
                return JsonObject(tuple(members), self._since(start))

    def _next(self) -> tuple[str, str, Span]:
        found = _TOKEN.match(self._text, self._position)
        if found is None or found.lastgroup is None:
            start = len(self._text) - len(self._text[self._position :].lstrip(" \t\r\n"))
            self._advance(start)
            raise ParseError(self._problem(start), Place(self._path, self._line, self._line))
        kind = found.lastgroup
        start, end = found.span(kind)
        self._advance(start)
        self._position = end
        return kind, found[kind], Span(self._path, start, end, self._line, self._line)

    def _problem(self, start: int) -> str:
        character = self._text[start : start + 1]
        if character == '"':
            return "a string that is not closed on its line, or has an escape that JSON does not know"
        return "not a JSON number" if character in "-+.0123456789" else f"{character!r} is not JSON"

    def _advance(self, position: int) -> None:
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position

    def _ahead(self, mark: str) -> bool:
        found = _TOKEN.match(self._text, self._position)
        return found is not None and found["mark"] == mark

    def _since(self, start: Span) -> Span:
        return start._replace(end=self._position, end_line=self._line)

    def _string(self, text: str, span: Span) -> JsonScalar:
        verbatim = "\\" not in text
        value = decoded(text[1:-1]) if verbatim else _SURROGATE.sub("\ufffd", json.loads(decoded(text)))
        return JsonScalar(value, span, verbatim)

    def _number(self, text: str, span: Span) -> int | float | Fraction:
        if len(text) <= EXACT_DIGITS and text.isdigit():
            return int(text)
        try:
            return numbers.parse(text)
        except numbers.NumberError:
            raise ParseError("number out of range", span.place, "HCL006") from None


def _shown(kind: str, text: str) -> str:
    return {"end": "the end of the file", "string": "a string", "number": "a number"}.get(kind, repr(text))
