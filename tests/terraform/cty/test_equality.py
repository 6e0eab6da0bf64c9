"""Equality with unknowns, nulls and marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bbws_gate.terraform.cty.equality import equals, raw_equal
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, ObjectOf
from bbws_gate.terraform.cty.values import NULL, Unknown, Value, number, object_of, string, tuple_of, unknown
from tests.terraform.cty.build import U, as_list, as_map, as_set, v
from tests.terraform.cty.test_convert import PLAIN

MAYBE_NULL = unknown("read at apply", STRING)
UNTYPED = unknown("of no known type")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (v(1), v(1), True),
        (v("1"), v(1), False),
        (v(True), v(1), False),
        (NULL, Value(STRING, None), True),
        (NULL, v([]), False),
        (v([1, None]), v([1, None]), True),
        (v([1]), as_list(1), False),
        (v([1]), v([1, 2]), False),
        (v([]), as_list(), False),
        (v({"a": None}), v({"a": "x"}), False),
        (v({"a": [1, {"b": "c"}]}), v({"a": [1, {"b": "c"}]}), True),
        (as_map(a="x"), as_map(b="x"), False),
        (as_map(a="x"), as_map(a="y"), False),
        (as_set("a", "b"), as_set("b", "a"), True),
        (as_set("a"), as_set("a", "b"), False),
        (as_set({"n": 12345678901}, {"n": 12345678902}), as_set({"n": 12345678902}, {"n": 12345678901}), True),
        (number(-0.0), v(0), True),
        (as_list("a"), as_list("b"), False),
        (unknown("r", NUMBER, not_null=True), NULL, False),
        (MAYBE_NULL, v(1), False),
        (tuple_of((MAYBE_NULL,)), v([1, 2]), False),
        (tuple_of((UNTYPED,)), v([1, 2]), False),
        (v({"a": None}), object_of({"b": UNTYPED}), False),
        (tuple_of((v(1), U)), v([2, "x"]), False),
    ],
)
def test_equals__decided(a: Value, b: Value, expected: bool) -> None:
    for result in (equals(a, b), equals(b, a)):
        assert result.type is BOOL
        assert result.raw is expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (U, v("x")),
        (MAYBE_NULL, NULL),
        (U, MAYBE_NULL),
        (UNTYPED, v(1)),
        (UNTYPED, NULL),
        (tuple_of((U, v(1))), v(["x", 2])),
        (tuple_of((UNTYPED,)), v([1])),
        (object_of({"a": U}), v({"a": "x"})),
        (as_set("a"), Value(as_set("a").type, (U,))),
        (unknown("r", ListOf(DYNAMIC)), as_list(1)),
    ],
)
def test_equals__undecided_keeps_the_reason_and_is_never_null(a: Value, b: Value) -> None:
    for result in (equals(a, b), equals(b, a)):
        assert result.type is BOOL
        assert isinstance(result.raw, Unknown)
        assert result.raw.reason
        assert equals(result, NULL).raw is False


def test_equals__a_certain_difference_of_attributes_beats_an_uncertain_one() -> None:
    assert equals(object_of({"a": U, "b": v(1)}), v({"a": "x", "b": 2})).raw is False


@pytest.mark.parametrize(
    ("a", "b", "sensitive"),
    [
        (v(1).marked(), v(1), True),
        (object_of({"a": v(1).marked()}), v({"a": 1}), True),
        (object_of({"a": v(1).marked()}), NULL, False),
        (v({"a": 1}).marked(), NULL, True),
        (v(1), v(1), False),
    ],
)
def test_equals__sensitive_where_marks_decide(a: Value, b: Value, sensitive: bool) -> None:
    assert equals(a, b).sensitive is sensitive
    assert equals(b, a).sensitive is sensitive


@given(PLAIN)
@settings(max_examples=80)
def test_equals__reflexive_for_what_is_known(plain: object) -> None:
    assert equals(v(plain), v(plain)).raw is True
    assert raw_equal(v(plain), v(plain))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (U, unknown("another reason", STRING), True),
        (U, unknown("r", NUMBER), False),
        (U, v("x"), False),
        (v(1), v(1).marked(), False),
        (NULL, NULL, True),
        (NULL, Value(STRING, None), False),
        (Value(ListOf(STRING), None), Value(ListOf(STRING), ()), False),
        (tuple_of((U,)), tuple_of((U,)), True),
        (tuple_of((v(1).marked(),)), v([1]), False),
        (as_list("a"), as_list("a", "b"), False),
        (as_map(a=1), as_map(b=1), False),
        (Value(ObjectOf({"a": STRING}), {"a": string("x")}), v({"a": "x"}), True),
    ],
)
def test_raw_equal__compares_everything(a: Value, b: Value, expected: bool) -> None:
    assert raw_equal(a, b) is expected
    assert raw_equal(b, a) is expected
