"""What a draft says of an environment's files and workspace: what is its own, and nothing that another job or folder has."""

from __future__ import annotations

import pytest

from bbws_gate.draft.environments import own_var_files
from tests.draft.drafting import PROVIDER, drafted, findings


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (("sit.tfvars", "prod.tfvars"), ("sit.tfvars",)),
        (("env/sit/b.tfvars", "env/sit/a.tfvars", "env/prod/a.tfvars"), ("env/sit/a.tfvars", "env/sit/b.tfvars")),
        (("env/sit/main.tfvars", "env/sit/a.tfvars", "env/sit/backend.tfvars"), ("env/sit/a.tfvars", "env/sit/main.tfvars")),
        (("env/sit/terraform.tfvars", "env/sit/x.auto.tfvars"), ("env/sit/terraform.tfvars",)),
        (("env/sit/a.tfvars", "env/sit/example.tfvars"), ("env/sit/a.tfvars",)),
        (("env/sit/a.tfvars", "other/env/sit/a.tfvars"), ()),
        (("docs/sit/a.tfvars",), ()),
        (("env/prod/a.tfvars",), ()),
    ],
)
def test_own_var_files__are_the_one_of_the_name_or_all_of_the_folder(paths: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert own_var_files(paths, "", "sit") == found


def _workflow(*jobs: str) -> dict[str, str]:
    body = "".join(f"  job{number}:\n    runs-on: x\n    environment: sit\n    steps:\n{job}" for number, job in enumerate(jobs))
    return {".github/workflows/deploy-sit.yml": f"on: {{workflow_dispatch: }}\njobs:\n{body}"}


def _steps(*commands: str) -> str:
    return "".join(f"      - run: terraform {command}\n" for command in commands)


@pytest.mark.parametrize(
    ("jobs", "found"),
    [
        ((_steps("plan -var-file=preview.tfvars"), _steps("plan -var-file=sit.tfvars")), ("sit.tfvars",)),
        ((_steps("plan -var-file=shared.tfvars -var-file=sit.tfvars"),), ("shared.tfvars", "sit.tfvars")),
        ((_steps("plan -var-file=preview.tfvars"),), ("sit.tfvars",)),
    ],
)
def test_draft__takes_no_values_from_another_job(jobs: tuple[str, ...], found: tuple[str, ...]) -> None:
    values = dict.fromkeys(("sit.tfvars", "preview.tfvars", "shared.tfvars"), 'v = "x"\n')
    _, loaded = drafted({"main.tf": PROVIDER + 'variable "v" {}\n', **values, **_workflow(*jobs)}, "sit")
    assert loaded.spec.environment("sit").var_files == found


@pytest.mark.parametrize(
    ("jobs", "found"),
    [
        ((_steps("workspace select sit", "apply", "workspace select default", "workspace delete sit"),), "sit"),
        ((_steps("apply", "workspace select default"),), None),
        ((_steps("apply"), _steps("workspace select default")), None),
        ((_steps("workspace select sit", "plan"), _steps("workspace select sit", "apply")), "sit"),
        ((_steps("workspace select dev", "plan"), _steps("workspace select sit", "apply")), None),
        ((_steps("workspace select sit", "plan"), _steps("apply")), None),
    ],
)
def test_draft__the_workspace_is_that_of_plan_and_apply(jobs: tuple[str, ...], found: str | None) -> None:
    _, loaded = drafted({"main.tf": PROVIDER, **_workflow(*jobs)}, "sit")
    assert loaded.spec.environment("sit").workspace == found


def test_draft__tables_of_an_unknown_number_are_not_expected() -> None:
    many = 'variable "tables" {}\nresource "aws_dynamodb_table" "many" {\n  for_each = var.tables\n  name = each.key\n}\n'
    one = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n'
    files = {"main.tf": PROVIDER + many + one}
    _, loaded = drafted(files, "sit")
    assert sorted(loaded.spec.tables("sit")) == ["orders"]
    assert loaded.spec.expect.tables.allow_others
    assert findings(files, loaded, "sit") == []
    _, loaded = drafted({"main.tf": PROVIDER + many, "README.md": "# Shop\n"}, "sit")
    assert not loaded.spec.tables("sit")


UNFILLED = """terraform {
  backend "s3" {
    bucket         = "{{ state_bucket }}"
    key            = "orders.tfstate"
    dynamodb_table = "<lock-table>"
  }
}
variable "env" {}
"""
FIXED = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme-logs-dev"\n}\nresource "aws_dynamodb_table" "t" {\n  name = "orders-dev"\n}\n'
EACH = {f"infra/{name}.tfvars": f'env = "{name}"\n' for name in ("dev", "sit")}


def test_draft__takes_no_text_to_fill_in_for_the_state() -> None:
    draft, spec = drafted({"infra/main.tf": UNFILLED, **EACH})
    backend = spec.spec.environments["sit"].backend
    assert backend is not None
    assert (backend.bucket, backend.key, backend.lock_table) == (None, "orders.tfstate", None)
    assert "# backend: bucket, lock_table left out, a text to fill in stands there" in draft.text


def test_draft__takes_what_the_workflow_fills_in() -> None:
    init = "terraform -chdir=infra init -backend-config=bucket=acme-state -backend-config=dynamodb_table=acme-locks"
    workflow = f"jobs:\n  a:\n    environment: sit\n    steps:\n      - run: {init}\n      - run: terraform -chdir=infra apply p\n"
    _, spec = drafted({"infra/main.tf": UNFILLED, ".github/workflows/sit.yml": workflow, "infra/sit.tfvars": ""}, "sit")
    backend = spec.spec.environments["sit"].backend
    assert backend is not None
    assert (backend.bucket, backend.lock_table) == ("acme-state", "acme-locks")


def test_draft__what_one_environment_is_called_is_not_expected_of_the_others() -> None:
    files = {"infra/main.tf": f'variable "env" {{}}\n{FIXED}', **EACH}
    draft, spec = drafted(files)
    assert "acme-logs" not in draft.text
    assert "orders-dev" not in draft.text
    assert findings(files, spec, "dev", "sit") == []
