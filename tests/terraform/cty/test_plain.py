"""Values as plain data and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from bbws_gate.terraform.cty.numbers import parse
from bbws_gate.terraform.cty.plain import from_plain, to_plain
from bbws_gate.terraform.cty.types import TooComplex
from bbws_gate.terraform.cty.values import Value, number, object_of, tuple_of, unknown
from bbws_gate.terraform.stack import SensitiveValue, UnknownValue
from tests.terraform.cty.build import as_set, v
from tests.terraform.cty.test_convert import PLAIN


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (v({"b": [1, None, True], "a": "x"}), {"a": "x", "b": [1, None, True]}),
        (as_set("b", "a"), ["a", "b"]),
        (number(parse("0.1")), Decimal("0.1")),
        (number(parse("123456789012345678901234567890.5")), Decimal("123456789012345678901234567890.5")),
        (number(-0.0), 0),
        (number(float("-inf")), Decimal("-Infinity")),
        (object_of({"a": unknown("why"), "b": v(1).marked()}), {"a": UnknownValue("why"), "b": SensitiveValue()}),
        (tuple_of((unknown("why"),)).marked(), SensitiveValue()),
    ],
)
def test_to_plain__everything(value: Value, plain: object) -> None:
    result = to_plain(value)
    assert result == plain
    assert type(result) is type(plain)


@pytest.mark.parametrize(
    ("plain", "raw"),
    [
        (0.1, parse("0.1")),
        (1e21, 10**21),
        (Decimal("0.30"), parse("0.3")),
        (Fraction(1, 2), Fraction(1, 2)),
        (2**600 + 1, 2**600),
        (Decimal("Infinity"), float("inf")),
    ],
)
def test_from_plain__numbers(plain: object, raw: object) -> None:
    assert from_plain(plain).raw == raw


def test_from_plain__markers_and_text() -> None:
    assert to_plain(from_plain({"a": UnknownValue("why")})) == {"a": UnknownValue("why")}
    secret = from_plain(SensitiveValue())
    assert secret.sensitive
    assert not secret.is_known
    assert from_plain("e\u0301").raw == "\u00e9"


@pytest.mark.parametrize("plain", [float("nan"), Decimal("NaN"), Decimal("1e999999999")])
def test_from_plain__numbers_that_are_none(plain: object) -> None:
    with pytest.raises(ValueError, match=r"number"):
        from_plain(plain)


def test_from_plain__other_things_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="Python object"):
        from_plain(object())


def test_from_plain__deep_nesting_is_refused() -> None:
    deep: object = 1
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(TooComplex):
        from_plain(deep)


@given(PLAIN)
@settings(max_examples=100)
def test_plain__there_and_back(plain: object) -> None:
    assert to_plain(from_plain(plain)) == plain
