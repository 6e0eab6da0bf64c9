"""Values as JSON text and back: what ``jsonencode`` and ``jsondecode`` do (cty/json and cty's stdlib/json.go)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Final
from unicodedata import normalize

from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import MAX_DEPTH, TooComplex
from bbws_gate.terraform.cty.values import NULL, Number, Unknown, Value, boolean, number, object_of, string, tuple_of

MAX_TEXT: Final = 8_000_000
"""Characters that one value may take as JSON."""
_CHARACTERS_PER_STEP = 64
_HTML_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class JsonError(ValueError):
    """Text that is not JSON, or a value that JSON cannot hold."""


def encode(value: Value, spend: Callable[[int], None] | None = None) -> str:
    """Compact JSON exactly as ``jsonencode`` writes it; marks are the caller's business.

    ``spend`` is told of the steps that the work takes, before they are taken. Raises JsonError for infinities and unknown parts,
    TooComplex for text beyond MAX_TEXT.
    """
    writer = _Writer(spend)
    writer.value(value)
    return "".join(writer.pieces)


class _Writer:
    """Collects the text piece by piece, so that its length is bounded while it grows."""

    __slots__ = ("_left", "_spend", "pieces")

    def __init__(self, spend: Callable[[int], None] | None) -> None:
        self.pieces: list[str] = []
        self._left = MAX_TEXT
        self._spend = spend

    def value(self, value: Value) -> None:
        raw = value.raw
        if isinstance(raw, tuple):
            self._sequence(raw)
        elif isinstance(raw, dict):
            self._mapping(raw)
        else:
            self._write(_scalar(raw))

    def _write(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise TooComplex(f"takes more than {MAX_TEXT:,} characters as JSON")
        if self._spend is not None:
            self._spend(1 + len(text) // _CHARACTERS_PER_STEP)
        self.pieces.append(text)

    def _sequence(self, parts: tuple[Value, ...]) -> None:
        self.pieces.append("[")
        for index, part in enumerate(parts):
            if index:
                self.pieces.append(",")
            self.value(part)
        self.pieces.append("]")

    def _mapping(self, parts: dict[str, Value]) -> None:
        self.pieces.append("{")
        for index, name in enumerate(sorted(parts)):
            self._write(("," if index else "") + quoted_json(name) + ":")
            self.value(parts[name])
        self.pieces.append("}")


def _scalar(raw: str | bool | Number | Unknown | None) -> str:
    if raw is None:
        return "null"
    if isinstance(raw, str):
        return quoted_json(raw)
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Unknown):
        raise JsonError("value is not known")
    if isinstance(raw, float) and math.isinf(raw):
        raise JsonError("cannot serialize infinity as JSON")
    return numbers.text(raw)


def quoted_json(text: str) -> str:
    """A JSON string as Go's encoding/json writes it, safe inside HTML."""
    return json.dumps(text, ensure_ascii=False).translate(_HTML_SAFE)


def decode(text: str) -> Value:
    """The value that ``jsondecode`` gives: objects and tuples, exact numbers, the last of repeated properties of one type.

    Raises JsonError for anything but one JSON document, TooComplex for one that is nested too deep or has too many parts.
    """
    if not text.strip(" \t\r\n"):
        raise JsonError("EOF")
    try:
        tree = json.loads(text, object_pairs_hook=_Properties, parse_int=numbers.parse, parse_float=numbers.parse, parse_constant=_constant)
    except json.JSONDecodeError as problem:
        raise JsonError(_syntax_message(problem)) from None
    except numbers.NumberError as problem:
        raise JsonError(str(problem)) from None
    except RecursionError:
        raise TooComplex(f"is nested more than {MAX_DEPTH} levels deep") from None
    return _value(tree, MAX_DEPTH)


class _Properties(tuple[tuple[str, object], ...]):
    """The properties of one object, in order, repetitions included."""

    __slots__ = ()


def _constant(name: str) -> object:
    raise JsonError(f"invalid character {name[0]!r} looking for beginning of value")


def _syntax_message(problem: json.JSONDecodeError) -> str:
    if problem.msg == "Extra data":
        return "extraneous data after JSON object"
    return f"invalid JSON in line {problem.lineno}, column {problem.colno}: {problem.msg[:1].lower()}{problem.msg[1:]}"


def _value(tree: object, depth: int) -> Value:
    if depth < 0:
        raise TooComplex(f"is nested more than {MAX_DEPTH} levels deep")
    if isinstance(tree, _Properties):
        return _object(tree, depth)
    if isinstance(tree, list):
        return tuple_of(tuple([_value(part, depth - 1) for part in tree]))
    if isinstance(tree, str):
        return string(normalised(tree))
    if isinstance(tree, bool):
        return boolean(tree)
    return number(tree) if isinstance(tree, (int, float, Fraction)) else NULL


def _object(properties: _Properties, depth: int) -> Value:
    attributes: dict[str, Value] = {}
    for name, tree in properties:
        if name != normalised(name):
            # Terraform trips over these: it looks for the name as written among normalised ones.
            raise JsonError(f"unsupported attribute {quoted(normalised(name))}")
        value = _value(tree, depth - 1)
        before = attributes.get(name)
        if before is not None and before.type != value.type:
            raise JsonError(f"duplicate {quoted(name)} property in JSON object")
        attributes[name] = value
    return object_of(attributes)


def normalised(text: str) -> str:
    """Text as cty keeps it: NFC, with U+FFFD for halves of surrogate pairs."""
    if text.isascii():
        return text
    return normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
