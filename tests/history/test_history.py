from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bbws_gate.errors import SourceError
from bbws_gate.history import read_history, read_past, since
from bbws_gate.history.reading import MAX_BYTES
from bbws_gate.history.shelf import MAX_KEPT
from bbws_gate.model import Assessment, Past
from bbws_gate.render.json import to_json
from bbws_gate.render.trend import moments, sentence
from tests.render.sample import BLOCKED, READY

NOW = "2026-03-01T00:00:00Z"
TARGET = {"project": BLOCKED.project, "environment": BLOCKED.environment, "before": NOW}


def text(**changes: object) -> bytes:
    return json.dumps({**json.loads(to_json(BLOCKED)), **changes}).encode()


def past(**changes: object) -> Past:
    return read_past(text(**changes), "x.json")[2]


def test_read_past__keeps_what_stood_open() -> None:
    project, environment, found = read_past(text(), "x.json")
    assert (project, environment, found.status, found.score) == (BLOCKED.project, BLOCKED.environment, "BLOCKED", BLOCKED.score.value)
    assert list(found.open) == [finding.id for finding in BLOCKED.open_findings]
    assert sum(found.counts.values()) == len(BLOCKED.open_findings)
    assert (found.verified, found.total) == (BLOCKED.score.verified, BLOCKED.score.total)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"project": ' * 50_000,
        text(status="FINE"),
        text(score=101),
        text(score="49"),
        text(commit="<script>"),
        text(assessed_at="yesterday"),
        text(findings=[{"id": 1}]),
        text(findings=[{"id": "x" * 1001, "title": "t", "severity": "low"}]),
        text(project="x" * 201),
        b" " * (MAX_BYTES + 1),
    ],
)
def test_read_past__refuses_what_is_no_assessment(wrong: bytes) -> None:
    with pytest.raises(SourceError, match=r"^x\.json: "):
        read_past(wrong, "x.json")


def test_read_history__is_sorted_own_and_earlier(tmp_path: Path) -> None:
    for name, changes in {
        "b.json": {"assessed_at": "2026-02-02T00:00:00Z"},
        "a/deep.json": {"assessed_at": "2026-02-03T00:00:00Z"},
        "c.json": {"assessed_at": "2026-02-01T00:00:00Z"},
        "again.json": {"assessed_at": "2026-02-01T00:00:00Z"},
        "later.json": {"assessed_at": NOW},
        "other.json": {"assessed_at": "2026-02-01T00:00:01Z", "project": "other"},
        "elsewhere.json": {"assessed_at": "2026-02-01T00:00:02Z", "environment": "prod"},
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text(**changes))
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "notes.txt").write_bytes(text(assessed_at="2026-02-09T00:00:00Z"))
    (tmp_path / "link.json").symlink_to(tmp_path / "b.json")
    found = read_history([tmp_path], **TARGET)
    assert [each.assessed_at[:10] for each in found] == ["2026-02-01", "2026-02-02", "2026-02-03"]


def test_read_history__a_named_file_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(SourceError, match="not an assessment"):
        read_history([tmp_path / "x.json"], **TARGET)
    with pytest.raises(SourceError, match="no such file"):
        read_history([tmp_path / "none.json"], **TARGET)


def test_read_history__keeps_the_newest(tmp_path: Path) -> None:
    for number in range(MAX_KEPT + 1):
        (tmp_path / f"{number}.json").write_bytes(text(assessed_at=f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"))
    found = read_history([tmp_path], **TARGET)
    assert (len(found), found[0].assessed_at) == (MAX_KEPT, "2026-01-01T00:00:01Z")


def with_past(now: Assessment, *entries: Past) -> Assessment:
    return replace(now, history=entries)


def test_since__tells_new_gone_and_still_open() -> None:
    first, second, *_ = BLOCKED.open_findings
    then = replace(past(), open={first.id: first.title, "OLD001/x": "Old"}, score=20, status="PENDING")
    change = since(with_past(BLOCKED, past(), then))
    assert change is not None
    assert change.gone == (("OLD001/x", "Old"),)
    assert change.still == (first,)
    assert second in change.new
    assert len(change.new) + len(change.still) == len(BLOCKED.open_findings)
    assert (change.status_changed, change.score) == (True, BLOCKED.score.value - 20)


def test_since__without_a_past_is_nothing() -> None:
    assert since(BLOCKED) is None
    assert sentence(BLOCKED) == ""
    assert len(moments(BLOCKED)) == 1


def test_sentence__of_a_change_for_the_better() -> None:
    then = replace(past(), commit="", open={"OLD001/x": "Old"}, score=20)
    assert sentence(with_past(READY, then)) == (
        f"Since the last assessment ({then.assessed_at[:10]}): BLOCKED then, READY now, score 20 then, {READY.score.value} now;"
        " findings: 1 no longer open"
    )
