from __future__ import annotations

from decimal import Decimal

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import errors, output

VALUES: list[tuple[str, object]] = [
    ("null", None),
    ("1.5", Decimal("1.5")),
    ("9223372036854775808 + 1", 9223372036854775809),
    ('"a${1}b${true}"', "a1btrue"),
    ('"${[1]}"', [1]),
    ('"%{ if 1 == 1 }yes%{ else }no%{ endif }"', "yes"),
    ('"%{ if false }yes%{ endif }"', ""),
    ('"%{ for k, v in {a = 1} }${k}=${v};%{ endfor }"', "a=1;"),
    ("-(2) * 3 + 10 / 4 % 2", Decimal("-5.5")),
    ('!true || "a" == "a" && 2 >= 2', True),
    ("true ? 1 : {}.x", 1),
    ("false ? {}.x : 2", 2),
    ("true || {}.x", True),
    ("{}.x || true", True),
    ("false && {}.x", False),
    ("[for x in [1, 2, 3] : x * 2 if x > 1]", [4, 6]),
    ('[for k, v in {b = 1, a = 2} : "${k}${v}"]', ["a2", "b1"]),
    ('[for i, v in ["x", "y"] : "${i}${v}"]', ["0x", "1y"]),
    ('[for k, v in toset(["b", "a"]) : "${k}${v}"]', ["aa", "bb"]),
    ('{for v in ["a", "b"] : v => upper(v)}', {"a": "A", "b": "B"}),
    ('{for i, v in ["a", "b", "a"] : v => i...}', {"a": [0, 2], "b": [1]}),
    ("[for x in [[1], [2]] : [for y in x : y + 1]]", [[2], [3]]),
    ("[{a = 1}, {a = 2}][*].a", [1, 2]),
    ("[{a = 1}, {a = 2}].*.a", [1, 2]),
    ("[{a = [{b = 1}, {b = 2}]}][*].a[*].b", [[1, 2]]),
    ("[{a = [1, 2]}][*].a[1]", [2]),
    ("[{a = [1, 2]}, {a = [3]}].*.a[0]", [1, 2]),
    ("null[*]", []),
    ("5[*]", [5]),
    ("{a = 1}[*].a", [1]),
    ("tolist([])[*].a", []),
    ('tolist([{a = "x"}])[*].a', ["x"]),
    ('toset(["a"])[*]', ["a"]),
    ('{"a b" = 1}["a b"]', 1),
    ("{a = {b = [5]}}.a.b[0]", 5),
    ('[1, 2]["1"]', 2),
    ('{"1" = 5}[1]', 5),
    ("[[1, 2], [3]][0].1", 2),
    ("{a = 1, a = 2}", {"a": 2}),
    ('{"${"k"}${1}" = 1}', {"k1": 1}),
    ("{(true) = 1}", {"true": 1}),
    ("concat([[1], [2]]...)", [1, 2]),
    ("max(toset([1, 3])...)", 3),
    ("try({}.a, {}.b, 3)", 3),
    ("can({}.a)", False),
    ("can({a = 1}.a)", True),
    ('convert("5", number)', 5),
    ('convert({a = 1}, object({a = string, b = optional(string, "x")}))', {"a": "1", "b": "x"}),
    ('core::upper("a")', "A"),
    ("path.root", "."),
    ("path.module", "."),
    ("terraform.workspace", "default"),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[expression for expression, _ in VALUES])
def test_value__is_terraforms(expression: str, expected: object) -> None:
    assert output(expression) == expected
    assert errors(expression) == []


