"""How often a run asks GitHub: each list once, again only before something is written, and then with what is at hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.action.story import Story

pytestmark = pytest.mark.emulator


def asked(story: Story) -> list[str]:
    """Every request since the last look, without ids; a conditional one that was answered with nothing ends in ``304``."""
    found = []
    for each in story.github.exchanges:
        path = re.sub(r"\b([0-9a-f]{40}|\d+)\b", "N", each.path.removeprefix("/repos/acme/infra/"))
        by = next((f" by {key}" for key in ("labels", "creator") if f"{key}=" in each.query), "") if path == "issues" else ""
        found.append(f"{each.method} {path}{by}{' 304' if each.status == 304 else ''}")
    story.github.forget()
    return found


def test_unchanged_run__reads_each_list_once_and_the_verdict_three_times(broken: Story) -> None:
    broken.run()
    asked(broken)
    run = broken.run()
    assert asked(broken) == [
        "GET commits/N/check-runs",
        "GET issues by labels",
        "GET issues by creator",
        "GET issues/N/comments",
        "GET pulls/N/reviews",
        "GET commits/N/check-runs 304",
        "GET commits/N/check-runs 304",
    ]
    assert "GitHub: 7 reads, 2 of them answered as unchanged; 0 writes; 0.0 s of waiting for its pace and its limits." in run.log


def test_unchanged_run__asks_once_what_a_decision_holds_up(blocked: Story) -> None:
    blocked.run()
    asked(blocked)
    blocked.run()
    counts = Counter(asked(blocked))
    assert (counts["GET issues/N/dependencies/blocking"], counts["GET issues/N/sub_issues"], counts.total()) == (1, 0, 8)


def test_first_run__looks_again_only_before_it_writes_and_after_it_opened_something(broken: Story) -> None:
    run = broken.run()
    found = asked(broken)
    opened = found.count("POST issues")
    assert opened == len(broken.issues()) > 1
    reads = [each for each in found if each.startswith("GET")]
    writes = {
        "POST check-runs": 1,
        "POST labels": 1,
        "POST milestones": 1,
        "POST issues": opened,
        "POST issues/N/sub_issues": opened - 1,
        "POST issues/N/comments": 1,
        "PATCH check-runs/N": 2,
    }
    assert Counter(found) - Counter(reads) == Counter(writes)
    assert Counter(reads) == {
        "GET commits/N/check-runs": 2,
        "GET commits/N/check-runs 304": 1,
        "GET issues by labels": 2,
        "GET issues by labels 304": 1,
        "GET issues by creator": 2,
        "GET issues by creator 304": 1,
        "GET issues/N/comments": 2,
        "GET issues/N/comments 304": 1,
        "GET pulls/N/reviews": 1,
        "GET pulls/N": 1,
        "GET milestones": 1,
        "GET labels/bbws-gate": 1,
    }
    assert f"GitHub: {len(reads)} reads, 4 of them answered as unchanged; {len(found) - len(reads)} writes; " in run.log


def test_changed_commit__writes_the_verdict_and_the_comment(broken: Story) -> None:
    broken.run()
    broken.push(files={"NOTES.md": "kept\n"})
    asked(broken)
    broken.run()
    assert asked(broken) == [
        "GET commits/N/check-runs",
        "POST check-runs",
        "GET issues by labels",
        "GET issues by creator",
        "GET issues/N/comments",
        "GET pulls/N/reviews",
        "GET commits/N/check-runs",
        "GET pulls/N",
        "GET issues/N/comments 304",
        "PATCH issues/comments/N",
        "GET issues/N/comments",
        "GET commits/N/check-runs 304",
        "PATCH check-runs/N",
        "PATCH check-runs/N",
    ]


def test_long_lists__cost_one_request_for_each_hundred(broken: Story) -> None:
    broken.run()
    for number in range(300 - len(broken.issues())):
        broken.github.post("issues", {"title": f"Another gate's {number}", "labels": ["bbws-gate"]})
    for number in range(250):
        broken.github.say("dba", broken.number, f"remark {number}")
    asked(broken)
    broken.run()
    counts = Counter(asked(broken))
    assert (counts["GET issues by labels"], counts["GET issues/N/comments"]) == (3, 3)
    assert (counts.total(), sum(1 for each in counts if not each.startswith("GET"))) == (11, 0)
