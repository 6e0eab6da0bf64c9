"""Drafts from a plan document: what it says, each with its line; what it contradicts itself in, on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.errors import SourceError
from tests.draft.drafting import PROVIDER, drafted, findings

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAN = "docs/plan.md"


def _example(name: str) -> dict[str, str | bytes]:
    folder = EXAMPLES / name
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "promotion.yml"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _planned(plan: str, terraform: str = PROVIDER) -> dict[str, str | bytes]:
    return {PLAN: plan, "main.tf": terraform}


def test_draft__example_plan__five_tables_with_eleven_indexes() -> None:
    _, loaded = drafted(_example("bbws_dynamodb_schemas"), plan="docs/promotion_plan.md")
    tables = loaded.spec.tables("sit")
    assert {name: len(table.indexes or ()) for name, table in tables.items()} == {
        "tenants": 2,
        "products": 2,
        "campaigns": 3,
        "orders": 2,
        "users": 2,
    }
    assert loaded.spec.table_name("sit", "orders") == "orders-sit"
    assert list(loaded.spec.environments) == ["dev", "sit", "prod"]
    sit = loaded.spec.environment("sit")
    assert (sit.account, sit.release_tag, str(sit.target_date)) == ("815856636111", "v1.0.0-sit", "2026-01-13")
    assert sit.workflow is not None
    assert sit.workflow.approval_environment == "sit-approval"
    assert dict(loaded.spec.expect.backup.retention_days or {}) == {"sit": 7, "prod": 30}
    assert len(loaded.spec.expect.tags) == 7
    assert [approval.role for approval in loaded.spec.approvals] == ["tech-lead", "product-owner", "dba", "devops-lead", "security"]


def test_draft__example_plan__contradiction_is_reported_and_not_averaged() -> None:
    draft, _ = drafted(_example("bbws_dynamodb_schemas"), plan="docs/promotion_plan.md")
    (remark,) = draft.remarks
    assert str(remark).startswith(
        "docs/promotion_plan.md:16: the plan states 8 indexes (also in line 94, 124) and lists 11 (lines 44 to 48)"
    )
    assert f"# - {remark}" in draft.text
    assert "index_count" not in draft.text


def test_draft__example_plan__check_reports_where_plan_and_code_disagree() -> None:
    files = _example("bbws_dynamodb_schemas")
    _, loaded = drafted(files, plan="docs/promotion_plan.md")
    assert sorted(findings(files, loaded, "sit")) == [
        "BAK001/backup/vault",
        "IDX001/index/campaigns/CampaignsByTenant",
        "IDX001/index/products/ProductsByPrice",
        "IDX002/index/campaigns/CampaignsByProduct",
        "IDX002/index/tenants/ActiveIndex",
        "IDX004/index/tenants/TenantsByStatus",
        "NAM001/table/campaigns",
        "NAM001/table/tenants",
        "TBL001/table/orders",
        "TBL001/table/users",
        "TBL005/table/products",
        "VAL001/file/scripts/validate_dynamodb_sit.py",
    ]


@pytest.mark.parametrize("environment", ["dev", "sit"])
def test_draft__ready_example__plan_and_code_agree(environment: str) -> None:
    files = _example("orders_ready")
    draft, loaded = drafted(files, plan="docs/promotion_plan.md")
    assert draft.remarks == ()
    assert findings(files, loaded, environment) == []


@pytest.mark.parametrize(
    ("plan", "remark"),
    [
        ("| Environment | Account |\n| --- | --- |\n| SIT | 111122223333 |\n| SIT | 444455556666 |\n", "more than one account for sit"),
        (
            "- [ ] `orders` table (GSI: ByA, ByB)\n\nlater\n\n- [ ] `orders` table (GSI: ByA, ByC)\n",
            "gives orders the indexes ByA, ByB here and ByA, ByC in line 5",
        ),
        ("`orders` table\n\n- Streams with NEW_IMAGE\n- Streams with OLD_IMAGE\n", "more than one every table's stream"),
        ("Hourly backups\n\nDaily backups of logs\n", "more than one backup schedule: hourly (line 1); daily (line 3)"),
        ("Deploy to SIT on 2026-01-13.\n\nSIT go-live: 2026-01-14\n", "more than one deployment date for sit"),
        ("7 tables in all\n\n- `orders` table\n- `users` table\n", "states 7 tables and lists 2 (lines 3 to 4)"),
    ],
)
def test_draft__plan_contradicts_itself__said_and_left_out(plan: str, remark: str) -> None:
    draft, _ = drafted(_planned(plan), "sit", plan=PLAN)
    assert any(remark in str(found) for found in draft.remarks)
    assert "444455556666" not in draft.text.partition("environments:")[2]
    assert "target_date" not in draft.text


@pytest.mark.parametrize(
    "line",
    [
        "Point-in-time recovery is not enabled",
        "`orders` table: encryption enabled",
        "No deletion protection enabled",
        "Streams without NEW_IMAGE",
    ],
)
def test_draft__line_that_denies_or_speaks_of_one_table__is_no_rule_for_all(line: str) -> None:
    _, loaded = drafted(_planned(f"- `orders` table\n- {line}\n"), "sit", plan=PLAN)
    assert loaded.spec.expect.tables.defaults.is_empty


def test_draft__plan_without_terraform__still_drafts() -> None:
    _, loaded = drafted({PLAN: "# Promotion Plan: shop\n\n- `orders-sit` table (GSI: ByDate)\n"}, "sit", plan=PLAN)
    assert list(loaded.spec.tables("sit")) == ["orders"]
    assert list(loaded.spec.tables("sit")["orders"].indexes or ()) == ["ByDate"]


def test_draft__plan_counts_other_resources__expected_as_stated() -> None:
    files = _planned("There are 2 S3 buckets.\n", PROVIDER + 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n')
    _, loaded = drafted(files, "sit", plan=PLAN)
    (buckets,) = loaded.spec.expect.resources
    assert (buckets.type, str(buckets.count)) == ("aws_s3_bucket", "2")


def test_draft__plan_silent_on_tags__taken_from_the_code() -> None:
    terraform = 'provider "aws" {\n  default_tags {\n    tags = { Team = "a" }\n  }\n}\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    _, loaded = drafted(_planned("- `orders` table\n", terraform), "sit", plan=PLAN)
    assert list(loaded.spec.expect.tags) == ["Team"]


@pytest.mark.parametrize("path", ["missing.md", "../plan.md", "/etc/passwd"])
def test_draft__plan_that_cannot_be_read__says_so(path: str) -> None:
    with pytest.raises(SourceError, match="the plan document cannot be read"):
        drafted(_planned("x"), "sit", plan=path)


@pytest.mark.parametrize(
    "name",
    ["orders\u202e", "a: b", "{name}", "{nonsense}", "-", "null", "x" * 400, "`", "\x1b[31m", "{env}-{env}"],
)
def test_draft__hostile_names_in_the_plan__the_draft_still_loads(name: str) -> None:
    plan = (
        f"# {name}: {name}\n\n**Plan ID**: {name}\n**Owner**: {name}\n**Wave**: 9{name}\n**Blocks**: {name}, {name}\n\n"
        f"Names follow `{{name}}{name}{{env}}`.\n\n- `{name}` table (GSI: {name}, B)\n- `orders` table (GSI: {name})\n\n"
        f"| Role | Scope |\n| --- | --- |\n| {name} | {name} |\n\nTags: `{name}`\n\nApprove in environment `sit-{name}`.\n"
        f"Workflow `.github/workflows/{name}-sit.yml`, script `scripts/validate_{name}_sit.py`, release tag v1.0.0-sit{name}\n"
    )
    draft, loaded = drafted(_planned(plan), "sit", plan=PLAN)
    assert "orders" in loaded.spec.tables("sit")
    assert all(character.isprintable() or character == "\n" for character in draft.text)
