from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.model import ActionItem, Decision, Option, Place, Schedule, Severity
from bbws_gate.schedule import forecast
from bbws_gate.spec import Environment
from bbws_gate.spec.promotion import Schedule as WorkingTime

WEDNESDAY = "2026-01-07T08:00:00Z"


def item(
    name: str, estimate: str = "4h", owner: str = "ops", phase: str = "build", *, after: tuple[str, ...] = (), manual: bool = True
) -> ActionItem:
    return ActionItem(name, name, Severity.HIGH, owner, estimate, phase, (), () if manual else (f"X/{name}",), manual=manual, after=after)


def decision(due: str | None = None) -> Decision:
    return Decision("d", "Which?", (Option("A", "a"), Option("B", "b")), ("lead",), None, Place("spec.yml", 1, 1), due=due)


def planned(
    *items: ActionItem, decisions: tuple[Decision, ...] = (), at: str = WEDNESDAY, target: object = None, **time: object
) -> Schedule:
    plan = forecast(
        items,
        decisions,
        assessed_at=at,
        time=WorkingTime.model_validate(time),
        target=Environment.model_validate(target or {}),
        blockers=(),
    )
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("items", "time", "done_on", "earliest"),
    [
        ((item("a", "8h"),), {}, "2026-01-07", "2026-01-08"),
        ((item("a", "8h"), item("b", "1m")), {}, "2026-01-08", "2026-01-09"),
        ((item("a", "8h"), item("b", "8h")), {"people": {"ops": 2}}, "2026-01-07", "2026-01-08"),
        ((item("a", "3d"), item("b", "1h")), {}, "2026-01-12", "2026-01-13"),  # over a weekend
        ((item("a", "2d"),), {"holidays": ({"date": "2026-01-08"},)}, "2026-01-09", "2026-01-12"),
        ((item("a", "1w"),), {}, "2026-01-13", "2026-01-14"),
        ((item("a", "1.5d"),), {"hours_per_day": 6}, "2026-01-08", "2026-01-09"),
        ((item("a", "8h"), item("b", "8h", "dba")), {}, "2026-01-07", "2026-01-08"),
        ((item("t", "4h", "qa", "testing"), item("a", "8h")), {}, "2026-01-08", "2026-01-09"),  # testing follows building
        ((item("a", "8h"), item("b", "8h", "dba", after=("a",))), {}, "2026-01-08", "2026-01-09"),
        ((item("a", "1d", after=("t",)), item("t", "1d", "qa", "test")), {}, "2026-01-08", "2026-01-09"),
    ],
)
def test_forecast__dates(items: tuple[ActionItem, ...], time: dict[str, object], done_on: str, earliest: str) -> None:
    plan = planned(*items, **time)
    assert (plan.done_on.isoformat(), plan.earliest_date.isoformat()) == (done_on, earliest)


@pytest.mark.parametrize(
    ("at", "start"),
    [("2026-01-10T10:00:00Z", "2026-01-12"), ("2026-01-09T23:59:59Z", "2026-01-09"), ("2026-01-12", "2026-01-12")],
)
def test_forecast__begins_on_the_assessments_day_or_the_next_working_day(at: str, start: str) -> None:
    assert planned(item("a"), at=at).start.isoformat() == start


def test_forecast__decisions_come_first_and_take_a_day_or_until_they_are_due() -> None:
    assert planned(item("a"), decisions=(decision(),)).done_on == date(2026, 1, 8)
    assert planned(item("a"), decisions=(decision("2026-01-12"),)).done_on == date(2026, 1, 13)
    assert planned(item("a"), decisions=(decision("2025-12-31"),)).done_on == date(2026, 1, 8)


def test_forecast__the_spec_says_how_long_decisions_take() -> None:
    plan = forecast(
        (item("a"),), (decision(),), assessed_at=WEDNESDAY, time=WorkingTime.model_validate({"decisions": "4h"}), target=Environment()
    )
    assert plan is not None
    assert plan.done_on == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("target", "revised", "margin"),
    [
        ({"target_date": "2026-01-13"}, "2026-01-13", 3),
        ({"target_date": "2026-01-08"}, "2026-01-08", 0),
        ({"target_date": "2026-01-05"}, "2026-01-08", -3),
        ({"target_date": "2026-01-08", "freeze": ({"from": "2026-01-08", "until": "2026-01-11"},)}, "2026-01-12", -2),
        ({"freeze": ({"from": "2026-01-08", "until": "2026-01-11"},)}, "2026-01-12", None),
    ],
)
def test_forecast__planned_date_stands_until_it_cannot_be_kept(target: dict[str, object], revised: str, margin: int | None) -> None:
    plan = planned(item("a"), target=target)
    assert plan.revised_date.isoformat() == revised
    assert plan.margin == margin
    assert plan.late is (margin is not None and margin < 0)


