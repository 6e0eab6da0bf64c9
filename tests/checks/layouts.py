"""The ordinary ways to lay out deployments to several environments, each with one thing that can be wrong."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ENVIRONMENTS = {"dev": "111122223333", "sit": "444455556666", "prod": "777788889999"}
ONE = ".github/workflows/deploy.yml"
CALLED = ".github/workflows/terraform.yml"


@dataclass(frozen=True)
class Parts:
    """What the job of one environment is made of; the right ones unless somebody changes one."""

    environment: str | None
    values: str
    key: str
    role: str
    workspace: str


def right(name: str, account: str = "") -> Parts:
    """What belongs to an environment, or to whatever an expression stands for."""
    return Parts(name, name, name, f"arn:aws:iam::{account or ENVIRONMENTS[name]}:role/deploy", name)


def steps(parts: Parts, *, condition: str = "", kind: str = "pairs") -> str:
    """The steps of a job, from the first column."""
    init = {
        "pairs": f"-backend-config=bucket=state -backend-config=key={parts.key}.tfstate",
        "files": f"-backend-config={parts.key}.hcl",
        "both": f"-backend-config=dev.hcl -backend-config=key={parts.key}.tfstate",
        "workspaces": "",
    }[kind]
    values = "" if kind == "workspaces" else f"-var-file={parts.values}.tfvars "
    select = f"- run: terraform -chdir=infra workspace select {parts.workspace}\n" if kind == "workspaces" else ""
    return (
        "- uses: actions/checkout@v4\n"
        "- uses: aws-actions/configure-aws-credentials@v4\n"
        f'  with: {{role-to-assume: "{parts.role}", aws-region: eu-west-1}}\n'
        f"- run: terraform -chdir=infra init {init}\n{select}"
        f"- run: terraform -chdir=infra plan {values}-out=tfplan\n"
        f"- run: terraform -chdir=infra apply tfplan\n{condition and '  if: ' + condition + chr(10)}"
    )


def job(name: str, parts: Parts, head: str = "", **how: str) -> str:
    """One job, indented for ``jobs``."""
    environment = f"environment: {parts.environment}\n" if parts.environment else ""
    text = f"{name}:\n  runs-on: ubuntu-24.04\n{textwrap.indent(head + environment, '  ')}  steps:\n"
    return textwrap.indent(text + textwrap.indent(steps(parts, **how), "    "), "  ")


Jobs = Mapping[str, Parts]
Files = dict[str, str]


def file_for_each(jobs: Jobs) -> Files:
    return {f".github/workflows/deploy-{name}.yml": f"on: workflow_dispatch\njobs:\n{job('deploy', parts)}" for name, parts in jobs.items()}


def job_for_each(jobs: Jobs, **how: str) -> Files:
    order = list(jobs)
    heads = {name: f"needs: {order[number - 1]}\n" if number else "" for number, name in enumerate(order)}
    return {ONE: "on: {push: {branches: [main]}}\njobs:\n" + "".join(job(name, parts, heads[name], **how) for name, parts in jobs.items())}


def matrix(jobs: Jobs) -> Files:
    rows = "".join(
        f"        - {{e: {parts.environment or ''!r}, v: {parts.values}, k: {parts.key}, r: '{parts.role}'}}\n" for parts in jobs.values()
    )
    head = f"strategy:\n  max-parallel: 1\n  matrix:\n    include:\n{textwrap.indent(textwrap.dedent(rows), '      ')}"
    parts = Parts("${{ matrix.e }}", "${{ matrix.v }}", "${{ matrix.k }}", "${{ matrix.r }}", "")
    return {ONE: f"on: {{push: {{branches: [main]}}}}\njobs:\n{job('deploy', parts, head)}"}


def called_for_each(jobs: Jobs) -> Files:
    inputs = ", ".join(f"{name}: {{type: string}}" for name in ("e", "v", "k", "r", "action"))
    parts = Parts("${{ inputs.e }}", "${{ inputs.v }}", "${{ inputs.k }}", "${{ inputs.r }}", "")
    called = f"on: {{workflow_call: {{inputs: {{{inputs}}}}}}}\njobs:\n" + job("deploy", parts, condition="inputs.action == 'apply'")
    calls = "".join(
        f"  {name}:\n    uses: ./{CALLED}\n"
        f"    with: {{e: '{each.environment or ''}', v: {each.values}, k: {each.key}, r: '{each.role}', action: apply}}\n"
        for name, each in jobs.items()
    )
    planned = f"  look:\n    uses: ./{CALLED}\n    with: {{e: preview, v: dev, k: dev, r: '{jobs['dev'].role}', action: plan}}\n"
    return {ONE: f"on: {{push: {{branches: [main]}}}}\njobs:\n{planned}{calls}", CALLED: called}


def dispatched(given: str, jobs: Jobs) -> Files:
    """One job of the environment that an input names; what is wrong in one environment is wrong for all choices."""
    wrong = jobs["sit"]
    plain = right("sit")
    name = "${{ inputs.environment }}"
    parts = Parts(
        name if wrong.environment else None,
        name if wrong.values == plain.values else wrong.values,
        name if wrong.key == plain.key else wrong.key,
        "${{ vars.ROLE }}" if wrong.role == plain.role else wrong.role,
        "",
    )
    return {ONE: f"on: {{workflow_dispatch: {{inputs: {{environment: {{{given}}}}}}}}}\njobs:\n{job('deploy', parts)}"}


def planned_for_dev(jobs: Jobs) -> Files:
    look = textwrap.dedent(
        """\
          look:
            runs-on: ubuntu-24.04
            if: github.event_name == 'pull_request'
            steps:
              - run: terraform -chdir=infra init -backend-config=bucket=state -backend-config=key=dev.tfstate
              - run: terraform -chdir=infra plan -var-file=dev.tfvars
        """
    )
    text = "on: {pull_request: {}, push: {branches: [main]}}\njobs:\n" + textwrap.indent(look, "  ")
    return {ONE: text + job("deploy", jobs["sit"], "if: github.event_name == 'push'\n")}


def with_workspaces(jobs: Jobs) -> Files:
    return job_for_each(jobs, kind="workspaces")


def with_files(jobs: Jobs) -> Files:
    return job_for_each(jobs, kind="files")


def with_both(jobs: Jobs) -> Files:
    return job_for_each(jobs, kind="both")


CHOICE = "type: choice, options: [dev, sit, prod]"
LAYOUTS: dict[str, Callable[[Jobs], Files]] = {
    "a file for each": file_for_each,
    "a job for each": job_for_each,
    "a choice": lambda jobs: dispatched(f"{CHOICE}, required: true", jobs),
    "a choice with a default": lambda jobs: dispatched(f"{CHOICE}, default: dev", jobs),
    "a text": lambda jobs: dispatched("type: string, required: true", jobs),
    "a text with a default": lambda jobs: dispatched("default: dev", jobs),
    "a matrix": matrix,
    "a call for each": called_for_each,
    "a plan for dev on pull requests": planned_for_dev,
    "workspaces": with_workspaces,
    "backend files": with_files,
    "backend files and pairs": with_both,
}
