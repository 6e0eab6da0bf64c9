"""Sets: without repetitions and in Terraform's order; the orders here are what real Terraform prints."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.cty.equality import raw_equal
from bbws_gate.terraform.cty.json import encode
from bbws_gate.terraform.cty.set_order import hash_bytes
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import NUMBER, STRING, SetOf
from bbws_gate.terraform.cty.values import NULL, Value, any_sensitive, number, object_of, string, unknown
from tests.terraform.cty.build import U, as_list, as_map, as_set, parts, v
from tests.terraform.cty.test_convert import PLAIN


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        (["b", "a", "b"], '["a","b"]'),
        (["é", "z", "a", "Z"], '["Z","a","z","é"]'),
        (["10", "9", "1"], '["1","10","9"]'),
        ([10, 9, 1.5, -3], "[-3,1.5,9,10]"),
        ([True, False, True], "[false,true]"),
        ([{"a": 10}, {"a": 9}, {"a": 1.5}], '[{"a":1.5},{"a":10},{"a":9}]'),
        ([[10, "b"], [9, "a"]], '[[10,"b"],[9,"a"]]'),
        ([{"a": None}, {"a": "x"}], '[{"a":"x"},{"a":null}]'),
        ([{"a": 1}, {"a": 1}], '[{"a":1}]'),
        ([{"n": 12345678901}, {"n": 2}], '[{"n":12345678901},{"n":2}]'),
    ],
)
def test_set_of__order(items: list[object], printed: str) -> None:
    assert encode(as_set(*items)) == printed


def test_set_of__null_comes_last_and_once() -> None:
    null = Value(STRING, None)
    result = set_of(STRING, [null, string("b"), NULL, string("a")])
    assert encode(result) == '["a","b",null]'


def test_set_of__unknown_elements_are_all_kept_after_known_ones() -> None:
    result = set_of(STRING, [U, string("b"), unknown("other"), NULL, string("b")])
    assert isinstance(result.raw, tuple)
    assert [part.is_known for part in result.raw] == [True, False, False, True]
    assert all(part.type is STRING for part in result.raw)


def test_set_of__marks_rise_to_the_set() -> None:
    result = set_of(v({"a": 1}).type, [object_of({"a": v(1).marked()}), v({"a": 1})])
    assert result.sensitive
    assert not any_sensitive(result.unmarked())
    assert encode(result) == '[{"a":1}]'


def test_set_of__numbers_that_print_alike_in_ten_digits_stay_two() -> None:
    assert encode(as_set([12345678901], [12345678902], [12345678901])).count("[1234") == 2


def test_set_of__signed_zeros_stay_two_as_in_cty() -> None:
    assert len(parts(set_of(NUMBER, [number(0), number(-0.0)]))) == 2


def test_set_of__nothing() -> None:
    result = set_of(STRING, [])
    assert result.type == SetOf(STRING)
    assert result.raw == ()


def test_set_of__many_unknown_elements_are_not_compared_with_each_other() -> None:
    result = set_of(STRING, [unknown("r", STRING) for _ in range(20_000)])
    assert len(parts(result)) == 20_000


@pytest.mark.parametrize(
    ("value", "hashed"),
    [
        (v('a"b\n\u200b\x7f'), b'"a\\"b\\n\\u200b\\x7f"'),
        (v("\U000e0001é"), '"\\U000e0001é"'.encode()),
        (v(12345678901), b"1.23456789e+10"),
        (v(True), b"T"),
        (v(False), b"F"),
        (NULL, b"~"),
        (U, b"?"),
        (v([1, "a"]), b'<1;"a";>'),
        (v({"b": 1, "a": 2}), b"<2;1;>"),
        (as_list(1, 2), b"[1;2;]"),
        (as_set(2, 1), b"[1;2;]"),
        (as_map(b=1, a=2), b'{"a":2;"b":1;}'),
    ],
)
def test_hash_bytes__as_cty_writes_them(value: Value, hashed: bytes) -> None:
    assert hash_bytes(value) == hashed


@given(st.lists(PLAIN, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_set_of__order_does_not_depend_on_the_input(plain: list[object], rng: random.Random) -> None:
    wrapped = [{"x": [item]} for item in plain]
    kinds = {v(item).type for item in wrapped}
    shuffled = list(wrapped)
    rng.shuffle(shuffled)
    for kind in kinds:
        alike = [v(item) for item in wrapped if v(item).type == kind]
        again = [v(item) for item in shuffled if v(item).type == kind]
        assert raw_equal(set_of(kind, alike), set_of(kind, again))
