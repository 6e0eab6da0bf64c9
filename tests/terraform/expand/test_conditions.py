from __future__ import annotations

import pytest

from tests.terraform.reading import messages, read

HEAD = """
variable "open" {
}
variable "word" {
  default   = "hidden"
  sensitive = true
}
resource "aws_b" "other" {
}
"""


def resource(rule: str, condition: str, message: str = '"no"', more: str = "") -> str:
    lifecycle = f"lifecycle {{\n    {rule} {{\n      condition     = {condition}\n      error_message = {message}\n    }}\n  }}"
    return f'{HEAD}resource "aws_a" "x" {{\n  size = 1\n  {more}\n  {lifecycle}\n}}\n'


def found(text: str) -> list[str]:
    return [message for message in messages(read(text)) if not message.startswith("VAR001")]


FAILING = [
    ("precondition", "false", '"no"', "", "aws_a.x: its precondition fails: no"),
    ("precondition", "1 > 2", '"a ${1 + 1}\\nb"', "", "aws_a.x: its precondition fails: a 2 b"),
    ("precondition", '"false"', '"no"', "", "aws_a.x: its precondition fails: no"),
    ("postcondition", "self.size == 2", '"size ${self.size}"', "", "aws_a.x: its postcondition fails: size 1"),
    ("postcondition", "self.size > count.index", '"no"', "count = 2", "aws_a.x[1]: its postcondition fails: no"),
    ("precondition", 'each.key == "a"', '"no ${each.key}"', 'for_each = toset(["a", "b"])', 'aws_a.x["b"]: its precondition fails: no b'),
    (
        "precondition",
        "false",
        "1 / {}",
        "",
        "aws_a.x: its precondition fails: the condition does not hold, and the error message cannot be evaluated",
    ),
    (
        "precondition",
        "false",
        "var.word",
        "",
        "aws_a.x: its precondition fails: the condition does not hold; the message holds sensitive values",
    ),
    ("precondition", "null", '"no"', "", "aws_a.x.precondition: the condition must be true or false, not null"),
]


@pytest.mark.parametrize(("rule", "condition", "message", "more", "expected"), FAILING)
def test_condition__that_does_not_hold(rule: str, condition: str, message: str, more: str, expected: str) -> None:
    assert found(resource(rule, condition, message, more)) == [f"EVL001 {expected}"]


@pytest.mark.parametrize(
    ("rule", "condition", "more"),
    [
        ("precondition", "true", ""),
        ("precondition", "var.open", ""),
        ("precondition", "aws_b.other.ready", ""),
        ("precondition", "false", "count = 0"),
        ("precondition", "false", "count = var.open"),
        ("postcondition", 'self.arn != ""', ""),
        ("postcondition", 'self.unset == "x"', ""),
    ],
)
def test_condition__that_holds_or_cannot_be_decided(rule: str, condition: str, more: str) -> None:
    assert [message for message in found(resource(rule, condition, more=more)) if not message.startswith("EVL003")] == []


def test_condition__of_an_output_in_a_module() -> None:
    rule = 'precondition {\n    condition     = var.n < 2\n    error_message = "too many"\n  }'
    child = f'variable "n" {{\n}}\noutput "o" {{\n  value = var.n\n  {rule}\n}}\n'
    call = 'module "m" {\n  source   = "./m"\n  for_each = { a = 1, b = 2 }\n  n        = each.value\n}\n'
    assert messages(read({"tf/main.tf": call, "tf/m/main.tf": child})) == [
        'EVL001 module.m["b"].output.o: its precondition fails: too many'
    ]


def test_self__only_in_postconditions() -> None:
    assert found(resource("precondition", "self.size == 1")) == ['EVL005 the "self" object is not available here']


def test_assertions_of_checks__are_warnings() -> None:
    assert messages(read('check "c" {\n  assert {\n    condition     = 1 > 2\n    error_message = "no"\n  }\n}\n')) == []
