"""Single defects in the ready example: each must give exactly one new finding, and at the mutated line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from bbws_gate.assess import assess
from bbws_gate.evidence.collect import collect
from bbws_gate.model import Assessment
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/orders_ready"
FILES = {str(path.relative_to(EXAMPLE)): path.read_text() for path in sorted(EXAMPLE.rglob("*")) if path.is_file()}
SPEC = ".github/promotion.yml"
TABLES, BACKUP, PROVIDERS, VALUES = (
    "terraform/tables.tf",
    "terraform/backup.tf",
    "terraform/providers.tf",
    "terraform/environments/sit.tfvars",
)
VARIABLES, VERSIONS, STATE = "terraform/variables.tf", "terraform/versions.tf", "terraform/environments/sit.tfbackend"
DEPLOY, SCRIPT, PLAN, README = ".github/workflows/deploy-sit.yml", "scripts/validate_orders_sit.py", "docs/promotion_plan.md", "README.md"
ORDERS, CUSTOMERS = "schemas/orders.schema.json", "schemas/customers.schema.json"


class Mutation(NamedTuple):
    """One defect: ``old`` becomes ``new`` in one file (empty ``old``: the whole file is replaced, by nothing when ``new`` is empty)."""

    path: str
    old: str
    new: str
    finding: str

    def __str__(self) -> str:
        return f"{self.finding} {self.path}: {self.old.strip()[:40]!r}"


def replaced(path: str, old: str, new: str, finding: str) -> Mutation:
    return Mutation(path, old, new, finding)


def removed(path: str, finding: str) -> Mutation:
    return Mutation(path, "", "", finding)


def added(path: str, text: str, finding: str) -> Mutation:
    return Mutation(path, "", text, finding)


MUTATIONS = [
    # Tables
    replaced(TABLES, "PAY_PER_REQUEST", "PROVISIONED", "TBL003/table/orders"),
    replaced(TABLES, '  billing_mode = "PAY_PER_REQUEST"\n', "", "TBL003/table/orders"),
    replaced(TABLES, "  point_in_time_recovery {\n    enabled = true\n  }\n", "", "TBL004/table/orders"),
    replaced(
        TABLES, "point_in_time_recovery {\n    enabled = true", "point_in_time_recovery {\n    enabled = false", "TBL004/table/orders"
    ),
    replaced(TABLES, "stream_enabled   = true", "stream_enabled   = false", "TBL005/table/orders"),
    replaced(TABLES, '"NEW_AND_OLD_IMAGES"', '"KEYS_ONLY"', "TBL005/table/orders"),
    replaced(
        TABLES, "server_side_encryption {\n    enabled = true", "server_side_encryption {\n    enabled = false", "TBL006/table/orders"
    ),
    replaced(TABLES, '"${each.key}-${var.environment}"', "each.key", "NAM001/table/orders"),
    replaced(TABLES, '"${each.key}-${var.environment}"', '"${each.key}-dev"', "NAM001/table/orders"),
    replaced(
        TABLES,
        '      attributes = { PK = "S", SK = "S", email = "S" }',
        '      attributes = { PK = "S", SK = "S" }',
        "KEY001/table/customers/attributes",
    ),
    replaced(TABLES, 'email = "S" }', 'email = "BOOL" }', "KEY003/table/customers/attributes/email/type"),
    replaced(TABLES, 'email = "S" }', 'email = "S", phone = "S" }', "KEY002/table/customers/attributes/phone"),
    replaced(TABLES, 'email = "S" }', 'email = "N" }', "SCH004/schema/customers/types/email"),
    replaced(TABLES, 'hash_key     = "PK"', 'hash_key     = "SK"', "SCH004/schema/orders/hash_key"),
    # Indexes
    replaced(
        TABLES, '        OrdersByStatus   = { hash_key = "status", range_key = "createdAt" }\n', "", "IDX001/index/orders/OrdersByStatus"
    ),
    replaced(TABLES, "OrdersByStatus   =", "StatusIndex      =", "IDX004/index/orders/OrdersByStatus"),
    replaced(
        TABLES,
        '        OrdersByStatus   = { hash_key = "status", range_key = "createdAt" }\n',
        '        OrdersByStatus   = { hash_key = "status", range_key = "createdAt" }\n'
        '        OrdersByDate     = { hash_key = "createdAt", range_key = null }\n',
        "IDX002/index/orders/OrdersByDate",
    ),
    replaced(
        TABLES,
        '{ hash_key = "status", range_key = "createdAt" }',
        '{ hash_key = "status", range_key = "SK" }',
        "IDX003/index/orders/OrdersByStatus",
    ),
    replaced(TABLES, 'projection_type = "ALL"', 'projection_type = "KEYS_ONLY"', "IDX003/index/orders/OrdersByCustomer"),
    # Backup
    replaced(BACKUP, '"cron(0 * * * ? *)"', '"cron(0 2 * * ? *)"', "BAK002/backup/schedule"),
    replaced(BACKUP, "delete_after = var.backup_retention_days", "delete_after = 3", "BAK004/backup/retention/orders/0"),
    replaced(VALUES, "backup_retention_days = 7", "backup_retention_days = 70", "BAK004/backup/retention/orders/0"),
    replaced(
        BACKUP,
        "[for table in aws_dynamodb_table.this : table.arn]",
        '[aws_dynamodb_table.this["orders"].arn]',
        "BAK003/backup/selection/customers",
    ),
    replaced(BACKUP, "target_vault_name = aws_backup_vault.orders.name", 'target_vault_name = "Default"', "BAK002/backup/target/orders/0"),
    removed(BACKUP, "BAK001/backup/vault"),
    # Tags
    replaced(PROVIDERS, '      Owner       = "orders-team"\n', "", "TAG001/tags/Owner"),
    # Environment and inputs
    replaced(VALUES, '"444455556666"', '"111122223333"', "ENV001/environment/account/terraform/environments/sit.tfvars"),
    replaced(VALUES, '"eu-west-1"', '"us-east-1"', "ENV002/environment/region/terraform/environments/sit.tfvars"),
    replaced(
        PROVIDERS,
        "region              = var.aws_region",
        'region              = "us-east-1"',
        "ENV002/environment/region/terraform/providers.tf",
    ),
    replaced(STATE, "acme-terraform-state-sit", "acme-terraform-state-dev", "ENV003/environment/backend/bucket"),
    replaced(STATE, "acme-terraform-lock-sit", "acme-terraform-lock-dev", "ENV003/environment/backend/lock_table"),
    replaced(STATE, "encrypt        = true", "encrypt        = false", "ENV003/environment/backend/encrypt"),
    replaced(VERSIONS, '  backend "s3" {}\n', "", "ENV003/environment/backend"),
    removed(VALUES, "ENV004/file/terraform/environments/sit.tfvars"),
    removed(STATE, "ENV004/file/terraform/environments/sit.tfbackend"),
    replaced(VALUES, 'cost_center           = "CC-2002"\n', "", "VAR001/file/terraform/variables.tf"),
    replaced(VALUES, "cost_center  ", "cost_centre  ", "VAR001/file/terraform/variables.tf"),
    replaced(VALUES, "backup_retention_days = 7", 'backup_retention_days = "seven"', "VAR004/file/terraform/environments/sit.tfvars"),
    replaced(TABLES, "resource ", "resorce ", "HCL005/file/terraform/tables.tf"),
    replaced(TABLES, "  for_each = local.tables\n", "  for_each = local.tables }\n", "HCL001/file/terraform/tables.tf"),
    replaced(BACKUP, "aws_backup_plan.orders.id", "aws_backup_plan.order.id", "EVL005/file/terraform/backup.tf"),
    # Workflow
    removed(DEPLOY, "WFL001/file/.github/workflows/deploy-sit.yml"),
    replaced(DEPLOY, "    needs: gate\n", "    needs: gates\n", "WFL002/file/.github/workflows/deploy-sit.yml"),
    replaced(DEPLOY, "    environment: sit-approval\n", "", "GAT001/workflow/approval/deploy"),
    replaced(DEPLOY, "    needs: gate\n", "    needs: gate\n    if: always()\n", "GAT003/workflow/condition/deploy"),
    replaced(DEPLOY, "    needs: gate\n", "", "GAT006/workflow/verify"),
    replaced(DEPLOY, "-var-file=environments/sit.tfvars", "-var-file=environments/dev.tfvars", "WFL003/workflow/var-file/deploy/plan"),
    replaced(
        DEPLOY,
        "-backend-config=environments/sit.tfbackend",
        "-backend-config=environments/dev.tfbackend",
        "WFL003/workflow/backend-config/deploy/init",
    ),
    replaced(DEPLOY, "terraform apply -input=false sit.tfplan", "terraform apply -auto-approve", "WFL004/workflow/plan/deploy"),
    replaced(
        DEPLOY,
        "terraform apply -input=false sit.tfplan",
        "terraform apply -input=false sit.tfplan || true",
        "WFL006/workflow/failures/deploy/terraform-apply",
    ),
    replaced(DEPLOY, "terraform_version: 1.9.8", "terraform_version: 1.5.7", "WFL005/workflow/version/deploy"),
    replaced(
        DEPLOY,
        "role-to-assume: arn:aws:iam::444455556666",
        "role-to-assume: arn:aws:iam::111122223333",
        "ENV001/environment/account/.github/workflows/deploy-sit.yml",
    ),
    replaced(DEPLOY, "aws-region: eu-west-1", "aws-region: us-east-1", "ENV002/environment/region/.github/workflows/deploy-sit.yml"),
    replaced(
        DEPLOY,
        "aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502",
        "aws-actions/configure-aws-credentials@v4",
        "WFL010/workflow/pins",
    ),
    replaced(DEPLOY, "concurrency:\n  group: deploy-sit\n  cancel-in-progress: false\n", "", "WFL011/workflow/concurrency/deploy"),
    replaced(DEPLOY, "          python scripts/validate_orders_sit.py --region eu-west-1\n", "", "VAL003/workflow/validation/deploy"),
    replaced(
        DEPLOY,
        "python scripts/validate_orders_sit.py --region eu-west-1",
        "python scripts/validate_orders_sit.py || true",
        "WFL006/workflow/failures/deploy/scripts/validate_orders_sit.py",
    ),
    added(
        ".github/workflows/hotfix.yml",
        "on: workflow_dispatch\njobs:\n  fix:\n    runs-on: x\n    steps:\n"
        "      - run: terraform -chdir=terraform apply -var-file=environments/sit.tfvars -auto-approve\n",
        "GAT004/workflow/doors/.github/workflows/hotfix.yml/fix",
    ),
    # Validation script
    removed(SCRIPT, "VAL001/file/scripts/validate_orders_sit.py"),
    replaced(SCRIPT, "import argparse", "import argparse argparse", "VAL002/file/scripts/validate_orders_sit.py"),
    replaced(SCRIPT, '    "customers-sit": ["CustomersByEmail"],\n', "", "VAL005/script/scripts/validate_orders_sit.py/EXPECTED_TABLES"),
    replaced(
        SCRIPT,
        '["OrdersByCustomer", "OrdersByStatus"]',
        '["OrdersByCustomer"]',
        "VAL005/script/scripts/validate_orders_sit.py/indexes/orders",
    ),
    replaced(SCRIPT, 'default="eu-west-1"', 'default="us-east-1"', "ENV002/environment/region/scripts/validate_orders_sit.py"),
    # Schemas
    removed(CUSTOMERS, "SCH001/schema/customers"),
    replaced(CUSTOMERS, '"tableName": "customers",', '"tableName": "customers"', "SCH002/file/schemas/customers.schema.json"),
    replaced(
        CUSTOMERS,
        '"partitionKey": {"name": "email", "type": "S"}',
        '"partitionKey": {"name": "mail", "type": "S"}',
        "SCH005/schema/customers/indexes/CustomersByEmail",
    ),
    replaced(
        ORDERS, '"sortKey": {"name": "SK", "type": "S"}', '"sortKey": {"name": "createdAt", "type": "S"}', "SCH004/schema/orders/range_key"
    ),
    replaced(ORDERS, '"indexName": "OrdersByStatus"', '"indexName": "OrdersByState"', "SCH005/schema/orders/indexes/OrdersByState"),
    # Documents and repository
    removed(PLAN, "DOC001/file/docs/promotion_plan.md"),
    removed(README, "DOC001/file/README.md"),
    removed("CHANGELOG.md", "DOC001/file/CHANGELOG.md"),
    replaced(PLAN, "| GSIs | 3 |", "| GSIs | 4 |", "DOC002/plan/count/index"),
    replaced(PLAN, "`customers-sit` table", "`clients-sit` table", "DOC005/plan/table/customers"),
    replaced(PLAN, "OrdersByCustomer, OrdersByStatus", "OrdersByClient, OrdersByStatus", "DOC005/plan/indexes/orders"),
    replaced(PLAN, "| SIT | 444455556666 | eu-west-1 |", "| SIT | 444455556666 | us-east-1 |", "DOC006/plan/region"),
    replaced(PLAN, "7 days SIT", "14 days SIT", "DOC006/plan/retention"),
    replaced(PLAN, "20 January 2026", "27 January 2026", "DOC006/plan/target_date"),
    replaced(README, "3 global secondary indexes", "4 global secondary indexes", "DOC004/readme/count/index"),
    replaced("CHANGELOG.md", "[1.2.0-sit]", "[1.1.9-sit]", "REP004/repository/changelog"),
    removed("terraform/.terraform.lock.hcl", "REP003/file/terraform/.terraform.lock.hcl"),
    added("terraform/terraform.tfstate", "{}", "REP001/repository/state"),
    added("deploy.pem", "x", "REP002/file/deploy.pem/secret"),
]


def mutated(mutation: Mutation) -> dict[str, str]:
    """The example's files with the defect."""
    if mutation.old:
        assert FILES[mutation.path].count(mutation.old) >= 1, mutation
        return {**FILES, mutation.path: FILES[mutation.path].replace(mutation.old, mutation.new, 1)}
    if mutation.new:
        assert mutation.path not in FILES
        return {**FILES, mutation.path: mutation.new}
    return {path: text for path, text in FILES.items() if path != mutation.path}


