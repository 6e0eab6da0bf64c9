"""A pull request that edits the workflow which runs the gate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.model import Assessment, Person, Record, Status
from bbws_gate.pipeline import DEFAULT_SPEC, assess_repository, read_spec
from bbws_gate.repository import MemoryRepository
from tests.govern.case import ANN, AUTHOR, CHANGE, CLEO, EARLIER, HEAD, record, remark, review

SPEC = """\
version: 1
project: shop
terraform: {root: infra}
environments: {sit: {account: "111122223333", region: eu-west-1}}
expect: {documents: [README.md]}
roles: {lead: {users: [cleo]}}
"""
OWNED = f"{SPEC}owners: [lead]\n"
PATH = ".github/workflows/gate.yml"
GATE = "on: pull_request\njobs: {gate: {runs-on: x, steps: [{uses: acme/bbws-gate@v1, with: {environment: sit}}]}}\n"
OTHER = GATE.replace("@v1", "@v2")
ID = f"GAT007/gate/{PATH}"
FILES = {"README.md": "# Shop\n", "infra/main.tf": 'resource "terraform_data" "shop" {}\n', PATH: GATE}


def assessed(gate: str, spec: str = OWNED, said: Record | None = None, earlier: str | None = None) -> Assessment:
    """The verdict on a pull request with that gate workflow."""
    base = MemoryRepository({**FILES, DEFAULT_SPEC: spec})
    before = None if earlier is None else MemoryRepository({**FILES, DEFAULT_SPEC: spec, PATH: earlier})
    return assess_repository(
        MemoryRepository({**FILES, DEFAULT_SPEC: spec, PATH: gate}),
        read_spec(base),
        "sit",
        commit=HEAD,
        assessed_at="2026-01-12T09:00:00Z",
        base=base,
        record=said,
        open_commit=lambda name: before if name == EARLIER else None,
    )


@pytest.mark.case("C7", "T8")
def test_edited__is_found_and_waits_for_the_owners() -> None:
    found = assessed(OTHER, said=record())
    assert [(each.id, each.blocking, each.waiver) for each in found.findings if each.code == "GAT007"] == [(ID, False, None)]
    assert [(each.role, each.scope) for each in found.missing_approvals] == [("lead", "the changed gate workflow")]
    assert found.status is Status.PENDING


@pytest.mark.case("C7")
def test_edited__without_owners_blocks_until_somebody_accepts_it() -> None:
    assert [finding.id for finding in assessed(OTHER, SPEC, record()).blockers] == [ID]
    assert assessed(OTHER, SPEC, record()).status is Status.BLOCKED
    waived = record(remark(f"/gate waive {ID} until 2026-01-20 the new version is reviewed", CLEO), writers=frozenset({CLEO.id}))
    assert assessed(OTHER, SPEC, waived).status is not Status.BLOCKED


@pytest.mark.case("C7")
def test_edited__and_approved_by_the_owners_is_accepted() -> None:
    found = assessed(OTHER, said=record(review(author=CLEO)))
    (finding,) = [each for each in found.findings if each.code == "GAT007"]
    assert finding.waiver is not None
    assert (finding.waiver.by, finding.waiver.reason) == ("cleo", "approved by the spec's owners")
    assert found.missing_approvals == ()
    assert found.status is assessed(GATE, said=record()).status


@pytest.mark.case("C7", "I1")
@pytest.mark.parametrize("author", [AUTHOR, ANN])
def test_edited__is_not_approved_by_its_author_or_without_the_role(author: Person) -> None:
    said = record(review(author=author), change=replace(CHANGE, author=author))
    assert assessed(OTHER, said=said).status is Status.PENDING


@pytest.mark.case("C7", "I4", "T10")
def test_edited__again_after_the_approval_asks_again() -> None:
    said = record(review(author=CLEO, commit=EARLIER))
    assert assessed(OTHER, said=said, earlier=OTHER).missing_approvals == ()
    (missing,) = assessed(OTHER, said=said, earlier=GATE.replace("@v1", "@v3")).missing_approvals
    assert missing.dropped == "cleo: dropped because the workflows changed"


@pytest.mark.case("C7")
def test_untouched__is_not_mentioned() -> None:
    found = assessed(GATE, said=record())
    assert [line.item for line in found.checklist if line.code == "GAT007"] == []
    assert found.approvals == ()


@pytest.mark.case("C7")
def test_content__is_the_same_with_and_without_a_base() -> None:
    repository = MemoryRepository({**FILES, DEFAULT_SPEC: OWNED, PATH: OTHER})
    alone = assess_repository(repository, read_spec(repository), "sit", commit=HEAD, assessed_at="2026-01-12T09:00:00Z")
    assert alone.content_digest == assessed(OTHER).content_digest
    assert [finding for finding in alone.findings if finding.code == "GAT007"] == []
