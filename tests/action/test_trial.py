"""A pull request that edits the rules which judge it: what it is told, and whose approval that needs."""

from __future__ import annotations

import json

import pytest

from tests.action.governed import PEOPLE, SPEC, governed_spec
from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

pytestmark = pytest.mark.emulator

OWNED = PEOPLE.replace("approvals:\n  - {role: tech-lead}\n", "owners: [tech-lead]\n")
FOLDER = ".github/bbws-gate/templates"
OURS = "# Ours\n\n{{ headline|inline }} for {{ a.project|code }}\n"


@pytest.fixture
def owned(github: StandIn, workspace: Workspace, today: str) -> Story:
    """The example that is ready, whose spec has owners, and a change that does nothing yet."""
    workspace.commit(example="orders_ready")
    found = story(github, workspace, base={SPEC: governed_spec(workspace, OWNED)}, head={"README.md": "# Orders\n"})
    found.today = today
    return found


def told(of: Story) -> str:
    """What the comment says of the change's own rules."""
    (comment,) = of.comments("github-actions[bot]")
    return comment.partition("<b>What this change does to its own rules</b>")[2].partition("</details>")[0]


def spec_with(of: Story, more: str) -> str:
    """The spec with something more in it."""
    return of.workspace.read(SPEC) + more


def test_template__is_told_with_the_pages_it_changes_and_needs_its_owners(owned: Story) -> None:
    hostile = "{{ a.project|code }}\n</details>\n@everyone <img src=x>\n```\n# [x](https://example.test)\n"
    owned.push(files={f"{FOLDER}/summary.md.j2": hostile, f"{FOLDER}/comment.md.j2": "{{ nothing }}", f"{FOLDER}/coment.md.j2": ""})
    run = owned.run()
    assert (run.code, run.outputs["status"]) == (1, "PENDING")
    (comment,) = owned.comments("github-actions[bot]")
    assert "> This change edits the page templates coment.md.j2, comment.md.j2, summary.md.j2. What the base branch has was used" in comment
    assert f"`/gate approve tech-lead {owned.head[:7]}`" in comment
    said = comment.partition("<b>What this change does to its own rules</b>")[2].partition("\n</details>\n\n")[0]
    assert ": 3 templates (1 page differs and 1 page cannot be made)</summary>" in said
    assert f"- `{FOLDER}/coment.md.j2`: no page is made from a template of that name (did you mean comment.md.j2?)" in said
    assert f"| comment | cannot be made, the bundled one would be used | `{FOLDER}/comment.md.j2:1`: 'nothing' is undefined" in said
    assert "| summary | 5 new, " in said
    shown = said.partition("````diff\n")[2].partition("\n````\n")[0]
    assert "+</details>" in shown
    assert said.count("@everyone") == shown.count("+@everyone <img src=x>") == 1

    owned.github.review("lead", owned.number)
    assert owned.run().outputs["status"] == "READY"
    owned.push(files={f"{FOLDER}/summary.md.j2": OURS})
    assert owned.run().outputs["status"] == "PENDING"
    (comment,) = owned.comments("github-actions[bot]")
    assert "tech-lead missing, lead: dropped because the page templates changed" in comment


def test_spec__is_told_with_what_it_would_say_of_the_commit(owned: Story) -> None:
    changed = owned.workspace.read(SPEC).replace("expect:\n", "expect:\n  resources: [{type: aws_kms_key, count: 2}]\n", 1)
    owned.push(
        files={SPEC: f"{changed}approvals: [{{role: security}}]\ntemplates: {{folder: docs/pages}}\n", "docs/pages/index.md.j2": OURS}
    )
    run = owned.run()
    assert run.outputs["status"] == "PENDING"
    said = told(owned)
    assert ": the promotion spec (BLOCKED with it)</summary>" in said
    assert "**Under the changed spec** this commit would be BLOCKED with a score of " in said
    assert "What it says otherwise: `expect`, `approvals`, `templates`. Approvals wanted: security instead of none." in said
    assert "| asked for, and blocks |" in said
    assert "| index | 2 new, " in said
    report = json.loads((owned.workspace.checkout / "bbws-gate-reports/assessment.json").read_text())["proposal"]
    assert report["changes"] == [{"path": SPEC, "kind": "spec", "how": "changed"}]
    assert report["under_changed_spec"]["status"] == "BLOCKED"


def test_spec__that_gives_no_verdict_is_told(owned: Story) -> None:
    owned.push(files={SPEC: spec_with(owned, "ownerz: []\n")})
    assert owned.run().outputs["status"] == "PENDING"
    assert "**The changed spec gives no verdict**: once it is merged, everything stops here." in told(owned)
    assert "'ownerz'" in told(owned)


def test_base__what_it_has_got_since_is_not_the_change_s_doing(owned: Story) -> None:
    change = owned.head
    owned.rest()
    owned.base = owned.workspace.commit(files={SPEC: spec_with(owned, "risks: [{risk: none, likelihood: low, impact: low}]\n")})
    owned.github.push(owned.workspace.checkout, owned.base, "main")
    owned.head = change
    run = owned.run()
    assert run.outputs["status"] == "READY"
    (comment,) = owned.comments("github-actions[bot]")
    assert "edits the promotion spec" not in comment
