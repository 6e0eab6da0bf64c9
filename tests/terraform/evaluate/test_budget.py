from __future__ import annotations

import pytest

import bbws_gate.terraform.read as reader
from bbws_gate.terraform.evaluate import Budget, BudgetExceeded
from bbws_gate.terraform.evaluate.budget import LONGEST, PLAIN
from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import messages, read


def test_budget__counts_down_and_ends() -> None:
    budget = Budget(steps=2, text=LONGEST + 1, plain=3)
    budget.spend(2)
    budget.write(LONGEST)
    budget.hand_on(3)
    for ask in (budget.spend, lambda: budget.write(2), lambda: budget.hand_on(1), lambda: budget.write(LONGEST + 1)):
        with pytest.raises(BudgetExceeded):
            ask()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same limits, a tenth as far away."""
    monkeypatch.setattr(reader, "Budget", lambda steps: Budget(steps // 10, plain=PLAIN // 10))


BOMBS = {
    "nested for": (
        'locals {\n  r = range(1000)\n}\noutput "v" {\n  value = [for a in local.r : [for b in local.r : [for c in local.r : 1]]]\n}\n'
    ),
    "setproduct": 'locals {\n  r = range(100)\n}\noutput "v" {\n  value = setproduct(' + ", ".join(["local.r"] * 10) + ")\n}\n",
    "padding": 'output "v" {\n  value = format("%1000000000d", 1)\n}\n',
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb__is_stopped_and_named(bomb: str) -> None:
    stack = read(BOMBS[bomb])
    assert messages(stack) == ["EVL004 output.v needs more evaluation steps than one configuration may take"]
    assert isinstance(stack.outputs["v"], UnknownValue)


@pytest.mark.usefixtures("small")
def test_exhausted_budget__is_reported_once_and_named_in_what_follows() -> None:
    bomb = "[for a in local.r : [for b in local.r : [for c in local.r : 1]]]"
    stack = read(
        f'locals {{\n  r = range(1000)\n  x = {bomb}\n}}\nresource "a_b" "c" {{\n  count = length(local.x)\n}}\n'
        'resource "a_b" "d" {\n  n = 1\n  m = local.x\n}\n'
    )
    assert messages(stack) == ["EVL004 local.x needs more evaluation steps than one configuration may take"]
    assert "local.x" in str(stack.resources[0].attributes) + str(stack.locals["x"])


def test_doubling_string__is_stopped_at_the_local_that_is_too_long() -> None:
    doubled = "".join(f'  x{number} = "${{local.x{number - 1}}}${{local.x{number - 1}}}"\n' for number in range(1, 41))
    stack = read(f'locals {{\n  x0 = "0123456789"\n{doubled}}}\n')
    assert messages(stack) == ["EVL004 local.x17 makes a string of more than 1,000,000 characters"]
    assert stack.locals["x40"] == UnknownValue("local.x17 makes a string of more than 1,000,000 characters")


def test_shared_structure__is_counted_wherever_it_occurs() -> None:
    doubled = "".join(f"  x{number} = [local.x{number - 1}, local.x{number - 1}]\n" for number in range(1, 41))
    problems = messages(read(f"locals {{\n  x0 = [1]\n{doubled}}}\n"))
    assert problems[0] == "EVL004 local.x18 is made of more than 500,000 values"


@pytest.mark.usefixtures("small")
def test_instances__are_bounded() -> None:
    stack = read('resource "a_b" "c" {\n  count = 100000000\n}\n')
    assert messages(stack) == ["EVL004 a_b.c.count needs more evaluation steps than one configuration may take"]
    assert [(resource.address, resource.expanded) for resource in stack.resources] == [("a_b.c", False)]
    bombs = "".join(f'resource "a_b" "c{number}" {{\n  for_each = toset([for i in range(1000) : "k${{i}}"])\n}}\n' for number in range(10))
    assert any(problem.startswith("EVL004 a_b.c") for problem in messages(read(bombs)))


@pytest.mark.usefixtures("small")
def test_dynamic_blocks__are_bounded() -> None:
    inner = (
        '    dynamic "b" {\n      for_each = range(1000)\n      content {\n        dynamic "c" {\n'
        "          for_each = range(1000)\n          content {\n            n = 1\n          }\n"
        "        }\n      }\n    }\n"
    )
    stack = read(f'resource "a_b" "c" {{\n  dynamic "a" {{\n    for_each = range(1000)\n    content {{\n{inner}    }}\n  }}\n}}\n')
    assert messages(stack)[0].startswith("EVL004 a_b.c.a.b.dynamic")


@pytest.mark.usefixtures("small")
def test_values_handed_on__are_bounded() -> None:
    many = "".join(f'resource "a_b" "c{number}" {{\n  x = local.big\n}}\n' for number in range(5))
    stack = read(f"locals {{\n  big = [for i in range(300) : range(300)]\n}}\n{many}")
    assert any("EVL004" in problem and "parts together" in problem for problem in messages(stack))


def test_long_chain_of_locals__is_no_problem() -> None:
    chain = "".join(f"  x{number} = local.x{number - 1} + 1\n" for number in range(1, 3001))
    stack = read(f"locals {{\n  x0 = 0\n{chain}}}\n")
    assert stack.problems == ()
    assert stack.locals["x3000"] == 3000
