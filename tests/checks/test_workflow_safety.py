"""What is said of a workflow whose jobs stand in another file."""

from __future__ import annotations

import pytest

from tests.checks.case import Case, judge, outcomes
from tests.checks.workflows import LOGIN, NAMED, PATH, job, workflow

CALLED = ".github/workflows/_deploy.yml"
USES = "uses: ./.github/workflows/_deploy.yml\n"
CALLER = workflow(*(f"  {name}:\n    {USES}" for name in ("network", "data", "api")))
FILES = {**CALLER, CALLED: f"on: workflow_call\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n{LOGIN}"}
KEYS = "        with: {aws-access-key-id: x, aws-region: eu-west-1}\n"
STORED = {**CALLER, CALLED: FILES[CALLED].replace(LOGIN.splitlines(keepends=True)[1], KEYS)}
SETUP = "      - uses: hashicorp/setup-terraform@v3\n        with: {terraform_version: 1.5.7}\n"
MASKED = "      - run: terraform -chdir=infra apply p || true\n"
TERRAFORM = {**CALLER, CALLED: f"on: workflow_call\njobs:\n  deploy:\n    runs-on: x\n    steps:\n{SETUP}{MASKED}"}
REQUIRED = 'terraform {\n  required_version = ">= 1.9.0"\n}\n'
EXPORTED = workflow(job("deploy", "echo AWS_ACCESS_KEY_ID=x >> $GITHUB_ENV", "make"))

CASES = [
    Case(
        "WFL010",
        "a reusable workflow called three times",
        {"workflow/pins": "fail"},
        environment=NAMED,
        files=FILES,
        says=f"2 actions of {CALLED} are not pinned",
        at=f"{CALLED}:6",
    ),
    Case(
        "WFL010",
        "actions of both files",
        {"workflow/pins": "fail"},
        environment=NAMED,
        files={**FILES, PATH: FILES[PATH] + job("own", "make", login=LOGIN)},
        says=f"3 actions of {CALLED} and {PATH} are not pinned",
    ),
    Case(
        "WFL005", "said once", {"workflow/version/network/deploy": "fail"}, REQUIRED, environment=NAMED, files=TERRAFORM, at=f"{CALLED}:7"
    ),
    Case(
        "WFL005",
        "required in two files",
        {"workflow/version/network/deploy": "fail"},
        REQUIRED,
        environment=NAMED,
        files={**TERRAFORM, "infra/versions.tf": REQUIRED},
        says="required_version is >= 1.9.0",
    ),
    Case(
        "WFL006",
        "said once",
        {"workflow/failures/network/deploy/terraform-apply": "fail"},
        environment=NAMED,
        files=TERRAFORM,
        at=f"{CALLED}:8",
    ),
    Case("WFL008", "keys in a called workflow", {"workflow/keys": "fail"}, environment=NAMED, files=STORED, at=f"{CALLED}:8"),
    Case("WFL008", "keys that a script hands on", {"workflow/keys": "fail"}, environment=NAMED, files=EXPORTED, at=f"{PATH}:6"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)


@pytest.mark.parametrize("case", [CASES[0], CASES[2]], ids=str)
def test_check__a_line_is_shown_once(case: Case) -> None:
    (outcome,) = outcomes(case)
    assert len({each.place for each in outcome.evidence}) == len(outcome.evidence)


def test_check__a_constraint_is_shown_once() -> None:
    (outcome,) = outcomes(CASES[3])
    assert outcome.expected == ">= 1.9.0"
