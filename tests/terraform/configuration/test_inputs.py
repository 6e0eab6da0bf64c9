"""Variables: which value wins, and what it must be."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import bare, messages, places, read

DECLARED = 'variable "v" {\n  default = "default"\n}\n'
FILES = {
    "tf/main.tf": DECLARED,
    "tf/terraform.tfvars": 'v = "terraform.tfvars"\n',
    "tf/terraform.tfvars.json": '{"v": "terraform.tfvars.json"}',
    "tf/a.auto.tfvars.json": '{"v": "a.auto"}',
    "tf/b.auto.tfvars": 'v = "b.auto"\n',
    "tf/env/sit.tfvars": 'v = "sit"\n',
    "env/prod.tfvars": 'v = "prod"\n',
}


@pytest.mark.parametrize(
    ("dropped", "var_files", "variables", "expected", "source"),
    [
        ((), ("env/sit.tfvars", "env/prod.tfvars"), {"v": "cli"}, "cli", "tf/main.tf:1"),
        ((), ("env/sit.tfvars", "env/prod.tfvars"), {}, "prod", "env/prod.tfvars:1"),
        ((), ("env/prod.tfvars", "env/sit.tfvars"), {}, "sit", "tf/env/sit.tfvars:1"),
        ((), ("../env/prod.tfvars",), {}, "prod", "env/prod.tfvars:1"),
        ((), (), {}, "b.auto", "tf/b.auto.tfvars:1"),
        (("tf/b.auto.tfvars",), (), {}, "a.auto", "tf/a.auto.tfvars.json:1"),
        (("tf/b.auto.tfvars", "tf/a.auto.tfvars.json"), (), {}, "terraform.tfvars.json", "tf/terraform.tfvars.json:1"),
    ],
)
def test_last_value__wins(
    dropped: tuple[str, ...], var_files: tuple[str, ...], variables: dict[str, str], expected: str, source: str
) -> None:
    stack = read({path: text for path, text in FILES.items() if path not in dropped}, var_files=var_files, variables=variables)
    variable = stack.variables["v"]
    assert (variable.value, str(variable.source)) == (expected, source)
    assert stack.problems == ()


def test_default__has_no_source() -> None:
    variable = read(DECLARED).variables["v"]
    assert (variable.value, variable.source, variable.has_default, variable.used) == ("default", None, True, False)


def test_root_relative_file__goes_before_a_repository_relative_one() -> None:
    stack = read({"tf/main.tf": DECLARED, "tf/x.tfvars": 'v = "root"\n', "x.tfvars": 'v = "repository"\n'}, var_files=("x.tfvars",))
    assert stack.variables["v"].value == "root"


@pytest.mark.parametrize("name", ["missing.tfvars", "../../outside.tfvars", "/etc/passwd"])
def test_missing_var_file__is_a_problem(name: str) -> None:
    (problem,) = messages(read(DECLARED, var_files=(name,)))
    assert problem == f"FIL003 the variable file {name} does not exist"


TYPED: list[tuple[str, str, object]] = [
    ("", "[1]", "[1]"),
    ("type = string", "5", "5"),
    ("type = number", "5", 5),
    ("type = bool", "true", True),
    ("type = any", "[1, 2]", [1, 2]),
    ("type = list(string)", '["a"]', ["a"]),
    ("type = map(number)", '{a = "1"}', {"a": 1}),
    ('type = object({a = optional(string, "x"), b = number})', "{b = 2}", {"a": "x", "b": 2}),
]


@pytest.mark.parametrize(("kind", "text", "expected"), TYPED)
def test_command_line_value__is_read_as_its_type_asks(kind: str, text: str, expected: object) -> None:
    stack = read(f'variable "v" {{\n  {kind}\n}}\n', variables={"v": text})
    assert stack.variables["v"].value == expected
    assert stack.problems == ()


FITTING: list[tuple[str, str, object]] = [
    ("type = string", "v = 5", "5"),
    ("type = number", 'v = "5"', 5),
    ("type = set(string)", 'v = ["b", "a", "b"]', ["a", "b"]),
    ("type = list(number)", 'v = ["1", 2]', [1, 2]),
    ("type = map(object({n = optional(number, 3)}))", "v = {a = {}}", {"a": {"n": 3}}),
    ("type = tuple([string, number])", 'v = [1, "2"]', ["1", 2]),
    ('type = string\n  nullable = false\n  default = "d"', "v = null", "d"),
    ('type = string\n  default = "d"', "v = null", None),
    ("type = any", "v = {a = [1]}", {"a": [1]}),
    ('type = "string"', "v = 1", "1"),
]


@pytest.mark.parametrize(("kind", "given", "expected"), FITTING)
def test_value__is_converted_to_the_type(kind: str, given: str, expected: object) -> None:
    stack = read({"tf/main.tf": f'variable "v" {{\n  {kind}\n}}\n', "tf/terraform.tfvars": f"{given}\n"})
    assert stack.problems == ()
    assert stack.variables["v"].value == expected


WRONG: list[tuple[str, str, str, str]] = [
    ("type = number", "v = []", "VAR004", "tf/terraform.tfvars:1"),
    ("type = list(number)", 'v = ["x"]', "VAR004", "tf/terraform.tfvars:1"),
    ("type = object({a = string})", "v = {}", "VAR004", "tf/terraform.tfvars:1"),
    ("type = string\n  nullable = false", "v = null", "VAR004", "tf/terraform.tfvars:1"),
    ('type = number\n  default = "x"', "", "VAR004", "tf/main.tf:3"),
    ("type = lisst(number)", "v = 1", "VAR004", "tf/main.tf:2"),
    ("type = number", "", "VAR001", "tf/main.tf:1"),
    ("type = number", "v = local.x", "EVL005", "tf/terraform.tfvars:1"),
    ("type = number", "v = 1 / {}", "EVL001", "tf/terraform.tfvars:1"),
    ("default = 1", "w = 2", "VAR003", "tf/terraform.tfvars:1"),
    ("default = 1", "w {\n}", "HCL005", "tf/terraform.tfvars:1"),
    ("default = 1", "v = ", "HCL001", "tf/terraform.tfvars:1"),
]


@pytest.mark.parametrize(("kind", "given", "code", "place"), WRONG)
def test_wrong_value__is_reported_at_its_place(kind: str, given: str, code: str, place: str) -> None:
    stack = read({"tf/main.tf": f'variable "v" {{\n  {kind}\n}}\n', "tf/terraform.tfvars": f"{given}\n"})
    assert places(stack) == [(code, place)]


def test_value_that_cannot_be_had__is_unknown_with_the_cause() -> None:
    assert read('variable "v" {\n}\n').variables["v"].value == UnknownValue("var.v has no value")
    stack = read(
        {"tf/main.tf": 'variable "v" {\n  type = number\n}\noutput "o" {\n  value = var.v + 1\n}\n', "tf/terraform.tfvars": "v = []\n"}
    )
    assert stack.outputs["o"] == UnknownValue("var.v from tf/terraform.tfvars does not fit its type")


def test_bad_text_on_the_command_line__is_reported() -> None:
    (problem,) = messages(read('variable "v" {\n  type = list(string)\n}\n', variables={"v": "[1"}))
    assert problem.startswith("VAR004 var.v from -var: ")


def test_undeclared_on_the_command_line__is_reported() -> None:
    (problem,) = messages(read(DECLARED, variables={"w": "1"}))
    assert problem == "VAR003 -var sets var.w, which the root module does not declare"


def test_functions_in_tfvars__are_refused() -> None:
    stack = read({"tf/main.tf": DECLARED, "tf/terraform.tfvars": 'v = upper("x")\n'})
    assert messages(stack) == ["EVL001 var.v from tf/terraform.tfvars: functions may not be called here, only constant values are allowed"]
    assert isinstance(stack.variables["v"].value, UnknownValue)


RULES: list[tuple[str, str, str | None]] = [
    ("length(var.v) > 1", '"too short"', "VAR002 var.v: too short (the rule stands at tf/main.tf:3)"),
    ("length(var.v) > 0", '"too short"', None),
    ("var.v == local.same", '"not ${local.same}"', "VAR002 var.v: not z (the rule stands at tf/main.tf:3)"),
    ("null", '"x"', "EVL001 var.v.validation: the condition must be true or false, not null"),
    ("[]", '"x"', "EVL001 var.v.validation: invalid condition: "),
    ("var.v.nope", '"x"', "EVL001 var.v.validation: "),
    ("a_b.c.arn == var.v", '"x"', None),
    ("false", "1 / {}", "VAR002 var.v: the condition does not hold, and the error message cannot be evaluated"),
    ("false", 'sensitive("x")', "VAR002 var.v: the condition does not hold; the message holds sensitive values"),
]


@pytest.mark.parametrize(("condition", "text", "expected"), RULES)
def test_validation__is_checked_where_the_value_is_given(condition: str, text: str, expected: str | None) -> None:
    rule = f"  validation {{\n    condition = {condition}\n    error_message = {text}\n  }}\n"
    stack = read(
        {
            "tf/main.tf": f'variable "v" {{\n  type = string\n{rule}}}\nlocals {{\n  same = "z"\n}}\nresource "a_b" "c" {{\n}}\n',
            "tf/terraform.tfvars": 'v = "a"\n',
        }
    )
    if expected is None:
        assert stack.problems == ()
    else:
        (problem,) = stack.problems
        assert f"{problem.code} {problem.message}".startswith(expected)
        assert problem.place.path == ("tf/terraform.tfvars" if problem.code == "VAR002" else "tf/main.tf")


def test_validation_without_message_or_condition__is_reported() -> None:
    stack = read('variable "v" {\n  default = 1\n  validation {\n    condition = false\n  }\n  validation {\n  }\n}\n')
    assert [problem.split(" (")[0] for problem in messages(stack)] == [
        "VAR002 var.v: the condition does not hold",
        'HCL005 var.v.validation needs the argument "condition"',
    ]


def test_used__tells_whether_anything_refers_to_it() -> None:
    stack = read(
        'variable "a" {\n  default = 1\n}\nvariable "b" {\n  default = 1\n}\nvariable "c" {\n  default = 1\n}\nlocals {\n  x = var.a\n}\n'
        'resource "a_b" "c" {\n  dynamic "x" {\n    for_each = [var.b]\n    content {\n    }\n  }\n}\n'
    )
    assert {name: variable.used for name, variable in stack.variables.items()} == {"a": True, "b": True, "c": False}


def test_backend_files__are_laid_over_the_block() -> None:
    stack = read(
        {
            "tf/main.tf": 'terraform {\n  backend "s3" {\n    bucket = "old"\n    encrypt = true\n  }\n}\n',
            "tf/sit.tfbackend": 'bucket = "sit"\nkey = "k"\n',
        },
        backend_files=("sit.tfbackend", "gone.tfbackend"),
    )
    assert messages(stack) == ["FIL003 the backend configuration file gone.tfbackend does not exist"]
    assert stack.backend is not None
    assert dict(stack.backend.attributes) == {"bucket": "sit", "encrypt": True, "key": "k"}
    assert str(stack.backend.trace.place(("bucket",))) == "tf/sit.tfbackend:1"
    assert str(stack.backend.trace.place(("encrypt",))) == "tf/main.tf:4"
    assert str(stack.backend.trace.place(())) == "tf/main.tf:2"
    assert [step.what for step in stack.backend.trace.steps(("bucket",))] == ["backend configuration file tf/sit.tfbackend"]
    assert stack.backend.trace.steps(("encrypt",)) == ()
    assert stack.backend.trace.references(("bucket",)) == ()


def test_backend_with_references__is_reported() -> None:
    stack = read('terraform {\n  backend "s3" {\n    bucket = var.x\n  }\n}\nvariable "x" {\n  default = 1\n}\n')
    assert stack.backend is not None
    assert bare(dict(stack.backend.attributes)) == {"bucket": "?"}
    assert places(stack) == [("EVL005", "tf/main.tf:3")]


def test_no_backend__is_none() -> None:
    assert read("").backend is None


def test_argument_of_unknown_type__may_fit() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'resource "a_b" "c" {\n}\nmodule "m" {\n  source = "./m"\n'
                '  v = [{ a = 1 }, { a = [a_b.c.arn] }]\n}\noutput "o" {\n  value = module.m.v\n}\n'
            ),
            "tf/m/main.tf": 'variable "v" {\n  type = list(any)\n}\noutput "v" {\n  value = var.v\n}\n',
        }
    )
    assert stack.problems == ()
    assert bare(stack.outputs["o"]) == "?"
