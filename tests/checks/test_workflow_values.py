"""Values that a workflow gives under a condition, by ``-var``, or by what only the run knows."""

from __future__ import annotations

import textwrap

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import NAMED, PATH

VALUES = f"{NAMED}\nvar_files: [sit.tfvars]"
TERRAFORM = """\
variable "env" { type = string }
variable "size" { default = 1 }
variable "zones" { default = ["a"] }
variable "extra" { default = "" }
"""
FILES = {"infra/sit.tfvars": 'env = "sit"\n', "infra/dev.tfvars": 'env = "dev"\n'}
INPUT = "{workflow_dispatch: {inputs: {environment: {type: choice, options: [dev, sit]}, tag: {}}}}"
PLAN = "terraform plan -out=p"


def of_script(name: str, result: str, script: str, says: str = "", line: int = 0) -> Case:
    text = textwrap.indent(textwrap.dedent(script).strip("\n"), " " * 6)
    return of_steps(name, result, f"- run: |\n{text}\n", says, line)


def of_steps(name: str, result: str, steps: str, says: str = "", line: int = 0, environment: str = "sit-approval") -> Case:
    """The job's steps begin in line 8 of the workflow."""
    head = (
        f"on: {INPUT}\ndefaults: {{run: {{working-directory: infra}}}}\njobs:\n  deploy:\n    runs-on: x\n    environment: {environment}\n"
    )
    text = f"{head}    steps:\n{textwrap.indent(textwrap.dedent(steps), '      ')}"
    files = {**FILES, PATH: text}
    at = f"{PATH}:{line}" if line else ""
    return Case("WFL003", name, {"workflow/var-file/deploy/plan": result}, TERRAFORM, environment=VALUES, files=files, says=says, at=at)


