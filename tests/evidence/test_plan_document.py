from __future__ import annotations

from datetime import date

import pytest

from bbws_gate.evidence.markdown import parse_markdown
from bbws_gate.evidence.plan_document import PlanDocument, read_plan
from bbws_gate.model import Place


def plan(text: str) -> PlanDocument:
    return read_plan(parse_markdown(text.encode(), "plan.md"))


def line(number: int) -> Place:
    return Place("plan.md", number, number)


def test_metadata__the_first_of_some_keys() -> None:
    found = plan("**Plan ID**: PROM-1\n**Owner**: DevOps\n")
    assert found.metadata("id", "plan id") == ("PROM-1", line(1))
    assert found.metadata("wave") is None


def test_environments__rows_with_account_and_region() -> None:
    found = plan(
        "| Environment | AWS Account | Region |\n|-|-|-|\n| DEV | 111122223333 | `eu-west-1` |\n"
        "| **SIT** (next) | 444455556666 | N/A |\n| Elsewhere | 777788889999 | x |\n"
    )
    assert [(row.name, row.account, row.region, row.place.line) for row in found.environments] == [
        ("dev", "111122223333", "eu-west-1", 3),
        ("sit", "444455556666", None, 4),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] `orders-sit` table (GSI: ByDate, `ByTenant`)", [("orders-sit", ["ByDate", "ByTenant"])]),
        ("- `orders` DynamoDB table with 2 GSIs", [("orders", [])]),
        ("- **orders-{env}** table (GSIs: ByDate and ByTenant)", [("orders-{env}", ["ByDate", "ByTenant"])]),
        ("- Table: `orders`\n  - Indexes: ByDate; ByTenant\n  - other\n- GSI: Lost", [("orders", ["ByDate", "ByTenant"])]),
        ("| Table | GSIs |\n|-|-|\n| `orders` | ByDate, ByTenant |\n| users | 2 |\n", [("orders", ["ByDate", "ByTenant"]), ("users", [])]),
        (
            "```bash\nfor table in orders users; do\n  aws dynamodb describe-table --table-name $table\ndone\n```",
            [("orders", []), ("users", [])],
        ),
        ("```\naws dynamodb describe-table --table-name orders-sit\n```", [("orders-sit", [])]),
        ("```python\nfor table in orders: pass\n```", []),
        ("The table below shows risks.", []),
        ("| Risk | Table |\n|-|-|\n| a | see the table above |\n", []),
    ],
)
def test_tables__however_they_are_named(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(table.name, [index.value for index in table.indexes]) for table in plan(text).tables] == expected


def test_tables__with_the_line_of_each_statement() -> None:
    found = plan("# Plan\n\n- `orders` table\n  - GSI: ByDate\n\n```sh\n# check\nfor table in users; do x; done\n```\n").tables
    assert [(table.name, table.place) for table in found] == [("orders", line(3)), ("users", line(8))]
    assert found[0].indexes == (("ByDate", line(4)),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Retention: 7 days SIT, 30 days PROD", [("sit", 7), ("prod", 30)]),
        ("- Backup retention SIT: 7 days; PROD: 30 days", [("sit", 7), ("prod", 30)]),
        ("| Retention | 14 days |\n|-|-|\n| Retention (SIT) | 7-day |\n", [("", 7)]),
        ("Backups are kept for 35 days", [("", 35)]),
        ("Keep backups in SIT for 7 days", [("sit", 7)]),
        ("Validation takes 7 days in SIT", []),
    ],
)
def test_retention__by_environment(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(environment, days.value) for environment, days in plan(text).retention] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deployment to SIT on 13 January 2026", [(date(2026, 1, 13), "sit")]),
        ("SIT: 2026-01-13, PROD: 2026-02-24", [(date(2026, 1, 13), None), (date(2026, 2, 24), None)]),
        ("| February 24, 2026 | PROD |\n|-|-|\n| January 2, 2026 | PROD |\n", [(date(2026, 1, 2), "prod")]),
        ("31 February 2026", []),
        ("2026-13-01", []),
        ("the sitting of 1 May 2026", [(date(2026, 5, 1), None)]),
    ],
)
def test_days__with_the_environment_that_the_line_names(text: str, expected: list[tuple[date, str | None]]) -> None:
    assert [(found.day, found.environment) for found in plan(text).days] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### Tags\n\n- `Owner`\n- `Project`: name\n", ["Owner", "Project"]),
        ("Required tags: `Owner`, `Project`\n", ["Owner", "Project"]),
        ("| Tag | Value |\n|-|-|\n| Owner | x |\n", ["Owner"]),
        ("### Stages\n\n- `Owner`\n", []),
    ],
)
def test_tags__lists_lines_and_tables(text: str, expected: list[str]) -> None:
    assert [tag.value for tag in plan(text).tags] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Approvers**: Tech Lead, DBA and Security", ["Tech Lead", "DBA", "Security"]),
        ("## Approvals\n\n| Role | Scope |\n|-|-|\n| **Tech Lead** | x |\n", ["Tech Lead"]),
        ("## Approvals Required\n\n- [ ] Tech Lead (architecture)\n- [ ] DBA\n", ["Tech Lead", "DBA"]),
        ("## Contacts\n\n| Role | Name |\n|-|-|\n| Tech Lead | x |\n", []),
    ],
)
def test_approvers__footers_tables_and_lists(text: str, expected: list[str]) -> None:
    assert [role.value for role in plan(text).approvers] == expected


def test_paths__in_backticks_and_shell() -> None:
    found = plan("See `.github/workflows/deploy.yml` and `README.md`.\n\n```sh\npython scripts/check.py --env sit\n```\n")
    assert [(path.value, path.place.line) for path in found.paths] == [(".github/workflows/deploy.yml", 1), ("scripts/check.py", 4)]


def test_counts__are_those_of_the_document() -> None:
    assert [(count.noun, count.number) for count in plan("5 tables and 8 GSIs").counts] == [("index", 8), ("table", 5)]
