from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bbws_gate.terraform.fill import filled
from bbws_gate.terraform.stack import Plain, SensitiveValue, Stack, UnknownValue
from tests.terraform.reading import messages, places, read

MAIN = """
variable "env" {
  default = "sit"
}
resource "a_b" "c" {
  name = "n"
  arn  = a_b.other.arn
  tags = { A = "x", B = a_b.other.arn }
  size = 5
  pass = a_b.other.pass
  list = ["b", "a"]
  rule {
    n = 1
  }
  dynamic "later" {
    for_each = a_b.other.list
    content {
      n = later.value
    }
  }
}
resource "a_b" "other" {
}
resource "a_b" "many" {
  count = a_b.other.size
  name  = "m-${count.index}"
  own   = 1
}
module "far" {
  source = "acme/far/aws"
}
data "a_d" "d" {
  id = a_b.other.arn
}
output "arn" {
  value = a_b.c.arn
}
output "name" {
  value = a_b.c.name
}
output "hidden" {
  value = a_b.other.pass
}
"""


def entry(address: str, values: Mapping[str, Any], sensitive: Any = None, key: Any = None) -> dict[str, Any]:
    bare = address.removeprefix("module.far.").split("[", 1)[0].removeprefix("data.")
    kind, name = bare.split(".")
    found = {
        "address": address,
        "mode": "data" if address.startswith("data.") else "managed",
        "type": kind,
        "name": name,
        "values": values,
        "sensitive_values": sensitive or {},
    }
    return found if key is None else {**found, "index": key}


C = {
    "name": "n",
    "arn": "arn:x",
    "tags": {"A": "x", "B": "arn:o"},
    "size": "5",
    "pass": "hunter2",
    "list": ["a", "b"],
    "rule": [{"n": 1}],
    "later": [{"n": 7}],
    "computed": 1,
}
OTHERS = [
    entry("a_b.other", {"id": None}),
    entry("a_b.many[0]", {"name": "m-0", "own": 1}, key=0),
    entry("a_b.many[1]", {"name": "m-1", "own": 1}, key=1),
]


def plan(resources: list[dict[str, Any]], **more: Any) -> bytes:
    far = {"address": "module.far", "resources": [entry("module.far.a_b.away", {"name": "away"})]}
    values = {
        "root_module": {"resources": resources, "child_modules": [far]},
        "outputs": {"arn": {"value": "arn:x"}, "hidden": {"sensitive": True, "value": "hunter2"}},
    }
    prior = {"values": {"root_module": {"resources": [entry("data.a_d.d", {"id": "d-1"})]}}}
    return json.dumps(
        {"format_version": "1.2", "planned_values": values, "prior_state": prior, "variables": {"env": {"value": "sit"}}, **more}
    ).encode()


def planned(values: Mapping[str, Any] = C, others: list[dict[str, Any]] = OTHERS, **more: Any) -> Stack:
    return read(MAIN, plan=plan([entry("a_b.c", values, {"pass": True}), *others], **more))


def contradictions(stack: Stack) -> list[str]:
    return [problem for problem in messages(stack) if problem.startswith("PLN")]


def test_plan__fills_what_files_cannot_tell_and_nothing_else() -> None:
    stack = planned()
    assert contradictions(stack) == []
    resource = stack.at("a_b.c")
    assert resource is not None
    assert dict(resource.attributes) == {
        "name": "n",
        "arn": "arn:x",
        "tags": {"A": "x", "B": "arn:o"},
        "size": 5,
        "pass": SensitiveValue(),
        "list": ["b", "a"],
        "rule": [{"n": 1}],
        "later": [{"n": 7}],
    }
    data = stack.at("data.a_d.d")
    assert data is not None
    assert dict(data.attributes) == {"id": "d-1"}
    assert stack.outputs == {"arn": "arn:x", "name": "n", "hidden": SensitiveValue()}
    assert "hunter2" not in repr(stack)


def test_plan__tells_instances_and_resources_of_unread_modules() -> None:
    stack = planned()
    assert [resource.address for resource in stack.resources] == [
        "data.a_d.d",
        "a_b.c",
        "a_b.many[0]",
        "a_b.many[1]",
        "a_b.other",
        "module.far.a_b.away",
    ]
    many = stack.at("a_b.many[1]")
    assert many is not None
    assert (many.key, many.expanded, dict(many.attributes)) == (1, True, {"name": "m-1", "own": 1})
    away = stack.at("module.far.a_b.away")
    assert away is not None
    assert (str(away.place), dict(away.attributes), away.module) == ("tf/main.tf:29", {"name": "away"}, "module.far")
    assert str(away.trace.place(("name",))) == "tf/main.tf:29"
    assert [step.what for step in away.trace.steps(("name",))] == ["the plan; module.far is not in this checkout"]
    assert away.trace.references(()) == ()


