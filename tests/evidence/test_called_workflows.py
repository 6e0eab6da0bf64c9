from __future__ import annotations

import pytest

from bbws_gate.evidence.called_workflows import followed
from bbws_gate.evidence.terraform_command import terraform_commands
from bbws_gate.evidence.workflow import parse_workflow
from bbws_gate.evidence.workflow_parts import Workflow

CALLED = """
on: {workflow_call: {inputs: {environment: {type: string, default: dev}}}}
permissions: {contents: read}
jobs:
  plan:
    runs-on: x
    steps:
      - run: terraform plan -var-file=${{ inputs.environment }}.tfvars
  apply:
    needs: plan
    environment: ${{ inputs.environment }}
    runs-on: x
    steps:
      - run: terraform apply -var-file=${{ inputs.environment }}.tfvars
"""


def calling(environment: str, called: str = "terraform") -> str:
    return (
        "on: {workflow_dispatch: {inputs: {environment: {default: dev}}}}\njobs:\n  test:\n    runs-on: x\n    steps: [{run: make}]\n"
        f"  go:\n    needs: test\n    uses: ./.github/workflows/{called}.yml\n    with: {{environment: '{environment}'}}\n"
        "  after:\n    needs: go\n    runs-on: x\n    steps: [{run: make}]\n"
    )


def read(**texts: str) -> dict[str, Workflow]:
    paths = {f".github/workflows/{name}.yml": text for name, text in texts.items()}
    return followed({path: parse_workflow(text.encode(), path) for path, text in paths.items()})


def main(**texts: str) -> Workflow:
    return read(**texts)[".github/workflows/main.yml"]


def values(workflow: Workflow) -> list[tuple[str, str | None]]:
    return [(command.run.job.id, command.values("var-file")[0].value) for command in terraform_commands(workflow)]


def test_called_jobs__stand_beside_their_caller_with_what_it_gives() -> None:
    workflow = main(main=calling("sit"), terraform=CALLED)
    assert list(workflow.jobs) == ["test", "go", "go/plan", "go/apply", "after"]
    assert values(workflow) == [("go/plan", "sit.tfvars"), ("go/apply", "sit.tfvars")]
    assert {step.place.path for _, step in workflow.steps() if "terraform" in str(step.run)} == {".github/workflows/terraform.yml"}


def test_called_jobs__wait_and_are_waited_for() -> None:
    workflow = main(main=calling("sit"), terraform=CALLED)
    assert [job.id for job in workflow.before(workflow.jobs["after"])] == ["test", "go", "go/plan", "go/apply"]
    assert [job.id for job in workflow.before(workflow.jobs["go/apply"])] == ["test", "go/plan"]
    permissions = workflow.jobs["go/apply"].permissions
    assert permissions is not None
    assert permissions.get("contents") == "read"


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("", "", None),
        ("always()", "", "always()"),
        ("", "github.ref != 'x'", "github.ref != 'x'"),
        ("always()", "github.ref != 'x'", "(always()) && (github.ref != 'x')"),
        ("${{ a }}", "${{ success() || b }}", "(a) && (success() || b)"),
        ("text ${{ always() }}", "b", "(always()) && (b)"),
        ("text ${{ a }}", "b", "b"),
        ("text ${{ a }}", "text ${{ b }}", None),
    ],
)
def test_called_jobs__run_when_both_conditions_hold(outer: str, inner: str, expected: str | None) -> None:
    text, called = calling("sit"), CALLED
    if outer:
        text = text.replace("    needs: test\n", f"    needs: test\n    if: {outer!r}\n".replace("\\'", "''"), 1)
    if inner:
        called = called.replace("    needs: plan\n", f'    needs: plan\n    if: "{inner}"\n')
    condition = main(main=text, terraform=called).jobs["go/apply"].condition
    assert (condition.value if condition is not None else None) == expected


def test_what_the_caller_does_not_know__is_unknown_in_the_called_one() -> None:
    workflow = main(main=calling("${{ inputs.environment }}"), terraform=CALLED)
    assert values(workflow) == [("go/plan", None), ("go/apply", None)]


def test_what_the_caller_does_not_know__is_said_with_its_line() -> None:
    called = main(main=calling("${{ vars.ENVIRONMENT }}"), terraform=CALLED)
    plan = terraform_commands(called)[0]
    assert (
        plan.files("var-file")[0].why == "input environment is what the caller gives in .github/workflows/main.yml:9, known to the run only"
    )


def test_a_call_through_another_call__hands_the_value_on() -> None:
    between = (
        "on: workflow_call\njobs:\n  in:\n    uses: ./.github/workflows/terraform.yml\n"
        "    with: {environment: '${{ inputs.environment }}'}\n"
    )
    workflow = main(main=calling("sit", "between"), between=between, terraform=CALLED)
    assert values(workflow) == [("go/in/plan", "sit.tfvars"), ("go/in/apply", "sit.tfvars")]


def test_calls_in_a_circle_or_of_what_is_not_there__end() -> None:
    circle = main(main=calling("sit", "main"))
    assert 3 < len(circle.jobs) < 50
    assert list(main(main=calling("sit", "none")).jobs) == ["test", "go", "after"]


def test_a_workflow_that_calls_nothing__is_as_it_was() -> None:
    assert read(terraform=CALLED)[".github/workflows/terraform.yml"].jobs.keys() == {"plan", "apply"}
