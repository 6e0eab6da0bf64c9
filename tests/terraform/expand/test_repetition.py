from __future__ import annotations

import pytest

from tests.terraform.reading import bare, messages, read

COUNTS: list[tuple[str, list[object]]] = [
    ("0", []),
    ("2", [0, 1]),
    ('"2"', [0, 1]),
    ("true ? 1 : 0", [0]),
    ("sensitive(1)", [0]),
    ("length([])", []),
]


@pytest.mark.parametrize(("count", "keys"), COUNTS)
def test_count__makes_instances(count: str, keys: list[object]) -> None:
    stack = read(f'resource "a_b" "c" {{\n  count = {count}\n  name = "n${{count.index}}"\n}}\n')
    assert stack.problems == ()
    assert [(resource.key, resource.address, resource.attributes["name"]) for resource in stack.resources] == [
        (key, f"a_b.c[{key}]", f"n{key}") for key in keys
    ]


def test_instances__are_sorted_by_number() -> None:
    stack = read(
        'resource "a_b" "c" {\n  count = 12\n}\nresource "a_b" "a" {\n  for_each = toset(["b", "a"])\n'
        '}\ndata "z_z" "d" {\n}\nresource "a_a" "z" {\n}\n'
    )
    assert [resource.address for resource in stack.resources] == [
        "data.z_z.d",
        "a_a.z",
        'a_b.a["a"]',
        'a_b.a["b"]',
        *(f"a_b.c[{index}]" for index in range(12)),
    ]


EACH: list[tuple[str, list[tuple[str, object]]]] = [
    ("{b = 1, a = 2}", [("a", 2), ("b", 1)]),
    ('tomap({x = "y"})', [("x", "y")]),
    ('toset(["q", "p", "q"])', [("p", "p"), ("q", "q")]),
    ("{}", []),
    ("toset([])", []),
    ('{"a.b/c \\"d\\"" = 1}', [('a.b/c "d"', 1)]),
    ("{a = a_b.other.arn}", [("a", "?")]),
]


@pytest.mark.parametrize(("each", "instances"), EACH)
def test_for_each__makes_instances(each: str, instances: list[tuple[str, object]]) -> None:
    stack = read(f'resource "x_y" "c" {{\n  for_each = {each}\n  k = each.key\n  v = each.value\n}}\nresource "a_b" "other" {{\n}}\n')
    assert stack.problems == ()
    assert [(resource.key, bare(resource.attributes["v"])) for resource in stack.of_type("x_y")] == instances


def test_address__quotes_as_terraform_does() -> None:
    stack = read('resource "a_b" "c" {\n  for_each = toset(["a\\"b", "$${x}"])\n}\n')
    assert [resource.address for resource in stack.resources] == ['a_b.c["$${x}"]', 'a_b.c["a\\"b"]']


UNTOLD: list[tuple[str, str]] = [
    ("count = a_b.other.size", "EVL003 x_y.c: count cannot be known from files: a_b.other.size is known only after apply"),
    ("for_each = a_b.other.names", "EVL003 x_y.c: for_each cannot be known from files: a_b.other.names is known only after apply"),
    ("for_each = toset([a_b.other.arn])", "EVL003 x_y.c: for_each cannot be known from files: a_b.other.arn is known only after apply"),
    ("for_each = { (a_b.other.arn) = 1 }", "EVL003 x_y.c: for_each cannot be known from files: a key of the object is not known"),
    ("count = null", "EVL001 x_y.c: invalid count: the given"),
    ("count = -1", "EVL001 x_y.c: invalid count: must be greater than or equal to zero"),
    ("count = 1.5", "EVL001 x_y.c: invalid count: a whole number is required"),
    ('count = "x"', "EVL001 x_y.c: invalid count: a number is required"),
    ("count = {}.x", "EVL001 x_y.c.count: "),
    ("for_each = null", "EVL001 x_y.c: invalid for_each: the given"),
    (
        'for_each = ["a"]',
        'EVL001 x_y.c: invalid for_each: the "for_each" argument must be a map, or set of strings, and this is a value of type tuple',
    ),
    ("for_each = toset([1])", 'EVL001 x_y.c: invalid for_each: "for_each" supports maps and sets of strings'),
    ('for_each = "a"', "EVL001 x_y.c: invalid for_each: "),
    ("for_each = sensitive({a = 1})", "EVL001 x_y.c: invalid for_each: sensitive values"),
    ('for_each = toset([sensitive("a")])', "EVL001 x_y.c: invalid for_each: sensitive values"),
    ("for_each = {a = 1}\n  count = 1", "EVL001 x_y.c: count and for_each are mutually exclusive"),
]


@pytest.mark.parametrize(("repetition", "message"), UNTOLD)
def test_instances_that_cannot_be_told__are_one_resource_that_says_so(repetition: str, message: str) -> None:
    stack = read(f'resource "x_y" "c" {{\n  {repetition}\n  own = 1\n}}\nresource "a_b" "other" {{\n}}\n')
    assert any(problem.startswith(message) for problem in messages(stack))
    (resource,) = stack.of_type("x_y")
    assert (resource.address, resource.key, resource.expanded, resource.attributes["own"]) == ("x_y.c", None, False, 1)


def test_unknown_instances__have_unknown_keys() -> None:
    stack = read(
        'resource "x_y" "c" {\n  for_each = a_b.o.names\n  k = each.key\n  v = each.value.name\n}\n'
        'resource "x_y" "d" {\n  count = a_b.o.size\n  i = count.index\n}\nresource "a_b" "o" {\n}\n'
    )
    assert [bare(dict(resource.attributes)) for resource in stack.of_type("x_y")] == [{"k": "?", "v": "?"}, {"i": "?"}]


def test_sensitive_value_under_a_plain_key__is_fine() -> None:
    stack = read('resource "x_y" "c" {\n  for_each = {a = sensitive(1)}\n  v = each.value\n}\n')
    assert stack.problems == ()
    assert bare(dict(stack.resources[0].attributes)) == {"v": "*"}


def test_chained_for_each__keeps_the_keys() -> None:
    stack = read(
        'resource "a_b" "one" {\n  for_each = {x = 1, y = 2}\n  name = "n-${each.key}"\n}\n'
        'resource "a_b" "two" {\n  for_each = a_b.one\n  of = each.value.name\n  arn = each.value.arn\n}\n'
    )
    assert stack.problems == ()
    assert [bare(dict(resource.attributes)) for resource in stack.resources[2:]] == [{"of": "n-x", "arn": "?"}, {"of": "n-y", "arn": "?"}]
