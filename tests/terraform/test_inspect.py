from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bbws_gate.terraform.inspect import explain, inspection, shown, to_json, to_text
from bbws_gate.terraform.stack import Plain, SensitiveValue, UnknownValue
from tests.terraform.reading import read

STACK = read(
    """
variable "env" {
  default = "sit"
}
resource "aws_t" "t" {
  for_each = toset(["a", "b"])
  name     = "${var.env}-${each.key}"
  arn      = aws_t.other.arn
  secret   = sensitive("s")
  price    = 12345678901234567890.125
  flag     = true
  empty    = []
  map      = { z = 1, a = [1, "x"] }
  block {
    n = 1
  }
}
resource "aws_t" "other" {
  text = "tab\\t \\"q\\""
  none = null
}
data "aws_d" "d" {
  count = aws_t.other.size
}
"""
)


def test_json__is_the_contract() -> None:
    document = json.loads(to_json(STACK), parse_float=Decimal)
    assert document["root"] == "tf"
    assert [resource["address"] for resource in document["resources"]] == ["data.aws_d.d", "aws_t.other", 'aws_t.t["a"]', 'aws_t.t["b"]']
    assert document["resources"][2] == {
        "address": 'aws_t.t["a"]',
        "mode": "managed",
        "type": "aws_t",
        "name": "t",
        "key": "a",
        "module": "",
        "file": "tf/main.tf",
        "line": 5,
        "end_line": 17,
        "attributes": {
            "arn": {"__unknown__": "aws_t.other.arn is known only after apply"},
            "block": [{"n": 1}],
            "empty": [],
            "flag": True,
            "map": {"a": [1, "x"], "z": 1},
            "name": "sit-a",
            "price": Decimal("12345678901234567890.125"),
            "secret": {"__sensitive__": True},
        },
    }
    assert document["problems"] == [
        {
            "code": "EVL003",
            "message": "data.aws_d.d: count cannot be known from files: aws_t.other.size is known only after apply",
            "file": "tf/main.tf",
            "line": 23,
        }
    ]


def test_json__has_terraforms_digits_and_sorted_keys() -> None:
    text = to_json(STACK)
    assert '"price": 12345678901234567890.125,' in text
    assert text.index('"arn"') < text.index('"block"') < text.index('"empty": []')
    assert to_json(STACK) == text


def test_json__carries_what_json_cannot() -> None:
    stack = read('output "o" {\n  value = 1\n}\nresource "a_b" "c" {\n  inf = 1 / 0\n  tiny = 0.0000001\n}\n')
    attributes = json.loads(to_json(stack), parse_float=Decimal)["resources"][0]["attributes"]
    assert attributes == {"inf": "Infinity", "tiny": Decimal("0.0000001")}


def test_inspection__is_data() -> None:
    assert inspection(STACK)["root"] == "tf"
    assert json.loads(to_json(read(""))) == {"root": "tf", "resources": [], "problems": []}


def test_text__shows_resources_values_and_problems() -> None:
    text = to_text(STACK)
    assert text.startswith("tf (workspace default): 4 resources, 1 problems\n")
    for line in (
        'aws_t.t["a"]  tf/main.tf:5',
        "data.aws_d.d  tf/main.tf:22  (an unknown number of instances)",
        '  name = "sit-a"',
        "  arn = (unknown: aws_t.other.arn is known only after apply)",
        "  secret = (sensitive)",
        "  price = 12345678901234567890.125",
        "  empty = []",
        "  map:",
        '    a = [1, "x"]',
        "  block[0]:",
        "    n = 1",
        '  text = "tab\\t \\"q\\""',
        "  none = null",
        "  tf/main.tf:23: EVL003 data.aws_d.d: count cannot be known from files: aws_t.other.size is known only after apply",
    ):
        assert f"{line}\n" in text
    assert "problems" not in to_text(read("")).replace("0 problems", "")


SHOWN: list[tuple[Plain, str]] = [
    ({"b": 1, "a": [None, False]}, "{a = [null, false], b = 1}"),
    (Decimal("1E+30"), "1000000000000000000000000000000"),
    (Decimal("Infinity"), "Infinity"),
    ("line\nbreak \x1b[2K", '"line\\nbreak \\u001b[2K"'),
    (UnknownValue("why"), "(unknown: why)"),
    ([SensitiveValue()], "[(sensitive)]"),
]


@pytest.mark.parametrize(("value", "text"), SHOWN)
def test_shown__is_one_line(value: Plain, text: str) -> None:
    assert shown(value) == text


def test_explain__prints_the_chain() -> None:
    assert explain(STACK, 'aws_t.t["a"].name') == [
        'aws_t.t["a"].name = "sit-a"  tf/main.tf:7',
        "  <- var.env by default  tf/main.tf:3",
        "  <- each.key  tf/main.tf:6",
    ]
    assert explain(STACK, 'aws_t.t["a"].block[0].n') == ['aws_t.t["a"].block[0].n = 1  tf/main.tf:15']
    assert explain(STACK, "aws_t.other.missing") == ["aws_t.other.missing is not set  tf/main.tf:18"]
    assert explain(STACK, "aws_t.other") == [
        "aws_t.other.none is not set  tf/main.tf:20",
        'aws_t.other.text = "tab\\t \\"q\\""  tf/main.tf:19',
    ]


def test_explain__takes_keys_with_dots_and_quotes() -> None:
    stack = read('resource "a_b" "c" {\n  tags = {\n    "app.io/name" = "x"\n    "0" = "zero"\n    "q\\"" = "quote"\n  }\n}\n')
    assert explain(stack, 'a_b.c.tags["app.io/name"]') == ['a_b.c.tags["app.io/name"] = "x"  tf/main.tf:3']
    assert explain(stack, 'a_b.c.tags["0"]') == ['a_b.c.tags["0"] = "zero"  tf/main.tf:4']
    assert explain(stack, 'a_b.c.tags["q\\""]') == ['a_b.c.tags["q\\""] = "quote"  tf/main.tf:5']


def test_explain__knows_near_names() -> None:
    assert explain(STACK, "aws_t.othr") == ["aws_t.othr: there is no such resource or variable; did you mean aws_t.other?"]
    assert explain(STACK, "zzz") == ["zzz: there is no such resource or variable"]


def test_explain__knows_variables() -> None:
    assert explain(STACK, "var.env") == ['var.env = "sit"  tf/main.tf:2']
    assert explain(STACK, "var.nope") == ["var.nope: there is no such resource or variable; did you mean var.env?"]
