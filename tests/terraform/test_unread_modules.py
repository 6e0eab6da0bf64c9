"""What depends on a module that is not in the checkout is unknown: nobody can say even whether it is null."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import output, read

FAR = 'module "far" {\n  source = "acme/far/aws"\n}\nvariable "cond" {\n}\n'
REASON = 'cannot be known: its source "acme/far/aws" is not in this checkout'


@pytest.mark.parametrize(
    "expression",
    [
        "module.far.id",
        "module.far.list[0].name",
        "module.far.id == null",
        "module.far.id != null ? 1 : 2",
        "module.far.object.part != null",
        "(module.far.a ? module.far.b : module.far.c) == null",
        "try(module.far.id, 1) == null",
        "coalesce(null, module.far.id)",
        "length(module.far.list)",
        "[for item in module.far.list : item.id]",
        "module.far.list[*].id",
        "{ for name, item in module.far.items : name => item }",
        'contains(keys(module.far.items), "x")',
        "merge({ a = 1 }, module.far.tags)",
        "module.far",
    ],
)
def test_what_an_unread_module_gives__is_unknown_with_the_reason(expression: str) -> None:
    found = output(expression, FAR)
    assert isinstance(found, UnknownValue)
    assert found.reason.endswith(REASON)


def test_what_is_made_of_it__keeps_the_parts_that_are_known() -> None:
    found = output('{ known = 1, far = module.far.id, text = "a-${module.far.id}" }', FAR)
    assert isinstance(found, dict)
    assert found["known"] == 1
    assert [isinstance(found[name], UnknownValue) for name in ("far", "text")] == [True, True]


def test_null_or_not__is_not_decided_in_a_called_module_either() -> None:
    child = 'variable "key" {\n  type    = string\n  default = null\n}\n'
    child += 'resource "aws_q" "q" {\n  key     = var.key\n  managed = var.key != null ? null : true\n}\n'
    stack = read({"tf/main.tf": f'{FAR}module "m" {{\n  source = "./m"\n  key    = module.far.id\n}}\n', "tf/m/main.tf": child})
    queue = stack.at("module.m.aws_q.q")
    assert queue is not None
    assert queue.attributes == {name: UnknownValue(f"module.far.id {REASON}") for name in ("key", "managed")}


def test_resources_repeated_by_it__stand_there_once() -> None:
    stack = read(f'{FAR}resource "aws_q" "q" {{\n  for_each = module.far.names\n  name     = each.key\n  fixed    = 1\n}}\n')
    (queue,) = stack.resources
    assert (queue.address, queue.expanded, queue.attributes["fixed"]) == ("aws_q.q", False, 1)
