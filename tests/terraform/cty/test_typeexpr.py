"""Type constraints, optional attributes and their defaults; messages are real Terraform's."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.cty.convert import convert
from bbws_gate.terraform.cty.equality import raw_equal
from bbws_gate.terraform.cty.plain import to_plain
from bbws_gate.terraform.cty.typeexpr import TypeExprError, apply_defaults, parse_type
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, MAX_DEPTH, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import NULL, Value, object_of, tuple_of, unknown
from bbws_gate.terraform.parse import parse_expression
from bbws_gate.terraform.stack import UnknownValue
from bbws_gate.terraform.syntax import Call, Expression, Name, Span
from tests.terraform.cty.build import as_list, as_map, as_set, v


def fitted(constraint: str, value: Value) -> Value:
    """As a variable of that type takes a value."""
    kind, defaults = parse_type(parse_expression(constraint, "variables.tf", 1))
    return convert(apply_defaults(value, defaults) if defaults else value, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("string", STRING),
        ("any", DYNAMIC),
        ("list", ListOf(DYNAMIC)),
        ("map", MapOf(DYNAMIC)),
        ('"string"', STRING),
        ('"list"', ListOf(DYNAMIC)),
        ("list(map(set(number)))", ListOf(MapOf(SetOf(NUMBER)))),
        ("tuple([string, list(any)])", TupleOf((STRING, ListOf(DYNAMIC)))),
        ("tuple([])", TupleOf(())),
        ("object({})", ObjectOf({})),
        ("object({a = string, b = optional(bool)})", ObjectOf({"a": STRING, "b": BOOL}, frozenset({"b"}))),
        (
            "object({a = optional(object({x = optional(number, 1)}), {})})",
            ObjectOf({"a": ObjectOf({"x": NUMBER}, frozenset({"x"}))}, frozenset({"a"})),
        ),
    ],
)
def test_parse_type__types(text: str, kind: Type) -> None:
    assert parse_type(parse_expression(text, "variables.tf", 1))[0] == kind


@pytest.mark.parametrize("text", ["string", "list(object({a = optional(string)}))", "object({a = string})", "tuple([any])"])
def test_parse_type__without_defaults(text: str) -> None:
    assert parse_type(parse_expression(text, "variables.tf", 1))[1] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("strin", 'The keyword "strin" is not a valid type specification.'),
        ("set", "The set type constructor requires one argument specifying the element type."),
        ("list()", "The list type constructor requires one argument specifying the element type."),
        ("list(list)", "The list type constructor requires one argument specifying the element type."),
        ("map(string, number)", "The map type constructor requires one argument specifying the element type."),
        ("string()", 'Primitive type keyword "string" does not expect arguments.'),
        ("any()", 'Type constraint keyword "any" does not expect arguments.'),
        ("foo(string)", 'Keyword "foo" is not a valid type constructor.'),
        ("object", "The object type constructor requires one argument specifying the attribute types and values as a map."),
        ("tuple", "The tuple type constructor requires one argument specifying the element types as a list."),
        ("object(string)", "Object type constructor requires a map whose keys are attribute names and whose values are the corresponding"),
        ("tuple(string)", "Tuple type constructor requires a list of element types."),
        ("object({(1) = string})", "Object constructor map keys must be attribute names."),
        ("object({a = string, a = number})", "Object constructor map keys must be unique."),
        ("object({a = optional()})", "Optional attribute modifier requires the attribute type as its argument."),
        ('object({a = optional(string, "a", "b")})', "Optional attribute modifier expects at most two arguments: the attribute type, and"),
        ("optional(string)", 'Keyword "optional" is valid only as a modifier for object type attributes.'),
        ("1", "A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call"),
        ('"list(string)"', "A type specification is either a primitive type keyword"),
        ("var.x", "A type specification is either a primitive type keyword"),
        ('object({a = optional(string, upper("a"))})', "Functions may not be called here."),
        ("object({a = optional(string, var.x)})", "Variables may not be used here."),
        (
            'object({a = optional(number, "x")})',
            "This default value is not compatible with the attribute's type constraint: a number is required.",
        ),
        ("object({a = optional(number, 1 + null)})", "argument must not be null"),
        ("object({a = optional(map(string), {(null) = 1})})", "Can't use a null value as a key."),
        ('object({a = optional(string, "a${null}")})', "The expression result is null."),
    ],
)
def test_parse_type__refusals_in_terraforms_words(text: str, message: str) -> None:
    with pytest.raises(TypeExprError) as caught:
        parse_type(parse_expression(text, "variables.tf", 3))
    assert message in caught.value.message
    assert caught.value.span.line == 3


def test_parse_type__too_deep_is_refused() -> None:
    span = Span("variables.tf", 0, 1, 1, 1)
    expression: Expression = Name("string", span)
    for _ in range(MAX_DEPTH + 1):
        expression = Call("list", (expression,), False, span)
    with pytest.raises(TypeExprError, match="The type is nested more than"):
        parse_type(expression)


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        ("1 + 1", "2"),
        ("true ? -3 : 4", "-3"),
        ('"a${1}${true}b"', "a1trueb"),
        ('"${2}"', "2"),
        ("!false", "true"),
        ("null", None),
    ],
)
def test_parse_type__defaults_are_constant_expressions(default: str, expected: str | None) -> None:
    assert to_plain(fitted(f"object({{a = optional(string, {default})}})", v({}))) == {"a": expected}


DEEP = 'object({a = optional(string, "d"), b = optional(object({c = optional(number, 5)}), {})})'


@pytest.mark.parametrize(
    ("constraint", "value", "expected"),
    [
        (DEEP, v({}), {"a": "d", "b": {"c": 5}}),
        (DEEP, v({"a": None, "b": {"c": 7}, "z": 1}), {"a": "d", "b": {"c": 7}}),
        (DEEP, v({"b": None}), {"a": "d", "b": {"c": 5}}),
        (f"map({DEEP})", v({"k": {}, "l": {"a": None, "b": {"c": "7"}}}), {"k": {"a": "d", "b": {"c": 5}}, "l": {"a": "d", "b": {"c": 7}}}),
        (f"list({DEEP})", v([{}, {"a": "x"}]), [{"a": "d", "b": {"c": 5}}, {"a": "x", "b": {"c": 5}}]),
        (f"set({DEEP})", v([{}, {"a": "d"}]), [{"a": "d", "b": {"c": 5}}]),
        (f"tuple([{DEEP}, number])", v([{}, "1"]), [{"a": "d", "b": {"c": 5}}, 1]),
        (f"list({DEEP})", as_list({"a": "x"}, {"a": None}), [{"a": "x", "b": {"c": 5}}, {"a": "d", "b": {"c": 5}}]),
        (f"map({DEEP})", as_map(k={"a": "x"}), {"k": {"a": "x", "b": {"c": 5}}}),
        (f"set({DEEP})", as_set({"a": "x"}), [{"a": "x", "b": {"c": 5}}]),
        (f"list({DEEP})", as_list(), []),
        (f"map({DEEP})", as_map(), {}),
        (f"list({DEEP})", NULL, None),
        ("object({l = optional(list(object({z = optional(bool, true)})), [{}])})", v({}), {"l": [{"z": True}]}),
        ("object({l = optional(list(object({z = optional(bool, true)})), [{}])})", v({"l": []}), {"l": []}),
        ("object({a = optional(number, 2), b = optional(any)})", v({}), {"a": 2, "b": None}),
        (DEEP, as_map(a="x"), {"a": "x", "b": {"c": 5}}),
        (DEEP, object_of({"a": unknown("why")}), {"a": UnknownValue("why"), "b": {"c": 5}}),
        (f"list({DEEP})", tuple_of((unknown("why"), v({}))), [UnknownValue("why"), {"a": "d", "b": {"c": 5}}]),
    ],
)
def test_apply_defaults__fills_in_what_is_absent_or_null(constraint: str, value: Value, expected: object) -> None:
    assert to_plain(fitted(constraint, value)) == expected


def test_apply_defaults__marks_stay() -> None:
    result = fitted(DEEP, object_of({"a": v("x").marked()}).marked())
    assert result.sensitive
    assert isinstance(result.raw, dict)
    assert result.raw["a"].sensitive


def test_apply_defaults__leaves_what_does_not_fit() -> None:
    _, defaults = parse_type(parse_expression(f"list({DEEP})", "variables.tf", 1))
    assert defaults is not None
    assert raw_equal(apply_defaults(v("text"), defaults), v("text"))
