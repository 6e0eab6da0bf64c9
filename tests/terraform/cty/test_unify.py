"""Unification: the one type that several can become."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type, conforms
from bbws_gate.terraform.cty.unify import MAX_DISTINCT, conversion_exists, unify


def obj(**kinds: Type) -> ObjectOf:
    return ObjectOf(kinds)


def tup(*kinds: Type) -> TupleOf:
    return TupleOf(kinds)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], None),
        ([STRING], STRING),
        ([NUMBER, STRING], STRING),
        ([BOOL, STRING, NUMBER], STRING),
        ([NUMBER, BOOL], None),
        ([DYNAMIC, NUMBER], NUMBER),
        ([DYNAMIC, DYNAMIC], DYNAMIC),
        ([ListOf(NUMBER), ListOf(STRING)], ListOf(STRING)),
        ([ListOf(NUMBER), DYNAMIC], DYNAMIC),
        ([ListOf(NUMBER), SetOf(NUMBER)], ListOf(NUMBER)),
        ([SetOf(NUMBER), SetOf(STRING)], SetOf(STRING)),
        ([SetOf(NUMBER), tup(STRING)], SetOf(NUMBER)),
        ([ListOf(NUMBER), tup(STRING, BOOL)], ListOf(STRING)),
        ([ListOf(NUMBER), tup()], ListOf(NUMBER)),
        ([tup(NUMBER), tup(STRING)], tup(STRING)),
        ([tup(NUMBER), tup(STRING, BOOL)], ListOf(STRING)),
        ([tup(), tup(NUMBER)], ListOf(NUMBER)),
        ([tup(NUMBER), tup(tup())], None),
        ([obj(a=NUMBER), obj(a=STRING)], obj(a=STRING)),
        ([obj(a=NUMBER), obj(b=STRING)], MapOf(STRING)),
        ([obj(a=NUMBER), obj()], MapOf(NUMBER)),
        ([obj(a=NUMBER), obj(a=tup())], None),
        ([obj(a=NUMBER, b=tup()), obj(a=NUMBER)], None),
        ([MapOf(NUMBER), obj(a=STRING)], MapOf(STRING)),
        ([MapOf(NUMBER), MapOf(BOOL)], None),
        ([obj(a=NUMBER), tup(NUMBER)], None),
        ([STRING, ListOf(STRING)], None),
        ([obj(a=tup(NUMBER)), obj(a=tup())], obj(a=ListOf(NUMBER))),
        ([obj(a=NUMBER), DYNAMIC], DYNAMIC),
        ([tup(NUMBER), DYNAMIC], DYNAMIC),
        ([SetOf(obj(a=NUMBER)), tup(obj(a=STRING))], SetOf(obj(a=NUMBER))),
        ([ListOf(tup(NUMBER)), SetOf(tup(STRING))], ListOf(tup(NUMBER))),
        ([obj(a=DYNAMIC), obj(a=NUMBER)], obj(a=NUMBER)),
        ([obj(a=tup(NUMBER)), obj(a=DYNAMIC)], obj(a=DYNAMIC)),
    ],
)
def test_unify__as_cty_does(kinds: list[Type], expected: Type | None) -> None:
    assert unify(kinds) == expected


def test_unify__safe_mode_takes_no_conversion_that_may_fail() -> None:
    assert unify([SetOf(NUMBER), tup(STRING)], unsafe=False) is None
    assert unify([NUMBER, STRING], unsafe=False) is STRING


def test_unify__many_different_kinds_are_not_compared() -> None:
    kinds: list[Type] = [SetOf(obj(**{f"a{index}": STRING})) for index in range(MAX_DISTINCT)]
    assert unify([*kinds, STRING, NUMBER]) is None


def test_unify__many_equal_kinds_cost_nothing() -> None:
    assert unify([NUMBER, STRING] * 50_000) is STRING


KINDS: st.SearchStrategy[Type] = st.recursive(
    st.sampled_from([STRING, NUMBER, BOOL]),
    lambda inner: st.one_of(
        st.builds(ListOf, inner),
        st.builds(SetOf, inner),
        st.builds(MapOf, inner),
        st.builds(ObjectOf, st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
        st.builds(lambda kinds: TupleOf(tuple(kinds)), st.lists(inner, max_size=2)),
    ),
    max_leaves=4,
)


@given(KINDS, KINDS)
@settings(max_examples=200)
def test_unify__both_convert_to_the_result(one: Type, other: Type) -> None:
    common = unify([one, other])
    if common is not None:
        assert conversion_exists(one, common)
        assert conversion_exists(other, common)


@given(KINDS)
@settings(max_examples=50)
def test_unify__with_itself_is_itself(kind: Type) -> None:
    assert unify([kind, kind, kind]) == kind


@given(
    st.lists(
        st.sampled_from([STRING, NUMBER, BOOL, ListOf(NUMBER), ListOf(STRING), tup(NUMBER), tup(STRING, STRING)]), min_size=2, max_size=3
    )
)
@settings(max_examples=60)
def test_unify__order_matters_not(kinds: list[Type]) -> None:
    results = {unify(order) for order in permutations(kinds)}
    assert len(results) == 1


@given(KINDS)
@settings(max_examples=50)
def test_conforms__to_itself_and_to_any(kind: Type) -> None:
    assert conforms(kind, kind)
    assert conforms(kind, DYNAMIC)
    assert not conforms(DYNAMIC, kind)
