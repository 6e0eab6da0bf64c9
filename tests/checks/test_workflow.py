from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

PATH = ".github/workflows/sit.yml"
NAMED = f"workflow: {{path: {PATH}}}"
SOUND = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make\n"
SCRIPT = "validation_script: scripts/check.py"

CASES = [
    Case("WFL001", "there", {f"file/{PATH}": "pass"}, environment=NAMED, files={PATH: SOUND}),
    Case(
        "WFL001",
        "missing",
        {f"file/{PATH}": "fail"},
        environment=NAMED,
        files={".github/workflows/dev.yml": SOUND},
        at=".github/workflows/dev.yml",
    ),
    Case("WFL001", "not asked", {}, files={PATH: SOUND}),
    Case("WFL002", "sound", {f"file/{PATH}": "pass"}, environment=NAMED, files={PATH: SOUND}),
    Case("WFL002", "not YAML", {f"file/{PATH}": "fail"}, environment=NAMED, files={PATH: "on: [push\n"}),
    Case(
        "WFL002",
        "a job that does not exist",
        {f"file/{PATH}": "fail"},
        environment=NAMED,
        files={PATH: SOUND.replace("runs-on: x", "needs: plan")},
        at=f"{PATH}:4",
        says="plan",
    ),
    Case("WFL002", "missing: WFL001 tells", {}, environment=NAMED),
    Case("VAL001", "there", {"file/scripts/check.py": "pass"}, environment=SCRIPT, files={"scripts/check.py": ""}),
    Case(
        "VAL001",
        "missing, and called",
        {"file/scripts/check.py": "fail"},
        environment=SCRIPT,
        files={"scripts/check_dev.py": "", PATH: SOUND.replace("make", "python scripts/check.py")},
        at=f"{PATH}:6",
        says="no validation script for sit",
    ),
    Case("VAL001", "not asked", {}),
    Case("VAL002", "Python", {"file/scripts/check.py": "pass"}, environment=SCRIPT, files={"scripts/check.py": "x = 1\n"}),
    Case(
        "VAL002",
        "not Python",
        {"file/scripts/check.py": "fail"},
        environment=SCRIPT,
        files={"scripts/check.py": "x = 1\ndef\n"},
        at="scripts/check.py:2",
    ),
    Case(
        "VAL002",
        "another language",
        {"file/scripts/check.rb": "unverified"},
        environment="validation_script: scripts/check.rb",
        files={"scripts/check.rb": "puts 1\n"},
    ),
    Case("VAL002", "missing: VAL001 tells", {}, environment=SCRIPT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
