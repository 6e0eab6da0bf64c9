from __future__ import annotations

from typing import Any

import pytest

from bbws_gate.evidence.run import runs, script_calls
from bbws_gate.evidence.terraform_command import TerraformCommand, terraform_commands
from bbws_gate.evidence.workflow import Workflow, parse_workflow
from bbws_gate.model import Place
from bbws_gate.notation import Malformed

DEPLOY = """\
name: Deploy
on:
  push:
    branches: [main]
    tags: ["v*-sit"]
  schedule:
    - cron: "0 5 * * *"
  workflow_dispatch:
    inputs:
      environment:
        type: choice
        options: [sit, prod]
        default: sit
        required: true
      tag:
        description: release
env:
  AWS_REGION: eu-west-1
  STATE: state-${{ inputs.environment }}
permissions:
  contents: read
concurrency:
  group: deploy-${{ inputs.environment }}
jobs:
  plan:
    runs-on: ubuntu-24.04
    defaults: {run: {working-directory: terraform}}
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: ${{ secrets.ROLE }}
          aws-region: ${{ env.AWS_REGION }}
      - name: Plan
        id: plan
        run: |
          terraform init -backend-config="bucket=$STATE"
          terraform plan -var-file=environments/${{ inputs.environment }}.tfvars -out=plan | tee plan.txt
  apply:
    needs: [plan]
    if: github.ref == 'refs/heads/main'
    environment: {name: "${{ inputs.environment }}-approval", url: x}
    permissions: write-all
    continue-on-error: true
    runs-on: [self-hosted, linux]
    timeout-minutes: 30
    env: {AWS_REGION: af-south-1}
    steps:
      - run: terraform -chdir=terraform apply -auto-approve plan
        shell: bash
  after:
    needs: apply
    uses: ./.github/workflows/validate.yml
    with: {environment: sit}
"""


def read(text: str) -> Workflow:
    return parse_workflow(text.encode(), "w.yml")


def at(text: str) -> Place:
    """The one line of :data:`DEPLOY` that holds a text."""
    (number,) = [number for number, line in enumerate(DEPLOY.splitlines(), 1) if text in line]
    return line(number)


def job(steps: str, more: str = "") -> Workflow:
    return read(f"on: push\n{more}jobs:\n  a:\n    runs-on: x\n    steps:\n{steps}")


def line(number: int, end: int = 0) -> Place:
    return Place("w.yml", number, end or number)


def test_parse_workflow__triggers_and_inputs() -> None:
    workflow = read(DEPLOY)
    assert [trigger.name for trigger in workflow.triggers] == ["push", "schedule", "workflow_dispatch"]
    push = workflow.trigger("push")
    assert push is not None
    assert push.filters["tags"] == (("v*-sit", line(5)),)
    schedule = workflow.trigger("schedule")
    assert schedule is not None
    assert schedule.filters == {"cron": (("0 5 * * *", line(7)),)}
    environment, tag = workflow.inputs["environment"], workflow.inputs["tag"]
    assert (environment.type, environment.required, environment.options, environment.default) == (
        "choice",
        True,
        ("sit", "prod"),
        ("sit", line(13)),
    )
    assert (tag.type, tag.required, tag.default) == ("string", False, None)
    assert workflow.trigger("pull_request") is None


@pytest.mark.parametrize(
    ("written", "names"), [("push", ["push"]), ("[push, pull_request]", ["push", "pull_request"]), ("{push: }", ["push"])]
)
def test_parse_workflow__ways_to_write_triggers(written: str, names: list[str]) -> None:
    assert [trigger.name for trigger in read(f"on: {written}\njobs: {{}}\n").triggers] == names


def test_parse_workflow__jobs() -> None:
    workflow = read(DEPLOY)
    plan, apply, after = workflow.jobs.values()
    assert (plan.id, plan.place, plan.needs, plan.environment) == ("plan", line(25, 38), (), None)
    assert [need.value for need in apply.needs] == ["plan"]
    assert apply.condition == ("github.ref == 'refs/heads/main'", at("if: github.ref"))
    assert apply.environment == ("${{ inputs.environment }}-approval", at("environment: {name"))
    assert apply.environment_name is not None
    assert apply.environment_name.value == "sit-approval"
    assert apply.continue_on_error == ("true", at("continue-on-error"))
    assert apply.runs_on == ("self-hosted", at("self-hosted"))
    assert apply.timeout == ("30", at("timeout-minutes"))
    assert after.uses == ("./.github/workflows/validate.yml", at("uses: ./"))
    assert after.inputs["environment"].value == "sit"
    assert [other.id for other in workflow.before(after)] == ["plan", "apply"]
    assert workflow.before(plan) == ()
    assert workflow.concurrency == ("deploy-${{ inputs.environment }}", at("group: deploy"))


