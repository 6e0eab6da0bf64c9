"""Repositories that nobody checked out, through the command line and GitHub's API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bbws_gate.cli import main
from tests.action.governed import SPEC, governed_spec
from tests.action.story import story
from tests.action.workspace import Workspace
from tests.portfolio.hub import Hub
from tests.portfolio.test_example import FOLDER

pytestmark = pytest.mark.emulator


class Desk:
    """A folder with a portfolio file, and the command that reads it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.head = ""
        self.log = ""

    def run(self, *words: str, projects: Mapping[str, str]) -> tuple[int, dict[str, dict[str, Any]]]:
        """Exit code and projects of a portfolio; each has more keys in YAML's short form."""
        rows = "".join(f"  - {{project: {name}, {more}}}\n" for name, more in projects.items())
        (self.folder / "p.yml").write_text(f"version: 1\nname: Shop\n{self.head}projects:\n{rows}")
        code = main(["portfolio", str(self.folder / "p.yml"), "--format", "json", *words])
        printed = self._capsys.readouterr()
        self.log = printed.err
        return code, {row["project"]: row for row in json.loads(printed.out)["projects"]} if printed.out else {}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def at(name: str, more: str = "environments: [sit]") -> str:
    return f"repository: acme/{name}, {more}"


def test_remote__every_project_gets_a_state_and_every_failure_its_reason(hub: Hub, desk: Desk) -> None:
    commits = {name: hub.create(name, FOLDER / name) for name in ("tenant_tables", "order_tables", "order_lambda")}
    hub.create("-odd.name_1-", FOLDER / "template_buckets")
    hub.create("empty")
    hub.create("bare", files={"README.md": "# Nothing to promote\n"})
    hub.create("stranger", FOLDER / "tenant_tables")
    names = {name: name for name in (*commits, "empty", "bare", "missing", "stranger")}
    code, rows = desk.run(projects={name: at(repository) for name, repository in {**names, "template_buckets": "-odd.name_1-"}.items()})
    assert code == 1
    assert {name: row["state"] for name, row in rows.items()} == {
        "tenant_tables": "can go",
        "template_buckets": "can go",
        "order_tables": "blocked",
        "order_lambda": "waits",
        "empty": "error",
        "bare": "error",
        "missing": "error",
        "stranger": "error",
    }
    assert {name: rows[name]["commit"] for name in commits} == commits
    assert rows["empty"]["error"] == "acme/empty: the repository holds no commit"
    assert "no promotion spec" in rows["bare"]["error"]
    assert rows["missing"]["error"].startswith("acme/missing: cannot be read from GitHub: Not Found (")
    assert rows["stranger"]["error"] == ".github/promotion.yml: is the spec of tenant_tables, not of stranger"


def test_remote__asks_for_little_and_says_how_much(hub: Hub, desk: Desk) -> None:
    commits = [hub.create(name, FOLDER / name) for name in ("tenant_tables", "order_tables")]
    code, _ = desk.run(projects={name: at(name) for name in ("tenant_tables", "order_tables")})
    assert code == 1
    assert desk.log == f"bbws-gate: {len(hub.github.exchanges)} requests to GitHub for 2 projects\n"
    assert hub.github.writes == []
    first, second = hub.asked["tenant_tables"], hub.asked["order_tables"]
    assert sum(path.startswith("git/trees/") for path in first) == 1
    assert len([path for path in first if path.startswith("git/")]) == len({path for path in first if path.startswith("git/")})
    assert not {path for path in first if path.startswith("git/blobs/")} & set(second), "what two repositories share is asked for once"
    assert len(first) == 9, "a commit, a tree, seven files; the spec asks nobody, and there is nothing to waive"
    people = [f"commits/{commits[1]}/pulls", "commits", "issues", "issues"]
    assert [path for path in second if not path.startswith("git/")] == ["commits", *people]
    assert len(second) == 9, "three of its files are its own, four were read for the other project"


