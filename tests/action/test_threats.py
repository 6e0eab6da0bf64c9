"""Adversarial cases that only the whole action can show: retargeting, dropped runs, old and forged check runs at deploy time."""

from __future__ import annotations

import pytest

from tests.action.governed import SPEC
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

GATE = ".github/workflows/gate.yml"
RUNS = """\
on: pull_request
permissions: {contents: read, checks: write}
jobs: {gate: {runs-on: x, steps: [{uses: acme/bbws-gate@v1, with: {environment: sit}}]}}
"""
PEOPLE = """\
roles:
  tech-lead: {users: [lead]}
  dba: {users: [dba]}
approvals: [{role: tech-lead}, {role: dba}]
decisions: [{id: retention, question: How long?, options: {A: seven days, B: thirty days}, owners: [tech-lead]}]
"""


def governed(workspace: Workspace, people: str) -> str:
    workspace.commit(example="orders_ready")
    return workspace.read(SPEC).partition("roles:\n")[0] + people


@pytest.mark.case("C5")
def test_retargeted__is_judged_by_the_spec_of_the_branch_it_points_at_now(broken: Story) -> None:
    strict = broken.base
    assert broken.run().outputs["status"] == "BLOCKED"
    spec = broken.workspace.read(SPEC)
    start = spec.index("  backup:")
    weak = spec[:start] + spec[spec.index("  tags:") :]
    broken.base = broken.workspace.commit(files={SPEC: weak})
    assert broken.run().outputs["status"] != "BLOCKED"
    assert broken.checks()[0][2] == "success"
    broken.base = strict
    back = broken.run()
    assert (back.code, back.outputs["status"]) == (1, "BLOCKED"), back.log
    newest = max(broken.github.get(f"commits/{broken.head}/check-runs?filter=all")["check_runs"], key=lambda run: run["id"])
    assert newest["conclusion"] == "failure"


@pytest.mark.case("R6")
def test_commands__of_runs_that_were_dropped_all_count_in_the_one_that_remains(github: StandIn, workspace: Workspace, today: str) -> None:
    told = story(github, workspace, base={SPEC: governed(workspace, PEOPLE)}, head={"terraform/notes.tf": "# kept\n"})
    told.today = today
    assert told.run().outputs["status"] == "PENDING"
    said = [
        github.say("lead", told.number, "/gate decide retention A"),
        github.say("dba", told.number, f"/gate approve dba {told.head}"),
        github.say("lead", told.number, f"/gate approve tech-lead {told.head}"),
    ]
    only = told.run()
    assert (only.code, only.outputs["status"]) == (0, "READY"), only.log
    assert [github.gaps.missing.reactions[each] for each in said] == [["+1"]] * 3


@pytest.mark.case("R9", "R10", "K7", "T12")
def test_deployment__believes_no_check_run(broken: Story) -> None:
    github = broken.github
    squashed = broken.workspace.squash(broken.head, broken.base)
    github.push(broken.workspace.checkout, squashed, "main")
    name = "bbws-gate / orders / sit"
    github.post("check-runs", {"name": name, "head_sha": squashed, "status": "completed", "conclusion": "success"})
    github.post("check-runs", {"name": name, "head_sha": squashed, "status": "in_progress"})
    refused = broken.verify(squashed)
    assert (refused.code, refused.outputs["allowed"]) == (1, "false"), refused.log
    assert "BLOCKED" in refused.log


@pytest.mark.case("C7")
def test_gate_workflow__edited_waits_for_the_owners(github: StandIn, workspace: Workspace, today: str) -> None:
    spec = governed(workspace, "owners: [tech-lead]\nroles: {tech-lead: {users: [lead]}}\n")
    edited = RUNS.replace("acme/", "evil/")
    told = story(github, workspace, base={SPEC: spec, GATE: RUNS}, head={GATE: edited})
    told.today = today
    first = told.run()
    assert (first.code, first.outputs["status"]) == (1, "PENDING"), first.log
    assert told.checks()[0][2] == "action_required"
    assert "GAT007" in told.comments()[0]
    github.say("octocat", told.number, f"/gate approve tech-lead {told.head}")
    assert told.run().outputs["status"] == "PENDING"
    github.say("lead", told.number, f"/gate approve tech-lead {told.head}")
    approved = told.run()
    assert (approved.code, told.issues()) == (0, []), approved.log