def test_parse_workflow__permissions() -> None:
    workflow = read(DEPLOY)
    assert workflow.permissions is not None
    assert (workflow.permissions.get("contents"), workflow.permissions.get("id-token")) == ("read", "none")
    apply = workflow.jobs["apply"].permissions
    assert apply is not None
    assert apply.get("contents") == "write"
    assert workflow.jobs["plan"].permissions is None


def test_parse_workflow__steps() -> None:
    checkout, credentials, plan = read(DEPLOY).jobs["plan"].steps
    assert (checkout.action, len(checkout.ref), checkout.place) == ("actions/checkout", 40, line(29))
    region = credentials.input("aws-region")
    assert region is not None
    assert (region[0].value, region[1]) == ("eu-west-1", line(33))
    role = credentials.input("role-to-assume")
    assert role is not None
    assert role[0].why == "secrets.ROLE is known to GitHub only"
    assert credentials.input("none") is None
    assert (plan.name, plan.id, plan.number) == ("Plan", "plan", 3)
    assert plan.run is not None
    assert plan.run.place == line(37, 38)
    assert [command.line for command in plan.commands] == [37, 38, 38]


def test_parse_workflow__env_of_job_over_that_of_workflow() -> None:
    workflow = read(DEPLOY)
    assert workflow.jobs["plan"].scope.env["AWS_REGION"].value == "eu-west-1"
    assert workflow.jobs["apply"].scope.env["AWS_REGION"].value == "af-south-1"


def commands_of(workflow: Workflow) -> list[TerraformCommand]:
    return list(terraform_commands(workflow))


def test_terraform_commands__folder_files_state_plan() -> None:
    init, plan, apply = commands_of(read(DEPLOY))
    assert (init.subcommand, init.directory.value, init.run.place) == ("init", "terraform", line(37))
    assert init.pairs("backend-config")["bucket"].value == "state-sit"
    assert init.files("backend-config") == ()
    assert [path.value for path in plan.files("var-file")] == ["terraform/environments/sit.tfvars"]
    assert plan.files("var-file")[0].through == ("default of input environment",)
    assert plan.run.ignored == "it is piped to tee without pipefail"
    assert (apply.subcommand, apply.directory.value, apply.has("auto-approve"), apply.has("lock")) == ("apply", "terraform", True, False)
    assert [argument.value for argument in apply.arguments] == ["plan"]
    assert (apply.run.job.id, apply.run.ignored) == ("apply", "continue-on-error of job apply")


@pytest.mark.parametrize(
    ("script", "directory", "files"),
    [
        ("terraform plan -var-file a.tfvars", "", ["a.tfvars"]),
        ("cd infra && terraform plan -var-file=../a.tfvars", "infra", ["a.tfvars"]),
        ("cd a\ncd b/c\nterraform plan -var-file=1 -var-file=2", "a/b/c", ["a/b/c/1", "a/b/c/2"]),
        ("terraform -chdir=infra plan -var-file=a.tfvars", "infra", ["infra/a.tfvars"]),
        ("cd $DIR && terraform plan -var-file=a.tfvars", "live", ["live/a.tfvars"]),
        ("export DIR=other\nterraform -chdir=$DIR plan -var-file=a.tfvars", "other", ["other/a.tfvars"]),
        ("DIR=third\nterraform -chdir=$DIR plan", "third", []),
        ("cd \"$(mktemp -d)\" && terraform plan -var-file=a.tfvars", None, [None]),
        ("cd /opt && terraform plan", None, []),
        ("pushd infra\nterraform plan", None, []),
    ],
)  # fmt: skip
def test_terraform_commands__where_they_work(script: str, directory: str | None, files: list[str | None]) -> None:
    indented = "".join(f"          {text}\n" for text in script.splitlines())
    (command,) = commands_of(job(f"      - run: |\n{indented}        env: {{DIR: live}}\n"))
    assert command.directory.value == directory
    assert [path.value for path in command.files("var-file")] == files


def test_terraform_commands__workspace_and_arguments_from_the_environment() -> None:
    env = "env: {TF_WORKSPACE: sit, TF_CLI_ARGS_plan: '-var-file=x.tfvars -lock=false'}\n"
    select, plan = commands_of(job("      - run: terraform workspace select sit\n      - run: terraform plan\n", env))
    assert (select.subcommand, [argument.value for argument in select.arguments]) == ("workspace select", ["sit"])
    assert plan.workspace is not None
    assert plan.workspace.value == "sit"
    assert ([path.value for path in plan.files("var-file")], plan.has("lock")) == (["x.tfvars"], False)


