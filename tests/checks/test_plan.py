from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

PLAN = "plan: {id: P-1, document: plan.md}"
TABLES = "tables: {naming: '{name}-{env}', required: {orders: {indexes: [ByA, ByB]}, users: {indexes: [ByC]}}}"
LISTED = "- `orders-sit` table (GSI: ByA, ByB)\n- `users-sit` table (GSI: ByC)\n"
TF = 'resource "aws_dynamodb_table" "a" {\n  name = "a"\n  global_secondary_index {\n    name = "A"\n  }\n}\n'
TARGET = "account: '444455556666'\nregion: eu-west-1\ntarget_date: 2026-01-13"


def plan(text: str) -> dict[str, str]:
    return {"plan.md": text}


def readme(text: str) -> dict[str, str]:
    return {"README.md": f"# x\n\n{text}\n"}


BOTH = {"plan/count/table": "pass", "plan/count/index": "pass"}

CASES = [
    Case("DOC002", "consistent", BOTH, "", TABLES, spec=PLAN, files=plan("2 tables, 3 GSIs\n\n" + LISTED)),
    Case(
        "DOC002",
        "states more than it lists",
        {**BOTH, "plan/count/index": "fail"},
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 8 GSIs\n\n" + LISTED),
        says="The plan states 8 indexes and lists 3",
        at="plan.md:1",
    ),
    Case(
        "DOC002",
        "states two numbers",
        {**BOTH, "plan/count/table": "fail"},
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 3 GSIs\n\nAll 5 tables are there\n\n" + LISTED),
        says="states 2 and 5 tables",
    ),
    Case(
        "DOC002",
        "the same tables for two environments are listed once",
        BOTH,
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 3 GSIs\n\n" + LISTED + LISTED.replace("sit", "prod")),
    ),
    Case(
        "DOC002",
        "a part is no total",
        BOTH,
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 3 GSIs\n\nContains 1 table with a stream, and 1 table that expires.\n\n" + LISTED),
    ),
    Case(
        "DOC002",
        "indexes of some tables are no list of all",
        BOTH,
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 8 GSIs\n\n- `orders-sit` table (GSI: ByA)\n- `users-sit` table\n"),
    ),
    Case("DOC002", "no numbers", {}, "", TABLES, spec=PLAN, files=plan(LISTED)),
    Case("DOC002", "no plan", {}, "", TABLES),
    Case(
        "DOC003",
        "same",
        {"plan/count/table/spec": "pass", "plan/count/index/spec": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files=plan("2 tables, 3 GSIs"),
    ),
    Case(
        "DOC003",
        "differs",
        {"plan/count/table/spec": "fail", "plan/count/index/spec": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files=plan("5 tables, 3 GSIs"),
        says="states 5 tables, the spec requires 2",
    ),
    Case(
        "DOC003",
        "no indexes in the spec",
        {"plan/count/table/spec": "pass"},
        "",
        "tables: {required: [a, b]}",
        spec=PLAN,
        files=plan("2 tables, 3 GSIs"),
    ),
    Case("DOC003", "nothing stated", {}, "", TABLES, spec=PLAN, files=plan(LISTED)),
    Case("DOC004", "true", {"readme/count/table": "pass", "readme/count/index": "pass"}, TF, TABLES, files=readme("1 table with 1 GSI")),
    Case(
        "DOC004",
        "not true",
        {"readme/count/table": "fail", "readme/count/index": "fail"},
        TF,
        TABLES,
        files=readme("Creates 3 tables with 6 GSIs."),
        at="README.md:3",
    ),
    Case(
        "DOC004",
        "not known",
        {"readme/count/table": "unverified"},
        TF + 'module "m" {\n  source = "a/b/c"\n}\n',
        TABLES,
        files=readme("All 3 tables."),
    ),
    Case("DOC004", "nothing stated", {}, TF, TABLES, files=readme("Two words.")),
    Case(
        "DOC005",
        "same",
        {"plan/table/orders": "pass", "plan/indexes/orders": "pass", "plan/table/users": "pass", "plan/indexes/users": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files=plan(LISTED),
    ),
    Case(
        "DOC005",
        "a table on each side only",
        {
            "plan/table/carts-sit": "fail",
            "plan/table/baskets-sit": "fail",
            "plan/table/orders": "pass",
            "plan/indexes/orders": "pass",
            "plan/table/users": "fail",
        },
        "",
        TABLES,
        spec=PLAN,
        files=plan("- `orders-sit` table (GSI: ByA, ByB)\n- `carts-sit` table\n- `baskets-sit` table\n"),
        at="plan.md:2",
    ),
    Case(
        "DOC005",
        "one table under two names is one finding",
        {"plan/table/orders": "pass", "plan/indexes/orders": "pass", "plan/table/users": "fail"},
        "",
        TABLES,
        spec=PLAN,
        files=plan("- `orders-sit` table (GSI: ByA, ByB)\n- `people-sit` table (GSI: ByC)\n"),
        says="The spec requires table users, the plan names people-sit",
        at="plan.md:2",
    ),
    Case(
        "DOC005",
        "an index on each side only",
        {"plan/table/orders": "pass", "plan/indexes/orders": "fail", "plan/table/users": "pass", "plan/indexes/users": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files=plan(LISTED.replace("ByA, ByB", "ByA, ByX")),
        says="only the plan has ByX; only the spec has ByB",
    ),
    Case("DOC005", "no tables in the plan", {}, "", TABLES, spec=PLAN, files=plan("nothing")),
    Case(
        "DOC006",
        "same",
        {
            "plan/id": "pass",
            "plan/account": "pass",
            "plan/region": "pass",
            "plan/target_date": "pass",
            "plan/retention": "pass",
            "plan/tags": "pass",
            "plan/approvers": "pass",
        },
        "",
        "tags: [Owner, Project]\nbackup: {retention_days: {sit: 7}}",
        TARGET,
        spec=PLAN + "\napprovals: [{role: tech-lead}, {role: security}]\nroles: {tech-lead: {users: [o]}, security: {users: [o]}}",
        files=plan(
            "**Plan ID**: P-1\n\n| Environment | Account | Region |\n|--|--|--|\n| SIT | 444455556666 | eu-west-1 |\n\n"
            "Deployment to SIT on 13 January 2026\n\n- Retention: 7 days SIT, 30 days PROD\n\n## Tags\n\n- `Owner`\n- `Project`\n\n"
            "## Approvals\n\n| Role |\n|--|\n| Tech Lead |\n| Security Lead |\n"
        ),
    ),
    Case(
        "DOC006",
        "all different",
        {
            "plan/id": "fail",
            "plan/account": "fail",
            "plan/region": "fail",
            "plan/target_date": "fail",
            "plan/retention": "fail",
            "plan/tags": "fail",
            "plan/approvers": "fail",
        },
        "",
        "tags: [Owner, Project]\nbackup: {retention_days: {sit: 7}}",
        TARGET,
        spec=PLAN + "\napprovals: [{role: tech-lead}, {role: security}]\nroles: {tech-lead: {users: [o]}, security: {users: [o]}}",
        files=plan(
            "**Plan ID**: P-2\n\n| Environment | Account | Region |\n|--|--|--|\n| SIT | 111122223333 | us-east-1 |\n\n"
            "Deployment to SIT on 14 January 2026\n\n- Retention: 9 days SIT, 30 days PROD\n\n## Tags\n\n- `Owner`\n- `Team`\n\n"
            "## Approvals\n\n| Role |\n|--|\n| Tech Lead |\n| DBA |\n"
        ),
        says="Plan and spec list different approvers: only the plan has DBA; only the spec has security",
        at="plan.md:5",
    ),
    Case("DOC006", "nothing stated", {}, "", TABLES, TARGET, spec=PLAN, files=plan("nothing")),
    Case(
        "DOC007",
        "there",
        {"plan/file/scripts/check.py": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files={**plan("Run `scripts/check.py`"), "scripts/check.py": ""},
    ),
    Case(
        "DOC007",
        "seen from the root module",
        {"plan/file/env/sit.tfvars": "pass"},
        "",
        TABLES,
        spec=PLAN,
        files={**plan("```sh\nterraform plan -var-file=env/sit.tfvars\n```\n"), "infra/env/sit.tfvars": ""},
    ),
    Case(
        "DOC007",
        "missing",
        {"plan/file/scripts/other.py": "fail"},
        "",
        TABLES,
        spec=PLAN,
        files={**plan("x\n\nRun `scripts/other.py`"), "scripts/check.py": ""},
        at="plan.md:3",
    ),
    Case("DOC007", "in a folder that is not this repository's", {}, "", TABLES, spec=PLAN, files=plan("See `other_repo/x.md`")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
