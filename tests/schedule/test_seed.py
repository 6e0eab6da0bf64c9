"""The seed's own case: 12 action items, planned for 13 January 2026, assessed on 7 January."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bbws_gate.assess.planning import schedule_of
from bbws_gate.model import Assessment, Schedule
from bbws_gate.spec import load_spec
from tests.assess.test_examples import EXAMPLES, SPEC, assessed


@pytest.fixture(scope="module")
def blocked() -> Assessment:
    return assessed("bbws_dynamodb_schemas", "sit")


@pytest.fixture(scope="module")
def plan(blocked: Assessment) -> Schedule:
    assert blocked.schedule is not None
    return blocked.schedule


def test_seed__twelve_items_in_four_working_days(blocked: Assessment, plan: Schedule) -> None:
    assert len(blocked.action_items) == 12
    assert plan.start == date(2026, 1, 7)
    assert plan.done_on == date(2026, 1, 12)
    assert plan.working_days == 4
    assert plan.earliest_date == plan.revised_date == plan.target_date == date(2026, 1, 13)
    assert plan.margin == 0


def test_seed__the_path_says_which_items_in_which_order_by_whom(plan: Schedule) -> None:
    assert plan.critical_path == (
        "decision/gsi-naming",
        "add-missing-tables",
        "standardise-naming",
        "align-table-settings",
        "mend-workflow",
        "write-validation-script",
        "manual/dev-test",
        "correct-documents",
    )
    assert {item.owners for item in plan.path_items[1:]} == {("devops-engineer",)}


def test_seed__what_would_bring_it_forward_is_calculated(plan: Schedule) -> None:
    assert [(remedy.what, remedy.done_on) for remedy in plan.remedies] == [
        ("one more devops-engineer", date(2026, 1, 9)),
        ("every open decision taken at once", date(2026, 1, 9)),
        ("the 2 items that block nothing left until after the promotion", date(2026, 1, 9)),
    ]


def test_seed__one_more_devops_engineer_in_the_spec_gives_the_date_that_the_remedy_promised(blocked: Assessment) -> None:
    text = (EXAMPLES / "bbws_dynamodb_schemas" / SPEC).read_bytes() + b"\nschedule: {people: {devops-engineer: 2}}\n"
    plan = schedule_of(blocked, load_spec(text, SPEC).spec)
    assert plan is not None
    assert plan.done_on == date(2026, 1, 9)


def test_seed__manual_work_that_is_done_takes_no_time(blocked: Assessment) -> None:
    text = (EXAMPLES / "bbws_dynamodb_schemas" / SPEC).read_bytes()
    items = tuple(replace(item, done_by="octocat") if item.id == "manual/dev-test" else item for item in blocked.action_items)
    plan = schedule_of(replace(blocked, action_items=items), load_spec(text, SPEC).spec)
    assert plan is not None
    assert "manual/dev-test" not in {item.id for item in plan.items}
    assert plan.done_on == date(2026, 1, 9)


def test_ready__nothing_to_do_leaves_the_planned_date() -> None:
    plan = assessed("orders_ready", "sit").schedule
    assert plan is not None
    assert (plan.items, plan.working_days, plan.remedies) == ((), 0, ())
    assert plan.revised_date == plan.target_date == date(2026, 1, 20)
    assert plan.earliest_date == date(2026, 1, 7)
