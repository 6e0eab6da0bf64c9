"""Portfolio files and gathered assessments from strangers: refused in one line, or shown without acting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from bbws_gate.cli import main
from bbws_gate.errors import SourceError, SpecError
from bbws_gate.model import Status
from bbws_gate.portfolio import Approver, Entry, Need, Question, draw, gather, load_portfolio
from bbws_gate.portfolio.report import read_report
from bbws_gate.render.portfolio import to_html, to_json, to_markdown, to_text
from tests.portfolio.test_example import FOLDER

EVIL = '<script>alert(1)</script> @octocat #1 ```\n"] click n0 "javascript:alert(1)" %%{init: {}}%% | [x](http://x.test) \u202e ::error::'

REPORT: dict[str, Any] = {
    "project": "a",
    "environment": "sit",
    "commit": "",
    "assessed_at": "2026-01-07T08:00:00Z",
    "status": "READY",
    "score": 100,
    "findings": [],
    "action_items": [],
    "decisions": [],
    "approvals": [],
    "dependencies": {"upstream": [], "downstream": []},
    "cost": {},
    "schedule": {"target_date": None},
}
FINDING = {"id": "X", "title": "x", "blocking": True, "state": None, "waiver": None}


def test_report__the_least_that_is_one() -> None:
    assert read_report(json.dumps(REPORT).encode(), "a.json").ready


@pytest.mark.parametrize(
    "change",
    [
        {"status": "FINE"},
        {"score": 101},
        {"score": "100"},
        {"findings": None},
        {"project": 7},
        {"project": "x" * 300},
        {"schedule": {"target_date": "soon"}},
        {"cost": {"monthly": {"low": "NaN", "high": "1", "complete": True}}},
        {"cost": {"monthly": {"low": "1", "high": "1e99", "complete": True}}},
        {"findings": [FINDING]},
        {"approvals": [{"role": "dba", "scope": "", "required": True, "given_by": None}]},
    ],
)
def test_report__wrong_or_contradicting_itself_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match=r"^a\.json: "):
        read_report(json.dumps({**REPORT, **change}).encode(), "a.json")


@pytest.mark.parametrize("text", [b"", b"[", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 10_000, b"NaN"])
def test_report__not_an_assessment(text: bytes) -> None:
    with pytest.raises(SourceError):
        read_report(text, "a.json")


def test_report__too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bbws_gate.portfolio.report.MAX_BYTES", 10)
    with pytest.raises(SourceError, match="larger than"):
        read_report(json.dumps(REPORT).encode(), "a.json")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"", "not a mapping"),
        (b"projects: []", "version"),
        (b"version: 1\nprojects: []", "must not be empty"),
        (b"version: 1\nprojets: []", "did you mean 'projects'"),
        (b"version: 1\nprojects:\n  - {project: a, environments: []}", "must not be empty"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit]}\n  - {project: a, environments: [prod]}", "listed twice"),
        (b"version: 1\nprojects: &a\n  - *a", "portfolio.yml"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit], ref: main}", "'ref' needs 'repository'"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit], ref: main, repository: o/a, path: a}", "two places"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit], repository: o/..}", "not a GitHub repository"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit], repository: 'o/a?x=1'}", "not a GitHub repository"),
        (b"version: 1\nprojects:\n  - {project: a, environments: [sit], repository: o/a, ref: 'a b'}", "not the name of a branch or tag"),
        (b"a: [" * 200, "portfolio.yml"),
    ],
)
def test_file__complaints_name_what_is_wrong(text: bytes, what: str) -> None:
    with pytest.raises(SpecError, match=what):
        load_portfolio(text, "portfolio.yml")


FILE = load_portfolio(b"version: 1\nprojects:\n  - {project: a, environments: [sit]}\n  - {project: b, environments: [sit]}", "p.yml")


def test_gather__an_assessment_that_is_missing_counts_as_an_error(tmp_path: Path) -> None:
    (tmp_path / "job-a").mkdir()
    (tmp_path / "job-a" / "assessment.json").write_text(json.dumps(REPORT))
    a, b = gather(FILE, tmp_path, assessed_at="", assessments=tmp_path)
    assert (a.status, b.status) == (Status.READY, Status.ERROR)
    assert draw("p", (a, b)).blocked


@pytest.mark.parametrize(("files", "what"), [({"x": "stranger"}, "does not name"), ({"x": "a", "y": "a"}, "a second assessment")])
def test_gather__strangers_and_doubles_are_refused(tmp_path: Path, files: dict[str, str], what: str) -> None:
    for name, project in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({**REPORT, "project": project}))
    with pytest.raises(SourceError, match=what):
        gather(FILE, tmp_path, assessed_at="", assessments=tmp_path)


def test_gather__links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(json.dumps(REPORT))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").symlink_to(outside)
    a, _ = gather(FILE, tmp_path, assessed_at="", assessments=folder)
    assert a.status is Status.ERROR


def test_gather__a_checkout_that_is_not_there_is_an_error_of_its_own(tmp_path: Path) -> None:
    a, b = gather(FILE, tmp_path, assessed_at="2026-01-07T08:00:00Z")
    assert a.status is b.status is Status.ERROR
    assert "no such folder" in a.error


def test_pages__nothing_hostile_acts() -> None:
    entries = [
        Entry(
            EVIL,
            "sit",
            Status.BLOCKED,
            upstream=(Need("b", None, (EVIL,)), Need(EVIL + "2", None, ())),
            blockers=((EVIL, EVIL),),
            questions=(Question(EVIL, EVIL, (EVIL,)),),
            approvers=(Approver(EVIL, EVIL, None),),
            by_hand=(EVIL,),
            remedy=EVIL,
            error=EVIL,
        ),
        Entry("b", "sit", Status.READY),
    ]
    drawn = draw(EVIL, entries)
    page, markdown = to_html(drawn), to_markdown(drawn)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http-equiv" in page
    diagram = markdown.split("```mermaid\n")[1].split("\n```")[0]
    assert not {"<", "`", "#", "@", "%", ";"} & set(diagram.split("classDef")[0])
    assert "\nclick" not in diagram
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    assert "<script" not in shown
    assert "href" not in shown
    assert "\u202e" not in page + markdown + to_text(drawn)
    assert "\x1b" not in to_text(drawn)
    json.loads(to_json(drawn))


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_command__prints_and_says_that_something_blocks(form: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["portfolio", str(FOLDER / "portfolio.yml"), "--format", form, "--out", str(tmp_path / "out")]) == 1
    assert "order_tables" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"portfolio.html", "portfolio.md", "portfolio.json"}


def test_command__nothing_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.yml").write_text("version: 1\nassessments: in\nprojects:\n  - {project: a, environments: [sit]}\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(REPORT))
    assert main(["portfolio", str(tmp_path / "p.yml")]) == 0
    assert "CAN GO" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"),
    [(None, 3), ("version: 2", 2), ("version: 1\nassessments: nowhere\nprojects:\n  - {project: a, environments: [sit]}", 3)],
)
def test_command__exit_codes(tmp_path: Path, text: str | None, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.yml"
    if text is not None:
        path.write_text(text)
    assert main(["portfolio", str(path)]) == code
    assert len(capsys.readouterr().err.splitlines()) == 1
