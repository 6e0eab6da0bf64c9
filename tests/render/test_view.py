from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bbws_gate.model import ActionItem, Assessment, Schedule, Severity, Status
from bbws_gate.render import view
from tests.render.sample import ALL, BLOCKED, ERROR, ITEMS, PENDING, READY, WARNED


def item(estimate: str) -> ActionItem:
    return ActionItem("x", "x", Severity.LOW, "x", estimate, "x", (), ())


@pytest.mark.parametrize(
    ("estimates", "expected"),
    [
        ([], "0m"),
        (["30m"], "30m"),
        (["4h", "30m"], "4h 30m"),
        (["4h", "4h"], "1d"),
        (["2d", "9h", "15m"], "3d 1h 15m"),
        (["1h 30m", "1d"], "1d 1h 30m"),
        (["1w"], "5d"),
        (["1.5d", "1w", "0.5h"], "6d 4h 30m"),
        ([""], "at least 0m"),
        (["soon"], "at least 0m"),
        (["2h", "soon"], "at least 2h"),
    ],
)
def test_effort__adds_up_working_time(estimates: list[str], expected: str) -> None:
    assert view.effort(item(estimate) for estimate in estimates) == expected


def test_effort__in_the_days_and_weeks_of_the_schedule() -> None:
    day = date(2026, 1, 7)
    plan = Schedule(day, day, 1, day, None, day, None, 6, (), (), (), days_per_week=4)
    assert view.effort([item("1w"), item("7h")], plan) == "5d 1h"


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        (BLOCKED, "5 findings block the promotion."),
        (replace(BLOCKED, findings=BLOCKED.findings[:1]), "1 finding blocks the promotion."),
        (replace(BLOCKED, findings=()), "What could not be verified blocks, as the spec asks."),
        (WARNED, "Nothing blocks; 2 findings and 1 unverified line should be looked at."),
        (replace(WARNED, findings=()), "Nothing blocks; 1 unverified line should be looked at."),
        (PENDING, "Waiting for people: 1 decision, 2 approvals and 1 manual action."),
        (replace(PENDING, approvals=(), action_items=()), "Waiting for people: 1 decision."),
        (READY, "Nothing stands between this commit and the environment."),
        (ERROR, "The assessment could not be completed, which counts as blocked."),
    ],
)
def test_verdict__is_one_sentence(assessment: Assessment, expected: str) -> None:
    assert view.verdict(assessment) == expected


def test_next_steps__of_a_blocked_one_are_decisions_and_the_work_that_clears_blockers() -> None:
    steps = view.next_steps(BLOCKED)
    assert steps[0].who == ("tech-lead", "product-owner")
    assert steps[0].command == "/gate decide missing-tables A|B"
    assert [step.what for step in steps[1:]] == [each.title for each in ITEMS[:5]]
    assert all("approve" not in step.what for step in steps)


def test_next_steps__of_a_pending_one_end_with_approvals() -> None:
    steps = view.next_steps(PENDING)
    assert [step.command for step in steps] == [
        "/gate decide missing-tables A|B",
        "",
        "/gate approve tech-lead 4f2a9c1",
        "/gate approve security 4f2a9c1",
    ]
    assert [step.who for step in steps[2:]] == [("tech-lead",), ("security",)]


def test_next_steps__none_when_ready() -> None:
    assert view.next_steps(READY) == ()


def test_blockers_by_code__one_fault_many_times_is_one_entry() -> None:
    again = replace(BLOCKED.findings[2], subject="table/users")
    found = view.blockers_by_code(replace(BLOCKED, findings=(*BLOCKED.findings, again)))
    assert [[finding.subject for finding in same] for same in found] == [
        ["backup/vault"],
        ["table/campaigns"],
        ["table/orders", "table/users"],
        ["validation/script"],
        ["workflow/apply"],
    ]


def test_groups__worst_first_and_complete() -> None:
    found = view.groups(BLOCKED)
    assert [group.category for group in found[:4]] == ["Tables", "Naming", "Backup", "Validation"]
    assert sum(len(group.findings) for group in found) == len(BLOCKED.open_findings)
    assert sum(len(group.lines) for group in found) == len(BLOCKED.checklist)


def test_groups__a_finding_without_a_scored_category_is_not_lost() -> None:
    odd = replace(BLOCKED, findings=(replace(BLOCKED.findings[0], category="Elsewhere"),))
    assert [group.findings for group in view.groups(odd) if group.category == "Elsewhere"] == [odd.findings]


@pytest.mark.parametrize("name", ALL)
def test_tally__agrees_with_the_assessment(name: str) -> None:
    words = view.tally(ALL[name])
    for severity in Severity:
        count = ALL[name].count(severity)
        assert (f"{count} {severity.value}" in words) == bool(count)


def test_every_status__has_a_symbol() -> None:
    assert set(view.SYMBOLS) == set(Status)


@pytest.mark.parametrize(("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed__reads_as_prose(words: list[str], expected: str) -> None:
    assert view.listed(words) == expected
