from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import NAMED, PATH, job, workflow

FILES = "var_files: [sit.tfvars]"
DECLARED = 'variable "a" {\n  default = 1\n}\n'
USED = DECLARED + 'output "a" {\n  value = var.a\n}\n'
INPUT = "{workflow_dispatch: {inputs: {plan: {default: x}}}}"

CASES = [
    Case("INP001", "sets", {}, DECLARED, environment=FILES, files={"infra/sit.tfvars": "a = 2\n"}),
    Case(
        "INP001",
        "sets nothing",
        {"file/infra/sit.tfvars/values": "fail"},
        DECLARED,
        environment=FILES,
        files={"infra/sit.tfvars": "# later\n"},
    ),
    Case("INP001", "sets what nobody declares: VAR003 tells", {}, DECLARED, environment=FILES, files={"infra/sit.tfvars": "b = 2\n"}),
    Case("INP001", "nothing to set", {}, "", environment=FILES, files={"infra/sit.tfvars": ""}),
    Case("INP002", "used", {"variables": "pass"}, USED, environment=FILES, files={"infra/sit.tfvars": "a = 2\n"}),
    Case(
        "INP002",
        "set and not used",
        {"variable/a": "fail"},
        DECLARED,
        environment=FILES,
        files={"infra/sit.tfvars": "a = 2\n"},
        at="infra/sit.tfvars:1",
    ),
    Case("INP002", "neither set nor used", {}, DECLARED),
    Case("INP003", "read", {}, environment=NAMED, files=workflow(job("a", "echo ${{ inputs.plan }}"), on=INPUT)),
    Case(
        "INP003",
        "read from the event",
        {},
        environment=NAMED,
        files=workflow(job("a", "x", head="if: github.event.inputs.plan == 'x'"), on=INPUT),
    ),
    Case(
        "INP003",
        "not read",
        {"workflow/input/plan": "fail"},
        environment=NAMED,
        files=workflow(job("a", "echo ${{ inputs.planner }}"), on=INPUT),
        at=f"{PATH}:1",
    ),
    Case(
        "WFL012",
        "there",
        {"workflow/names": "pass"},
        environment=NAMED,
        files={**workflow(job("a", "python scripts/x.py", "terraform -chdir=infra plan")), "scripts/x.py": ""},
    ),
    Case(
        "WFL012",
        "a script that is missing",
        {"workflow/names/scripts/y.py": "fail"},
        environment=NAMED,
        files={**workflow(job("a", "python scripts/y.py")), "scripts/x.py": ""},
        at=f"{PATH}:6",
    ),
    Case(
        "WFL012",
        "a folder that is missing",
        {"workflow/names/terraform": "fail"},
        environment=NAMED,
        files=workflow(job("a", "terraform -chdir=terraform plan")),
    ),
    Case(
        "WFL012",
        "a local action that is missing",
        {"workflow/names/.github/actions/x": "unverified"},
        environment=NAMED,
        files=workflow(job("a", uses="      - uses: ./.github/actions/x\n")),
    ),
    Case(
        "WFL012",
        "perhaps made by an earlier step",
        {"workflow/names/build/run.sh": "unverified"},
        environment=NAMED,
        files=workflow(job("a", "make", "./build/run.sh")),
    ),
    Case("WFL012", "names nothing", {}, environment=NAMED, files=workflow(job("a", "make"))),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