CONTRADICTIONS: list[tuple[str, Any, str, str]] = [
    ("name", "other", 'a_b.c.name is "n" in the files and "other" in the plan', "tf/main.tf:6"),
    ("size", 6, "a_b.c.size is 5 in the files and 6 in the plan", "tf/main.tf:9"),
    ("size", None, "a_b.c.size is 5 in the files and not set in the plan", "tf/main.tf:9"),
    ("tags", {"A": "y"}, 'a_b.c.tags.A is "x" in the files and "y" in the plan', "tf/main.tf:8"),
    ("rule", [{"n": 2}], "a_b.c.rule[0].n is 1 in the files and 2 in the plan", "tf/main.tf:13"),
    ("rule", [], "a_b.c.rule is 1 parts in the files and 0 parts in the plan", "tf/main.tf:12"),
    ("list", ["a", "c"], 'a_b.c.list[0] is "b" in the files and "a" in the plan', "tf/main.tf:11"),
]


@pytest.mark.parametrize(("name", "value", "message", "place"), CONTRADICTIONS)
def test_contradiction__is_a_problem_at_the_attribute(name: str, value: Any, message: str, place: str) -> None:
    stack = planned({**C, name: value})
    found = [(problem.message, str(problem.place)) for problem in stack.problems if problem.code == "PLN001"]
    assert (message, place) in found


def test_missing_and_surplus_resources__are_problems() -> None:
    stack = planned(others=[*OTHERS[1:], entry("a_b.surplus", {})])
    assert contradictions(stack) == [
        "PLN001 the plan has a_b.surplus, which the files do not declare",
        "PLN001 the plan has no a_b.other, which the files declare",
    ]


def test_plan_of_another_environment__is_told_by_its_variables() -> None:
    assert contradictions(planned(variables={"env": {"value": "prod"}})) == [
        'PLN001 var.env is "sit" in the files and was "prod" for the plan'
    ]


def test_repetition_that_the_plan_does_not_know__stays_unknown() -> None:
    stack = planned(others=OTHERS[:1])
    many = stack.at("a_b.many")
    assert many is not None
    assert many.expanded is False


BROKEN = [
    b"",
    b"[]",
    b"5",
    b"{}",
    b'{"planned_values": 5}',
    b'{"planned_values": {"root_module": {"resources": [{}]}}}',
    b'{"planned_values": {"root_module": {"resources": 5}}}',
    b'{"planned_values": {}, "variables": {"a": 1}}',
    b'{"planned_values": {"outputs": {"o": 1}}}',
    b'{"planned_values": {}, "x": NaN}',
    b"[" * 100_000,
    b"\xff",
    json.dumps({"planned_values": {"root_module": json.loads('{"address":"m","child_modules":[' * 70 + "{}" + "]}" * 70)}}).encode(),
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_broken_plan__is_a_problem_and_changes_nothing(text: bytes) -> None:
    stack = read('resource "a_b" "c" {\n  n = 1\n}\n', plan=text)
    assert places(stack) == [("PLN002", "tf")]
    assert dict(stack.resources[0].attributes) == {"n": 1}


FILLED: list[tuple[Plain, Plain, Plain]] = [
    (UnknownValue("x"), 1, 1),
    (UnknownValue("x"), None, UnknownValue("x")),
    (SensitiveValue(), "s", SensitiveValue()),
    ("x", SensitiveValue(), "x"),
    (None, "default", None),
    ("", None, ""),
    ([], None, []),
    ("5", 5, "5"),
    (True, "true", True),
    ('{"a": [1]}', '{"a":[1]}', '{"a": [1]}'),
    ([{"a": UnknownValue("x")}, {"a": 2}], [{"a": 2}, {"a": 3}], [{"a": 3}, {"a": 2}]),
    ([UnknownValue("x")], [1, 2], [1, 2]),
    ({"a": 1}, {"a": 1, "b": 2}, {"a": 1}),
    ({"a": 1}, {}, {"a": 1}),
    ([], "", []),
]


@pytest.mark.parametrize(("mine", "theirs", "expected"), FILLED)
def test_filled__completes_without_contradiction(mine: Plain, theirs: Plain, expected: Plain) -> None:
    assert filled(mine, theirs) == (expected, [])


@pytest.mark.parametrize(
    ("mine", "theirs"), [("a", "b"), (True, 1), ("{", "[" * 3), ({}, "x"), ([1], {}), ('["a"]', '["b"]'), ("[" * 9000, "{")]
)
def test_filled__names_a_contradiction(mine: Plain, theirs: Plain) -> None:
    value, differences = filled(mine, theirs)
    assert value == mine
    assert len(differences) == 1
