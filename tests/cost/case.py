"""A small repository and what it costs."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bbws_gate.cost import estimate
from bbws_gate.evidence.collect import stack_of
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model.cost import CostEstimate, nearest, total
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

SPEC = ".github/promotion.yml"
TODAY = date(2026, 11, 22)


def table(name: str, more: str = "", *, pitr: bool = True, stream: bool = False) -> str:
    return f"""
resource "aws_dynamodb_table" "{name}" {{
  name           = "{name}"
  billing_mode   = "PAY_PER_REQUEST"
  hash_key       = "id"
  stream_enabled = {str(stream).lower()}
  attribute {{
    name = "id"
    type = "S"
  }}
  point_in_time_recovery {{ enabled = {str(pitr).lower()} }}
  {more}
}}
"""


def backup(schedule: str = "cron(0 5 * * ? *)", days: int | str = 14, tables: str = '"*"') -> str:
    return f"""
resource "aws_backup_vault" "main" {{ name = "main" }}
resource "aws_backup_plan" "main" {{
  name = "main"
  rule {{
    rule_name         = "all"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "{schedule}"
    lifecycle {{ delete_after = {days} }}
  }}
}}
resource "aws_backup_selection" "main" {{
  name         = "main"
  plan_id      = aws_backup_plan.main.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [{tables}]
}}
"""


def yaml(value: Any) -> str:
    """Flow style of mappings, numbers and words."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}": {yaml(inner)}'.replace("'", "''") for key, inner in value.items()) + "}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def project(terraform: str, cost: Mapping[str, Any], *, region: str = "eu-west-1", sit: str = "", variables: str = "") -> ProjectEvidence:
    quoted = {
        key: yaml({name.replace('"', '\\"'): inner for name, inner in value.items()}) if isinstance(value, Mapping) else value
        for key, value in cost.items()
    }
    spec = "\n".join(
        (
            "version: 1",
            "project: shop",
            "terraform: {root: infra}",
            "environments:",
            "  dev: {}",
            f"  sit: {{{f'region: {region}, ' if region else ''}{sit}}}",
            "expect: {tags: [Owner]}",
            "cost: {" + ", ".join(f"{key}: {value}" for key, value in quoted.items()) + "}",
        )
    )
    repository = MemoryRepository({"infra/main.tf": textwrap.dedent(terraform), "infra/sit.auto.tfvars": variables, SPEC: spec})
    loaded = load_spec(spec.encode(), SPEC)
    return ProjectEvidence(loaded, "sit", stack_of(repository, loaded, "sit"))


def cost_of(terraform: str, cost: Mapping[str, Any] | None = None, **more: str) -> CostEstimate:
    return estimate(project(terraform, cost or {}, **more), today=TODAY)


def cents(found: CostEstimate, item: str) -> tuple[str, str | None]:
    """Both ends of all lines of one price item, to the nearest cent."""
    lines = [line for line in found.lines if line.price.id == item]
    assert lines, [line.price.id for line in found.lines]
    high = [line.high for line in lines]
    known = [each for each in high if each is not None]
    return str(nearest(total(line.low for line in lines))), str(nearest(total(known))) if len(known) == len(high) else None
