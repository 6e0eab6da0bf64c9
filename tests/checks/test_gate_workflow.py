from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

PATH = ".github/workflows/gate.yml"
GATE = "on: pull_request\njobs:\n  gate:\n    runs-on: x\n    steps:\n      - uses: acme/bbws-gate@v1\n        with: {environment: sit}\n"
OTHER = ".github/workflows/other.yml"
FORGED = 'on: push\njobs:\n  x:\n    name: "bbws-gate / shop / sit"\n    runs-on: x\n    steps: [{run: "true"}]\n'
TEST = {OTHER: "on: push\njobs: {test: {runs-on: x, steps: [{run: make}]}}\n"}
RIGHT = f"permissions: {{contents: read, checks: write, issues: write, pull-requests: write}}\n{GATE}"
POWER = f"gate/{PATH}/gate/permissions"

CASES = [
    Case("GAT007", "nothing to compare with", {}, files={PATH: GATE}),
    Case("GAT007", "as on the base", {}, files={PATH: GATE}, base={PATH: GATE}),
    Case("GAT007", "another workflow comes", {}, files={PATH: GATE, **TEST}, base={PATH: GATE}),
    Case("GAT007", "the first gate", {}, files={PATH: GATE}, base=TEST),
    Case(
        "GAT007",
        "another version",
        {f"gate/{PATH}": "fail"},
        files={PATH: GATE.replace("@v1", "@v2")},
        base={PATH: GATE},
        says="runs another gate than before: acme/bbws-gate@v2",
        at=f"{PATH}:6",
    ),
    Case(
        "GAT007",
        "another input",
        {f"gate/{PATH}": "fail"},
        files={PATH: GATE.replace("sit", "dev")},
        base={PATH: GATE},
        says="is changed: job gate",
        at=f"{PATH}:6",
    ),
    Case("GAT007", "deleted", {f"gate/{PATH}": "fail"}, files=TEST, base={PATH: GATE}, says="is deleted", at=".github/workflows"),
    Case("GAT007", "the last workflow deleted", {f"gate/{PATH}": "fail"}, base={PATH: GATE}, says="is deleted", at="."),
    Case(
        "GAT007",
        "the check's name taken",
        {f"gate/{OTHER}/x": "fail"},
        files={PATH: GATE, OTHER: FORGED},
        base={PATH: GATE},
        says="takes the name of the gate's check run: bbws-gate / shop / sit",
        at=f"{OTHER}:3",
    ),
    Case("GAT008", "what it needs", {}, files={PATH: RIGHT}),
    Case("GAT008", "read-all", {}, files={PATH: f"permissions: read-all\n{GATE}"}),
    Case("GAT008", "only verifies", {}, files={PATH: GATE.replace("bbws-gate@", "bbws-gate/verify@")}),
    Case("GAT008", "default", {POWER: "fail"}, files={PATH: GATE}, says="the repository's default permissions", at=f"{PATH}:3"),
    Case("GAT008", "write-all", {POWER: "fail"}, files={PATH: f"permissions: write-all\n{GATE}"}, says="gives the gate write-all"),
    Case(
        "GAT008",
        "contents",
        {POWER: "fail"},
        files={PATH: RIGHT.replace("contents: read", "contents: write, packages: write")},
        says="contents: write, packages: write",
        at=f"{PATH}:1",
    ),
]


@pytest.mark.case("C7", "K8")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_check(case: Case) -> None:
    judge(case)
