"""Whole root modules beside real Terraform: the same instances, values and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bbws_gate.terraform.stack import Stack
from tests.terraform.differential.comparing import differences
from tests.terraform.expand.configurations import CONFIGURATIONS, REFUSED
from tests.terraform.oracle import Planned, plan
from tests.terraform.reading import ROOT, read

pytestmark = pytest.mark.differential

REFUSALS = ("EVL", "HCL", "VAR001", "VAR002", "VAR004", "MOD", "FIL")


def planned(files: Mapping[str, str], folder: Path) -> Planned:
    for path, text in files.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_text(text, encoding="utf-8")
    return plan(folder)


def ours(files: Mapping[str, str]) -> Stack:
    return read({f"{ROOT}/{path}": text for path, text in files.items()})


def refusals(stack: Stack) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in stack.problems if problem.code.startswith(REFUSALS)]


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configuration__is_read_as_terraform_plans_it(name: str, tmp_path: Path) -> None:
    theirs = planned(CONFIGURATIONS[name], tmp_path)
    stack = ours(CONFIGURATIONS[name])
    assert theirs.errors == ()
    assert refusals(stack) == []
    managed = {resource.address: resource for resource in stack.resources if resource.mode == "managed"}
    assert list(managed) == sorted(theirs.resources, key=list(managed).index)
    found = [str(part) for output in theirs.outputs for part in differences(output, stack.outputs[output], theirs.outputs[output])]
    for address, resource in managed.items():
        outcome = theirs.resources[address]
        written = {key: outcome.value.get(key) for key in resource.attributes}
        masks = [
            {key: part for key, part in mask.items() if key in written} if isinstance(mask, dict) else mask
            for mask in (outcome.unknown, outcome.sensitive)
        ]
        theirs_written = type(outcome)(value=written, unknown=masks[0], sensitive=masks[1])
        found += [str(part) for part in differences(address, dict(resource.attributes), theirs_written)]
    assert found == []


@pytest.mark.parametrize("name", REFUSED)
def test_refusal__is_terraforms_too(name: str, tmp_path: Path) -> None:
    assert planned(REFUSED[name], tmp_path).errors
    assert refusals(ours(REFUSED[name]))
