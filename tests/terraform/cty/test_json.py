"""JSON text as jsonencode writes and jsondecode reads it."""

from __future__ import annotations

import json as stdlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.cty.equality import raw_equal
from bbws_gate.terraform.cty.json import JsonError, decode, encode
from bbws_gate.terraform.cty.numbers import parse
from bbws_gate.terraform.cty.types import DYNAMIC, TooComplex
from bbws_gate.terraform.cty.values import Value, number, object_of, string, tuple_of
from tests.terraform.cty.build import U, as_map, as_set, v
from tests.terraform.cty.test_convert import PLAIN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (v('<>&\u2028\u2029\x01\b\f\x7f\ufeff/"\\\n\r\t'), '"\\u003c\\u003e\\u0026\\u2028\\u2029\\u0001\\b\\f\x7f\ufeff/\\"\\\\\\n\\r\\t"'),
        (v({"b": 1, "a": [True, None, 1.5, "é"], "z<": 1}), '{"a":[true,null,1.5,"é"],"b":1,"z\\u003c":1}'),
        (as_map(b=1, a=2), '{"a":2,"b":1}'),
        (as_set(10, 9), "[9,10]"),
        (v([]), "[]"),
        (v({}), "{}"),
        (v(None), "null"),
        (number(-0.0), "-0"),
        (number(parse("1e30")), "1" + "0" * 30),
        (number(parse("0.00001")), "0.00001"),
        (v("😀"), '"😀"'),
        (string("x").marked(), '"x"'),
    ],
)
def test_encode__as_jsonencode(value: Value, text: str) -> None:
    assert encode(value) == text


@pytest.mark.parametrize(
    ("value", "message"), [(number(float("inf")), "cannot serialize infinity as JSON"), (tuple_of((U,)), "value is not known")]
)
def test_encode__refuses_what_json_cannot_hold(value: Value, message: str) -> None:
    with pytest.raises(JsonError, match=message):
        encode(value)


def test_encode__text_that_grows_by_sharing_is_refused() -> None:
    value = tuple_of((string("x" * 100_000),) * 1000)
    with pytest.raises(TooComplex, match="characters as JSON"):
        encode(value)


def test_encode__tells_of_the_steps_before_it_takes_them() -> None:
    spent: list[int] = []
    encode(v(["a" * 640, {"k": 1}]), spent.append)
    assert sum(spent) >= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":1,"a":2}', v({"a": 2})),
        ('{"b":1,"a":{"x":[true,null]}}', v({"a": {"x": [True, None]}, "b": 1})),
        (' [1,"a",{}] ', v([1, "a", {}])),
        ("1e5", v(100000)),
        ("123456789012345678901234567890", v(123456789012345678901234567890)),
        ("12345678901234567890.5e-1", number(parse("1234567890123456789.05"))),
        ('"\\ud83d\\ude00"', v("😀")),
        ('"\\ud800x"', v("\ufffdx")),
        ('"e\\u0301"', v("é")),
        ("null", v(None)),
    ],
)
def test_decode__as_jsondecode(text: str, expected: Value) -> None:
    assert raw_equal(decode(text), expected)


def test_decode__keeps_the_sign_of_zero() -> None:
    assert encode(decode("-0")) == "-0"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "EOF"),
        ("  ", "EOF"),
        ("1 2", "extraneous data after JSON object"),
        ("01", "extraneous data after JSON object"),
        ("NaN", "invalid character 'N' looking for beginning of value"),
        ("-Infinity", "invalid character '-' looking for beginning of value"),
        ('{"a":1,"a":"x"}', 'duplicate "a" property in JSON object'),
        ('{"a":{"x":1},"a":{"y":1}}', 'duplicate "a" property in JSON object'),
        ("[1,]", "invalid JSON"),
        ('"a\tb"', "invalid JSON"),
        ("[1", "invalid JSON"),
        ("{'a':1}", "invalid JSON"),
        ('{"e\\u0301":1}', 'unsupported attribute "é"'),
        ("1e999999999", "not supported"),
        ("9" * 5000, "a number is required"),
    ],
)
def test_decode__refusals(text: str, message: str) -> None:
    with pytest.raises(JsonError, match=message):
        decode(text)


@pytest.mark.parametrize("text", ["[" * 1000 + "]" * 1000, '{"a":' * 1000 + "1" + "}" * 1000, "[" * 200_000, "[" * 102 + "]" * 102])
def test_decode__deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"nested more than|invalid JSON"):
        decode(text)


@given(PLAIN)
@settings(max_examples=150)
def test_decode__reads_back_what_encode_wrote(plain: object) -> None:
    assert raw_equal(decode(encode(v(plain))), v(plain))
    assert stdlib.loads(encode(v(plain))) == plain


@given(st.text(alphabet='[]{}",:0123456789.eE+-truefalsn \\u\n', max_size=20))
@settings(max_examples=200)
def test_decode__agrees_with_json_on_what_is_json(text: str) -> None:
    try:
        value = decode(text)
    except ValueError:
        return
    assert value.type is not DYNAMIC or value.is_null
    assert stdlib.loads(encode(value), parse_int=float) == stdlib.loads(text, parse_int=float)


def test_encode__names_stand_in_order_whatever_the_dict_says() -> None:
    value = object_of({"b": v(1), "a": v(2)})
    assert encode(Value(value.type, {"b": v(1), "a": v(2)})) == '{"a":2,"b":1}'
