"""Expressions with the value that real Terraform gives to ``jsonencode`` of them, from a table (data/functions.tsv)."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.terraform.functions.evaluating import DATA, Refused, fixture_files, read_output, with_decimals

TABLE = DATA / "functions.tsv"


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


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_reference_row__has_terraforms_value(row: Row) -> None:
    if row.expected == "ERROR":
        with pytest.raises(Refused):
            read_output(f"jsonencode({row.expression})", row.setup, fixture_files())
        return
    expected = json.loads(row.expected, parse_float=Decimal)
    assert with_decimals(read_output(row.expression, row.setup, fixture_files())) == with_decimals(expected)