def test_forecast__nothing_that_holds_leaves_the_promotion_at_once() -> None:
    plan = planned(item("warning", "3d", manual=False))
    assert plan.earliest_date == date(2026, 1, 7)
    assert plan.done_on == date(2026, 1, 9)


def test_forecast__an_estimate_that_says_nothing_is_named() -> None:
    plan = planned(item("a", "soon"), item("b", "4h"))
    assert plan.unknown == ("a",)
    assert plan.done_on == date(2026, 1, 7)


@pytest.mark.parametrize("at", ["", "yesterday", "9999-12-30T00:00:00Z"])
def test_forecast__without_a_day_to_start_from_there_is_none(at: str) -> None:
    assert forecast((item("a", "2w"),), (), assessed_at=at, time=WorkingTime(), target=Environment()) is None


@pytest.mark.parametrize("estimate", ["999999w", "999999d"])
def test_forecast__work_beyond_every_horizon_has_no_date(estimate: str) -> None:
    assert forecast((item("a", estimate),), (), assessed_at=WEDNESDAY, time=WorkingTime(), target=Environment()) is None


def test_forecast__items_that_wait_for_each_other_still_get_dates() -> None:
    plan = planned(item("a", after=("b",)), item("b", after=("a",)), item("c", after=("c", "nowhere")))
    assert {each.id for each in plan.items} == {"a", "b", "c"}


def test_remedies__only_what_makes_it_earlier_best_first() -> None:
    plan = planned(item("a", "3d"), item("b", "3d"), item("c", "1d", "dba"), decisions=(decision(),))
    assert [(remedy.what, remedy.done_on.isoformat()) for remedy in plan.remedies] == [
        ("one more ops", "2026-01-12"),
        ("every open decision taken at once", "2026-01-14"),
    ]


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(("30m", "2h", "1d", "3d", "1.5h")),
        st.sampled_from(("ops", "dba")),
        st.sampled_from(("build", "test", "document", "elsewhere", "deploy", "decide")),
        st.booleans(),
    ),
    max_size=10,
)
DAYS = st.lists(st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")), min_size=1, unique=True).map(tuple)
HOLIDAYS = st.lists(st.integers(0, 30), max_size=6, unique=True)


@settings(max_examples=150, deadline=None)
@given(ITEMS, DAYS, HOLIDAYS, st.integers(1, 24), st.booleans())
def test_forecast__nobody_starts_or_ends_on_a_free_day_and_phases_keep_their_order(
    work: list[tuple[str, str, str, bool]], days: tuple[str, ...], free: list[int], hours: int, asked: bool
) -> None:
    holidays = tuple((date(2026, 1, 5) + timedelta(days=offset)).isoformat() for offset in free)
    items = tuple(item(f"i{number}", *each[:3], manual=each[3]) for number, each in enumerate(work))
    decisions = (decision(),) if asked else ()
    plan = planned(*items, decisions=decisions, working_days=days, holidays=tuple({"date": day} for day in holidays), hours_per_day=hours)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    for each in plan.items:
        for day in (each.start, each.end):
            assert names[day.weekday()] in days
            assert day.isoformat() not in holidays
    order = ("decide", "build", "test", "document", "elsewhere", "deploy")
    for one in plan.items:
        for other in plan.items:
            if order.index(one.phase) < order.index(other.phase):
                assert one.end <= other.start
    assert plan.done_on == max((each.end for each in plan.items), default=plan.start)
    assert all(remedy.done_on < plan.done_on for remedy in plan.remedies)
    assert sum(each.minutes for each in plan.path_items) >= (plan.working_days - 1) * 60 * hours


@settings(max_examples=100, deadline=None)
@given(ITEMS, st.integers(1, 3), st.integers(1, 3))
def test_forecast__more_people_are_never_later(work: list[tuple[str, str, str, bool]], ops: int, dba: int) -> None:
    items = tuple(item(f"i{number}", *each[:3], manual=each[3]) for number, each in enumerate(work))
    few = planned(*items, people={"ops": ops, "dba": dba})
    more = planned(*items, people={"ops": ops + 1, "dba": dba})
    assert more.done_on <= few.done_on
    assert more.earliest_date <= few.earliest_date
