"""Drafts from the Terraform alone: what is there is expected, so that ``check`` finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.model import Result
from tests.draft.drafting import PROVIDER, drafted, findings, judged

READY = Path(__file__).parents[2] / "examples" / "orders_ready"


def _ready() -> dict[str, str | bytes]:
    paths = [path for path in READY.rglob("*") if path.is_file() and path.name != "promotion.yml"]
    return {path.relative_to(READY).as_posix(): path.read_bytes() for path in paths}


def _table(name: str, *lines: str, label: str = "orders") -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f'resource "aws_dynamodb_table" "{label}" {{\n  name = "{name}"\n  hash_key = "PK"\n{body}\n}}\n'


def test_draft__ready_example__describes_everything_and_nothing_is_found() -> None:
    files = _ready()
    draft, loaded = drafted(files)
    spec = loaded.spec
    assert draft.remarks == ()
    assert findings(files, loaded, *draft.environments) == []
    assert list(spec.environments) == ["dev", "sit"]
    assert spec.expect.tables.naming == "{name}-{env}"
    assert sorted(spec.tables("sit")) == ["customers", "orders"]
    assert (spec.expect.backup.vault, spec.expect.backup.schedule, spec.expect.backup.covers) == ("orders-{env}", "hourly", "all_tables")
    assert sorted(spec.expect.tags) == ["CostCenter", "Environment", "ManagedBy", "Owner", "Project"]
    sit = spec.environment("sit")
    assert (sit.account, sit.region, sit.var_files) == ("444455556666", "eu-west-1", ("environments/sit.tfvars",))
    assert sit.backend is not None
    assert sit.backend.bucket == "acme-terraform-state-sit"
    assert sit.workflow is not None
    assert (sit.workflow.path, sit.workflow.approval_environment) == (".github/workflows/deploy-sit.yml", "sit-approval")
    assert sit.validation_script == "scripts/validate_orders_sit.py"


@pytest.mark.parametrize("environment", ["dev", "sit"])
def test_draft__ready_example__leaves_nothing_unverified(environment: str) -> None:
    files = _ready()
    _, loaded = drafted(files)
    drafted_lines = [
        line for line in judged(files, loaded, environment).checklist if line.code[:3] in {"TBL", "IDX", "NAM", "BAK", "TAG", "ENV"}
    ]
    assert {line.result for line in drafted_lines} == {Result.PASS}


def test_draft__same_files__same_text() -> None:
    assert drafted(_ready())[0].text == drafted(_ready())[0].text


def test_draft__drift_after_the_draft__is_found() -> None:
    files = _ready()
    _, loaded = drafted(files)
    tables = files["terraform/tables.tf"]
    assert isinstance(tables, bytes)
    files["terraform/tables.tf"] = tables.replace(b"CustomersByEmail = {", b"CustomersByMail = {").replace(b"stream_enabled   = true", b"")
    found = findings(files, loaded, "sit")
    assert "IDX004/index/customers/CustomersByEmail" in found
    assert any(finding.startswith("TBL005/table/") for finding in found)


OTHERS = (
    PROVIDER
    + """