REF = "- if: github.ref_name == '{ref}'\n  run: {run}\n"
CASES = [
    of_script(
        "a variable of one branch",
        "unverified",
        f"if [ $GITHUB_REF_NAME = main ]; then E=sit; else E=dev; fi\n{PLAN} -var-file=$E.tfvars",
        "it is set under a condition in line 9",
    ),
    of_script("the wrong variable of both branches", "fail", f"if a; then E=dev; else E=dev; fi\n{PLAN} -var-file=$E.tfvars", "dev.tfvars"),
    of_script("set again", "fail", f"if a; then E=sit; fi\nE=dev\n{PLAN} -var-file=$E.tfvars", "dev.tfvars is not of sit"),
    of_script(
        "of another environment's branch",
        "unverified",
        f'if [ "$ENV" = dev ]; then\n  {PLAN} -var-file=dev.tfvars\nfi',
        "it runs only if [ $ENV = dev ] (line 9)",
        10,
    ),
    of_script(
        "wrong in the target's own branch", "fail", f'if [ "$ENV" = sit ]; then\n  {PLAN} -var-file=dev.tfvars\nfi', "dev.tfvars", 10
    ),
    of_script("wrong in the target's own test", "fail", f'[[ "${{{{ vars.STAGE }}}}" == "sit" ]] && {PLAN} -var-file=dev.tfvars'),
    of_script("right in a branch", "pass", f"if a; then\n  {PLAN} -var-file=sit.tfvars\nfi"),
    of_script("after cd &&", "fail", f"cd . && {PLAN} -var-file=dev.tfvars"),
    of_steps(
        "of a step for another branch",
        "unverified",
        REF.format(ref="dev", run=f"{PLAN} -var-file=dev.tfvars"),
        "it runs only if github.ref",
    ),
    of_steps(
        "of a step for another choice",
        "unverified",
        f"- if: inputs.environment == 'dev'\n  run: {PLAN} -var-file=dev.tfvars\n"
        f"- if: inputs.environment == 'sit'\n  run: {PLAN} -var-file=sit.tfvars\n",
        "it runs only if inputs.environment == 'dev'",
    ),
    of_steps("wrong for the target's choice", "fail", f"- if: inputs.environment == 'sit'\n  run: {PLAN} -var-file=dev.tfvars\n"),
    of_steps("of a step that always runs", "fail", f"- if: success()\n  run: {PLAN} -var-file=dev.tfvars\n", "dev.tfvars is not of sit"),
    of_steps(
        "handed on under a condition",
        "unverified",
        REF.format(ref="main", run="echo F=sit.tfvars >> $GITHUB_ENV")
        + REF.format(ref="dev", run="echo F=dev.tfvars >> $GITHUB_ENV")
        + f"- run: {PLAN} -var-file=${{{{ env.F }}}}\n",
        "it is set under a condition in line 11",
    ),
    of_steps(
        "handed on for each choice",
        "pass",
        "- if: inputs.environment == 'sit'\n  run: echo F=sit.tfvars >> $GITHUB_ENV\n"
        "- if: inputs.environment == 'dev'\n  run: echo F=dev.tfvars >> $GITHUB_ENV\n"
        f"- run: {PLAN} -var-file=${{{{ env.F }}}}\n- run: terraform apply p\n",
        environment="${{ inputs.environment }}-approval",
    ),
    of_script(
        "by case",
        "unverified",
        f'case "$GITHUB_REF_NAME" in\n  main) E=sit ;;\n  *) E=dev ;;\nesac\n{PLAN} -var-file=$E.tfvars',
        "it is set under a condition in line 11",
    ),
    of_script("by a ternary", "unverified", f"{PLAN} -var-file=${{{{ github.ref == 'refs/heads/main' && 'sit' || 'dev' }}}}.tfvars"),
    of_script("options that a variable holds", "pass", f'ARGS="-var-file=sit.tfvars -input=false"\n{PLAN} $ARGS'),
    of_script("wrong options that a variable holds", "fail", f'ARGS="-var-file=dev.tfvars -input=false"\n{PLAN} $ARGS'),
    of_script("options in an array", "unverified", f'ARGS=(-var-file=sit.tfvars)\n{PLAN} "${{ARGS[@]}}"', "computed"),
    of_script(
        "-var over the file", "fail", f"{PLAN} -var-file=sit.tfvars -var env=prod", "-var gives env another value than was assessed", 9
    ),
    of_script("-var without a file that counts", "fail", f"{PLAN} -var-file=sit.tfvars -var=env=prod"),
    of_script("-var under the file", "pass", f"{PLAN} -var env=prod -var-file=sit.tfvars"),
    of_script("-var that says the same", "pass", f"{PLAN} -var-file=sit.tfvars -var 'env=sit'"),
    of_script("-var that says the same number", "pass", f"{PLAN} -var-file=sit.tfvars -var size=1"),
    of_script("-var of an input", "unverified", f"{PLAN} -var-file=sit.tfvars -var extra=${{{{ inputs.tag }}}}", "-var extra: "),
    of_script(
        "-var of a commit",
        "unverified",
        f"{PLAN} -var-file=sit.tfvars -var extra=$GITHUB_SHA",
        "-var extra: $GITHUB_SHA is known to the run only",
    ),
    of_script("-var over a default", "unverified", f"{PLAN} -var-file=sit.tfvars -var size=3", "which is its default"),
    of_script("-var of a list", "unverified", f"{PLAN} -var-file=sit.tfvars -var 'zones=[\"b\"]'", "nobody can tell"),
    of_script("-var of nothing declared", "pass", f"{PLAN} -var-file=sit.tfvars -var other=3"),
    of_script(
        "-var under a condition", "unverified", f"test -f x && {PLAN} -var-file=sit.tfvars -var env=prod", "it runs only if test -f x"
    ),
    of_script("-var beside the wrong file", "fail", f"{PLAN} -var-file=dev.tfvars -var env=prod", "dev.tfvars is not of sit"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
