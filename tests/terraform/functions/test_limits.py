"""No call, whatever its arguments, takes more than the budget or ends in anything but a value or a refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.types import ListOf, TooComplex
from bbws_gate.terraform.cty.values import NULL, Value, boolean, number, object_of, string, tuple_of, unknown
from bbws_gate.terraform.functions import FUNCTIONS, Context, FunctionError, call

BUDGET = 200_000


class OverBudget(Exception):
    """The budget is used up."""


def spender(amount: int) -> Callable[[int], None]:
    left = amount

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise OverBudget

    return spend


def context(amount: int = BUDGET) -> Context:
    repository = MemoryRepository({"a": "text", "sub/b.txt": "more"})

    def render(text: str, path: str, variables: Value, is_string: bool) -> Value:
        return string(text)

    return Context(repository, "", render, spender(amount), repository.read)


def doubled(value: Value, times: int) -> Value:
    """A value that holds itself twice, again and again: small in memory, immense when written out."""
    for _ in range(times):
        value = Value(ListOf(value.type), (value, value))
    return value


LONG = "a" * 100_000

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Each name stands for nine of the one before."""

BOMBS: list[tuple[str, list[Value]]] = [
    ("format", [string("%1000000000d"), number(1)]),
    ("format", [string("%.1000000000f"), number(1)]),
    ("format", [string("%1000000000s"), string("a")]),
    ("formatlist", [string("%100000s"), tuple_of((string("a"),) * 100)]),
    ("indent", [number(10**9), string("a\nb")]),
    ("join", [string(LONG), tuple_of((string("a"),) * 1000)]),
    ("replace", [string(LONG), string(""), string(LONG)]),
    ("replace", [string(LONG), string("/a/"), string("$0" * 1000)]),
    ("setproduct", [tuple_of(tuple(map(number, range(100))))] * 10),
    ("flatten", [doubled(tuple_of((number(1), number(2))), 14)]),
    ("jsonencode", [doubled(number(1), 14)]),
    ("yamlencode", [doubled(number(1), 14)]),
    ("toset", [doubled(number(1), 14)]),
    ("length", [string("x"), string("y")]),
    ("yamldecode", [string(LAUGHS)]),
    ("yamldecode", [string("[" * 10_000)]),
    ("yamldecode", [string("- " * 10_000)]),
    ("yamldecode", [string("{a: " * 10_000)]),
    ("jsondecode", [string("[" * 100_000)]),
    ("regex", [string("^(\\w+\\s?)*$"), string("a" * 5000 + "!")]),
    ("regexall", [string("(a*)*b|a"), string(LONG)]),
    ("regex", [string("(a{1000}){100}"), string("a")]),
    ("parseint", [string("9" * 1_000_000), number(62)]),
    ("pow", [number(10), number(10**9)]),
    ("cidrsubnets", [string("10.0.0.0/8"), *[number(24)] * 100_000]),
    ("range", [number(10**9)]),
    ("base64gzip", [string("ab" * 30_000 + LONG[:100])]),
    ("fileset", [string("."), string("{a,b}*" * 30)]),
    ("fileset", [string("."), string("*a" * 60)]),
    ("bcrypt", [string("x"), number(31)]),
    ("substr", [string(LONG), number(10**18), number(10**18)]),
    ("split", [string(""), string(LONG * 9)]),
    ("csvdecode", [string("a" + ",a" * 2)]),
]


@pytest.mark.parametrize(("name", "arguments"), BOMBS, ids=lambda value: value if isinstance(value, str) else "")
def test_bomb__is_refused_or_cheap(name: str, arguments: list[Value]) -> None:
    try:
        result = call(name, arguments, context())
    except (FunctionError, OverBudget, TooComplex):
        return
    assert len(str(result.raw)) < 3_000_000


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("format", [string("%1000000000d"), number(1)]),
        ("setproduct", [tuple_of(tuple(map(number, range(100))))] * 10),
        ("indent", [number(10**9), string("a\nb")]),
        ("replace", [string(LONG), string("/a/"), string("$0" * 1000)]),
    ],
)
def test_amplification__is_paid_before_it_happens(name: str, arguments: list[Value]) -> None:
    with pytest.raises(OverBudget):
        call(name, arguments, context())


SHAPES = ("", "a", "%d", "10.0.0.0/8", "2024-01-01T00:00:00Z", "1h", "/a(b)?/", "YQ==", "a: [1]", "a,b\n1,2", "UTF-8", "*")
SCALARS = st.one_of(
    st.text(max_size=12).map(string),
    st.sampled_from(["", "a", "%d", "10.0.0.0/8", "2024-01-01T00:00:00Z", "1h", "/a(b)?/", "YQ==", "a: [1]", "a,b\n1,2", "UTF-8", "*"]).map(
        string
    ),
    st.integers(-(10**20), 10**20).map(number),
    st.fractions(max_denominator=1024).filter(lambda f: f.denominator & (f.denominator - 1) == 0).map(number),
    st.sampled_from([float("inf"), float("-inf"), -0.0]).map(number),
    st.booleans().map(boolean),
    st.just(NULL),
    st.just(unknown("later")),
)
VALUES = st.recursive(
    SCALARS,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda items: tuple_of(tuple(items))),
        st.dictionaries(st.sampled_from(["a", "b", "k 1"]), parts, max_size=3).map(object_of),
        parts.map(Value.marked),
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(name=st.sampled_from(sorted(FUNCTIONS)), arguments=st.lists(VALUES, max_size=4))
def test_any_call__ends_in_a_value_or_a_refusal(name: str, arguments: list[Value]) -> None:
    try:
        result = call(name, arguments, context(2_000_000))
    except (FunctionError, OverBudget, TooComplex):
        return
    assert isinstance(result, Value)
