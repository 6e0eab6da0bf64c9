from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import SensitiveValue
from tests.terraform.reading import bare, errors, output, read

SETUP = 'locals {\n  s = sensitive("a")\n}\n'

SENSITIVE = [
    ('"${local.s}x"', True),
    ("true ? local.s : 1", True),
    ("false ? local.s : 1", True),
    ("sensitive(true) ? 1 : 2", True),
    ("{a = local.s}", False),
    ("{a = local.s}.a", True),
    ("{(local.s) = 1}", True),
    ("[1, 2][sensitive(0)]", True),
    ("sensitive([1, 2])[0]", True),
    ("sensitive({a = 1}).a", True),
    ("[for x in [local.s] : x]", False),
    ("[for x in sensitive([1]) : x]", True),
    ("[for x in [1] : x if sensitive(true)]", True),
    ("{for x in [local.s] : x => 1}", True),
    ("sensitive({a = 1})[*].a", True),
    ("sensitive([{a = 1}])[*].a", True),
    ("sensitive(null)[*]", True),
    ("try(local.s, 1)", True),
    ("can(local.s)", False),
    ('"%{ if sensitive(true) }a%{ endif }"', True),
    ('"%{ for x in sensitive([1]) }a%{ endfor }"', True),
    ("nonsensitive(local.s)", False),
]


@pytest.mark.parametrize(("expression", "marked"), SENSITIVE, ids=[expression for expression, _ in SENSITIVE])
def test_sensitivity__follows_the_value(expression: str, marked: bool) -> None:
    assert output(f"issensitive({expression})", SETUP) is marked


def test_sensitive_variable__is_hidden_wherever_it_goes() -> None:
    stack = read(
        'variable "password" {\n  sensitive = true\n  default = "hunter2"\n}\n'
        'resource "aws_db_instance" "d" {\n  password = "p-${var.password}"\n  dynamic "x" {\n    for_each = [var.password]\n'
        "    content {\n      y = x.value\n    }\n  }\n}\n"
        'output "shown" {\n  value = "fixed"\n  sensitive = true\n}\n'
    )
    assert stack.variables["password"].value == SensitiveValue()
    assert bare(dict(stack.resources[0].attributes)) == {"password": "*", "x": [{"y": "*"}]}
    assert stack.outputs["shown"] == SensitiveValue()
    assert "hunter2" not in repr(stack)


def test_dynamic_block_over_something_sensitive__is_sensitive_throughout() -> None:
    stack = read('resource "a_b" "c" {\n  dynamic "x" {\n    for_each = sensitive([1])\n    content {\n      y = "plain"\n    }\n  }\n}\n')
    assert bare(dict(stack.resources[0].attributes)) == {"x": [{"y": "*"}]}


@pytest.mark.parametrize(
    "expression", ["{a = 1}[local.s2]", "tomap({a = 1})[local.s2]", "{for x in [local.s2, local.s2] : x => 1}", "tonumber(local.s2)"]
)
def test_error__does_not_show_sensitive_values(expression: str) -> None:
    (problem,) = errors(expression, 'locals {\n  s2 = sensitive("hunter2")\n}\n')
    assert "hunter2" not in problem