ERRORS: list[tuple[str, str]] = [
    ("{}.x", 'does not have an attribute named "x"'),
    ('{a = 1}["b"]', 'there is no "b"'),
    ("tomap({a = 1}).b", 'does not have an element with the key "b"'),
    ("[1].a", "does not have an attribute named"),
    ('"abc".x', "primitive-typed value (string)"),
    ("null.a", "null, so it does not have any attributes"),
    ("null[0]", "null, so it does not have any indices"),
    ("[1][null]", "null value as an indexing key"),
    ("[1][1]", "greater than or equal to the length"),
    ("[][0]", "the collection has no elements"),
    ("[1][-1]", "negative number"),
    ("[1][0.5]", "whole number"),
    ('[1]["a"]', "does not identify an element"),
    ("{a = 1}[[]]", "does not identify an element"),
    ("toset([1])[0]", "identified only by their value"),
    ('"abc"[0]', "does not have any indices"),
    ("tolist(null)[*].a", "null sequences"),
    ("[for x in null : x]", "null value"),
    ('[for x in "abc" : x]', "cannot be used as the collection"),
    ("[for x in [1] : x if null]", "must not be null"),
    ('[for x in [1] : x if "x"]', "if clause value is invalid"),
    ("{for x in [1] : null => x}", "must not produce a null"),
    ("{for x in [[]] : x => 1}", "must produce a string"),
    ('{for x in ["a", "a"] : x => 1}', 'produced the key "a"'),
    ("{(null) = 1}", "null value as a key"),
    ("{([]) = 1}", "cannot use this value as a key"),
    ('"a${null}"', "null"),
    ('"a${[1]}"', "cannot include the given value"),
    ('"%{ if null }a%{ endif }"', "null"),
    ('"%{ if "x" }a%{ endif }"', "of type bool"),
    ('"%{ for x in null }a%{ endfor }"', "null value"),
    ("1 + null", "must not be null"),
    ('-"a"', "operand"),
    ("null ? 1 : 2", "null"),
    ("true && {}.x", "attribute"),
    ("{}.x && {}.y", 'named "x"'),
    ("max(null...)", "must not be null"),
    ("max({}...)", "tuple, list, or set"),
    ("try()", "at least one"),
    ("try({}.a, {}.b)", "no expression succeeded"),
    ("can()", "exactly one"),
    ("convert(1)", "a value and a type"),
    ('convert("a", number)', "number is required"),
    ("convert(1, nothing)", "nothing"),
    ('templatestring("x", {})', "must be a reference"),
    ('tonumber("a")', "tonumber()"),
]


@pytest.mark.parametrize(("expression", "text"), ERRORS, ids=[expression for expression, _ in ERRORS])
def test_error__makes_the_value_unknown_and_a_problem(expression: str, text: str) -> None:
    value = output(expression)
    assert isinstance(value, UnknownValue)
    (problem,) = errors(expression)
    assert problem.startswith("EVL001 output.value: ")
    assert text in problem
    assert value.reason.startswith("output.value cannot be evaluated")


UNDECLARED: list[tuple[str, str]] = [
    ("local.nope", "local.nope is not declared in this module"),
    ("var.regoin", "did you mean var.region?"),
    ("module.x", "module.x is not declared"),
    ("data.aws_region.here", "data.aws_region.here is not declared"),
    ("aws_s3_bucket.nope.id", "did you mean aws_s3_bucket.none?"),
    ("ephemeral.a.b", "ephemeral.a.b is not declared"),
    ("path.nope", "path.nope is not declared"),
    ("terraform.env", "terraform.env is not declared"),
    ("each.key", "only where for_each is set"),
    ("count.index", "only where count is set"),
    ("self.id", "not available here"),
    ("data.aws_region", "data.aws_region is not declared"),
    ("data", "must be followed by an attribute name"),
    ("upper", "must be followed by an attribute name"),
    ("try(local.nope, 1)", "local.nope is not declared"),
    ("true ? 1 : local.nope", "local.nope is not declared"),
    ("uper(1)", 'no function named "uper"'),
]
SETUP = 'variable "region" {\n  default = "x"\n}\nresource "aws_s3_bucket" "none" {\n}\n'


@pytest.mark.parametrize(("expression", "text"), UNDECLARED, ids=[expression for expression, _ in UNDECLARED])
def test_undeclared_reference__is_named_once(expression: str, text: str) -> None:
    assert isinstance(output(expression, SETUP), UnknownValue)
    (problem,) = errors(expression, SETUP)
    assert problem.startswith("EVL005 ")
    assert text in problem
