"""``moved``, ``removed`` and ``import`` blocks; what Terraform makes of the usual ones is in the configurations."""

from __future__ import annotations

import pytest

from tests.terraform.reading import messages, places, read

MODULE = 'resource "aws_a" "in" {\n}\n'
ROOT = """resource "aws_a" "one" {
}
resource "aws_a" "many" {
  count = 2
}
resource "aws_a" "some" {
  for_each = aws_a.one.names
}
module "m" {
  source = "./m"
}
module "all" {
  source   = "./m"
  for_each = toset(["x"])
}
module "far" {
  source = "acme/far/aws"
}
"""


def found(text: str) -> list[str]:
    stack = read({"tf/main.tf": ROOT + text, "tf/m/main.tf": MODULE})
    return [message for message in messages(stack) if not message.startswith(("MOD001", "EVL003"))]


def moved(source: str, target: str) -> str:
    return f"moved {{\n  from = {source}\n  to   = {target}\n}}\n"


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        ("aws_a.one", "aws_a.new", 1),
        ("aws_a.one", "aws_a.many[0]", 1),
        ("aws_a.many", "aws_a.new", 3),
        ("aws_a.many[1]", "aws_a.new", 3),
        ("aws_a.some", "aws_a.new", 6),
        ("module.m", "module.n", 9),
        ("module.all", "module.n", 12),
        ('module.all["x"]', "module.n", 12),
    ],
)
def test_moved__from_what_is_still_declared(source: str, target: str, line: int) -> None:
    assert found(moved(source, target)) == [f"EVL001 what this moved block names is still declared at tf/main.tf:{line}"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("aws_a.gone", "aws_a.one"),
        ("aws_a.many", "aws_a.many[0]"),
        ("aws_a.many[2]", "aws_a.one"),
        ('aws_a.some["x"]', "aws_a.one"),
        ("module.all", 'module.all["x"]'),
        ("module.far.aws_a.in", "module.m.aws_a.in"),
        ("module.all.aws_a.in", "aws_a.one"),
        ("module.gone.aws_a.in", "aws_a.one"),
        ('"aws_a.one"', "aws_a.new"),
        ("aws_a", "aws_a.new"),
        ("module[0]", "aws_a.new"),
        ("aws_a.one.name", "aws_a.new"),
        ("aws_a.many[aws_a.one.n]", "aws_a.new"),
    ],
)
def test_moved__from_what_is_gone_or_cannot_be_told(source: str, target: str) -> None:
    assert found(moved(source, target)) == []


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("aws_a.one", "tf/main.tf:1"),
        ("module.m", "tf/main.tf:9"),
        ("module.all.aws_a.in", "tf/m/main.tf:1"),
        ("module.far", "tf/main.tf:16"),
    ],
)
def test_removed__and_still_declared(source: str, place: str) -> None:
    assert found(f"removed {{\n  from = {source}\n}}\n") == [f"EVL001 what this removed block names is still declared at {place}"]


@pytest.mark.parametrize("source", ["aws_a.gone", "module.gone", "module.gone.aws_a.in", "module.far.aws_a.in", "module.m.aws_a.gone"])
def test_removed__and_gone(source: str) -> None:
    assert found(f"removed {{\n  from = {source}\n}}\n") == []


@pytest.mark.parametrize("target", ["aws_a.nope", "module.m.aws_a.nope", "module.nope.aws_a.in"])
def test_import__into_nothing(target: str) -> None:
    stack = read(
        {"tf/main.tf": f'import {{\n  to = {target}\n  id = "x"\n}}\nmodule "m" {{\n  source = "./m"\n}}\n', "tf/m/main.tf": MODULE}
    )
    assert messages(stack) == ["EVL005 an import block names a resource that is not declared"]
    assert places(stack) == [("EVL005", "tf/main.tf:1")]


@pytest.mark.parametrize("target", ["aws_a.one", 'aws_a.some["x"]', "module.far.aws_a.in", 'module.all["x"].aws_a.in', '"aws_a.one"'])
def test_import__into_what_is_or_may_be_declared(target: str) -> None:
    assert found(f'import {{\n  to = {target}\n  id = "x"\n}}\n') == []
