from __future__ import annotations

import pytest

from bbws_gate.terraform.evaluate.references import body_references, held_references, references
from bbws_gate.terraform.parse import parse_expression, parse_native

CASES: list[tuple[str, list[str]]] = [
    ("1", []),
    ("var.a", ["var.a"]),
    ("local.t[var.k].name", ["local.t", "var.k"]),
    ("data.aws_region.here.name", ["data.aws_region.here"]),
    ("resource.aws_s3_bucket.b.id", ["aws_s3_bucket.b"]),
    ('module.m["k"].out', ["module.m"]),
    ("aws_s3_bucket.b[*].id", ["aws_s3_bucket.b"]),
    ("[for x in local.a : x.name if x.on == var.on]", ["local.a", "var.on"]),
    ("{for k, v in local.a : k => local.b[k]}", ["local.a", "local.b"]),
    ("{for k, v in k : v => k}", ["k"]),
    (
        '"a${var.x}%{ for y in var.ys }${y}${var.z}%{ endfor }%{ if var.c }${var.d}%{ else }${var.e}%{ endif }"',
        ["var.x", "var.ys", "var.z", "var.c", "var.d", "var.e"],
    ),
    ("f(var.a, [var.b, {(var.c) = -var.d}]...)", ["var.a", "var.b", "var.c", "var.d"]),
    ("var.a ? var.b + 1 : !var.c", ["var.a", "var.b", "var.c"]),
    ("(var.a).b[0]", ["var.a"]),
    ("{a = 1}[var.k].x", ["var.k"]),
    ("convert(var.a, list(string))", ["var.a"]),
    ("data", ["data"]),
    ("data.x", ["data.x"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_references__are_those_of_the_module(text: str, expected: list[str]) -> None:
    assert [".".join(reference.words) for reference in references(parse_expression(text, "a.tf", 1))] == expected


def test_body_references__know_iterators_and_leave_out_what_is_skipped() -> None:
    body = parse_native(
        b'a = var.a\nskip = var.s\nblock {\n  b = var.b\n}\nprovisioner "x" {\n  c = var.p\n}\n'
        b'dynamic "rule" {\n  for_each = var.rules\n  iterator = it\n  labels = [it.key]\n  content {\n'
        b"    n = it.value\n    m = rule.value\n  }\n}\n"
        b'dynamic "other" {\n  for_each = var.others\n  content {\n    n = other.value\n  }\n}\n',
        "a.tf",
    ).body
    assert body is not None
    found = body_references(held_references(body), skipped=frozenset({"skip", "provisioner"}))
    assert [".".join(reference.words) for reference in found] == ["var.a", "var.b", "var.rules", "rule.value", "var.others"]
