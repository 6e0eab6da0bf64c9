from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import messages, read

CIRCLES: list[tuple[str, str]] = [
    ("locals {\n  a = local.b\n  b = [local.a]\n}\n", "local.a -> local.b -> local.a"),
    ("locals {\n  a = local.a\n}\n", "local.a -> local.a"),
    ('resource "a_b" "c" {\n  x = a_b.c.y\n}\n', "a_b.c -> a_b.c"),
    ('resource "a_b" "c" {\n  count = length(a_b.d.x)\n}\nresource "a_b" "d" {\n  depends_on = [a_b.c]\n}\n', "a_b.c -> a_b.d -> a_b.c"),
    ('data "a_b" "c" {\n  x = local.l\n}\nlocals {\n  l = data.a_b.c.y\n}\n', "data.a_b.c -> local.l -> data.a_b.c"),
    ('module "m" {\n  source = "./m"\n  count = length(module.m)\n  x = 1\n}\n', "module.m -> module.m"),
    (
        'module "m" {\n  source = "./m"\n  x = module.m.o\n}\n',
        "module.m.var.x -> module.m.output.o -> module.m.var.x",
    ),
]


@pytest.mark.parametrize(("text", "way"), CIRCLES, ids=[way for _, way in CIRCLES])
def test_circle__is_printed_and_its_members_are_unknown(text: str, way: str) -> None:
    stack = read({"tf/main.tf": text, "tf/m/main.tf": 'variable "x" {\n}\noutput "o" {\n  value = var.x\n}\n'})
    circles = [problem for problem in messages(stack) if problem.startswith("EVL002")]
    assert len(circles) == 1
    shown = circles[0].removeprefix("EVL002 references in a circle: ").split(" -> ")
    expected = way.split(" -> ")
    assert set(shown) == set(expected)
    assert len(shown) == len(expected)
    assert shown[0] == shown[-1]


def test_what_depends_on_a_circle__is_unknown_and_the_rest_is_not() -> None:
    stack = read(
        'locals {\n  a = local.b\n  b = local.a\n  c = "${local.a}!"\n  d = 1\n}\nresource "a_b" "c" {\n  x = local.c\n  y = local.d\n}\n'
    )
    reason = "it is defined in a circle: local.a -> local.b -> local.a"
    assert stack.locals == {"a": UnknownValue(reason), "b": UnknownValue(reason), "c": UnknownValue(reason), "d": 1}
    assert dict(stack.resources[0].attributes) == {"x": UnknownValue(reason), "y": 1}
    assert len(stack.problems) == 1


def test_resource_in_a_circle__keeps_what_is_known_of_it() -> None:
    stack = read('resource "a_b" "c" {\n  x = a_b.c.y\n  z = 1\n}\n')
    assert stack.resources[0].attributes["z"] == 1


def test_provisioner_may_refer_to_its_own_resource() -> None:
    stack = read('resource "a_b" "c" {\n  provisioner "local-exec" {\n    command = "echo ${a_b.c.id} ${self.id}"\n  }\n}\n')
    assert stack.problems == ()
    assert dict(stack.resources[0].attributes) == {}