def test_terraform_commands__variables_handed_to_later_steps() -> None:
    steps = '      - run: echo "FILE=sit.tfvars" >> "$GITHUB_ENV"\n      - run: echo "OTHER=$(date)" >> $GITHUB_ENV\n'
    (command,) = commands_of(job(steps + "      - run: terraform plan -var-file=$FILE -var-file=$OTHER\n"))
    first, second = command.files("var-file")
    assert first.value == "sit.tfvars"
    assert second.value is None


def test_terraform_commands__step_that_may_fail() -> None:
    (command,) = commands_of(job("      - run: terraform validate\n        continue-on-error: true\n"))
    assert command.run.ignored == "continue-on-error of the step"
    (other,) = commands_of(job("      - run: terraform validate\n        continue-on-error: false\n"))
    assert other.run.ignored == ""


@pytest.mark.parametrize(
    ("shell", "ignored"),
    [
        ("bash", ""),
        ("sh", "it is piped to tee without pipefail"),
        ("bash -eo pipefail {0}", ""),
        ("bash {0}", "it is piped to tee without pipefail"),
        ("/bin/bash -e {0}", "it is piped to tee without pipefail"),
    ],
)
def test_shell__pipefail_as_github_starts_it(shell: str, ignored: str) -> None:
    (command,) = commands_of(job(f"      - run: terraform plan | tee x\n        shell: {shell}\n"))
    assert command.run.ignored == ignored


def test_shell__another_language_is_not_read() -> None:
    step = job("      - run: terraform apply\n        shell: pwsh\n").jobs["a"].steps[0]
    assert step.commands == ()
    assert step.is_shell_unread


@pytest.mark.parametrize(
    ("script", "path", "arguments"),
    [
        ("python scripts/check.py --env sit", "scripts/check.py", ["--env", "sit"]),
        ("python3.11 -u scripts/check.py", "scripts/check.py", []),
        ("bash -x ./scripts/check.sh", "scripts/check.sh", []),
        ("./scripts/check.sh $REGION", "scripts/check.sh", ["eu-west-1"]),
        ("cd scripts && ./check.sh", "scripts/check.sh", []),
        ("uv run scripts/check.py", "scripts/check.py", []),
        ("poetry run python scripts/check.py", "scripts/check.py", []),
        ("scripts/check.py", "scripts/check.py", []),
    ],
)
def test_script_calls__how_scripts_are_started(script: str, path: str, arguments: list[str]) -> None:
    (call,) = script_calls(job(f"      - run: {script}\n", "env: {REGION: eu-west-1}\n"))
    assert call.path.value == path
    assert [argument.value for argument in call.arguments] == arguments


@pytest.mark.parametrize("script", ["python -c 'print(1)'", "python -m pytest", "echo scripts/check.py", "make check", "python"])
def test_script_calls__what_is_no_script_of_the_repository(script: str) -> None:
    assert script_calls(job(f"      - run: {script}\n")) == ()


def test_runs__every_command_in_order() -> None:
    assert [run.program for run in runs(read(DEPLOY))] == ["terraform", "terraform", "tee", "terraform"]


def test_parse_workflow__matrix_of_one_is_known() -> None:
    text = "      - run: terraform plan -var-file=${{ matrix.env }}.tfvars -var-file=${{ matrix.many }}.tfvars\n"
    workflow = read(f"on: push\njobs:\n  a:\n    strategy: {{matrix: {{env: [sit], many: [a, b]}}}}\n    steps:\n{text}")
    (command,) = commands_of(workflow)
    assert [path.value for path in command.files("var-file")] == ["sit.tfvars", None]


def test_parse_workflow__anchors_are_followed() -> None:
    text = "on: push\njobs:\n  a: &job\n    steps: [{run: terraform plan}]\n  b: *job\n"
    assert [command.run.job.id for command in commands_of(read(text))] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("jobs: {a: {steps: []}}\n", [("no triggers (on)", 1)]),
        ("on: push\n", [("no jobs", 1)]),
        ("on: push\njobs:\n  a: {needs: b, steps: [x]}\n", [("a step without keys", 3), ("job a needs 'b', which does not exist", 3)]),
    ],
)
def test_parse_workflow__problems(text: str, problems: list[Any]) -> None:
    assert [(problem.value, problem.place.line) for problem in read(text).problems] == problems


