"""Single defects in examples that are ready: what each must give, and the table of them in ``docs/mutations.md``.

``python -m tests.assess.mutations --write FILE`` writes that table.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bbws_gate.assess import assess
from bbws_gate.evidence.collect import collect
from bbws_gate.model import Assessment, Evidence, Place
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
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
BUCKETS, BUCKET, LOGS, ACCESS = "terraform/buckets.tf", "terraform/modules/bucket/main.tf", "terraform/logs.tf", "terraform/access.tf"
CHECK_BUCKETS = "scripts/validate_buckets_sit.py"


def files_of(example: str) -> dict[str, str]:
    """The files of a bundled example."""
    root = EXAMPLES / example
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


class Mutation(NamedTuple):
    """One defect: ``old`` becomes ``new`` in one file (empty ``old``: the whole file is replaced, by nothing when ``new`` is empty)."""

    path: str
    old: str
    new: str
    finding: str

    def __str__(self) -> str:
        return f"{self.finding} {self.path}: {self.old.strip()[:40]!r}"

    @property
    def is_gap(self) -> bool:
        """Whether it only takes something away: there is no line to point to then."""
        new = self.new.splitlines()
        return all(line in self.old.splitlines() for line in new)

    def made_in(self, files: Mapping[str, str]) -> dict[str, str]:
        """The files with the defect."""
        if self.old:
            assert self.old in files[self.path], self
            return {**files, self.path: files[self.path].replace(self.old, self.new, 1)}
        if self.new:
            assert self.path not in files
            return {**files, self.path: self.new}
        return {path: text for path, text in files.items() if path != self.path}


def replaced(path: str, old: str, new: str, finding: str) -> Mutation:
    """A piece of text becomes another."""
    return Mutation(path, old, new, finding)


def removed(path: str, finding: str) -> Mutation:
    """A file goes."""
    return Mutation(path, "", "", finding)


def added(path: str, text: str, finding: str) -> Mutation:
    """A file comes."""
    return Mutation(path, "", text, finding)


READY_TABLES = files_of("orders_ready")

OF_TABLES = [
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
    added("deploy.pem", "-----BEGIN PRIVATE KEY-----\n", "REP002/file/deploy.pem/secret"),
    # Faults of Terraform itself, and inputs without effect
    replaced(
        TABLES,
        """    customers = {
      attributes = { PK = "S", SK = "S", email = "S" }
      indexes = {
        CustomersByEmail = { hash_key = "email", range_key = null }
      }
    }
