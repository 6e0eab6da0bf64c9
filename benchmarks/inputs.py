"""Generated repositories of any size: DynamoDB tables written out, by ``for_each`` or by modules, and the spec that asks for them."""

from __future__ import annotations

from pathlib import Path

TABLES_PER_FILE = 50
SHAPES = ("mixed", "literal", "for_each", "modules")

_TABLE = """\
resource "aws_dynamodb_table" "{label}" {{
  name         = {name}
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"

  attribute {{
    name = "PK"
    type = "S"
  }}

  attribute {{
    name = "SK"
    type = "S"
  }}

  attribute {{
    name = "status"
    type = "S"
  }}

  global_secondary_index {{
    name            = "ByStatus"
    hash_key        = "status"
    range_key       = "SK"
    projection_type = "ALL"
  }}

  point_in_time_recovery {{
    enabled = true
  }}

  server_side_encryption {{
    enabled = true
  }}

  tags = merge(local.tags, {{ Component = {component} }})
}}
"""

_ROOT = """\
terraform {
  required_version = ">= 1.5.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "environment" {
  type = string
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

locals {
  tags = {
    Environment = var.environment
    Project     = "bench"
    ManagedBy   = "terraform"
  }
}
"""

_LOCK = """\
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.80.0"
  constraints = "~> 5.0"
}
"""

_EACH = """\
locals {{
  repeated = {{
{entries}
  }}
}}

"""

_CALL = """\
module "{label}" {{
  source    = "./modules/table"
  name      = "{name}-${{var.environment}}"
  component = "{name}"
  tags      = local.tags
}}
"""

_MODULE = """\
variable "name" {
  type = string
}

variable "component" {
  type = string
}

variable "tags" {
  type = map(string)
}

locals {
  tags = var.tags
}

"""


def tables(folder: Path, count: int, shape: str = "mixed") -> Path:
    """Write a repository with ``count`` tables and its promotion spec.

    Args:
        folder: where; made.
        count: how many tables.
        shape: one of ``SHAPES``; ``mixed`` has a third of each.

    Returns:
        The Terraform root.
    """
    root = folder / "terraform"
    (root / "environments").mkdir(parents=True)
    (root / "main.tf").write_text(_ROOT)
    (root / ".terraform.lock.hcl").write_text(_LOCK)
    (root / "environments" / "sit.tfvars").write_text('environment = "sit"\n')
    names = [f"table-{number:05d}" for number in range(count)]
    parts = [names[count * part // 3 : count * (part + 1) // 3] for part in range(3)]
    for position, (kind, write) in enumerate(zip(SHAPES[1:], (_literal, _for_each, _modules), strict=True)):
        write(root, parts[position] if shape == "mixed" else names if shape == kind else [])
    (folder / ".github").mkdir()
    (folder / ".github" / "promotion.yml").write_text(_spec(names))
    (folder / "README.md").write_text("# bench\n")
    return root


def _literal(root: Path, names: list[str]) -> None:
    for start in range(0, len(names), TABLES_PER_FILE):
        blocks = [
            _TABLE.format(label=name.replace("-", "_"), name=f'"{name}-${{var.environment}}"', component=f'"{name}"')
            for name in names[start : start + TABLES_PER_FILE]
        ]
        (root / f"tables_{start // TABLES_PER_FILE:03d}.tf").write_text("\n".join(blocks))


def _for_each(root: Path, names: list[str]) -> None:
    if not names:
        return
    entries = "\n".join(f'    "{name}" = {{ component = "{name}" }}' for name in names)
    block = _TABLE.format(label="repeated", name='"${each.key}-${var.environment}"', component="each.value.component")
    (root / "repeated.tf").write_text(_EACH.format(entries=entries) + _each(block, "local.repeated"))


def _modules(root: Path, names: list[str]) -> None:
    if not names:
        return
    for start in range(0, len(names), TABLES_PER_FILE):
        calls = [_CALL.format(label=name.replace("-", "_"), name=name) for name in names[start : start + TABLES_PER_FILE]]
        (root / f"modules_{start // TABLES_PER_FILE:03d}.tf").write_text("\n".join(calls))
    module = root / "modules" / "table"
    module.mkdir(parents=True)
    (module / "main.tf").write_text(_MODULE + _TABLE.format(label="this", name="var.name", component="var.component"))


def _each(block: str, over: str) -> str:
    head, _, rest = block.partition("\n")
    return f"{head}\n  for_each     = {over}\n{rest}"


def _spec(names: list[str]) -> str:
    required = "\n".join(f"      {name}: {{indexes: [ByStatus]}}" for name in names)
    return f"""\
version: 1
project: bench
terraform: {{root: terraform}}
environments:
  sit:
    region: eu-west-1
    var_files: [environments/sit.tfvars]
expect:
  tables:
    naming: "{{name}}-{{env}}"
    defaults: {{billing_mode: PAY_PER_REQUEST, point_in_time_recovery: true, encryption: true}}
    required:
{required}
    allow_others: false
  tags: [Environment, Project, ManagedBy, Component]
"""