def test_remote__the_token_is_on_no_page(hub: Hub, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = hub.github.token()
    monkeypatch.setenv("GITHUB_TOKEN", token)
    hub.create("order_tables", FOLDER / "order_tables")
    desk.run("--out", str(desk.folder / "out"), projects={name: at(name) for name in ("order_tables", "missing")})
    pages = [path.read_text() for path in (desk.folder / "out").iterdir()]
    assert len(pages) == 3
    assert token not in "".join((*pages, desk.log))


def test_remote__a_second_environment_reads_no_file_again(hub: Hub, desk: Desk) -> None:
    spec = (FOLDER / "tenant_tables" / SPEC).read_text()
    sit = spec.partition("environments:\n")[2].partition("\n\n")[0]
    prod = sit.replace("  sit:", "  prod:").replace("444455556666", "777788889999")
    hub.create("tenant_tables", FOLDER / "tenant_tables", {SPEC: spec.replace(sit, f"{sit}\n{prod}")})
    rows = desk.run(projects={"tenant_tables": at("tenant_tables", "environments: [sit, prod]")})[1]
    assert rows["tenant_tables"]["environment"] == "prod"
    assert not rows["tenant_tables"]["error"]
    paths = [path for path in hub.asked["tenant_tables"] if path.startswith("git/")]
    assert len(paths) == len(set(paths))


def test_remote__a_ref_is_read_at_its_tip_even_where_there_is_a_checkout(hub: Hub, desk: Desk) -> None:
    hub.create("tenant_tables", FOLDER / "tenant_tables", {"main.tf": ""})
    tip = hub.commit("tenant_tables", FOLDER / "tenant_tables", branch="release/2026.01")
    (desk.folder / "tenant_tables").mkdir()
    more = "environments: [sit], ref: release/2026.01"
    code, rows = desk.run(projects={"tenant_tables": at("tenant_tables", more)})
    assert (code, rows["tenant_tables"]["commit"]) == (0, tip)
    code, rows = desk.run(projects={"tenant_tables": at("tenant_tables", "environments: [sit], ref: nowhere")})
    assert code == 1
    assert rows["tenant_tables"]["error"].startswith("acme/tenant_tables@nowhere: cannot be read from GitHub")


def test_remote__checkouts_go_first_unless_the_caller_says_otherwise(hub: Hub, desk: Desk) -> None:
    commit = hub.create("tenant_tables", FOLDER / "tenant_tables")
    (desk.folder / "tenant_tables").mkdir()
    projects = {"tenant_tables": at("tenant_tables")}
    code, rows = desk.run(projects=projects)
    assert (code, hub.asked) == (1, {})
    assert "no promotion spec" in rows["tenant_tables"]["error"]
    desk.head = "assessments: nowhere\n"
    code, rows = desk.run("--remote", projects=projects)
    assert (code, rows["tenant_tables"]["commit"]) == (0, commit)


def test_remote__what_people_said_counts(hub: Hub, desk: Desk, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "runner")
    workspace.commit(example="orders_ready")
    told = story(hub.github, workspace, base={SPEC: governed_spec(workspace)}, head={"terraform/notes.tf": "# kept\n"})
    squashed = workspace.squash(told.head, told.base)
    hub.github.push(workspace.checkout, squashed, "main")
    hub.github.merge(told.number, squashed)
    projects = {"orders": "repository: acme/infra, environments: [sit]"}
    assert desk.run(projects=projects)[1]["orders"]["state"] == "pending"
    hub.github.say("lead", told.number, f"/gate approve tech-lead {told.head[:7]}")
    code, rows = desk.run(projects=projects)
    assert (code, rows["orders"]["state"], rows["orders"]["commit"]) == (0, "can go", squashed)


def test_no_token__is_an_error_of_the_project(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    code, rows = desk.run(projects={"tenant_tables": at("tenant_tables")})
    assert code == 1
    assert rows["tenant_tables"]["error"] == (
        "tenant_tables: there is no token to read acme/tenant_tables from GitHub (set GITHUB_TOKEN, or check it out at tenant_tables)"
    )
    assert desk.run("--remote", projects={"tenant_tables": at("tenant_tables")})[0] == 2


def test_token_that_is_not_accepted__is_no_verdict(hub: Hub, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_expired")
    code, rows = desk.run(projects={name: at(name) for name in ("a", "b", "c")})
    assert code == 4
    assert {row["state"] for row in rows.values()} == {"error"}
    assert len(hub.github.exchanges) == 2
    assert (
        desk.log.splitlines()[-1]
        == "bbws-gate: GitHub does not accept the token (check the input `token`, or GITHUB_TOKEN; it may have expired)"
    )


def test_rate_limit__what_was_read_stands_and_the_rest_is_an_error(hub: Hub, desk: Desk) -> None:
    for name in ("tenant_tables", "template_buckets"):
        hub.create(name, FOLDER / name)
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999"}
    body = b'{"message": "API rate limit exceeded"}'
    hub.github.fail_next("GET", "/template_buckets/commits$", 403, times=9, headers=headers, body=body)
    code, rows = desk.run(projects={name: at(name) for name in ("tenant_tables", "template_buckets")})
    assert (code, rows["tenant_tables"]["state"], rows["template_buckets"]["state"]) == (1, "can go", "error")
    assert "rate limit holds until" in rows["template_buckets"]["error"]
    hub.github.fail_next("GET", "/tenant_tables/commits$", 403, headers=headers, body=body)
    assert desk.run(projects={"tenant_tables": at("tenant_tables")})[0] == 4
