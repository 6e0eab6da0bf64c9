"""Types: names in messages, and bounds on what may be built."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bbws_gate.terraform.cty.types import (
    DYNAMIC,
    MAX_DEPTH,
    MAX_PARTS,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TooComplex,
    TupleOf,
    Type,
    constraint_name,
    friendly_name,
    has_dynamic,
    without_optional,
)
from bbws_gate.terraform.cty.values import Value, string, tuple_of, unknown


@pytest.mark.parametrize(
    ("kind", "friendly", "constraint"),
    [
        (STRING, "string", "string"),
        (DYNAMIC, "dynamic", "any type"),
        (ListOf(STRING), "list of string", "list of string"),
        (SetOf(DYNAMIC), "set of dynamic", "set of any single type"),
        (MapOf(ListOf(DYNAMIC)), "map of list of dynamic", "map of list of any single type"),
        (ListOf(ObjectOf({"a": STRING})), "list of object", "list of object"),
        (TupleOf((STRING,)), "tuple", "tuple"),
    ],
)
def test_names__as_terraform_writes_them(kind: Type, friendly: str, constraint: str) -> None:
    assert friendly_name(kind) == friendly
    assert constraint_name(kind) == constraint


def test_without_optional__at_every_depth() -> None:
    inner = ObjectOf({"a": STRING}, frozenset({"a"}))
    kind = ListOf(
        TupleOf(
            (
                MapOf(
                    SetOf(ObjectOf({"i": inner}, frozenset({"i"}))),
                ),
            )
        )
    )
    plain = without_optional(kind)
    assert plain == ListOf(TupleOf((MapOf(SetOf(ObjectOf({"i": ObjectOf({"a": STRING})}))),)))
    assert plain != kind


def test_has_dynamic__finds_any_at_every_depth() -> None:
    assert has_dynamic(MapOf(TupleOf((ObjectOf({"a": DYNAMIC}),))))
    assert not has_dynamic(MapOf(TupleOf((ObjectOf({"a": NUMBER}),))))


def test_type__nested_too_deep_is_refused() -> None:
    kind: Type = STRING
    for _ in range(MAX_DEPTH):
        kind = ListOf(kind)
    with pytest.raises(TooComplex, match=f"is nested more than {MAX_DEPTH} levels deep"):
        ListOf(kind)


def _grown(grow: Callable[[Value], Value]) -> Value:
    value = string("x")
    for _ in range(20):
        value = grow(value)
    return value


@pytest.mark.parametrize(
    "grow",
    [
        lambda value: tuple_of((value,) * 10),
        lambda value: Value(ListOf(value.type), (value,) * 10),
        lambda value: Value(MapOf(value.type), {str(index): value for index in range(10)}),
        lambda value: unknown("r", TupleOf((value.type,) * 10)),
    ],
)
def test_value__that_grows_by_sharing_is_refused(grow: Callable[[Value], Value]) -> None:
    with pytest.raises(TooComplex, match=f"is made of more than {MAX_PARTS:,} values"):
        _grown(grow)