variable "environment" {}
variable "copies" { default = 2 }
resource "aws_s3_bucket" "templates" {
  count  = var.copies
  bucket = "acme-templates-${count.index}-${var.environment}"
  tags   = { Team = "web" }
}
resource "aws_sqs_queue" "jobs" {
  for_each = toset(["mail", "print"])
  name     = "${each.key}-${var.environment}"
  tags     = { Team = "web", Queue = each.key }
}
resource "aws_sns_topic" "events" {
  count = var.environment == "prod" ? 1 : 0
  name  = "events-prod"
  tags  = { Team = "web" }
}
resource "random_id" "x" { byte_length = 4 }
"""
)
ENVIRONMENTS = {"environments/sit.tfvars": 'environment = "sit"\n', "environments/prod.tfvars": 'environment = "prod"\ncopies = 3\n'}


def test_draft__other_resources__counts_and_names_in_every_environment() -> None:
    files = {"main.tf": OTHERS, **ENVIRONMENTS}
    draft, loaded = drafted(files)
    expected = {each.type: each for each in loaded.spec.expect.resources}
    assert draft.environments == ("sit", "prod")
    assert str(expected["aws_s3_bucket"].count) == "2 to 3"
    assert expected["aws_s3_bucket"].names == ("acme-templates-0-{env}", "acme-templates-1-{env}")
    assert expected["aws_s3_bucket"].name_attribute == "bucket"
    assert expected["aws_sqs_queue"].names == ("mail-{env}", "print-{env}")
    assert str(expected["aws_sns_topic"].count) == "0 to 1"
    assert str(expected["random_id"].count) == "1"
    assert list(loaded.spec.expect.tags) == ["Team"]
    assert findings(files, loaded, "sit", "prod") == []


def test_draft__environments_differ__the_difference_stands_with_the_environment() -> None:
    tables = (
        'variable "environment" {}\n'
        + _table("orders-${var.environment}", 'deletion_protection_enabled = var.environment == "prod"', "stream_enabled = true")
        + 'resource "aws_dynamodb_table" "audit" {\n  count = var.environment == "prod" ? 1 : 0\n'
        + '  name = "audit-${var.environment}"\n  hash_key = "PK"\n}\n'
    )
    files = {"main.tf": PROVIDER + tables, **ENVIRONMENTS, "environments/prod.tfvars": 'environment = "prod"\n'}
    _, loaded = drafted(files)
    assert loaded.spec.tables("prod")["orders"].deletion_protection is True
    assert loaded.spec.tables("sit")["orders"].deletion_protection is None
    assert list(loaded.spec.tables("sit")) == ["orders"]
    assert findings(files, loaded, "sit", "prod") == []


def test_draft__names_without_a_rule__each_table_has_its_own() -> None:
    files = {"main.tf": PROVIDER + _table("orders-sit") + _table("legacy_users", label="users")}
    _, loaded = drafted(files, "sit")
    assert loaded.spec.expect.tables.naming is None
    assert {name: loaded.spec.table_name("sit", name) for name in loaded.spec.tables("sit")} == {
        "orders": "orders-sit",
        "users": "legacy_users",
    }
    assert findings(files, loaded, "sit") == []


def test_draft__what_files_do_not_tell__is_left_out() -> None:
    table = 'variable "mode" { type = string }\n' + _table(
        "orders", "billing_mode = var.mode", "stream_enabled = aws_sns_topic.t.fifo_topic"
    )
    _, loaded = drafted({"main.tf": PROVIDER + table + 'resource "aws_sns_topic" "t" {}\n'}, "sit")
    assert loaded.spec.tables("sit")["orders"].billing_mode is None
    assert loaded.spec.tables("sit")["orders"].stream is None


def test_draft__contradicting_regions__neither_is_drafted() -> None:
    workflow = (
        "name: deploy-sit\non: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: aws-actions/configure-aws-credentials@v4\n"
        "        with: {aws-region: us-east-1}\n      - run: terraform apply\n"
    )
    draft, loaded = drafted({"main.tf": PROVIDER + _table("orders"), ".github/workflows/deploy-sit.yml": workflow}, "sit")
    assert loaded.spec.environment("sit").region is None
    (remark,) = draft.remarks
    assert "region us-east-1 for sit, where main.tf:2 says eu-west-1" in str(remark)


def test_draft__two_workflows_as_good__none_is_drafted() -> None:
    workflow = "on: push\njobs:\n  deploy:\n    environment: sit\n    runs-on: ubuntu-24.04\n    steps:\n      - run: terraform apply\n"
    files = {"main.tf": PROVIDER, ".github/workflows/a.yml": workflow, ".github/workflows/b.yml": workflow}
    draft, loaded = drafted(files, "sit")
    assert loaded.spec.environment("sit").workflow is None
    assert "several workflows may deploy to sit: .github/workflows/a.yml, .github/workflows/b.yml" in str(draft.remarks[0])


def test_draft__module_that_is_not_in_the_checkout__counts_are_open_to_the_top() -> None:
    module = 'module "m" {\n  source = "acme/m/aws"\n}\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    _, loaded = drafted({"main.tf": PROVIDER + module}, "sit")
    assert str(loaded.spec.expect.resources[0].count) == "at least 1"


@pytest.mark.parametrize(
    ("files", "environments"),
    [
        ({"environments/sit.tfvars": "", "environments/common.tfvars": ""}, ("sit",)),
        ({"dev.tfvars": "", "prod.tfvars.json": "{}"}, ("dev", "prod")),
        ({"config/staging/terraform.tfvars": ""}, ("staging",)),
        ({"terraform.tfvars": "", "x.auto.tfvars": ""}, ("default",)),
        ({"envs/customer-a.tfvars": ""}, ("customer-a",)),
    ],
)
def test_draft__nobody_names_environments__input_files_do(files: dict[str, str], environments: tuple[str, ...]) -> None:
    assert drafted({"main.tf": PROVIDER, **files})[0].environments == environments


def test_draft__nothing_to_expect__expects_that_no_table_appears() -> None:
    _, loaded = drafted({"main.tf": PROVIDER})
    assert loaded.spec.expect.tables.allow_others is False


def test_draft__no_terraform__says_so() -> None:
    with pytest.raises(UsageError, match="there are no Terraform files"):
        drafted({"README.md": ""})


@pytest.mark.parametrize("root", ["nowhere", "../up", "/etc"])
def test_draft__root_that_is_none__says_so(root: str) -> None:
    with pytest.raises(UsageError, match="there are no Terraform files in this folder"):
        drafted({"main.tf": PROVIDER}, root=root)


@pytest.mark.parametrize("name", ["a b", "", "x" * 80, "sit\nprod"])
def test_draft__environment_that_is_no_name__says_so(name: str) -> None:
    with pytest.raises(UsageError, match="is not an environment's name"):
        drafted({"main.tf": PROVIDER}, name)


@pytest.mark.parametrize(
    "name", ["no", "{env}", "{", "a: b #c", "'\\\"", "x" * 300, "- a", "\\u001b[31m", "\\u2028", "*x", "\U0001f600", "\\ud800"]
)
def test_draft__hostile_names__load_and_nothing_false_is_found(name: str) -> None:
    escaped = name if name.startswith("\\u") else name.replace("\\", "\\\\").replace('"', '\\"')
    index = f'global_secondary_index {{\n    name = "{escaped}"\n    hash_key = "{escaped}"\n    projection_type = "ALL"\n  }}'
    files = {
        "main.tf": PROVIDER
        + _table(escaped, index, f'tags = {{ "{escaped}" = "{escaped}" }}')
        + f'resource "aws_sqs_queue" "q" {{\n  name = "{escaped}"\n  tags = {{ "{escaped}" = "x" }}\n}}\n'
    }
    draft, loaded = drafted(files, "sit")
    assert all(character.isprintable() or character == "\n" for character in draft.text)
    assert findings(files, loaded, "sit") == []


STEPS = "    runs-on: x\n    steps:\n      - run: terraform apply\n"
CALLED = f"on: {{workflow_call: {{inputs: {{environment: {{type: string}}}}}}}}\njobs:\n  go:\n{STEPS}"
CALLING = "on: {push: {branches: [main]}}\njobs:\n  go:\n    uses: ./.github/workflows/terraform.yml\n    with: {environment: sit}\n"
ASKING = f"on: {{workflow_dispatch: {{inputs: {{environment: {{required: true}}}}}}}}\njobs:\n  go:\n{STEPS}"


@pytest.mark.parametrize(
    ("files", "workflow"),
    [
        ({"main.yml": CALLING, "terraform.yml": CALLED}, "main.yml"),
        ({"main.yml": CALLING.replace("sit", "prod"), "terraform.yml": CALLED}, None),
        ({"anything.yml": ASKING}, "anything.yml"),
        ({"anything.yml": ASKING.replace("environment:", "version:")}, None),
    ],
)
def test_draft__a_workflow_that_calls_another_or_asks_for_the_environment(files: dict[str, str], workflow: str | None) -> None:
    _, loaded = drafted({"main.tf": PROVIDER, **{f".github/workflows/{name}": text for name, text in files.items()}}, "sit")
    found = loaded.spec.environment("sit").workflow
    assert (None if found is None else found.path.rpartition("/")[2]) == workflow


@pytest.mark.parametrize(("text", "workspace"), [("terraform.workspace", "sit"), ('"x"', None)])
def test_draft__terraform_that_refers_to_its_workspace_gets_the_environments_own(text: str, workspace: str | None) -> None:
    draft, loaded = drafted({"main.tf": f'{PROVIDER}resource "aws_sns_topic" "t" {{\n  name = "orders-${{{text}}}"\n}}\n'}, "sit")
    assert loaded.spec.environment("sit").workspace == workspace
    assert ("# assumed: the Terraform refers to terraform.workspace" in draft.text) == (workspace is not None)


@pytest.mark.parametrize(("files", "said"), [({}, True), ({"sit.tfvars": 'v = "x"\n'}, False)])
def test_draft__values_that_are_not_in_git_are_said_to_be_elsewhere(files: dict[str, str], said: bool) -> None:
    draft, _ = drafted({"main.tf": PROVIDER + 'variable "v" {}\n', **files}, "sit")
    assert ("no value file of this environment is in git" in draft.text) == said
