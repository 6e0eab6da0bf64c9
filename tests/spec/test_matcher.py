from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.model import Result
from bbws_gate.spec import Matcher, reach

HIDDEN = object()


def unknown(value: object) -> str | None:
    return "var.x has no value" if value is HIDDEN else None


def result(raw: Any, actual: object) -> str:
    return Matcher.read(raw).check(actual, unknown).result.value


@pytest.mark.parametrize(
    ("raw", "actual", "expected"),
    [
        ("a", "a", "pass"),
        ("a", "b", "fail"),
        ("prod", "prod\n", "fail"),
        (7, 7, "pass"),
        (7, "7", "pass"),
        ("7", 7, "pass"),
        (7, Decimal("7.0"), "pass"),
        (7, "07", "fail"),
        ("012345678901", 12345678901, "fail"),
        (True, True, "pass"),
        (True, "true", "pass"),
        ("true", True, "pass"),
        (True, 1, "fail"),
        (True, False, "fail"),
        (None, None, "pass"),
        (None, "x", "fail"),
        ("x", None, "fail"),
        (("a", "b"), ["a", "b"], "pass"),
        (("a", "b"), ["b", "a"], "fail"),
        (("a",), "a", "fail"),
        ({"a": 1}, {"a": 1, "b": None}, "pass"),
        ({"a": 1}, {"a": 1, "b": 2}, "fail"),
        ({}, {}, "pass"),
        ("a", HIDDEN, "unverified"),
        (("a", "b"), ["a", HIDDEN], "unverified"),
        (("a", "b"), ["x", HIDDEN], "fail"),
        ({"a": 1, "b": 2}, {"a": HIDDEN, "b": 3}, "fail"),
        ({"equals": {"min": 1}}, {"min": 1}, "pass"),
        ({"in": ("a", "b")}, "b", "pass"),
        ({"in": ("a", "b")}, "c", "fail"),
        ({"in": ("a", None)}, None, "pass"),
        ({"in": ("a", "b")}, HIDDEN, "unverified"),
        ({"matches": "v[0-9]+"}, "v12", "pass"),
        ({"matches": "v[0-9]+"}, "v12-rc", "fail"),
        ({"matches": "v[0-9]+$"}, "v12\n", "fail"),
        ({"matches": "[0-9]+"}, 12, "pass"),
        ({"matches": ".*"}, None, "fail"),
        ({"matches": ".*"}, ["a"], "fail"),
        ({"matches": ".*"}, HIDDEN, "unverified"),
        ({"min": 7}, 7, "pass"),
        ({"min": 7}, 6, "fail"),
        ({"min": 7}, "30", "pass"),
        ({"min": 7}, "many", "fail"),
        ({"min": 7}, True, "fail"),
        ({"min": 7}, None, "fail"),
        ({"min": 7}, "NaN", "fail"),
        ({"min": 1, "max": 3}, Decimal("3.5"), "fail"),
        ({"max": 3}, HIDDEN, "unverified"),
        ({"min": 7, "in": (1,)}, HIDDEN, "unverified"),
        ({"present": True}, "x", "pass"),
        ({"present": True}, 0, "pass"),
        ({"present": True}, False, "pass"),
        ({"present": True}, "", "fail"),
        ({"present": True}, [], "fail"),
        ({"present": True}, None, "fail"),
        ({"present": True}, HIDDEN, "unverified"),
        ({"present": False}, None, "pass"),
        ({"absent": True}, None, "pass"),
        ({"absent": True}, "x", "fail"),
        ({"contains": "a"}, ["a", "b"], "pass"),
        ({"contains": ("a", "b")}, ["b", "c", "a"], "pass"),
        ({"contains": ("a", "z")}, ["a"], "fail"),
        ({"contains": "z"}, ["a", HIDDEN], "unverified"),
        ({"contains": "a"}, ["a", HIDDEN], "pass"),
        ({"contains": "ell"}, "hello", "pass"),
        ({"contains": 1}, "1", "fail"),
        ({"contains": "key"}, {"key": 1}, "pass"),
        ({"contains": "key"}, {"key": None}, "fail"),
        ({"contains": {"a": 1}}, {"a": 1, "b": 2}, "pass"),
        ({"contains": {"a": 1}}, {"b": 2}, "fail"),
        ({"contains": {"a": 1}}, ["a"], "fail"),
        ({"contains": "a"}, 5, "fail"),
        ({"contains": "a"}, HIDDEN, "unverified"),
    ],
)
def test_check__three_valued(raw: Any, actual: object, expected: str) -> None:
    assert result(raw, actual) == expected


