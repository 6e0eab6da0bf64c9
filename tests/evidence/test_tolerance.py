"""Whether a job goes on after a step that failed."""

from __future__ import annotations

import textwrap

import pytest

from bbws_gate.evidence.run import Run, runs
from bbws_gate.evidence.workflow import parse_workflow

PLAN = "- id: plan\n  run: terraform plan\n  continue-on-error: true\n"
STOP = "- if: steps.plan.outcome == 'failure'\n  run: exit 1\n"
APPLY = "- run: terraform apply p\n"
GUARDED = "- if: steps.plan.outcome == 'success'\n  run: terraform apply p\n"
SCRIPT = "- if: steps.plan.outcome != 'success'\n  uses: actions/github-script@v7\n  with: {script: \"core.setFailed('plan')\"}\n"


def of_plan(steps: str, head: str = "") -> str:
    """Why the job certainly goes on after its plan."""
    return _plan(steps, head).ignored


def _plan(steps: str, head: str = "") -> Run:
    text = f"on: {{workflow_dispatch: {{inputs: {{soft: {{default: 'true'}}}}}}}}\njobs:\n  a:\n{head}    steps:\n"
    workflow = parse_workflow((text + textwrap.indent(steps, "      ")).encode(), "w.yml")
    return next(run for run in runs(workflow) if run.words == ("terraform", "plan"))


@pytest.mark.parametrize(
    "steps",
    [
        "- run: terraform plan\n",
        PLAN + STOP + APPLY,
        PLAN + GUARDED + STOP,
        PLAN + STOP.replace("steps", "always() && steps") + APPLY,
        PLAN + STOP.replace("steps.plan.outcome == 'failure'", "${{ steps.plan.outcome == 'failure' }}") + APPLY,
        PLAN + STOP.replace("steps.plan", "steps.fmt.outcome == 'failure' || steps.plan") + APPLY,
        PLAN + STOP.replace("== 'failure'", "!= 'success'") + APPLY,
        PLAN + STOP.replace("exit 1", "'echo no && exit 2'") + APPLY,
        PLAN + SCRIPT + APPLY,
        PLAN.replace("true", "${{ inputs.soft }}") + APPLY,
        PLAN.replace("true", "${{ vars.SOFT == 'yes' }}") + APPLY,
        PLAN.replace("true", "false") + APPLY,
    ],
)
def test_tolerance__the_job_stops_or_nobody_can_tell(steps: str) -> None:
    assert of_plan(steps) == ""


@pytest.mark.parametrize(
    "steps",
    [
        PLAN + APPLY,
        PLAN + GUARDED,
        PLAN + APPLY + STOP,
        PLAN + STOP.replace("outcome", "conclusion"),
        PLAN + STOP.replace("steps.plan", "steps.fmt"),
        PLAN + STOP.replace("exit 1", "exit 0"),
        PLAN + STOP.replace("exit 1", "echo failed"),
        PLAN + STOP.replace("exit 1", "if [ $X = y ]; then exit 1; fi"),
        PLAN + STOP + "  continue-on-error: true\n",
        PLAN + STOP.replace("steps", "github.ref == 'refs/heads/main' && steps"),
        STOP + PLAN,
        PLAN.replace("id: plan", "name: Plan") + STOP,
    ],
)
def test_tolerance__the_job_goes_on(steps: str) -> None:
    assert of_plan(steps) == "continue-on-error of the step"


def test_tolerance__of_the_job() -> None:
    assert of_plan("- run: terraform plan\n", "    continue-on-error: true\n") == "continue-on-error of job a"
    assert of_plan("- run: terraform plan\n", "    continue-on-error: ${{ matrix.soft }}\n") == ""


def guard(*lines: str, head: str = "") -> str:
    """A plan, the guard after it, and the apply."""
    script = textwrap.indent("\n".join(lines), "    ")
    return f"{PLAN}- if: steps.plan.outcome == 'failure'\n{head}  run: |\n{script}\n{APPLY}"


def javascript(*lines: str) -> str:
    script = textwrap.indent("\n".join(lines), "      ")
    return f"{PLAN}- if: steps.plan.outcome == 'failure'\n  uses: actions/github-script@v7\n  with:\n    script: |\n{script}\n{APPLY}"


@pytest.mark.parametrize(
    "steps",
    [
        guard("exit 1"),
        guard("exit 255"),
        guard("echo failed", "exit 1", "exit 0"),
        guard("false"),
        guard("set +e", "cat plan.txt", "exit 2"),
        guard("exit 1", head="  shell: bash\n"),
        guard("exit 1", head="  shell: bash -euo pipefail {0}\n"),
        guard("exit 1", head="  continue-on-error: false\n"),
        guard("if [ $X = y ]; then echo yes; fi", "exit 1"),
        guard("exec > log.txt 2>&1", "exit 1"),
        guard("echo '${{ steps.plan.outcome }}'", "exit 1"),
        javascript("core.setFailed('plan')"),
        javascript(
            "// see https://example.com", "await github.rest.issues.createComment({body: 'it // failed'})", "core.setFailed(`plan`)"
        ),
        javascript("if (process.env.X) { core.info('x') }", "core.setFailed('plan');"),
        javascript("throw new Error('plan')"),
        guard("exit 1").replace("steps.plan.outcome", "Always( ) && steps.plan.outcome"),
        PLAN + "- run: exit 1\n" + APPLY,
    ],
)
def test_tolerance__a_guard_that_fails(steps: str) -> None:
    found = _plan(steps)
    assert (found.ignored, found.tolerance) == ("", "")


