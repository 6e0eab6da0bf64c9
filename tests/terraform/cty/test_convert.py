"""Conversion: what becomes what, and in which words it is refused. Expected messages are real Terraform's."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.cty.convert import ConvertError, conversion_exists, convert
from bbws_gate.terraform.cty.equality import raw_equal
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import NULL, TRUE, Unknown, Value, any_sensitive, number, object_of, string, tuple_of, unknown
from tests.terraform.cty.build import LIST, MAP, SET, as_list, as_map, as_set, parts, v

ANY_OBJECT = ObjectOf({"a": STRING, "b": DYNAMIC}, frozenset({"b"}))


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1, STRING, v("1")),
        (True, STRING, v("true")),
        ("1.50", NUMBER, v(1.5)),
        ("1", BOOL, v(True)),
        ("0", BOOL, v(False)),
        ("false", BOOL, v(False)),
        ([1, "a"], LIST, as_list("1", "a")),
        ([1, "a"], ListOf(STRING), as_list("1", "a")),
        (["b", "a", "b"], SET, as_set("a", "b")),
        ([3, 1, 20], SET, as_set(1, 3, 20)),
        ({"b": 1, "a": "x"}, MAP, as_map(a="x", b="1")),
        ([1, None], LIST, Value(ListOf(NUMBER), (number(1), Value(NUMBER, None)))),
        ({"a": "x", "z": 1}, ANY_OBJECT, object_of({"a": string("x"), "b": NULL})),
        ({"a": 1, "b": [1]}, ANY_OBJECT, v({"a": "1", "b": [1]})),
        ([1, "2"], TupleOf((STRING, NUMBER)), v(["1", 2])),
        ([[], ["a"]], ListOf(LIST), as_list(as_list(), as_list("a"))),
        ({"x": [], "y": [1]}, MapOf(LIST), as_map(x=as_list(), y=as_list(1))),
        ([{"a": 1}, {"b": 2}], LIST, as_list({"a": 1}, {"b": 2})),
        (None, ListOf(STRING), Value(ListOf(STRING), None)),
        ("x", DYNAMIC, v("x")),
        ([], ListOf(STRING), Value(ListOf(STRING), ())),
        ({}, MAP, Value(MapOf(DYNAMIC), {})),
    ],
)
def test_convert__literals(value: object, kind: Type, expected: Value) -> None:
    result = convert(v(value), kind)
    assert raw_equal(result, expected), f"{result!r} is not {expected!r}"


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (as_list("b", "a", "b"), SetOf(STRING), as_set("a", "b")),
        (as_set("b", "a"), LIST, as_list("a", "b")),
        (as_set(2, 10), ListOf(STRING), as_list("2", "10")),
        (as_list("1"), ListOf(NUMBER), as_list(1)),
        (as_map(a="1"), MapOf(NUMBER), as_map(a=1)),
        (as_map(a="x", c="y"), ANY_OBJECT, object_of({"a": string("x"), "b": NULL})),
        (convert(v([]), LIST), ListOf(STRING), Value(ListOf(STRING), ())),
        (as_list(1), LIST, as_list(1)),
    ],
)
def test_convert__collections(value: Value, kind: Type, expected: Value) -> None:
    result = convert(value, kind)
    assert raw_equal(result, expected), f"{result!r} is not {expected!r}"


@pytest.mark.parametrize(
    ("value", "kind", "located"),
    [
        ("abc", NUMBER, "a number is required"),
        ("yes", BOOL, "a bool is required"),
        ("TRUE", BOOL, 'a bool is required; to convert from string, use lowercase "true"'),
        ("False", BOOL, 'a bool is required; to convert from string, use lowercase "false"'),
        (1, BOOL, "bool required, but have number"),
        (True, NUMBER, "number required, but have bool"),
        ([], STRING, "string required, but have tuple"),
        ("a", LIST, "list of dynamic required, but have string"),
        ({}, LIST, "list of any single type required"),
        ([], MAP, "map of any single type required"),
        ([1, []], LIST, "all list elements must have the same type"),
        ([1, {}], SET, "all set elements must have the same type"),
        ({"a": ["1"], "b": {}}, MAP, "all map elements must have the same type"),
        ([1, []], ListOf(NUMBER), "element 1: number required, but have tuple"),
        ({"b": [], "a": 1}, MapOf(STRING), 'element "b": string required, but have tuple'),
        ({"a": 1}, ObjectOf({"a": NUMBER, "b": STRING}), 'attribute "b" is required'),
        ({}, ObjectOf({"b": STRING, "a": NUMBER}), 'attributes "a" and "b" are required'),
        ({}, ObjectOf({"c": BOOL, "b": STRING, "a": NUMBER}), 'attributes "a", "b", and "c" are required'),
        ({"a": []}, ObjectOf({"a": NUMBER}), 'attribute "a": number required, but have tuple'),
        ([1], TupleOf((NUMBER, NUMBER)), "tuple required"),
        ([], ObjectOf({}), "object required, but have tuple"),
        (["a"], ListOf(NUMBER), "[0]: a number is required"),
        ({"a": ["1", "z"]}, MapOf(ListOf(NUMBER)), '["a"][1]: a number is required'),
        ({"a": {"b": ["x"]}}, ObjectOf({"a": ObjectOf({"b": SetOf(BOOL)})}), ".a.b[0]: a bool is required"),
        (["1", "x"], TupleOf((NUMBER, NUMBER)), "[1]: a number is required"),
        ([[1], [{}]], ListOf(LIST), "cannot find a common base type for all elements"),
        ([[], ["a"]], SetOf(LIST), "element types must all match for conversion to set"),
    ],
)
def test_convert__refusals_in_terraforms_words(value: object, kind: Type, located: str) -> None:
    with pytest.raises(ConvertError) as caught:
        convert(v(value), kind)
    assert caught.value.located == located


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (as_map(a="x"), ObjectOf({"a": STRING, "b": STRING}), 'map has no element for required attribute "b"'),
        (as_list(1), MAP, "map of any single type required"),
        (as_map(a="x"), ObjectOf({"a": LIST}, frozenset({"a"})), 'map element type is incompatible with attribute "a": list of dynamic'),
        (as_list([1]), ListOf(STRING), "incorrect list element type: string required, but have tuple"),
    ],
)
def test_convert__refusals_of_collections(value: Value, kind: Type, message: str) -> None:
    with pytest.raises(ConvertError, match=message):
        convert(value, kind)


def test_convert__unknown_keeps_its_reason_and_gets_the_type() -> None:
    result = convert(unknown("because"), ListOf(STRING))
    assert result.type == ListOf(STRING)
    assert isinstance(result.raw, Unknown)
    assert result.raw.reason == "because"


def test_convert__unknown_type_is_filled_in_for_any() -> None:
    tuple_type = TupleOf((NUMBER, STRING))
    assert convert(unknown("r", tuple_type), LIST).type == ListOf(STRING)
    assert convert(unknown("r", ObjectOf({"a": NUMBER})), MAP).type == MapOf(NUMBER)
    assert convert(unknown("r", SetOf(NUMBER)), LIST).type == ListOf(NUMBER)
    assert convert(unknown("r", tuple_type), TupleOf((STRING, DYNAMIC))).type == TupleOf((STRING, STRING))
    assert convert(unknown("r", MapOf(NUMBER)), ObjectOf({"a": DYNAMIC})).type == ObjectOf({"a": NUMBER})
    assert convert(unknown("r", TupleOf(())), LIST).type == LIST
    assert convert(unknown("r", ObjectOf({"a": NUMBER})), ObjectOf({"a": DYNAMIC, "b": BOOL}, frozenset({"b"}))).type == ObjectOf(
        {"a": NUMBER, "b": BOOL}
    )


def test_convert__unknown_of_a_type_that_does_not_convert_is_refused() -> None:
    with pytest.raises(ConvertError, match="number required, but have bool"):
        convert(unknown("r", BOOL), NUMBER)


def test_convert__unknown_parts_stay_unknown() -> None:
    result = convert(tuple_of((unknown("r"), string("a"))), ListOf(STRING))
    assert result.type == ListOf(STRING)
    assert isinstance(result.raw, tuple)
    assert [part.type for part in result.raw] == [STRING, STRING]
    assert not result.raw[0].is_known


def test_convert__set_with_unknown_to_list_is_unknown() -> None:
    result = convert(convert(tuple_of((unknown("r", STRING), string("a"))), SET), LIST)
    assert not result.is_known


def test_convert__marks_stay_where_they_are_but_rise_to_sets() -> None:
    secret = tuple_of((string("s").marked(), string("t")))
    listed = convert(secret, ListOf(STRING))
    assert not listed.sensitive
    assert any_sensitive(listed)
    assert convert(secret, SetOf(STRING)).sensitive
    assert convert(number(1).marked(), STRING).sensitive


def test_convert__same_type_is_the_same_value() -> None:
    value = as_list({"a": 1})
    assert convert(value, value.type) is value
    assert convert(TRUE, BOOL) is TRUE


def test_conversion_exists__safe_is_narrower_than_unsafe() -> None:
    assert conversion_exists(STRING, NUMBER)
    assert not conversion_exists(STRING, NUMBER, unsafe=False)
    assert conversion_exists(NUMBER, STRING, unsafe=False)
    assert not conversion_exists(ListOf(STRING), SetOf(STRING), unsafe=False)
    assert not conversion_exists(MapOf(STRING), ObjectOf({"a": STRING}), unsafe=False)
    assert not conversion_exists(NUMBER, BOOL)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "1", "true", "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
CONSTRAINTS: st.SearchStrategy[Type] = st.recursive(
    st.sampled_from([STRING, NUMBER, BOOL, DYNAMIC]),
    lambda inner: st.one_of(
        st.builds(ListOf, inner),
        st.builds(SetOf, inner),
        st.builds(MapOf, inner),
        st.builds(
            lambda kinds, names: ObjectOf(kinds, frozenset(names & kinds.keys())),
            st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
            st.sets(st.sampled_from("abc")),
        ),
        st.builds(lambda kinds: TupleOf(tuple(kinds)), st.lists(inner, max_size=2)),
    ),
    max_leaves=4,
)


@given(PLAIN, CONSTRAINTS)
@settings(max_examples=300)
def test_convert__twice_is_once(plain: object, kind: Type) -> None:
    with contextlib.suppress(ConvertError):
        once = convert(v(plain), kind)
        assert raw_equal(convert(once, kind), once)


@given(PLAIN, CONSTRAINTS)
@settings(max_examples=200)
def test_convert__result_has_the_parts_that_its_type_says(plain: object, kind: Type) -> None:
    with contextlib.suppress(ConvertError):
        _check(convert(v(plain), kind))


def _check(value: Value) -> None:
    kind, raw = value.type, value.raw
    if isinstance(raw, dict):
        assert list(raw) == sorted(raw)
    if isinstance(kind, ObjectOf) and isinstance(raw, dict):
        assert {name: part.type for name, part in raw.items()} == kind.attributes
    elif isinstance(kind, TupleOf) and isinstance(raw, tuple):
        assert tuple(part.type for part in raw) == kind.elements
    elif isinstance(kind, (ListOf, SetOf, MapOf)):
        assert all(part.type == kind.element for part in parts(value))
    for part in parts(value):
        _check(part)