""",
        "",
        "TBL001/table/customers",
    ),
    replaced(
        TABLES,
        "    customers = {\n",
        '    audit = {\n      attributes = { PK = "S", SK = "S" }\n      indexes    = {}\n    }\n    customers = {\n',
        "TBL002/table/audit-sit",
    ),
    replaced(BACKUP, '"orders-backup-${var.environment}"', '"orders-backup-dev"', "LEK001/resource/aws_iam_role.backup/name"),
    replaced(
        BACKUP,
        "  role       = aws_iam_role.backup.name\n",
        '  role       = aws_iam_role.backup.name\n  role       = "backup"\n',
        "HCL002/file/terraform/backup.tf",
    ),
    replaced(
        BACKUP,
        'resource "aws_backup_vault" "orders" {',
        'resource "aws_iam_role" "backup" {\n  name = "x"\n}\n\nresource "aws_backup_vault" "orders" {',
        "HCL003/file/terraform/backup.tf",
    ),
    replaced(BACKUP, '"orders-hourly-${var.environment}"', '"orders-hourly" - 1', "EVL001/file/terraform/backup.tf"),
    replaced(TABLES, "locals {\n", "locals {\n  first  = local.second\n  second = local.first\n", "EVL002/file/terraform/tables.tf"),
    replaced(
        BACKUP,
        'policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"',
        'policy_arn = file("${path.module}/policy.txt")',
        "FIL003/file/terraform/backup.tf",
    ),
    replaced(
        BACKUP,
        'policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"',
        'policy_arn = file("${path.module}/../../policy.txt")',
        "FIL001/file/terraform/backup.tf",
    ),
    replaced(
        VARIABLES,
        "  type        = number\n}",
        "  type        = number\n\n  validation {\n    condition     = var.backup_retention_days >= 30\n"
        '    error_message = "Kept for a month."\n  }\n}',
        "VAR002/file/terraform/environments/sit.tfvars",
    ),
    replaced(
        VALUES,
        "backup_retention_days = 7\n",
        'backup_retention_days = 7\nlog_level             = "debug"\n',
        "VAR003/file/terraform/environments/sit.tfvars",
    ),
    replaced(PROVIDERS, "CostCenter  = var.cost_center", 'CostCenter  = "CC-2002"', "INP002/variable/cost_center"),
    replaced(
        DEPLOY,
        "  workflow_dispatch:\n",
        "  workflow_dispatch:\n    inputs:\n      release: {required: true}\n",
        "INP003/workflow/input/release",
    ),
    replaced(DEPLOY, '  push:\n    tags: ["v*-sit"]\n  workflow_dispatch:\n', "  pull_request:\n", "WFL007/workflow/triggers"),
    replaced(
        DEPLOY,
        "    environment: sit-approval\n    permissions:\n      contents: read\n      id-token: write\n",
        "    environment: sit-approval\n    permissions: write-all\n",
        "WFL009/workflow/permissions/deploy",
    ),
    replaced(
        DEPLOY, "concurrency:\n", "env:\n  AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}\n\nconcurrency:\n", "WFL008/workflow/keys"
    ),
    replaced(
        DEPLOY,
        "      - name: Plan and apply\n",
        "      - run: bash scripts/prepare.sh\n      - name: Plan and apply\n",
        "WFL012/workflow/names/scripts/prepare.sh",
    ),
    replaced(
        CUSTOMERS,
        '"tableName": "customers",\n',
        '"tableName": "customers",\n  "billingMode": "PROVISIONED",\n',
        "SCH006/schema/customers/billing_mode",
    ),
    replaced(
        README,
        "DEV follows",
        "```sh\ncd terraform && terraform plan -var-file=environments/uat.tfvars\n```\n\nDEV follows",
        "DOC008/document/README.md/file/terraform/environments/uat.tfvars",
    ),
]

ENCRYPTED_LOGS = """resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

