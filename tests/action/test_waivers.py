"""Findings accepted for a time: by the spec until its last day, by a comment from whoever may, and from nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.action.governed import PEOPLE, SPEC, governed_spec
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

FINDING = "IDX003/index/orders/OrdersByStatus"
ASKS_NOBODY = PEOPLE.partition("approvals:")[0] + "governance: {waivers_by: [tech-lead]}\n"
ACCEPTED = f"waivers: [{{finding: {FINDING}, reason: the report is not used, by: lead, until: 2026-02-01}}]\n"
SCHEDULE = {"schedule": "17 5 * * 1-5", "repository": {"default_branch": "main"}}


def renamed(github: StandIn, workspace: Workspace, people: str) -> Story:
    """A pull request that gives an index another key than the plan says."""
    workspace.commit(example="orders_ready")
    tables = workspace.read("terraform/tables.tf").replace('{ hash_key = "status"', '{ hash_key = "SK"')
    return story(github, workspace, base={SPEC: governed_spec(workspace, people)}, head={"terraform/tables.tf": tables})


def test_waiver__is_announced_and_red_again_without_a_push(github: StandIn, workspace: Workspace) -> None:
    told = renamed(github, workspace, ASKS_NOBODY + ACCEPTED)
    merged = told.head
    github.push(workspace.checkout, merged, "main")
    told.push(files={"terraform/notes.tf": "# kept\n"})
    for day, code, status, conclusion in (
        ("2026-01-12", 0, "READY", "success"),
        ("2026-01-25", 0, "READY", "success"),
        ("2026-02-02", 1, "BLOCKED", "failure"),
    ):
        told.today = day
        run = told.on("schedule", SCHEDULE, sha=merged)
        assert (run.code, run.outputs["status"]) == (code, status), run.log
        assert told.checks()[0][2] == conclusion
        assert github.get(f"commits/{merged}/check-runs")["check_runs"][0]["conclusion"] == conclusion
        (comment,) = told.comments()
        assert ("ends in 7 days, on 2026-02-01" in comment, "ended on 2026-02-01" in comment) == (day == "2026-01-25", code == 1)


def test_waive__by_whoever_may_and_by_nobody_else(github: StandIn, workspace: Workspace, today: str) -> None:
    told = renamed(github, workspace, ASKS_NOBODY)
    told.today = today
    soon, late = (date.fromisoformat(today) + timedelta(days=days) for days in (30, 120))
    for login, text in (
        ("octocat", f"/gate waive {FINDING} until {soon} mine"),
        ("dba", f"/gate waive {FINDING} until {soon} not my role"),
        ("lead", f"/gate waive {FINDING} until {late} too long"),
        ("lead", f"/gate waive {FINDING} the date is missing"),
        ("lead", f"/gate waive IDX003/index/orders/OrdersByState until {soon} no such finding"),
    ):
        github.say(login, told.number, text)
    refused = told.run()
    assert (refused.code, refused.outputs["status"]) == (1, "BLOCKED"), refused.log
    (comment,) = told.comments("github-actions[bot]")
    answers = {line.partition(" ([")[0] for line in comment.splitlines() if line.startswith(("- refused", "- accepted"))}
    assert answers == {
        "- refused: octocat has none of the roles tech-lead",
        "- refused: dba has none of the roles tech-lead",
        f"- refused: {late} is more than 90 days away; write a day up to {date.fromisoformat(today) + timedelta(days=90)}",
        "- refused: write `/gate waive <finding> until <YYYY-MM-DD> <reason>`",
        f"- refused: IDX003/index/orders/OrdersByState applies to no finding and can go (did you mean {FINDING}?)",
    }
    assert set(map(tuple, github.gaps.missing.reactions.values())) == {("confused",)}

    said = github.say("lead", told.number, f"/gate waive {FINDING} until {soon} the report is not used")
    ready = told.run()
    assert (ready.code, ready.outputs["status"]) == (0, "READY"), ready.log
    assert github.gaps.missing.reactions[said] == ["+1"]
    github.say("lead", told.number, f"/gate revoke waive {FINDING}")
    assert told.run().outputs["status"] == "BLOCKED"
