"""Every function by tables of expressions, each with the type, value or error that Terraform 1.15.5 gives (data/library)."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terraform.functions.evaluating import DATA, Refused, fixture_files, type_json, value_json, value_of, with_decimals


class Row(NamedTuple):
    expression: str
    type: str
    value: str
    error: str


def rows(table: Path) -> list[Row]:
    with table.open(encoding="utf-8", newline="") as lines:
        return [Row(*line) for line in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def cases() -> list[object]:
    tables = sorted((DATA / "library").glob("*.tsv"))
    assert tables
    return [pytest.param(row, id=f"{table.stem}-{number}") for table in tables for number, row in enumerate(rows(table), 1)]


@pytest.mark.parametrize("row", cases())
def test_call__is_what_terraform_makes_of_it(row: Row) -> None:
    if row.value == "ERROR":
        with pytest.raises(Refused) as refusal:
            value_of(row.expression, fixture_files())
        assert row.error in str(refusal.value)
        return
    value = value_of(row.expression, fixture_files())
    assert value_json(value) == with_decimals(json.loads(row.value, parse_float=Decimal))
    if row.type != '"dynamic"':
        assert type_json(value.type) == json.loads(row.type)
