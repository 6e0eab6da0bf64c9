"""Operators: conversions, null, unknown, marks; expected values and messages are real Terraform's."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.cty.equality import raw_equal
from bbws_gate.terraform.cty.operators import OperationError, binary, conditional, unary
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, TupleOf
from bbws_gate.terraform.cty.values import FALSE, NULL, TRUE, Unknown, Value, number, object_of, tuple_of, unknown
from tests.terraform.cty.build import LIST, MAP, U, as_list, as_map, as_set, to, v

UNKNOWN_BOOL = unknown("why", BOOL, not_null=True)


@pytest.mark.parametrize(
    ("left", "op", "right", "expected"),
    [
        (1, "+", 2, 3),
        ("5", "+", 1, 6),
        (7, "%", 3, 1),
        (-7, "%", 3, -1),
        ("5", ">", 3, True),
        ("2", "<", 10, True),
        (1, "<=", 1, True),
        (1, ">=", 2, False),
        ("1", "==", 1, False),
        ("1", "!=", 1, True),
        ([1], "==", [1], True),
        (None, "==", None, True),
        (1, "!=", None, True),
        (True, "&&", "true", True),
        ("1", "&&", True, True),
        (False, "||", False, False),
        (None, "&&", True, False),
        (True, "&&", None, False),
        (None, "||", True, True),
        (True, "||", None, True),
    ],
)
def test_binary__known(left: object, op: str, right: object, expected: object) -> None:
    assert raw_equal(binary(op, v(left), v(right)), v(expected))


@pytest.mark.parametrize(
    ("left", "op", "right", "message"),
    [
        ("a", "+", 1, "Invalid operand: Unsuitable value for left operand: a number is required."),
        (1, "+", [], "Invalid operand: Unsuitable value for right operand: number required, but have tuple."),
        (True, ">", 1, "Invalid operand: Unsuitable value for left operand: number required, but have bool."),
        (1, "&&", True, "Invalid operand: Unsuitable value for left operand: bool required, but have number."),
        (True, "||", "x", "Invalid operand: Unsuitable value for right operand: a bool is required."),
        (1, "+", None, "Operation failed: Error during operation: argument must not be null."),
        (None, "<", 1, "Operation failed: Error during operation: argument must not be null."),
        (None, "||", False, "Operation failed: Error during operation: argument must not be null."),
        (0, "/", 0, "Operation failed: Error during operation: can't divide zero by zero or infinity by infinity."),
    ],
)
def test_binary__refusals(left: object, op: str, right: object, message: str) -> None:
    with pytest.raises(OperationError) as caught:
        binary(op, v(left), v(right))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("left", "op", "right", "expected"),
    [
        (FALSE, "&&", UNKNOWN_BOOL, FALSE),
        (UNKNOWN_BOOL, "&&", FALSE, FALSE),
        (TRUE, "||", UNKNOWN_BOOL, TRUE),
        (UNKNOWN_BOOL, "||", TRUE, TRUE),
        (NULL, "&&", UNKNOWN_BOOL, FALSE),
        (UNKNOWN_BOOL, "&&", NULL, FALSE),
        (U, "==", v(1), FALSE),
        (U, "!=", v(1), TRUE),
        (unknown("r", NUMBER, not_null=True), "==", NULL, FALSE),
    ],
)
def test_binary__decided_in_spite_of_an_unknown(left: Value, op: str, right: Value, expected: Value) -> None:
    assert raw_equal(binary(op, left, right), expected)


@pytest.mark.parametrize(
    ("left", "op", "right", "kind"),
    [
        (TRUE, "&&", UNKNOWN_BOOL, BOOL),
        (UNKNOWN_BOOL, "||", FALSE, BOOL),
        (NULL, "||", UNKNOWN_BOOL, BOOL),
        (unknown("why"), "+", v(1), NUMBER),
        (v(0), "*", unknown("why"), NUMBER),
        (unknown("why"), "<", v(1), BOOL),
        (unknown("why"), "==", v(1), BOOL),
        (unknown("why"), "!=", v(1), BOOL),
    ],
)
def test_binary__unknown_keeps_the_reason_and_is_never_null(left: Value, op: str, right: Value, kind: object) -> None:
    result = binary(op, left, right)
    assert result.type is kind
    assert isinstance(result.raw, Unknown)
    assert result.raw.reason == "why"
    assert binary("==", result, NULL).raw is False


def test_binary__unknown_does_not_excuse_null() -> None:
    with pytest.raises(OperationError, match="must not be null"):
        binary("+", unknown("why", NUMBER), NULL)


@pytest.mark.parametrize("op", ["+", "==", "!=", "<", "&&"])
def test_binary__sensitive_when_an_operand_is(op: str) -> None:
    value = v("1")
    assert binary(op, value.marked(), value).sensitive
    assert binary(op, value, value.marked()).sensitive
    assert not binary(op, value, value).sensitive


@pytest.mark.parametrize(
    ("op", "operand", "expected"), [("!", True, False), ("!", "false", True), ("-", 3, -3), ("-", "5", -5), ("-", -1.5, 1.5)]
)
def test_unary__known(op: str, operand: object, expected: object) -> None:
    assert raw_equal(unary(op, v(operand)), v(expected))


@pytest.mark.parametrize(
    ("op", "operand", "message"),
    [
        ("!", "x", "Invalid operand: Unsuitable value for unary operand: a bool is required."),
        ("-", [], "Invalid operand: Unsuitable value for unary operand: number required, but have tuple."),
        ("!", None, "Operation failed: Error during operation: argument must not be null."),
    ],
)
def test_unary__refusals(op: str, operand: object, message: str) -> None:
    with pytest.raises(OperationError) as caught:
        unary(op, v(operand))
    assert str(caught.value) == message


def test_unary__unknown_loses_its_mark_as_in_hcl() -> None:
    result = unary("!", unknown("why").marked())
    assert result.type is BOOL
    assert not result.is_known
    assert not result.sensitive
    assert unary("!", v(True).marked()).sensitive


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        (v(1), v("a"), v("1")),
        (v("1"), v(2), v("1")),
        (v(None), v(1), Value(NUMBER, None)),
        (v([1]), v(["a", "b"]), as_list("1")),
        (v([]), v(["a"]), Value(ListOf(STRING), ())),
        (v([]), as_list("a"), Value(ListOf(STRING), ())),
        (v({"a": 1}), v({"b": 2}), as_map(a=1)),
        (v({"a": 1}), v({}), as_map(a=1)),
        (v({"a": 1, "b": "x"}), v({"a": 1}), as_map(a="1", b="x")),
        (v({"x": [1]}), v({"x": ["a"]}), v({"x": ["1"]})),
        (v([{"a": 1}]), v([{"b": 2}]), tuple_of((as_map(a=1),))),
        (as_set(1), v(["a"]), as_set(1)),
        (as_list("a"), as_set(1), as_list("a")),
        (v([1, None]), v(["a"]), Value(ListOf(STRING), (v("1"), Value(STRING, None)))),
        (as_list(), v(["a"]), Value(ListOf(STRING), ())),
        (v([None, "", None]), v([["x", 1]]), Value(ListOf(STRING), (Value(STRING, None), v(""), Value(STRING, None)))),
        (v(1), unknown("r"), v(1)),
        (v([1]), unknown("r"), v([1])),
    ],
)
def test_conditional__brings_the_chosen_branch_to_the_common_type(yes: Value, no: Value, expected: Value) -> None:
    assert raw_equal(conditional(TRUE, yes, no), expected)
    assert raw_equal(conditional(v("false"), no, yes), expected)


@pytest.mark.parametrize(
    ("cond", "yes", "no", "message"),
    [
        (NULL, v(1), v(2), "Null condition: The condition value is null. Conditions must either be true or false."),
        (v([]), v(1), v(2), "Incorrect condition type: The condition expression must be of type bool."),
        (v(1), v(1), v(2), "Incorrect condition type: The condition expression must be of type bool."),
        (TRUE, v({}), v([]), "The 'true' value is object, but the 'false' value is tuple."),
        (
            TRUE,
            v({"a": 1, "b": []}),
            v({"a": 1}),
            "The 'true' value includes object attribute \"b\", which is absent in the 'false' value.",
        ),
        (
            TRUE,
            v({"a": 1}),
            v({"a": 1, "b": []}),
            "The 'false' value includes object attribute \"b\", which is absent in the 'true' value.",
        ),
        (
            TRUE,
            v({"a": 1}),
            v({"a": []}),
            "Type mismatch for object attribute \"a\": The 'true' value is number, but the 'false' value is tuple.",
        ),
        (TRUE, v([1]), v([[]]), "Type mismatch for tuple element 0: The 'true' value is number, but the 'false' value is tuple."),
        (TRUE, v([1]), v([[], {}]), "The 'true' tuple has length 1, but the 'false' tuple has length 2."),
        (TRUE, as_list(1), as_list([1]), "The 'true' value is list of number, but the 'false' value is list of tuple."),
        (TRUE, as_list([1]), as_list([[]]), "Mismatched list element types: Type mismatch for tuple element 0: "),
        (
            TRUE,
            v(["a"]),
            as_set(1),
            "Inconsistent conditional result types: The true result value has the wrong type: a number is required.",
        ),
        (
            FALSE,
            to(LIST, []),
            v([[1], [1, 2]]),
            "The false result value has the wrong type: element types must all match for conversion to list.",
        ),
        (FALSE, to(MAP, {}), v({"a": {"x": 1}, "b": {"y": 2}}), "element types must all match for conversion to map."),
    ],
)
def test_conditional__refusals(cond: Value, yes: Value, no: Value, message: str) -> None:
    with pytest.raises(OperationError) as caught:
        conditional(cond, yes, no)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        (v(5), v(5), v(5)),
        (NULL, NULL, NULL),
        (NULL, Value(STRING, None), Value(STRING, None)),
        (to(LIST, []), to(LIST, []), to(LIST, [])),
        (as_list("a"), as_list("b"), Value(ListOf(STRING), (unknown("r", STRING),))),
        (as_set("a"), as_set("b"), Value(SetOf(STRING), (unknown("r", STRING),))),
        (v("a"), v("a"), unknown("r", STRING)),
        (v(1), v("a"), unknown("r", STRING)),
        (v(["a"]), v(["b"]), unknown("r", TupleOf((STRING,)))),
        (as_set(1, 2), as_set(3, 4), unknown("r", SetOf(NUMBER))),
        (as_map(a=1), as_map(b=1), unknown("r", MapOf(NUMBER))),
        (v(1), unknown("other"), unknown("r", DYNAMIC)),
    ],
)
def test_conditional__on_an_unknown_condition_knows_what_the_branches_share(yes: Value, no: Value, expected: Value) -> None:
    result = conditional(UNKNOWN_BOOL, yes, no)
    assert raw_equal(result, expected)
    if isinstance(result.raw, Unknown):
        assert result.raw.reason == "why"


@pytest.mark.parametrize(("yes", "decided"), [(v("a"), False), (U, None), (NULL, None)])
def test_conditional__on_an_unknown_condition_is_null_only_if_a_branch_may_be(yes: Value, decided: bool | None) -> None:
    result = binary("==", conditional(UNKNOWN_BOOL, yes, v("b")), NULL)
    assert (result.raw if result.is_known else None) is decided


def test_conditional__sensitive_when_any_of_the_three_is() -> None:
    one, other = v(1), v(2)
    assert conditional(TRUE.marked(), one, other).sensitive
    assert conditional(TRUE, one.marked(), other).sensitive
    assert conditional(TRUE, one, other.marked()).sensitive
    assert conditional(UNKNOWN_BOOL, one, other.marked()).sensitive
    assert not conditional(TRUE, one, other).sensitive


def test_conditional__null_of_a_typed_branch_takes_part_in_the_common_type() -> None:
    assert conditional(FALSE, Value(NUMBER, None), v("a")).type is STRING
    assert conditional(TRUE, Value(NUMBER, None), v("a")).type is STRING


def test_conditional__objects_with_null_attributes() -> None:
    assert raw_equal(conditional(FALSE, v({"a": None}), v({"a": 1})), object_of({"a": number(1)}))