@pytest.mark.parametrize(
    ("raw", "actual", "why"),
    [
        ("a", "b", "is b, not a"),
        ("a", None, "is not set, not a"),
        (("a", "b"), ["b", "a"], "holds the same elements in another order (use contains where the order does not matter)"),
        ({"in": ("a", "b")}, "c", "is c, none of [a, b]"),
        ({"min": 7}, 6, "is 6, less than 7"),
        ({"max": 7}, 8, "is 8, more than 7"),
        ({"min": 7}, "x", "is x, which is not a number"),
        ({"matches": "a+"}, "b", "is b, which does not match a+ as a whole"),
        ({"present": True}, None, "is not set"),
        ({"absent": True}, "x", "is set to x"),
        ({"contains": "z"}, ["a"], "is [a], without z"),
        ("a", HIDDEN, "var.x has no value"),
        ("a", "", 'is "", not a'),
        (True, {"a": 1}, "is {a: 1}, not true"),
    ],
)
def test_check__says_why(raw: Any, actual: object, why: str) -> None:
    assert Matcher.read(raw).check(actual, unknown).why == why


def test_check__reason_is_short() -> None:
    assert len(Matcher.read("a").check("b" * 10_000).why) < 300


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"in": "a"}, "needs a list"),
        ({"in": ()}, "needs a list"),
        ({"min": "7"}, "needs a number"),
        ({"max": True}, "needs a number"),
        ({"present": "yes"}, "needs true or false"),
        ({"absent": False}, "needs true"),
        ({"contains": None}, "needs a value"),
        ({"matches": 7}, "needs a regular expression"),
        ({"matches": "(?=x)"}, "not a regular expression of RE2"),
        ({"matches": r"(a)\1"}, "not a regular expression of RE2"),
        ({"min": 1, "minimum": 1}, "'minimum' beside 'min'"),
    ],
)
def test_read__operand_that_the_test_cannot_use(raw: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        Matcher.read(raw)


def test_check__hostile_pattern_ends() -> None:
    assert result({"matches": r"(\w+\s?)*"}, "a" * 5000 + "!") == "fail"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (True, "true"),
        ({"min": 7}, "at least 7"),
        ({"min": 1, "max": 3}, "at least 1 and at most 3"),
        ({"in": ("a", "b")}, "one of [a, b]"),
        ({"present": True}, "set"),
        ({"present": False}, "not set"),
        ({"absent": True}, "not set"),
        ({"matches": "a+"}, "matching a+"),
        ({"contains": "a"}, "containing a"),
        (("a", 1), "[a, 1]"),
        (Decimal("1.50"), "1.5"),
    ],
)
def test_str__for_people(raw: Any, shown: str) -> None:
    assert str(Matcher.read(raw)) == shown


def test_filled__placeholders_and_nothing_else() -> None:
    matcher = Matcher.read({"equals": {"name": "x-{env}", "policy": '{"Version": "{other}"}', "list": ("{account}", 1)}})
    assert matcher.filled({"env": "sit", "account": "111122223333"}).tests == (
        ("equals", {"name": "x-sit", "policy": '{"Version": "{other}"}', "list": ("111122223333", 1)}),
    )


ATTRIBUTES = {
    "bucket": "b",
    "versioning": [{"status": "Enabled"}],
    "rule": [{"id": "a", "expiry": [{"days": 7}]}, {"id": "b"}],
    "tags": {"a.b/c": "x", "Owner": "y"},
    "later": HIDDEN,
    "empty": [],
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("bucket", [(("bucket",), "b")]),
        ("none", [((), None)]),
        ("none.deeper", [((), None)]),
        ("bucket.deeper", [(("bucket",), None)]),
        ("versioning.status", [(("versioning", 0, "status"), "Enabled")]),
        ("rule.id", [(("rule", 0, "id"), "a"), (("rule", 1, "id"), "b")]),
        ("rule.1.id", [(("rule", 1, "id"), "b")]),
        ("rule.5.id", [(("rule",), None)]),
        ("rule.expiry.days", [(("rule", 0, "expiry", 0, "days"), 7), (("rule", 1), None)]),
        ("tags.Owner", [(("tags", "Owner"), "y")]),
        ("tags.a.b/c", [(("tags", "a.b/c"), "x")]),
        ("later.deeper", [(("later",), HIDDEN)]),
        ("empty.x", [((), None)]),
    ],
)
def test_reach__dotted_paths_through_blocks(path: str, expected: list[Any]) -> None:
    assert list(reach(ATTRIBUTES, path, unknown)) == expected


def test_examine__every_block_is_judged() -> None:
    verdicts = Matcher.read("a").examine(ATTRIBUTES, "rule.id", unknown)
    assert [(verdict.result, verdict.path, verdict.actual) for verdict in verdicts] == [
        (Result.PASS, ("rule", 0, "id"), "a"),
        (Result.FAIL, ("rule", 1, "id"), "b"),
    ]


literals = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)


@given(literals, literals)
@settings(max_examples=100, deadline=None)
def test_check__a_literal_passes_itself_and_never_what_is_unknown(one: Any, other: Any) -> None:
    matcher = Matcher.read(one)
    assert matcher.check(one).result is Result.PASS
    assert matcher.check(HIDDEN, unknown).result is Result.UNVERIFIED
    assert matcher.check([other, HIDDEN], unknown).result is not Result.PASS