@pytest.mark.parametrize(
    "text",
    [
        "on: {push: 5}\njobs: {a: {steps: 5, needs: {x: 1}, env: [1], strategy: 1, defaults: [1]}, b: 1}\n",
        "on: [[push]]\njobs: {a: {steps: [{run: [1], with: 5, uses: {}}]}}\npermissions: []\nconcurrency: []\n",
        "on: {workflow_dispatch: {inputs: [1]}, schedule: [1]}\njobs: []\nenv: 5\n",
        "on: {workflow_dispatch: {inputs: {a: , b: {required: yes}}}}\njobs: {a: {environment: [x], permissions: }}\n",
    ],
)
def test_parse_workflow__wrong_shapes_are_survived(text: str) -> None:
    workflow = read(text)
    assert terraform_commands(workflow) == ()


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "a: 1\na: 2\n", "a: !!python/object:x {}\n"])
def test_parse_workflow__what_is_no_workflow(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


def test_parse_workflow__needs_in_a_circle_end() -> None:
    workflow = read("on: push\njobs:\n  a: {needs: b}\n  b: {needs: a}\n")
    assert [other.id for other in workflow.before(workflow.jobs["a"])] == ["a", "b"]


@pytest.mark.parametrize(
    ("script", "files", "arguments"),
    [
        ("terraform plan $ARGS", ["sit.tfvars"], []),
        ('ARGS="-var-file=a.tfvars -out=p"\nterraform plan $ARGS', ["a.tfvars"], []),
        ("ARGS=(-var-file=a.tfvars)\nterraform plan ${ARGS[@]}", [], [None]),
        ("if [ $X = a ]; then ARGS=-var-file=a.tfvars; fi\nterraform plan $ARGS", [], [None]),
        ("terraform plan $NONE", [], [None]),
        ("PLAN=my.plan\nterraform apply $PLAN", [], ["my.plan"]),
        ("export TF_CLI_ARGS_plan=-var-file=b.tfvars\nterraform plan", ["b.tfvars"], []),
        ("TF_CLI_ARGS_plan=-var-file=b.tfvars terraform plan", ["b.tfvars"], []),
    ],
)
def test_terraform_commands__options_in_a_variable(script: str, files: list[str], arguments: list[str | None]) -> None:
    indented = "".join(f"          {text}\n" for text in script.splitlines())
    (command,) = commands_of(job(f"      - run: |\n{indented}        env: {{ARGS: '-var-file=sit.tfvars -input=false'}}\n"))
    assert [path.value for path in command.files("var-file")] == files
    assert [argument.value for argument in command.arguments] == arguments


@pytest.mark.parametrize(("script", "workspace"), [("export TF_WORKSPACE=sit", "sit"), ("[ $X = y ] && export TF_WORKSPACE=sit", None)])
def test_terraform_commands__workspace_that_the_script_sets(script: str, workspace: str | None) -> None:
    (command,) = commands_of(job(f"      - run: |\n          {script}\n          terraform plan\n", "env: {TF_WORKSPACE: dev}\n"))
    assert command.workspace is not None
    assert command.workspace.value == workspace


def test_parse_workflow__matrix_of_one_entry_is_known() -> None:
    text = "      - run: terraform plan -var-file=${{ matrix.env }}.tfvars\n"
    one, two = (
        commands_of(read(f"on: push\njobs:\n  a:\n    strategy: {{matrix: {{include: [{entries}]}}}}\n    steps:\n{text}"))[0]
        for entries in ("{env: sit}", "{env: sit}, {env: dev}")
    )
    assert one.files("var-file")[0].value == "sit.tfvars"
    assert two.files("var-file")[0].why == "the matrix gives env several values"


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("run: make", "env.AWS_REGION is not set in the workflow"),
        ("run: ./scripts/setup.sh sit", "env.AWS_REGION may be set by scripts/setup.sh"),
        ("run: bash scripts/setup.sh", "env.AWS_REGION may be set by scripts/setup.sh"),
        ("run: cat scripts/setup.shar", "env.AWS_REGION is not set in the workflow"),
        ("uses: ./.github/actions/setup", "env.AWS_REGION may be set by .github/actions/setup"),
        ("uses: actions/checkout@v4", "env.AWS_REGION is not set in the workflow"),
    ],
)
def test_variable__that_no_step_sets(step: str, why: str) -> None:
    text = f"jobs:\n  a:\n    steps:\n      - {step}\n      - {{uses: a/b@v1, with: {{region: '${{{{ env.AWS_REGION }}}}'}}}}\n"
    found = parse_workflow(text.encode(), "a.yml").jobs["a"].steps[1].input("region")
    assert found is not None
    assert found[0].why == why
