"""What an approval is about, from whole repositories."""

from __future__ import annotations

import pytest

from bbws_gate.model import Assessment, Record
from bbws_gate.pipeline import DEFAULT_SPEC, assess_repository, read_spec
from bbws_gate.repository import MemoryRepository
from tests.govern.case import CLEO, EARLIER, HEAD, record, remark, review

SPEC = """\
version: 1
project: shop
plan: {document: plan.md, owner: lead}
terraform: {root: infra}
environments: {sit: {account: "111122223333", region: eu-west-1}}
expect: {tables: {required: {orders: {}}}}
roles: {dba: {users: [ann]}, lead: {users: [cleo]}}
approvals: [{role: dba}]
owners: [lead]
"""
TABLE = """\
variable "days" { default = 1 }
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Days = var.days, Now = timestamp() }
  attribute {
    name = "id"
    type = "S"
  }
}
"""


def repository(table: str = TABLE, **more: str) -> MemoryRepository:
    return MemoryRepository({DEFAULT_SPEC: SPEC, "infra/main.tf": table, **more})


def assessed(head: MemoryRepository, said: Record | None = None, before: MemoryRepository | None = None) -> Assessment:
    spec = read_spec(repository())
    return assess_repository(
        head,
        spec,
        "sit",
        commit=HEAD,
        assessed_at="2026-01-12T09:00:00Z",
        record=said,
        open_commit=lambda name: before if name == EARLIER else None,
    )


def test_digest__lines_comments_and_other_files_do_not_count() -> None:
    moved = TABLE.replace('resource "aws', '\n\n# moved\nresource "aws')
    assert assessed(repository()).content_digest == assessed(repository(moved, **{"notes.txt": "x"})).content_digest != ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("default = 1", "default = 2"), ("PAY_PER_REQUEST", "PROVISIONED"), ('"aws_dynamodb_table" "orders"', '"aws_dynamodb_table" "other"'),
     ("timestamp()", "uuid()")],
)  # fmt: skip
def test_digest__values_addresses_and_what_is_unknown_count(old: str, new: str) -> None:
    assert old in TABLE
    assert assessed(repository()).content_digest != assessed(repository(TABLE.replace(old, new))).content_digest


def test_approval__of_an_earlier_commit_counts_as_long_as_the_content_is_the_same() -> None:
    said = record(review(commit=EARLIER))
    assert assessed(repository(), said, repository(f"# before\n{TABLE}")).approvals[0].given == ("ann",)
    changed = assessed(repository(), said, repository(TABLE.replace("default = 1", "default = 2"))).approvals[0]
    assert changed.dropped == "ann: dropped because what Terraform would create changed"
    assert assessed(repository(), said).approvals[0].dropped == f"ann: dropped because the approved commit {EARLIER[:7]} cannot be read"


def test_spec_edited__is_seen_against_the_base() -> None:
    head = MemoryRepository({DEFAULT_SPEC: f"{SPEC}# more\n", "infra/main.tf": TABLE})
    found = assess_repository(
        head, read_spec(repository()), "sit", commit=HEAD, assessed_at="2026-01-12T09:00:00Z", base=repository(), record=record()
    )
    assert [(each.role, each.required) for each in found.approvals] == [("dba", True), ("lead", True)]


@pytest.mark.parametrize(
    ("plan", "finding", "options"),
    [
        (
            "Total: 3 tables\n",
            "DOC003/plan/count/table/spec",
            ["the plan document: 3 tables (plan.md:1)", "the promotion spec: 1 tables (.github/promotion.yml:6)"],
        ),
        (
            "Total: 8 tables\n\n- `orders-sit` table (GSI: ByA, ByB)\n- `users-sit` table (GSI: ByC)\n",
            "DOC002/plan/count/table",
            ["8, as the plan states (plan.md:1)", "2, as the plan lists (plan.md:4)"],
        ),
    ],
)
def test_contradiction__proposes_a_decision_that_holds_nothing_up(plan: str, finding: str, options: list[str]) -> None:
    head = repository(**{"plan.md": plan})
    found = assessed(head, record())
    (decision,) = [each for each in found.decisions if finding in each.findings]
    assert (decision.proposed, decision.owners, [option.text for option in decision.options]) == (True, ("lead",), options)
    assert decision in found.open_decisions
    assert decision not in found.missing_decisions
    taken = assessed(head, record(remark(f"/gate decide {decision.id} B", CLEO)))
    (told,) = [each for each in taken.findings if each.id == finding]
    assert told.action == f"cleo decided: {options[1]}. Correct the others."
