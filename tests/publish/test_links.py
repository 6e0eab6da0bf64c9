"""Tracking issue, blockers, milestone and reactions: made once, and left out where the server has none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bbws_gate.publish import links, reconcile
from bbws_gate.publish.commands import AddBlocker, AddSubIssue, Command, CreateIssue, CreateMilestone, React
from bbws_gate.publish.marker import ManagedBody, issue_key
from bbws_gate.publish.observed import ObservedIssue, ObservedIssues
from bbws_gate.publish.wanted import TRACKING, Wanted, WantedIssue, WantedMilestone, WantedReaction
from tests.publish.fake import HEAD, FakeGitHub, Fault
from tests.publish.test_publisher import forbidden, publisher

WANTED = Wanted(
    "orders",
    "sit",
    HEAD,
    "pull/1",
    1,
    issues=(
        WantedIssue(TRACKING, "Promote", "all"),
        WantedIssue("decision/x", "Decide", "?"),
        WantedIssue("fix", "Fix", "do", blocked_by=("decision/x",)),
    ),
    milestone=WantedMilestone("orders: sit on 2026-01-20", "2026-01-20"),
)


class Observed:
    """Links that GitHub tells of, and how often it was asked."""

    def __init__(self, *known: int) -> None:
        self.known = frozenset(known)
        self.asked: list[str] = []

    def children(self, number: int) -> frozenset[int]:
        self.asked.append(f"children of {number}")
        return self.known

    def blocked(self, number: int) -> frozenset[int]:
        self.asked.append(f"blocked by {number}")
        return self.known


def issue(number: int, item: str, **more: Any) -> ObservedIssue:
    body = ManagedBody("", issue_key("orders", "sit", item), ("pull/1",), "text", "")
    return ObservedIssue(number, item, body, is_open=more.pop("is_open", True), url="", id=number * 100, **more)


def seen(*parents: int | None) -> ObservedIssues:
    decision, fix = parents or (None, None)
    return ObservedIssues((issue(1, TRACKING), issue(2, "decision/x", parent=decision), issue(3, "fix", parent=fix)), has_label=True)


def commands(observer: Observed, observed: ObservedIssues) -> tuple[Command, ...]:
    return (*links.sub_issues(observer, observed), *links.blocked_by(observer, WANTED, observed))  # type: ignore[arg-type]


def test_links__what_is_missing_is_added() -> None:
    assert commands(Observed(200), seen()) == (AddSubIssue(1, 300), AddBlocker(3, 200))
    assert commands(Observed(300), seen()) == (AddSubIssue(1, 200),)
    assert commands(Observed(), seen()) == (AddSubIssue(1, 200), AddSubIssue(1, 300), AddBlocker(3, 200))


def test_links__a_count_of_none_spares_the_question() -> None:
    observer = Observed()
    for none in ({"blockers": 0}, {"blocks": 0}):
        fix = issue(3, "fix", blockers=none.get("blockers"))
        observed = ObservedIssues((issue(1, TRACKING, sub_issues=0), issue(2, "decision/x", blocks=none.get("blocks")), fix))
        assert commands(observer, observed) == (AddSubIssue(1, 200), AddSubIssue(1, 300), AddBlocker(3, 200))
    assert observer.asked == []


def test_links__a_named_parent_spares_the_question() -> None:
    observer = Observed(300)
    assert commands(observer, seen(1, 1)) == ()
    assert observer.asked == ["blocked by 2"]


def test_links__an_issue_that_people_put_under_another_stays_there() -> None:
    assert commands(Observed(), seen(77, None)) == (AddSubIssue(1, 300), AddBlocker(3, 200))


def test_links__an_issue_under_a_doubled_tracking_issue_is_moved() -> None:
    double = issue(4, TRACKING, is_open=False, parent=1)
    observed = ObservedIssues((issue(1, TRACKING, sub_issues=1), issue(2, "decision/x", parent=1), issue(3, "fix", parent=4), double))
    assert links.sub_issues(Observed(200, 400), observed) == (AddSubIssue(1, 300, is_elsewhere=True),)  # type: ignore[arg-type]


def test_links__one_question_for_everything_that_a_decision_holds_up() -> None:
    items = [WantedIssue(f"fix-{number}", "Fix", "do", blocked_by=("decision/x",)) for number in range(9)]
    observed = ObservedIssues((issue(2, "decision/x"), *(issue(10 + number, item.item) for number, item in enumerate(items))))
    observer = Observed(1000, 1100)
    found = links.blocked_by(observer, replace(WANTED, issues=tuple(items)), observed)  # type: ignore[arg-type]
    assert found == tuple(AddBlocker(number, 200) for number in range(12, 19))
    assert observer.asked == ["blocked by 2"]


def test_links__a_count_alone_proves_nothing() -> None:
    """Found by the fault campaign: a link to a doubled issue counted as the one that was missing."""
    observed = ObservedIssues((issue(1, TRACKING, sub_issues=2), issue(2, "decision/x", blocks=1), issue(3, "fix", blockers=1)))
    assert commands(Observed(777, 888), observed) == (AddSubIssue(1, 200), AddSubIssue(1, 300), AddBlocker(3, 200))


def test_links__a_settled_decision_blocks_nothing() -> None:
    observed = ObservedIssues((issue(1, TRACKING, sub_issues=2), issue(2, "decision/x", is_open=False), issue(3, "fix")))
    assert commands(Observed(200, 300), observed) == ()


@pytest.mark.parametrize(("number", "expected"), [(None, [True, None]), (7, [False, 7])])
def test_milestone__is_made_once_and_given_to_new_issues(number: int | None, expected: list[object]) -> None:
    found = reconcile.issues(WANTED, ObservedIssues((), has_label=True, milestone=number))
    made = any(isinstance(command, CreateMilestone) for command in found)
    assert [made, next(command.milestone for command in found if isinstance(command, CreateIssue))] == expected


def test_milestone__is_left_alone_when_no_issue_is_opened() -> None:
    observed = seen()
    assert not any(isinstance(command, CreateMilestone) for command in reconcile.issues(WANTED, observed))


def test_closing__names_the_commit_that_proves_it() -> None:
    (command,) = reconcile.issues(replace(WANTED, issues=()), ObservedIssues((issue(3, "fix"),), has_label=True))
    assert HEAD in command.body  # type: ignore[union-attr]


def test_reactions__one_for_each_command() -> None:
    wanted = replace(WANTED, reactions=(WantedReaction(5, "+1"), WantedReaction(6, "confused")))
    assert reconcile.reactions(wanted) == (React(5, "+1"), React(6, "confused"))


def test_extras__that_are_refused_are_noted_once_and_cost_nothing() -> None:
    github = FakeGitHub(faults=[Fault("POST", "/reactions", forbidden, times=99)])
    wanted = replace(WANTED, issues=None, reactions=(WantedReaction(5, "+1"), WantedReaction(6, "+1")), comment="verdict")
    published = publisher(github).finish(wanted)
    assert published.problems == ()
    assert len(published.notes) == 1
    assert [path for _, path in github.sent if "reactions" in path] == ["/repos/acme/infra/issues/comments/5/reactions"]
    assert len(github.comments) == 1