"""
MENDING = (
    (BUCKETS, 'uploads   = { versioning = "Suspended" }', "uploads   = {}"),
    (BUCKETS, "exports   = { force_destroy = true }\n", "exports   = {}\n    archive   = {}\n"),
    (PROVIDERS, '      Owner       = "shop-team"\n', '      Owner       = "shop-team"\n      CostCenter  = var.cost_center\n'),
    (LOGS, "restrict_public_buckets = false", "restrict_public_buckets = true"),
    (
        LOGS,
        'resource "aws_s3_bucket_lifecycle_configuration"',
        ENCRYPTED_LOGS + 'resource "aws_s3_bucket_lifecycle_configuration"',
    ),
    (ACCESS, "111122223333", "444455556666"),
    (STATE, "encrypt        = false", "encrypt        = true"),
    (
        DEPLOY,
        "  workflow_dispatch:\n    inputs:\n      skip_validation:\n        description: Leave the validation out\n",
        "  workflow_dispatch:\n",
    ),
    (DEPLOY, "        type: boolean\n        default: false\n", ""),
    (DEPLOY, "        if: ${{ !inputs.skip_validation }}\n", ""),
    (DEPLOY, " | tee apply.log", ""),
    (CHECK_BUCKETS, "import argparse\n", "import argparse\nimport sys\n"),
    (CHECK_BUCKETS, ' problems")\n', ' problems")\n    return 1 if found else 0\n'),
    (CHECK_BUCKETS, '":\n    main()', '":\n    sys.exit(main())'),
    (PLAN, "af-south-1", "eu-west-1"),
    (PLAN, "- [ ] Restore an object as `docs/restore.md` says\n", ""),
    ("CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## [2.1.0-sit] - 2026-02-03\n\n### Added\n- The archive bucket.\n"),
)
"""What clears every finding of ``shop_buckets``."""


def mended_buckets() -> dict[str, str]:
    """The files of ``shop_buckets`` with all its defects mended."""
    files = files_of("shop_buckets")
    for path, old, new in MENDING:
        assert files[path].count(old) == 1, (path, old)
        files[path] = files[path].replace(old, new)
    return files


READY_BUCKETS = mended_buckets()
_ALL = 'module.bucket["archive"].aws_s3_bucket'
_BLOCK = f"RES006/resource/{_ALL}_public_access_block.this"

OF_BUCKETS = [
    # Buckets
    replaced(BUCKETS, "    archive   = {}\n", "", "RES002/resource/aws_s3_bucket/acme-shop-archive-sit"),
    replaced(
        BUCKETS,
        "    archive   = {}\n",
        "    archive   = {}\n    scratch   = {}\n",
        'RES003/resource/module.bucket["scratch"].aws_s3_bucket.this',
    ),
    replaced(
        BUCKETS,
        "invoices  = {}",
        "invoices  = { force_destroy = true }",
        'RES004/resource/module.bucket["invoices"].aws_s3_bucket.this/force_destroy',
    ),
    replaced(BUCKET, "  force_destroy = var.force_destroy\n", "  force_destroy = true\n", f"RES004/resource/{_ALL}.this/force_destroy"),
    # Companions
    replaced(BUCKET, "  block_public_acls       = true\n", "", f"{_BLOCK}/block_public_acls"),
    replaced(BUCKET, "block_public_policy     = true", "block_public_policy     = false", f"{_BLOCK}/block_public_policy"),
    replaced(BUCKET, "ignore_public_acls      = true", "ignore_public_acls      = false", f"{_BLOCK}/ignore_public_acls"),
    replaced(
        LOGS,
        "restrict_public_buckets = true",
        "restrict_public_buckets = false",
        "RES006/resource/aws_s3_bucket_public_access_block.logs/restrict_public_buckets",
    ),
    replaced(
        BUCKET,
        'resource "aws_s3_bucket_public_access_block" "this" {\n  bucket = aws_s3_bucket.this.id\n\n  block_public_acls       = true\n'
        "  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n",
        "",
        f"RES005/resource/{_ALL}.this/with/aws_s3_bucket_public_access_block",
    ),
    replaced(
        LOGS,
        '\nresource "aws_s3_bucket_versioning" "logs" {\n  bucket = aws_s3_bucket.logs.id\n\n  versioning_configuration {\n'
        '    status = "Enabled"\n  }\n}\n',
        "",
        "RES005/resource/aws_s3_bucket.logs/with/aws_s3_bucket_versioning",
    ),
    replaced(
        LOGS,
        '"aws_s3_bucket_server_side_encryption_configuration" "logs" {\n  bucket = aws_s3_bucket.logs.id',
        '"aws_s3_bucket_server_side_encryption_configuration" "logs" {\n  bucket = "acme-shop-log-${var.environment}"',
        "RES005/resource/aws_s3_bucket.logs/with/aws_s3_bucket_server_side_encryption_configuration",
    ),
    replaced(
        BUCKETS,
        "uploads   = {}",
        'uploads   = { versioning = "Suspended" }',
        'RES006/resource/module.bucket["uploads"].aws_s3_bucket_versioning.this/versioning_configuration.status',
    ),
    replaced(
        LOGS,
        'status = "Enabled"\n  }\n}',
        'status = "Disabled"\n  }\n}',
        "RES006/resource/aws_s3_bucket_versioning.logs/versioning_configuration.status",
    ),
    replaced(
        BUCKET,
        '"aws:kms"',
        '"AES256"',
        f"RES006/resource/{_ALL}_server_side_encryption_configuration.this/rule.apply_server_side_encryption_by_default.sse_algorithm",
    ),
    replaced(
        LOGS,
        "noncurrent_days = var.noncurrent_days",
        "noncurrent_days = 90",
        "RES006/resource/aws_s3_bucket_lifecycle_configuration.logs/rule.noncurrent_version_expiration.noncurrent_days",
    ),
    # Tags and other environments
    replaced(PROVIDERS, '      Owner       = "shop-team"\n', "", "TAG001/tags/Owner"),
    replaced(
        ACCESS,
        "444455556666",
        "111122223333",
        "LEK001/resource/data.aws_iam_policy_document.exports/statement.0.principals.0.identifiers.0",
    ),
    # Workflow, script and documents
    replaced(DEPLOY, "          python scripts/validate_buckets_sit.py --region eu-west-1\n", "", "VAL003/workflow/validation/deploy"),
    replaced(CHECK_BUCKETS, "sys.exit(main())", "main()", "VAL004/script/scripts/validate_buckets_sit.py/failure"),
    replaced(PLAN, "validate_buckets_sit.py", "validate_all_sit.py", "DOC007/plan/file/scripts/validate_all_sit.py"),
    # Collisions, modules and inputs
    replaced(
        LOGS,
        'resource "aws_s3_bucket_lifecycle_configuration" "logs" {',
        'resource "aws_s3_bucket_versioning" "again" {\n  bucket = aws_s3_bucket.logs.id\n\n'
        '  versioning_configuration {\n    status = "Enabled"\n  }\n}\n\nresource "aws_s3_bucket_lifecycle_configuration" "logs" {',
        "COL004/resource/aws_s3_bucket_versioning.logs/bucket",
    ),
    replaced(
        LOGS,
        'resource "aws_s3_bucket_versioning" "logs" {',
        'resource "aws_cloudwatch_log_group" "a" {\n  name = "acme-shop-logs"\n}\n\nresource "aws_cloudwatch_log_group" "b" {\n'
        '  name = "acme-shop-logs"\n}\n\nresource "aws_s3_bucket_versioning" "logs" {',
        "COL001/resource/aws_cloudwatch_log_group.b/name",
    ),
    replaced(
        LOGS,
        'resource "aws_s3_bucket_versioning" "logs" {',
        "".join(
            f'resource "aws_security_group_rule" "{name}" {{\n  type = "ingress"\n  security_group_id = "sg-1"\n  protocol = "tcp"\n'
            "  from_port = 443\n  to_port = 443\n  self = true\n}\n\n"
            for name in ("one", "two")
        )
        + 'resource "aws_s3_bucket_versioning" "logs" {',
        "COL005/resource/aws_security_group_rule.two/rule",
    ),
    replaced(
        LOGS,
        'resource "aws_s3_bucket_versioning" "logs" {',
        'resource "aws_s3_bucket_lifecycle_configuration" "other" {\n  bucket = "acme-elsewhere"\n'
        + "".join(
            f'\n  rule {{\n    id     = "keep-{days}"\n    status = "Enabled"\n\n    filter {{\n      prefix = "a/"\n    }}\n\n'
            f"    expiration {{\n      days = {days}\n    }}\n  }}\n"
            for days in (365, 30)
        )
        + '}\n\nresource "aws_s3_bucket_versioning" "logs" {',
        "COL006/resource/aws_s3_bucket_lifecycle_configuration.other/expiration/keep-365",
    ),
    replaced(
        ACCESS,
        "  statement {\n",
        "".join(
            f'  statement {{\n    sid = "Same"\n    actions = ["{action}"]\n    resources = ["*"]\n  }}\n\n' for action in ("a:b", "a:c")
        )
        + "  statement {\n",
        "IAM006/policy/data.aws_iam_policy_document.exports/sid/Same",
    ),
    replaced(BUCKETS, '"./modules/bucket"', '"../../modules/bucket"', "MOD002/file/terraform/buckets.tf"),
    replaced(
        DEPLOY,
        "  workflow_dispatch:\n",
        "  workflow_dispatch:\n    inputs:\n      skip_validation: {type: boolean}\n",
        "INP003/workflow/input/skip_validation",
    ),
]


def assessed(files: Mapping[str, str | bytes]) -> Assessment:
    """What the gate says of these files for SIT."""
    spec = files[SPEC]
    evidence = collect(MemoryRepository(files), load_spec(spec if isinstance(spec, bytes) else spec.encode(), SPEC), "sit")
    return assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")


def changed_lines(before: str, after: str) -> tuple[int, int]:
    """First and last line of the new text that differ from the old; where lines only went, those around the gap."""
    blocks = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False).get_opcodes()
    spans = [(first, last) for tag, _, _, first, last in blocks if tag != "equal"]
    first, last = spans[0][0] + 1, spans[-1][1]
    return (first, last) if last >= first else (last, first)


def places(evidence: tuple[Evidence, ...]) -> Iterator[Place]:
    """The places of evidence, those of its provenance after it."""
    for each in evidence:
        yield each.place
        yield from (step.place for step in each.provenance)


SEEN_FURTHER_ON = frozenset(
    {
        "HCL001/file/terraform/tables.tf",  # a brace too many shows where the parser gives up
        "IDX002/index/orders/OrdersByDate",  # a map's new entry shows where its value is used
        "IDX004/index/orders/OrdersByStatus",
        "KEY001/table/customers/attributes",
        "TBL002/table/audit-sit",
        "HCL003/file/terraform/backup.tf",  # shown at the second of two
        'RES003/resource/module.bucket["scratch"].aws_s3_bucket.this',
        "SCH002/file/schemas/customers.schema.json",  # a missing comma shows at the next token
        "RES005/resource/aws_s3_bucket.logs/with/aws_s3_bucket_server_side_encryption_configuration",  # shown at the bucket
    }
)
"""Findings that show the mutated file, and another line of it than the changed one."""
SEEN_ELSEWHERE = {"INP002/variable/cost_center": VALUES, "VAR002/file/terraform/environments/sit.tfvars": VALUES}
"""Findings that show the value, where the mutation took its use away or made it a wrong one."""


class Base(NamedTuple):
    """A ready example and the defects that are made in it."""

    name: str
    files: Mapping[str, str]
    mutations: list[Mutation]

    def __str__(self) -> str:
        return self.name


BASES = (Base("orders_ready", READY_TABLES, OF_TABLES), Base("shop_buckets, mended", READY_BUCKETS, OF_BUCKETS))


def is_at(mutation: Mutation, before: Mapping[str, str], after: Mapping[str, str], seen: Iterable[Place]) -> bool:
    """Whether a finding's places show the mutation: the changed line, or, where something is missing now, the file that lacks it."""
    if mutation.path not in after:
        return True
    seen = tuple(seen)
    mine = [place for place in seen if place.path == mutation.path]
    if mutation.finding in SEEN_ELSEWHERE:
        return any(place.path == SEEN_ELSEWHERE[mutation.finding] for place in seen)
    if mutation.path not in before or mutation.is_gap or mutation.finding in SEEN_FURTHER_ON:
        return bool(mine)
    first, last = changed_lines(before[mutation.path], after[mutation.path])
    return any(not place.line or first <= place.line <= last for place in mine)


