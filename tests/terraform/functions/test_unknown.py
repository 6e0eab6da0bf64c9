"""What functions make of unknown and of sensitive arguments, as real Terraform does."""

from __future__ import annotations

import pytest

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from bbws_gate.terraform.cty.values import FALSE, TRUE, Unknown, Value, first_unknown, number, string, tuple_of, unknown
from bbws_gate.terraform.functions import Context, FunctionError, call

LATER = unknown("aws_s3_bucket.logs.arn is known after apply", STRING)
UNTYPED = unknown("module.network is not in this checkout")
LIST = ListOf(STRING)
HIDDEN = string("s").marked()


def nothing(*_: object) -> Value:
    raise AssertionError("not called here")


CONTEXT = Context(MemoryRepository({}), "", nothing, lambda _: None, lambda _: b"")


def listed(*items: Value) -> Value:
    return Value(LIST, items)


def mapped(**entries: Value) -> Value:
    return Value(MapOf(STRING), entries)


A, B = string("a"), string("b")

UNKNOWN_RESULTS: list[tuple[str, list[Value], Type]] = [
    ("upper", [LATER], STRING),
    ("upper", [UNTYPED], STRING),
    ("join", [A, listed(B, LATER)], STRING),
    ("split", [A, LATER], LIST),
    ("length", [LATER], NUMBER),
    ("length", [UNTYPED], NUMBER),
    ("length", [Value(SetOf(STRING), (A, LATER))], NUMBER),
    ("concat", [UNTYPED, tuple_of((A,))], DYNAMIC),
    ("merge", [UNTYPED, mapped(a=A)], DYNAMIC),
    ("lookup", [mapped(a=A), LATER, B], STRING),
    ("contains", [tuple_of((LATER,)), A], BOOL),
    ("contains", [tuple_of((A,)), LATER], BOOL),
    ("flatten", [tuple_of((UNTYPED, A))], DYNAMIC),
    ("distinct", [listed(A, LATER)], LIST),
    ("compact", [listed(A, LATER)], LIST),
    ("coalesce", [LATER, A], STRING),
    ("coalescelist", [UNTYPED, tuple_of((A,))], DYNAMIC),
    ("sort", [unknown("later", LIST)], LIST),
    ("format", [string("%s"), LATER], STRING),
    ("formatlist", [string("%s"), unknown("later", LIST)], LIST),
    ("jsonencode", [tuple_of((LATER,))], STRING),
    ("yamlencode", [tuple_of((LATER,))], STRING),
    ("jsondecode", [LATER], DYNAMIC),
    ("yamldecode", [LATER], DYNAMIC),
    ("csvdecode", [LATER], DYNAMIC),
    ("regex", [string("a"), LATER], STRING),
    ("regex", [LATER, A], DYNAMIC),
    ("regexall", [LATER, A], ListOf(DYNAMIC)),
    ("startswith", [LATER, A], BOOL),
    ("setintersection", [Value(SetOf(STRING), (LATER,)), Value(SetOf(STRING), (A,))], SetOf(STRING)),
    ("zipmap", [listed(LATER), tuple_of((A,))], DYNAMIC),
    ("transpose", [Value(MapOf(LIST), {"a": listed(LATER)})], MapOf(LIST)),
    ("matchkeys", [listed(A), listed(LATER), listed(B)], LIST),
    ("alltrue", [Value(ListOf(BOOL), (TRUE, unknown("later", BOOL)))], BOOL),
    ("alltrue", [Value(ListOf(BOOL), (unknown("later", BOOL), FALSE))], BOOL),
    ("anytrue", [Value(ListOf(BOOL), (FALSE, unknown("later", BOOL)))], BOOL),
    ("tolist", [UNTYPED], ListOf(DYNAMIC)),
    ("file", [LATER], STRING),
    ("fileset", [A, LATER], SetOf(STRING)),
    ("templatefile", [LATER, mapped()], DYNAMIC),
    ("templatestring", [LATER, mapped()], STRING),
    ("issensitive", [LATER], BOOL),
    ("max", [number(1), unknown("later", NUMBER)], NUMBER),
    ("provider::terraform::encode_expr", [tuple_of((LATER,))], STRING),
]


@pytest.mark.parametrize(("name", "arguments", "kind"), UNKNOWN_RESULTS)
def test_unknown_argument__gives_an_unknown_of_the_result_type_with_its_reason(name: str, arguments: list[Value], kind: Type) -> None:
    result = call(name, arguments, CONTEXT)
    assert isinstance(result.raw, Unknown)
    assert result.type == kind
    reasons = {found.reason for found in map(first_unknown, arguments) if found is not None}
    assert result.raw.reason in reasons


