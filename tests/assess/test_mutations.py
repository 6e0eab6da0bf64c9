"""Single defects in ready examples: each must give exactly one new finding, and at the mutated line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.assess import assess
from bbws_gate.evidence.collect import collect
from bbws_gate.model import Status
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec
from tests.assess.mutations import (
    BASES,
    DEPLOY,
    READY_BUCKETS,
    READY_TABLES,
    SCRIPT,
    SEEN_FURTHER_ON,
    SPEC,
    Base,
    Mutation,
    assessed,
    is_at,
    main,
    page,
    places,
)

FILES = READY_TABLES
PAGE = Path(__file__).resolve().parents[2] / "docs/mutations.md"
CASES = [(base, mutation) for base in BASES for mutation in base.mutations]


def test_mended_buckets__are_ready_without_a_finding_or_a_doubt() -> None:
    found = assessed(READY_BUCKETS)
    assert found.findings == ()
    assert [line.reason for line in found.checklist if line.reason] == []
    assert (found.status, found.score.value) == (Status.READY, 100)


@pytest.mark.parametrize(("base", "mutation"), CASES, ids=str)
def test_mutation__gives_one_finding_where_it_was_made(base: Base, mutation: Mutation) -> None:
    files = mutation.made_in(base.files)
    found = assessed(files)
    assert [finding.id for finding in found.findings] == [mutation.finding]
    seen = list(places(found.findings[0].evidence))
    assert is_at(mutation, base.files, files, seen), [str(place) for place in seen]


def test_mutations__are_as_many_as_promised_and_all_different() -> None:
    made = [(base.name, mutation.path, mutation.old, mutation.new) for base, mutation in CASES]
    assert len(set(made)) == len(made) >= 100


def test_mutations__most_are_seen_at_the_very_line() -> None:
    assert {mutation.finding for _, mutation in CASES} >= SEEN_FURTHER_ON
    assert len(SEEN_FURTHER_ON) < len(CASES) / 10


def test_page__is_current() -> None:
    assert PAGE.read_text() == page(), "run `make docs`"


def test_main__writes_and_checks_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "mutations.md"
    assert main(["--check", str(there)]) == 1
    assert "stale" in capsys.readouterr().err
    assert main(["--write", str(there)]) == 0
    assert main(["--check", str(there)]) == 0
    assert main([]) == 2


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00x", b"{{{{[[[[", b"- a\n\t- b: [\n"], ids=["empty", "binary", "brackets", "mixed"])
@pytest.mark.parametrize("path", [path for path in FILES if path != SPEC])
def test_garbage__in_any_one_file_never_crashes_a_check_and_never_helps(path: str, garbage: bytes) -> None:
    files: dict[str, str | bytes] = {**FILES, path: garbage}
    evidence = collect(MemoryRepository(files), load_spec(FILES[SPEC].encode(), SPEC), "sit")
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert found.error == ""
    judged = path.endswith((".tf", "sit.tfvars", "sit.tfbackend")) or path in {DEPLOY, SCRIPT}
    assert found.findings or not judged or (garbage == b"" and path == "terraform/outputs.tf")
