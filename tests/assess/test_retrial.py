"""What another spec makes of the same commit."""

from __future__ import annotations

from bbws_gate.assess.retrial import retrial
from bbws_gate.model.proposal import Mark, Retrial
from bbws_gate.pipeline import assess_repository
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

SPEC = """\
version: 1
project: shop
environments: {sit: {account: "111122223333", region: eu-west-1}}
expect:
  tables: {required: {orders: {}, customers: {}}}
  documents: [README.md]
roles: {dba: {users: [ann]}, lead: {users: [cleo]}}
owners: [lead]
"""
FILES = {"README.md": "# Shop\n", "main.tf": 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n'}


def tried(changed: str) -> Retrial:
    """The changed spec on the same files."""
    old, new = (load_spec(text.encode(), "p.yml") for text in (SPEC, changed))
    repository = MemoryRepository(FILES)
    now, then = (assess_repository(repository, spec, "sit", commit="a" * 40, assessed_at="2026-01-12T09:00:00Z") for spec in (old, new))
    return retrial(now, then, old.spec, new.spec)


def test_retrial__the_same_spec_changes_nothing() -> None:
    found = tried(f"{SPEC}# only words\n")
    assert (found.dropped, found.marks, found.keys, found.approvals) == ((), (), (), ("none", "none"))
    assert found.lines[0] == found.lines[1]


def test_retrial__what_is_no_longer_asked_for() -> None:
    found = tried(SPEC.replace(", customers: {}", "").replace("  documents: [README.md]\n", ""))
    assert "TBL001/table/customers" in {mark.id for mark in found.marks if mark.why == "no longer asked for"}
    assert any("README.md" in line for line in found.dropped)
    assert found.lines[1] == found.lines[0] - len(found.dropped)
    assert found.keys == ("expect",)


def test_retrial__what_is_asked_for_now() -> None:
    found = tried(SPEC.replace("customers: {}", "customers: {}, invoices: {}") + "approvals: [{role: dba, count: 2}]\n")
    assert found.marks[0] == Mark("TBL001/table/invoices", "Table invoices is missing", "critical", "asked for, and blocks")
    assert found.approvals == ("none", "dba (2)")
    assert found.status == "BLOCKED"


def test_retrial__findings_that_count_otherwise() -> None:
    waived = "waivers: [{finding: TBL001/table/customers, reason: later, by: octocat, until: 2026-02-01}]\n"
    assert [(mark.id, mark.why) for mark in tried(SPEC + waived).marks] == [("TBL001/table/customers", "waived")]
    lowered = {mark.id: mark.why for mark in tried(f"{SPEC}severity: {{TBL001: low}}\n").marks}
    assert lowered["TBL001/table/customers"] == "no longer blocks"
    softer = {mark.id: mark.why for mark in tried(f"{SPEC}severity: {{TBL001: high}}\n").marks}
    assert softer["TBL001/table/customers"] == "high instead of critical"