@pytest.mark.parametrize(
    "steps",
    [
        guard("exit 0"),
        guard("exit 00"),
        guard("exit 256"),
        guard("exit 0", "exit 1"),
        guard("exec true", "exit 1"),
        guard("(exit 1) &"),
        guard("(exit 1) || true"),
        guard("exit 1 &"),
        guard("exit 1 | cat"),
        guard("set +e", "false", "true"),
        guard("false || true"),
        guard("f() { exit 1; }"),
        guard("exit 1", head="  shell: bash -n {0}\n"),
        javascript("// core.setFailed('x')"),
        javascript("/* core.setFailed('x')", "core.setFailed('x') */"),
        javascript("core.info('core.setFailed(1)')"),
        javascript("core.info(`", "core.setFailed('x')", "`)"),
    ],
)
def test_tolerance__a_guard_that_does_not_fail(steps: str) -> None:
    assert of_plan(steps) == "continue-on-error of the step"


@pytest.mark.parametrize(
    "steps",
    [
        guard("exit $RC"),
        guard("exit"),
        guard("exit ${{ inputs.code }}"),
        guard("if grep -q ok log; then exit 0; fi", "exit 1"),
        guard("(exit 1)"),
        guard("{ exit 1; } | cat"),
        guard("trap 'exit 0' EXIT", "exit 1"),
        guard('eval "$X"', "exit 1"),
        guard("exit() { true; }", "exit 1"),
        guard("set -n", "exit 1"),
        guard("exec ./report", "exit 1"),
        guard("for i in a b; do exit 1; done"),
        guard("exit 1", head="  shell: pwsh\n"),
        guard("exit 1", head="  continue-on-error: ${{ github.event_name != 'x' }}\n"),
        guard("exit 1", head="  continue-on-error: ${{ inputs.soft }}\n"),
        guard("exit 1").replace("steps.plan.outcome == 'failure'", "contains(steps.plan.outcome, 'fail')"),
        guard("exit 1").replace("steps.plan.outcome == 'failure'", "steps['plan'].outcome == 'failure'"),
        guard("exit 1").replace("steps.plan", f"github.ref == '{'x' * 600}' || steps.plan"),
        PLAN + "- run: if [ '${{ steps.plan.outcome }}' = failure ]; then exit 1; fi\n" + APPLY,
        javascript("if (false) core.setFailed('x')"),
        javascript("if (false)", "  core.setFailed('x')"),
        javascript("if (context.ref) {", "core.setFailed('x')", "}"),
        javascript("if (context.ref) return;", "core.setFailed('x');"),
        javascript("core.setFailed('x');", "process.exitCode = 0"),
        javascript("const core = {setFailed() {}};", "core.setFailed('x');"),
        PLAN + GUARDED.replace("steps.plan.outcome == 'success'", "(steps.plan.outcome == 'success')") + STOP,
        PLAN.replace("true", "${{ vars.SOFT == 'yes' }}") + APPLY,
        PLAN.replace("true", "${{ inputs.soft }}") + APPLY,
    ],
)
def test_tolerance__nobody_can_tell(steps: str) -> None:
    found = _plan(steps)
    assert found.ignored == ""
    assert found.tolerance.startswith("continue-on-error of the step: ")


def test_tolerance__an_expression_of_the_job() -> None:
    found = _plan("- run: terraform plan\n", "    continue-on-error: ${{ matrix.soft }}\n")
    assert found.tolerance == "continue-on-error of job a: ${{ matrix.soft }} is known to the run only"


def test_tolerance__a_long_condition_is_not_followed() -> None:
    """Its time must not grow with the square of the length, which a search for calls did."""
    found = _plan(guard("exit 1").replace("steps.plan.outcome == 'failure'", "a" * 200_000))
    assert found.ignored == "continue-on-error of the step"


SETUP_TERRAFORM = """\
- uses: actions/checkout@v4
- uses: hashicorp/setup-terraform@v3
- name: Terraform fmt
  id: fmt
  run: terraform fmt -check
  continue-on-error: true
- name: Terraform Init
  id: init
  run: terraform init -input=false
- name: Terraform Validate
  id: validate
  run: terraform validate -no-color
- name: Terraform Plan
  id: plan
  run: terraform plan -no-color -input=false
  continue-on-error: true
- uses: actions/github-script@v7
  if: github.event_name == 'pull_request'
  env:
    PLAN: "terraform\\n${{ steps.plan.outputs.stdout }}"
  with:
    script: |
      github.rest.issues.createComment({issue_number: 1, body: process.env.PLAN})
- name: Terraform Plan Status
  if: steps.plan.outcome == 'failure'
  run: exit 1
- name: Terraform Apply
  if: github.ref == 'refs/heads/main'
  run: terraform apply -auto-approve
"""


def test_tolerance__the_sample_of_setup_terraform() -> None:
    """https://github.com/hashicorp/setup-terraform#usage"""
    workflow = parse_workflow(("on: push\njobs:\n  a:\n    steps:\n" + textwrap.indent(SETUP_TERRAFORM, "      ")).encode(), "w.yml")
    ignored = {run.words[1]: run.ignored for run in runs(workflow) if run.program == "terraform"}
    assert ignored == {"fmt": "continue-on-error of the step", "init": "", "validate": "", "plan": "", "apply": ""}
