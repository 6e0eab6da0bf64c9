"""Whole root modules beside real Terraform: the same instances, values and refusals."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest

from tests.terraform.differential.comparing import Difference
from tests.terraform.differential.configurations import configuration
from tests.terraform.differential.wholes import compare_whole, ours, planned, refusals
from tests.terraform.expand.configurations import CONFIGURATIONS, REFUSED

pytestmark = pytest.mark.differential

RANDOM_ONES = 80


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configuration__is_read_as_terraform_plans_it(name: str, tmp_path: Path) -> None:
    assert refusals(ours(CONFIGURATIONS[name])) == []
    assert list(map(str, compare_whole(name, CONFIGURATIONS[name], tmp_path))) == []


@pytest.mark.parametrize("name", REFUSED)
def test_refusal__is_terraforms_too(name: str, tmp_path: Path) -> None:
    assert planned(REFUSED[name], tmp_path).errors
    assert refusals(ours(REFUSED[name]))


def test_random_configurations__are_read_as_terraform_plans_them() -> None:
    found: list[Difference] = []
    for seed in range(RANDOM_ONES):
        with tempfile.TemporaryDirectory() as folder:
            found += compare_whole(f"seed {seed}", configuration(Random(f"configurations {seed}")), Path(folder))  # noqa: S311
    assert [str(difference) for difference in found if difference.wrong] == []