def assessed(files: dict[str, str]) -> Assessment:
    repository = MemoryRepository(files)
    evidence = collect(repository, load_spec(files[SPEC].encode(), SPEC), "sit")
    return assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_mutation__gives_one_finding_where_it_was_made(mutation: Mutation) -> None:
    found = assessed(mutated(mutation))
    assert [finding.id for finding in found.findings] == [mutation.finding]
    places = {evidence.place.path for evidence in found.findings[0].evidence}
    places |= {step.place.path for evidence in found.findings[0].evidence for step in evidence.provenance}
    assert mutation.path in places or mutation.path not in mutated(mutation), places


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00x", b"{{{{[[[[", b"- a\n\t- b: [\n"], ids=["empty", "binary", "brackets", "mixed"])
@pytest.mark.parametrize("path", [path for path in FILES if path != SPEC])
def test_garbage__in_any_one_file_never_crashes_a_check_and_never_helps(path: str, garbage: bytes) -> None:
    files: dict[str, str | bytes] = {**FILES, path: garbage}
    evidence = collect(MemoryRepository(files), load_spec(FILES[SPEC].encode(), SPEC), "sit")
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert found.error == ""
    judged = path.endswith((".tf", "sit.tfvars", "sit.tfbackend")) or path in {DEPLOY, SCRIPT}
    assert found.findings or not judged or (garbage == b"" and path == "terraform/outputs.tf")
