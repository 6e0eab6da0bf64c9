"""What the worker writes is what its supervisor reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.isolation.decode import decode
from bbws_gate.isolation.encode import encode
from bbws_gate.model import Severity


class Row(NamedTuple):
    path: str
    line: int


@dataclass(frozen=True)
class Single:
    value: str


@dataclass(frozen=True)
class Everything:
    text: str
    number: int
    is_set: bool
    severity: Severity
    day: date | None
    amount: Decimal
    rows: tuple[Row, ...]
    parts: tuple[Single, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


everything = st.builds(
    Everything,
    text=st.text(),
    number=st.integers(),
    is_set=st.booleans(),
    severity=st.sampled_from(Severity),
    day=st.none() | st.dates(),
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    rows=st.lists(st.builds(Row, st.text(), st.integers())).map(tuple),
    parts=st.lists(st.builds(Single, st.text())).map(tuple),
    counts=st.dictionaries(st.text(), st.integers()),
)


@given(everything)
def test_encode__is_read_as_it_was(value: Everything) -> None:
    assert decode(encode(value).encode(), Everything) == value


def test_encode__objects_for_dataclasses_and_lists_for_named_tuples() -> None:
    assert json.loads(encode((Single("a"), Row("b", 1), MappingProxyType({"c": 2}), Severity.HIGH))) == [
        {"value": "a"},
        ["b", 1],
        {"c": 2},
        Severity.HIGH.value,
    ]


@pytest.mark.parametrize("value", [object(), {1}, b"bytes", (Single,)], ids=["object", "set", "bytes", "class"])
def test_encode__what_json_has_not_is_an_error(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)
