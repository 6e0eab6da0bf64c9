from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import bare, messages, places, read


def attributes(body: str, setup: str = "") -> object:
    stack = read(f'{setup}\nresource "x_y" "c" {{\n{body}\n}}\n')
    assert stack.problems == ()
    return bare(dict(stack.of_type("x_y")[0].attributes))


BODIES: list[tuple[str, object]] = [
    ("r {\n}\nr {\n  n = 1\n}", {"r": [{}, {"n": 1}]}),
    ("r {\n  s {\n    n = 1\n  }\n}", {"r": [{"s": [{"n": 1}]}]}),
    ("l = [1]\nm = {a = 1}\nn = null", {"l": [1], "m": {"a": 1}, "n": None}),
    (
        'dynamic "r" {\n  for_each = ["a", "b"]\n  content {\n    k = r.key\n    v = r.value\n  }\n}',
        {"r": [{"k": 0, "v": "a"}, {"k": 1, "v": "b"}]},
    ),
    (
        'dynamic "r" {\n  for_each = {x = 1}\n  iterator = it\n  content {\n    k = it.key\n    v = it.value\n  }\n}',
        {"r": [{"k": "x", "v": 1}]},
    ),
    ('dynamic "r" {\n  for_each = toset(["b", "a"])\n  content {\n    k = r.key\n  }\n}', {"r": [{"k": "a"}, {"k": "b"}]}),
    ('dynamic "r" {\n  for_each = []\n  content {\n  }\n}', {"r": []}),
    (
        'r {\n  n = 0\n}\ndynamic "r" {\n  for_each = [1, 2]\n  content {\n    n = r.value\n  }\n}\nr {\n  n = 3\n}',
        {"r": [{"n": 0}, {"n": 1}, {"n": 2}, {"n": 3}]},
    ),
    (
        (
            'dynamic "r" {\n  for_each = [{n = 1, s = ["x", "y"]}]\n  content {\n    n = r.value.n\n'
            '    dynamic "s" {\n      for_each = r.value.s\n'
            '      content {\n        v = "${r.key}${s.value}"\n      }\n    }\n  }\n}'
        ),
        {"r": [{"n": 1, "s": [{"v": "0x"}, {"v": "0y"}]}]},
    ),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_content__has_arguments_and_lists_of_blocks(body: str, expected: object) -> None:
    assert attributes(body) == expected


def test_meta_arguments__stand_apart() -> None:
    stack = read(
        'resource "a_b" "o" {\n}\nprovider "x" {\n  alias = "w"\n}\nresource "x_y" "c" {\n  count = 1\n'
        "  provider = x.w\n  depends_on = [a_b.o, data.a_b.d]\n  n = 1\n"
        "  lifecycle {\n    create_before_destroy = true\n    ignore_changes = [tags, n.x]\n    prevent_destroy = var.p\n  }\n"
        '  provisioner "local-exec" {\n    command = "x"\n  }\n  connection {\n    host = "y"\n  }\n}\ndata "a_b" "d" {\n}\n'
        'variable "p" {\n  default = true\n}\nresource "x_y" "all" {\n  lifecycle {\n    ignore_changes = all\n  }\n}\n'
    )
    assert stack.problems == ()
    every, one = stack.of_type("x_y")
    assert dict(one.attributes) == {"n": 1}
    assert dict(one.meta) == {
        "depends_on": ["a_b.o", "data.a_b.d"],
        "provider": "x.w",
        "lifecycle": {"create_before_destroy": True, "ignore_changes": ["tags", "n.x"], "prevent_destroy": "var.p"},
    }
    assert every.meta == {"lifecycle": {"ignore_changes": "all"}}


def test_unknown_dynamic_block__is_one_unknown_entry() -> None:
    stack = read(
        'resource "a_b" "o" {\n}\nresource "x_y" "c" {\n  r {\n    n = 1\n  }\n  dynamic "r" {\n'
        "    for_each = a_b.o.list\n    content {\n      n = 2\n    }\n  }\n}\n"
        'output "o" {\n  value = x_y.c.r[0].n\n}\n'
    )
    assert stack.problems == ()
    assert stack.of_type("x_y")[0].attributes["r"] == [
        {"n": 1},
        UnknownValue('x_y.c.dynamic["r"]: a_b.o.list is known only after apply'),
    ]
    assert bare(stack.outputs["o"]) == "?"


WRONG: list[tuple[str, str]] = [
    ('dynamic "r" {\n  for_each = null\n  content {\n  }\n}', 'EVL001 x_y.c.dynamic["r"]: cannot use a null value in for_each'),
    ('dynamic "r" {\n  for_each = "abc"\n  content {\n  }\n}', 'EVL001 x_y.c.dynamic["r"]: cannot use a value of type string in for_each'),
    ('dynamic "r" {\n  content {\n  }\n}', 'HCL005 x_y.c.dynamic["r"] needs for_each'),
    ('dynamic "r" {\n  for_each = [1]\n}', 'HCL005 x_y.c.dynamic["r"] needs exactly one content block'),
    ("n = {}.x\nm = 1", 'EVL001 x_y.c.n: this object does not have an attribute named "x"'),
]


@pytest.mark.parametrize(("body", "message"), WRONG)
def test_wrong_content__is_reported_and_the_rest_stays(body: str, message: str) -> None:
    stack = read(f'resource "x_y" "c" {{\n{body}\n  other = 1\n}}\n')
    assert messages(stack) == [message]
    assert stack.resources[0].attributes["other"] == 1


def test_repeated_error__is_one_problem() -> None:
    stack = read('resource "x_y" "c" {\n  count = 50\n  n = {}.x\n}\n')
    assert places(stack) == [("EVL001", "tf/main.tf:3")]


def test_content_of_a_dynamic_block__counts_only_when_there_is_some() -> None:
    body = (
        'resource "x_y" "c" {{\n  dynamic "r" {{\n    for_each = {each}\n    content {{\n'
        "      n = local.gone\n      m = each.key\n    }}\n  }}\n}}\n"
    )
    assert messages(read(body.format(each="[]"))) == []
    assert [problem.split(":")[0] for problem in messages(read(body.format(each="[1]")))] == ["EVL005 x_y.c.r.n", "EVL005 x_y.c.r.m"]
