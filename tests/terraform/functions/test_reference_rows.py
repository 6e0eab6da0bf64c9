"""Expressions with the value that real Terraform gives to ``jsonencode`` of them, from a table (data/functions.tsv)."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.terraform.functions.evaluating import Refused, fixture_files, read_output

TABLE = Path(__file__).parent.parent / "data" / "functions.tsv"


class Row(NamedTuple):
    group: str
    id: str
    setup: str
    expression: str
    expected: str


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        lines = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Row(line[0], line[1], json.loads(line[2]), json.loads(line[3]), line[4]) for line in lines]


def shown(value: object) -> Any:
    """A value as JSON has it, numbers by their digits."""
    if isinstance(value, dict):
        return {name: shown(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shown(part) for part in value]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    return value


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_reference_row__has_terraforms_value(row: Row) -> None:
    if row.expected == "ERROR":
        with pytest.raises(Refused):
            read_output(f"jsonencode({row.expression})", row.setup, fixture_files())
        return
    expected = json.loads(row.expected, parse_float=Decimal)
    assert shown(read_output(row.expression, row.setup, fixture_files())) == shown(expected)
