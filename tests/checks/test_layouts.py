"""Deployments to several environments: whatever the layout, what is right has no finding and what is wrong has exactly its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.evidence.collect import collect
from bbws_gate.model import Result
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec
from tests.checks.case import CHECKS, SPEC
from tests.checks.layouts import ENVIRONMENTS, LAYOUTS, ONE, Files, job, right

CODES = ("GAT001", "GAT002", "GAT003", "GAT004", "WFL003", "WFL004", "WFL006", "WFL007", "WFL013", "WFL014", "ENV001", "ENV003")
DEV = right("dev")
SIT = right("sit")
WRONG = {
    "WFL003": replace(SIT, values=DEV.values),
    "ENV003": replace(SIT, key=DEV.key),
    "GAT001": replace(SIT, environment=None),
    "WFL013": replace(SIT, role=DEV.role),
    "WFL014": replace(SIT, workspace=DEV.workspace),
}
SAME = {"ENV001"}
"""Says of the wrong role that its account is another's."""


def findings() -> list[tuple[str, str, str]]:
    """Layout, what is made wrong, and the code that must find it."""
    pairs = [(layout, code, code) for layout in LAYOUTS for code in WRONG if layout != "workspaces" and code != "WFL014"]
    pairs += [("workspaces", code, code) for code in ("WFL014", "GAT001", "WFL013")]
    # With a file, the wrong state is the wrong file.
    return [(layout, code, "WFL003" if (layout, code) == ("backend files", "ENV003") else wanted) for layout, code, wanted in pairs]


def spec(layout: str) -> str:
    entries = []
    for name, account in ENVIRONMENTS.items():
        path = f".github/workflows/deploy-{name}.yml" if layout == "a file for each" else ONE
        is_deployed = name == "sit" or layout != "a plan for dev on pull requests"
        workflow = f"workflow: {{path: {path}, approval_environment: {name}, role: 'arn:aws:iam::{account}:role/deploy'}}"
        files = ", config_files: [sit.hcl]" if layout == "backend files" and name == "sit" else ""
        own = "workspace: " + name if layout == "workspaces" else f"var_files: [{name}.tfvars]"
        own += f", backend: {{key: {name}.tfstate{files}}}" if layout != "workspaces" and is_deployed else ""
        entries.append(f"  {name}: {{account: '{account}', {own}{', ' + workflow if is_deployed else ''}}}")
    return "\n".join(("version: 1", "project: shop", "terraform: {root: infra}", "environments:", *entries, "expect: {tags: [Owner]}", ""))


def found(layout: str, files: Files, environment: str) -> dict[Result, set[str]]:
    text = spec(layout)
    key = "" if layout != "workspaces" else ' key = "shop.tfstate"'
    terraform = {"infra/main.tf": f'terraform {{\n  backend "s3" {{{key} }}\n}}\n'}
    values = {f"infra/{name}.tfvars": "" for name in ENVIRONMENTS}
    values |= {f"infra/{name}.hcl": f'key = "{name}.tfstate"\n' for name in ENVIRONMENTS}
    repository = MemoryRepository({**files, **terraform, **values, SPEC: text})
    evidence = collect(repository, load_spec(text.encode(), SPEC), environment)
    outcomes = [(outcome.result, code) for code in CODES for outcome in CHECKS[code].run(evidence)]
    return {result: {code for each, code in outcomes if each is result} for result in Result}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout__right_has_no_finding(layout: str, environment: str) -> None:
    files = LAYOUTS[layout]({name: right(name) for name in ENVIRONMENTS})
    assert found(layout, files, environment)[Result.FAIL] == set()


@pytest.mark.parametrize(("layout", "wrong", "code"), findings())
def test_layout__one_wrong_thing_has_its_finding(layout: str, wrong: str, code: str) -> None:
    jobs = {name: right(name) for name in ENVIRONMENTS}
    jobs["sit"] = WRONG[wrong]
    assert found(layout, LAYOUTS[layout](jobs), "sit")[Result.FAIL] - SAME == {code}


def test_layout__composite_action_is_not_followed_and_said_so() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - run: terraform -chdir=infra apply -auto-approve\n      shell: bash\n"
    use = "  sit:\n    runs-on: x\n    environment: sit\n    steps:\n      - uses: ./.github/actions/deploy\n"
    files = {ONE: f"on: push\njobs:\n{use}", ".github/actions/deploy/action.yml": action}
    said = found("a composite action", files, "sit")
    assert said[Result.FAIL] == set()
    assert {"GAT001", "ENV003"} <= said[Result.UNVERIFIED]


@pytest.mark.parametrize(
    ("layout", "unknown"),
    [("a text", True), ("a text with a default", True), ("a choice", False), ("a matrix", False)],
)
def test_layout__what_only_the_run_knows_is_unverified(layout: str, unknown: bool) -> None:
    said = found(layout, LAYOUTS[layout]({name: right(name) for name in ENVIRONMENTS}), "sit")
    assert ({"GAT001", "WFL003", "ENV003"} <= said[Result.UNVERIFIED]) is unknown
    assert ({"GAT001", "WFL003", "ENV003"} <= said[Result.PASS]) is not unknown


