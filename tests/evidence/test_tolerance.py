"""Whether a job goes on after a step that failed."""

from __future__ import annotations

import textwrap

import pytest

from bbws_gate.evidence.run import runs
from bbws_gate.evidence.workflow import parse_workflow

PLAN = "- id: plan\n  run: terraform plan\n  continue-on-error: true\n"
STOP = "- if: steps.plan.outcome == 'failure'\n  run: exit 1\n"
APPLY = "- run: terraform apply p\n"
GUARDED = "- if: steps.plan.outcome == 'success'\n  run: terraform apply p\n"
SCRIPT = "- if: steps.plan.outcome != 'success'\n  uses: actions/github-script@v7\n  with: {script: \"core.setFailed('plan')\"}\n"


def of_plan(steps: str, head: str = "") -> str:
    """Why the job goes on after its plan."""
    text = f"on: {{workflow_dispatch: {{inputs: {{soft: {{default: 'true'}}}}}}}}\njobs:\n  a:\n{head}    steps:\n"
    workflow = parse_workflow((text + textwrap.indent(steps, "      ")).encode(), "w.yml")
    return next(run.ignored for run in runs(workflow) if run.words == ("terraform", "plan"))


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