def page() -> str:
    """The table of all mutations, as Markdown."""
    count = sum(len(base.mutations) for base in BASES)
    lines = [
        "# Mutations",
        "",
        "<!-- Generated from the tests' mutations by `make docs`. -->",
        "",
        f"The gate is tested as code is: {count} single defects are made in examples that are ready, one at a time. Each must give exactly",
        "the one finding of this table, and that finding must show the place where the defect was made.",
    ]
    for base in BASES:
        lines += ["", f"## {base.name}"]
        for path in dict.fromkeys(mutation.path for mutation in base.mutations):
            lines += ["", f"### {_code(path)}", "", "| the defect | seen at | finding |", "| --- | --- | --- |"]
            lines += [_row(base, mutation) for mutation in base.mutations if mutation.path == path]
    return "\n".join(lines) + "\n"


def _row(base: Base, mutation: Mutation) -> str:
    files = mutation.made_in(base.files)
    seen = list(places(assessed(files).findings[0].evidence))
    shown = next((place for place in seen if is_at(mutation, base.files, files, [place]) and mutation.path in files), seen[0])
    inside = f"line&nbsp;{shown.line}" if shown.line else "the file"
    where = inside if shown.path == mutation.path else _code(str(shown))
    return f"| {_defect(mutation)} | {where} | {_code(mutation.finding)} |"


def _defect(mutation: Mutation) -> str:
    if not mutation.old:
        return "file added" if mutation.new else "file deleted"
    old, new = ([line.strip() for line in text.splitlines() if line.strip()] for text in (mutation.old, mutation.new))
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    if gone and come:
        return f"{_code(gone[0])} becomes {_code(come[0])}"
    return f"{_code((gone or come)[0])} {'deleted' if gone else 'added'}"


def _code(text: str) -> str:
    """Text as code in a table's cell, where a pipe must be escaped even inside code."""
    shown = text if len(text) <= 110 else f"{text[:109]}…"
    return f"`{shown.replace('|', chr(92) + '|')}`"


def main(words: list[str]) -> int:
    """Write the page or compare it with what it should be; 1 when it is stale."""
    match words:
        case ["--write", file]:
            Path(file).write_text(page(), encoding="utf-8")
            return 0
        case ["--check", file]:
            if Path(file).is_file() and Path(file).read_text(encoding="utf-8") == page():
                return 0
            sys.stderr.write(f"{file} is stale: run `make docs`\n")
            return 1
        case _:
            sys.stderr.write("usage: python -m tests.assess.mutations --write FILE | --check FILE\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