STARTED = "on: {push: {branches: [main]}, workflow_dispatch: {inputs: {env: {type: choice, options: [sit]}}}}\njobs:\n"
CHOSEN = replace(SIT, environment="${{ inputs.env }}")


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ("github.event_name == 'workflow_dispatch'", Result.PASS),
        ("github.event_name == 'workflow_dispatch' && inputs.env == 'sit'", Result.PASS),
        ("github.ref == 'refs/heads/main' && github.event_name != 'push'", Result.PASS),
        ("inputs.env != ''", Result.PASS),
        ("github.ref == 'refs/heads/main'", Result.UNVERIFIED),
        ("github.event_name == 'push'", Result.FAIL),
        ("github.event_name != 'schedule'", Result.FAIL),
        ("success()", Result.FAIL),
    ],
)
def test_layout__an_approval_that_an_input_names_is_there_when_somebody_gives_it(condition: str, result: Result) -> None:
    said = found("a choice", {ONE: STARTED + job("deploy", CHOSEN, f"if: {condition}\n")}, "sit")
    assert [each for each in Result if "GAT001" in said[each]] == [result]
    assert said[Result.FAIL] <= {"GAT001"}


def test_layout__without_approval_a_condition_that_only_the_run_knows_is_no_excuse() -> None:
    head = "if: github.event_name == 'push' && github.ref == 'refs/heads/main'\n"
    said = found("a choice", {ONE: STARTED + job("deploy", replace(SIT, environment=None), head)}, "sit")
    assert said[Result.FAIL] == {"GAT001"}


ELSEWHERE = "  network:\n    runs-on: x\n    steps:\n      - run: terraform -chdir={} apply -auto-approve\n"


@pytest.mark.parametrize(
    ("folder", "failing"),
    [("network", set()), ("infra", {"GAT001", "WFL004"}), ("$WHERE", set()), ("nowhere", set())],
)
def test_layout__a_job_for_another_root_module_is_another_projects(folder: str, failing: set[str]) -> None:
    files = {ONE: "on: push\njobs:\n" + job("sit", SIT) + ELSEWHERE.format(folder), "network/main.tf": ""}
    assert found("a job for each", files, "sit")[Result.FAIL] == failing


@pytest.mark.parametrize("folder", ["$WHERE", "nowhere"])
def test_layout__a_job_in_an_unknown_folder_is_in_doubt_where_another_is_the_roots(folder: str) -> None:
    text = "on: push\njobs:\n" + ELSEWHERE.format(folder)
    assert "GAT001" in found("a job for each", {ONE: text + job("sit", SIT)}, "sit")[Result.UNVERIFIED]
    assert "GAT001" in found("a job for each", {ONE: text}, "sit")[Result.FAIL]


def test_layout__a_workflow_that_applies_elsewhere_only_is_said_so() -> None:
    said = found("a job for each", {ONE: "on: push\njobs:\n" + ELSEWHERE.format("network"), "network/main.tf": ""}, "sit")
    assert said[Result.FAIL] == set()
    assert "GAT001" in said[Result.UNVERIFIED]


FOR_OTHERS = "on: push\njobs:\n" + job("dev", DEV) + job("prod", right("prod"))
ACTION = "  go:\n    runs-on: x\n    steps:\n      - {}\n"


@pytest.mark.parametrize(
    ("more", "result"),
    [
        ("", Result.FAIL),
        (ACTION.format("run: pytest"), Result.FAIL),
        (ACTION.format("uses: hashicorp/setup-terraform@v3"), Result.FAIL),
        (job("preview", replace(DEV, environment="preview", values="preview", key="preview", role="x")), Result.FAIL),
        (ACTION.format("uses: ./.github/actions/deploy"), Result.UNVERIFIED),
        (ACTION.format("uses: dflook/terraform-apply@v1"), Result.UNVERIFIED),
        (ACTION.format("run: ./deploy.sh sit"), Result.UNVERIFIED),
        (ACTION.format("run: make deploy"), Result.UNVERIFIED),
        ("  go:\n    uses: acme/flows/.github/workflows/deploy.yml@v1\n", Result.UNVERIFIED),
        (ACTION.format("run: echo").replace("runs-on", "environment: SIT\n    runs-on"), Result.UNVERIFIED),
    ],
)
def test_layout__where_no_job_is_the_targets_that_is_the_one_finding(more: str, result: Result) -> None:
    said = found("a job for each", {ONE: FOR_OTHERS + more}, "sit")
    assert [each for each in Result if "GAT001" in said[each]] == [result]
    assert said[Result.FAIL] == ({"GAT001"} if result is Result.FAIL else set())


def test_layout__a_masked_failure_of_a_job_that_may_serve_another_environment_is_in_doubt() -> None:
    unknown = replace(DEV, environment="${{ vars.E }}", values="${{ vars.E }}", key="${{ vars.E }}", role="${{ vars.R }}")
    files = {ONE: "on: push\njobs:\n" + job("sit", SIT) + job("some", unknown).replace("apply tfplan", "apply tfplan || true")}
    said = found("a job for each", files, "sit")
    assert said[Result.FAIL] == set()
    assert "WFL006" in said[Result.UNVERIFIED]
    own = {ONE: "on: push\njobs:\n" + job("sit", SIT).replace("apply tfplan", "apply tfplan || true") + job("some", unknown)}
    assert found("a job for each", own, "sit")[Result.FAIL] == {"WFL006"}


@pytest.mark.parametrize(("jobs", "result"), [(FOR_OTHERS, Result.FAIL), (FOR_OTHERS + job("sit", SIT), Result.PASS)])
def test_layout__without_an_approval_to_demand_a_workflow_for_others_is_one_finding_too(jobs: str, result: Result) -> None:
    text = spec("a job for each").replace(", approval_environment: sit", "")
    repository = MemoryRepository({ONE: jobs, SPEC: text, "infra/main.tf": "", **{f"infra/{name}.tfvars": "" for name in ENVIRONMENTS}})
    evidence = collect(repository, load_spec(text.encode(), SPEC), "sit")
    assert [outcome.result for outcome in CHECKS["WFL007"].run(evidence)] == [result]
    assert not any(
        outcome.result is Result.FAIL for code in ("GAT001", "WFL003", "WFL004", "WFL006") for outcome in CHECKS[code].run(evidence)
    )
