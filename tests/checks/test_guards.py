"""Guards after a tolerated failure, and conditions with which a job runs although its approval was refused."""

from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import NAMED, PATH, job, workflow

PLAN = "terraform -chdir=infra plan -out=sit.tfplan"
APPLY = "terraform -chdir=infra apply sit.tfplan"
CALLED = ".github/workflows/terraform.yml"


def guarded(tolerance: str, guard: str) -> dict[str, str]:
    """A plan that may fail, and a guard after it."""
    steps = (
        f"      - id: plan\n        run: {PLAN}\n        continue-on-error: {tolerance}\n"
        f"      - if: steps.plan.outcome == 'failure'\n        run: {guard}\n"
    )
    return workflow(job("deploy", APPLY, uses=steps))


def asked(condition: str) -> dict[str, str]:
    return workflow(job("ask", "true", head="environment: sit-approval"), job("deploy", APPLY, head=f"needs: ask\nif: {condition}"))


def calling(outer: str, inner: str) -> dict[str, str]:
    """An approval, and a called workflow that waits for it; both have a condition."""
    called = f"  deploy:\n    needs: ask\n{outer}    uses: ./{CALLED}\n"
    applies = f"on: workflow_call\njobs:\n  apply:\n    runs-on: x\n{inner}    steps:\n      - run: {APPLY}\n"
    return {PATH: workflow(job("ask", "true", head="environment: sit-approval"))[PATH] + called, CALLED: applies}


FAILURE, CONDITION = "workflow/failures/deploy/terraform-plan", "workflow/condition/deploy"
INNER = "    if: github.ref != 'x'\n"

CASES = [
    Case("WFL006", "a guard that fails", {"workflow/failures": "pass"}, environment=NAMED, files=guarded("true", "exit 1")),
    Case("WFL006", "a guard that ends well", {FAILURE: "fail"}, environment=NAMED, files=guarded("true", "exit 256")),
    Case("WFL006", "a guard that nobody knows", {FAILURE: "unverified"}, environment=NAMED, files=guarded("true", "exit $RC")),
    Case("WFL006", "tolerance that nobody knows", {FAILURE: "unverified"}, environment=NAMED, files=guarded("${{ vars.SOFT }}", "true")),
    Case("WFL006", "no tolerance", {"workflow/failures": "pass"}, environment=NAMED, files=guarded("false", "true")),
    Case("GAT003", "success demanded", {}, environment=NAMED, files=asked("success() && (github.ref == 'x' || inputs.now)")),
    Case("GAT003", "success or else", {CONDITION: "fail"}, environment=NAMED, files=asked("success() || github.ref != 'x'")),
    Case("GAT003", "no success", {CONDITION: "fail"}, environment=NAMED, files=asked("${{ !success() }}")),
    Case("GAT003", "in other letters", {CONDITION: "fail"}, environment=NAMED, files=asked("Always( )")),
    Case("GAT003", "a caller that waits", {}, environment=NAMED, files=calling("", INNER)),
    Case(
        "GAT003",
        "a caller that does not wait",
        {"workflow/condition/deploy/apply": "fail"},
        environment=NAMED,
        files=calling("    if: always()\n", INNER),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
