from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

SPEC = "tables: {naming: '{name}-{env}', required: {orders: {indexes: [A, B]}, users: {}}}"
SIT = "validation_script: sit.py"
TF = 'resource "aws_dynamodb_table" "o" {\n  name = "orders-sit"\n  global_secondary_index {\n    name = "A"\n  }\n}\n'
DEV = "validation_script: dev.py"

CASES = [
    Case(
        "VAL005",
        "names only",
        {"script/sit.py/EXPECTED_TABLES": "pass"},
        expect=SPEC,
        environment=SIT,
        files={"sit.py": 'EXPECTED_TABLES = ["orders-sit", "users-sit"]\n'},
    ),
    Case(
        "VAL005",
        "with indexes",
        {"script/sit.py/EXPECTED_TABLES": "pass", "script/sit.py/indexes/orders": "pass"},
        expect=SPEC,
        environment=SIT,
        files={"sit.py": 'EXPECTED_TABLES = {"orders-sit": ["A", "B"], "users-sit": []}\n'},
    ),
    Case(
        "VAL005",
        "with settings",
        {"script/sit.py/TABLES": "pass", "script/sit.py/indexes/orders": "fail"},
        expect=SPEC,
        environment=SIT,
        files={"sit.py": 'TABLES = {\n "orders-sit": {"gsis": ["A", "C"]},\n "users-sit": {},\n}\n'},
        at="sit.py:2",
        says="it expects C; it does not expect B",
    ),
    Case(
        "VAL005",
        "other tables",
        {"script/sit.py/TABLES": "fail"},
        expect=SPEC,
        environment=SIT,
        files={"sit.py": 'TABLES = [\n "orders-sit",\n "carts-sit",\n]\n'},
        at="sit.py:3",
        says="it expects carts-sit; it does not expect users-sit",
    ),
    Case("VAL005", "computed", {}, expect=SPEC, environment=SIT, files={"sit.py": "TABLES = load()\n"}),
    Case("VAL005", "no script", {}, expect=SPEC),
    Case(
        "VAL006",
        "up to date",
        {"script/dev.py/indexes/orders-dev": "pass"},
        TF,
        SPEC,
        dev=DEV,
        files={"dev.py": 'TABLES = {"orders-dev": ["A"]}\n'},
    ),
    Case(
        "VAL006",
        "outdated",
        {"script/dev.py/indexes/orders-dev": "fail"},
        TF,
        SPEC,
        dev=DEV,
        files={"dev.py": 'TABLES = {\n "orders-dev": ["Z"],\n}\n'},
        at="dev.py:2",
        says="it expects Z; it does not expect A",
    ),
    Case("VAL006", "a table that is not there", {}, TF, SPEC, dev=DEV, files={"dev.py": 'TABLES = {"users-dev": ["A"]}\n'}),
    Case("VAL006", "no script", {}, TF, SPEC),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