KNOWN_RESULTS: list[tuple[str, list[Value], object]] = [
    ("length", [tuple_of((LATER, UNTYPED))], 2),
    ("contains", [tuple_of((LATER, A)), A], True),
    ("coalesce", [A, LATER], "a"),
    ("lookup", [mapped(a=A, b=LATER), A], "a"),
    ("element", [tuple_of((LATER, B)), number(1)], "b"),
    ("index", [tuple_of((A, LATER)), A], 0),
    ("startswith", [LATER, string("")], True),
    ("alltrue", [Value(ListOf(BOOL), (FALSE, unknown("later", BOOL)))], False),
    ("anytrue", [Value(ListOf(BOOL), (unknown("later", BOOL), TRUE))], True),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), KNOWN_RESULTS)
def test_unknown_part__does_not_hide_what_is_known(name: str, arguments: list[Value], expected: object) -> None:
    assert call(name, arguments, CONTEXT).raw == expected


def test_unknown_part__stays_where_it_is() -> None:
    merged = call("merge", [mapped(a=LATER), mapped(b=B)], CONTEXT)
    assert isinstance(merged.raw, dict)
    assert merged.raw["a"].raw is LATER.raw
    assert merged.raw["b"].raw == "b"
    formatted = call("formatlist", [string("%s"), tuple_of((LATER, B))], CONTEXT)
    assert isinstance(formatted.raw, tuple)
    assert [isinstance(item.raw, Unknown) for item in formatted.raw] == [True, False]


@pytest.mark.parametrize(("name", "never_null"), [("upper", True), ("length", True), ("tostring", False), ("sensitive", False)])
def test_unknown_result__is_said_not_to_be_null_where_terraform_says_so(name: str, never_null: bool) -> None:
    result = call(name, [LATER], CONTEXT)
    assert isinstance(result.raw, Unknown)
    assert result.raw.not_null is never_null


@pytest.mark.parametrize("name", ["timestamp", "plantimestamp", "uuid"])
def test_each_run_differs__is_unknown(name: str) -> None:
    result = call(name, [], CONTEXT)
    assert isinstance(result.raw, Unknown)
    assert result.type is STRING


def test_provider_function__runs_only_in_terraform() -> None:
    result = call("provider::aws::arn_parse", [A], CONTEXT)
    assert isinstance(result.raw, Unknown)
    assert result.raw.reason == "provider-defined function provider::aws::arn_parse runs only in Terraform"


SENSITIVE_WHOLES: list[tuple[str, list[Value]]] = [
    ("upper", [HIDDEN]),
    ("join", [A, tuple_of((B, HIDDEN))]),
    ("length", [tuple_of((A,)).marked()]),
    ("concat", [tuple_of((A,)).marked(), tuple_of((B,))]),
    ("merge", [mapped(a=A).marked(), mapped(b=B)]),
    ("keys", [mapped(a=A).marked()]),
    ("lookup", [mapped(a=A).marked(), A]),
    ("lookup", [mapped(a=HIDDEN), A]),
    ("contains", [tuple_of((HIDDEN,)), A]),
    ("flatten", [tuple_of((tuple_of((A,)).marked(),))]),
    ("distinct", [listed(HIDDEN)]),
    ("jsonencode", [tuple_of((HIDDEN,))]),
    ("zipmap", [listed(HIDDEN), tuple_of((A,))]),
    ("toset", [tuple_of((HIDDEN,))]),
    ("md5", [HIDDEN]),
    ("base64decode", [string("YQ==").marked()]),
]


@pytest.mark.parametrize(("name", "arguments"), SENSITIVE_WHOLES)
def test_sensitive_argument__makes_the_result_sensitive(name: str, arguments: list[Value]) -> None:
    assert call(name, arguments, CONTEXT).sensitive


SENSITIVE_PARTS: list[tuple[str, list[Value]]] = [
    ("length", [tuple_of((HIDDEN,))]),
    ("keys", [mapped(a=HIDDEN)]),
    ("concat", [tuple_of((HIDDEN,)), tuple_of((A,))]),
    ("merge", [mapped(a=HIDDEN), mapped(b=B)]),
    ("element", [tuple_of((HIDDEN, A)), number(1)]),
    ("lookup", [mapped(a=A, b=HIDDEN), A]),
    ("reverse", [tuple_of((HIDDEN, A))]),
    ("tolist", [tuple_of((HIDDEN,))]),
]


@pytest.mark.parametrize(("name", "arguments"), SENSITIVE_PARTS)
def test_sensitive_part__is_not_more_than_that(name: str, arguments: list[Value]) -> None:
    assert not call(name, arguments, CONTEXT).sensitive


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("tonumber", [string("s3cret").marked()]),
        ("base64decode", [string("s3cret!").marked()]),
        ("parseint", [string("s3cret").marked(), number(10)]),
        ("file", [string("s3cret").marked()]),
        ("lookup", [mapped(a=A), string("s3cret").marked()]),
    ],
)
def test_sensitive_argument__is_not_in_the_error(name: str, arguments: list[Value]) -> None:
    with pytest.raises(FunctionError) as refusal:
        call(name, arguments, CONTEXT)
    assert "s3cret" not in str(refusal.value)
