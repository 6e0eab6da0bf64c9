"""What comes from a worker is held against its annotations, and as strictly as pydantic does it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from bbws_gate.action.promotion import Judged
from bbws_gate.action.trial import _Laid
from bbws_gate.deferred import dataclass
from bbws_gate.isolation.decode import Unexpected, decode, shape
from bbws_gate.model import ActionItem, Assessment, CostEstimate, Decision, Dossier, Finding, Past, Schedule, Score, Severity
from bbws_gate.model.assessment import ChecklistItem, Option, Rollback

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(10**20), 10**20),
    bool: st.booleans(),
    NoneType: st.none(),
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
}
KINDS = (Score, Finding, ChecklistItem, ActionItem, Decision, Option, Rollback, CostEstimate, Schedule, Dossier, Past)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, by its annotations."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in SCALARS:
        return SCALARS[kind]
    if origin is UnionType:
        return st.one_of([values(each) for each in arguments])
    if origin is tuple and arguments[1:] == (...,):
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*[values(each) for each in arguments])
    if origin is Mapping:
        return st.dictionaries(TEXT, values(arguments[1]), max_size=2)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else list(hints)
    return st.tuples(*[values(hints[name]) for name in names]).map(lambda given: kind(*given))


@st.composite
def altered(draw: st.DrawFn, held: Any) -> Any:
    """The same JSON with one thing in it changed."""
    if isinstance(held, dict) and held and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(held)))
        rest = {name: value for name, value in held.items() if name != key}
        return draw(st.sampled_from([rest, {**held, f"{key}x": held[key]}, {**rest, key: draw(altered(held[key]))}]))
    if isinstance(held, list) and held and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(held) - 1))
        inner = draw(altered(held[place]))
        return draw(st.sampled_from([held[:place], [*held, held[place]], [*held[:place], inner, *held[place + 1 :]]]))
    return draw(st.sampled_from([None, True, 0, 1.5, "", "1", "2026-01-02", "high", [], {}, [[]], {"": None}]))


def read(payload: bytes, kind: Any) -> Any:
    """What we make of it, ``Unexpected`` where we refuse."""
    try:
        return decode(payload, kind)
    except Unexpected:
        return Unexpected


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_decode__gives_what_was_encoded_as_pydantic_does(kind: Any, data: st.DataObject) -> None:
    value = data.draw(values(kind))
    payload = to_json(value, fallback=dict)
    assert decode(payload, kind) == value == TypeAdapter(kind).validate_json(payload, strict=True)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_decode__accepts_nothing_that_pydantic_refuses_and_makes_the_same_of_the_rest(kind: Any, data: st.DataObject) -> None:
    payload = json.dumps(data.draw(altered(json.loads(to_json(data.draw(values(kind)), fallback=dict))))).encode()
    found = read(payload, kind)
    try:
        theirs = TypeAdapter(kind).validate_json(payload, strict=True)
    except ValidationError:
        assert found is Unexpected
    else:
        assert found is Unexpected or found == theirs


@pytest.mark.parametrize("kind", [Assessment, Judged, _Laid], ids=lambda kind: kind.__name__)
def test_shape__is_known_of_whatever_workers_hand_back(kind: Any) -> None:
    assert shape(kind).types == {dict}


class Pair(NamedTuple):
    name: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    word: str
    count: int
    pairs: tuple[Pair, ...] = ()
    level: Severity | None = None
    day: date | None = None
    amount: Decimal | None = None
    fixed: tuple[str, int] | None = None


WHOLE = {
    "word": "w",
    "count": 1,
    "pairs": [["a", 1]],
    "level": "high",
    "day": "2026-01-02",
    "amount": "1.50",
    "fixed": ["x", 2],
}


def test_decode__reads_a_whole_record() -> None:
    expected = Record("w", 1, (Pair("a", 1),), Severity.HIGH, date(2026, 1, 2), Decimal("1.50"), ("x", 2))
    assert decode(json.dumps(WHOLE).encode(), Record) == expected
    backwards = dict(reversed(WHOLE.items()))
    assert decode(json.dumps(backwards).encode(), Record) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"word": 1},
        {"word": None},
        {"count": True},
        {"count": "1"},
        {"count": 1.0},
        {"pairs": [["a"]]},
        {"pairs": [["a", 1, 2]]},
        {"pairs": [{"name": "a", "number": 1}]},
        {"pairs": "ab"},
        {"pairs": None},
        {"level": "HIGH"},
        {"level": "unheard of"},
        {"level": []},
        {"day": "20260102"},
        {"day": "2026-02-30"},
        {"day": 0},
        {"amount": 1.5},
        {"amount": "NaN"},
        {"amount": "1_0"},
        {"amount": "one"},
        {"fixed": ["x"]},
        {"fixed": ["x", "2"]},
        {"unknown": 1},
    ],
    ids=str,
)
def test_decode__refuses_whatever_is_not_exactly_that(change: dict[str, object]) -> None:
    assert read(json.dumps({**WHOLE, **change}).encode(), Record) is Unexpected


@pytest.mark.parametrize("missing", WHOLE)
def test_decode__refuses_a_record_with_a_field_missing_even_one_that_has_a_default(missing: str) -> None:
    rest = {key: value for key, value in WHOLE.items() if key != missing}
    assert read(json.dumps(rest).encode(), Record) is Unexpected


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", str),
        (b'"a', str),
        (b'"a" "b"', str),
        (b'"\xff"', str),
        (b'"\\ud800"', str),
        (b'"\\\\\\uDFFF"', str),
        (b'"\xed\xa0\x80"', str),
        (b"NaN", int),
        (b"1" * 5_000, int),
        (b"[" * 100_000, str),
        (b"1", bool),
        (b"true", int),
    ],
    ids=lambda given: repr(given)[:20],
)
def test_decode__refuses_what_is_no_text_or_of_another_type(payload: bytes, kind: Any) -> None:
    assert read(payload, kind) is Unexpected


@pytest.mark.parametrize("text", ["\\ud800 as people write it", "\x00\x1f", "\U0001f600", "a\\"])
def test_decode__reads_every_text_that_utf8_can_hold(text: str) -> None:
    assert decode(json.dumps(text, ensure_ascii=False).encode(), str) == text
