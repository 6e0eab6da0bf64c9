from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.schedule.listing import Placed, Task, path, place

ROLES = ("dba", "dev", "ops")
PEOPLE = st.fixed_dictionaries({role: st.integers(1, 4) for role in ROLES})


@st.composite
def some_tasks(draw: st.DrawFn) -> list[Task]:
    number = draw(st.integers(0, 14))
    return [
        Task(
            f"t{index}",
            draw(st.sampled_from((*ROLES, ""))),
            draw(st.integers(0, 600)),
            draw(st.integers(-1, 3)),
            draw(st.integers(0, 3)),
        )
        for index in range(number)
    ]


def end(placed: tuple[Placed, ...]) -> int:
    return max((each.end for each in placed), default=0)


@settings(max_examples=150)
@given(some_tasks(), PEOPLE)
def test_place__nobody_does_two_things_at_once_and_no_role_has_more_people_than_it_has(tasks: list[Task], people: dict[str, int]) -> None:
    by_person = defaultdict(list)
    for each in place(tasks, people):
        assert each.end - each.start == each.task.minutes
        if each.task.role:
            assert 1 <= each.person <= people[each.task.role]
            by_person[each.task.role, each.person].append((each.start, each.end))
    for spans in by_person.values():
        spans.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


@settings(max_examples=150)
@given(some_tasks(), PEOPLE)
def test_place__every_task_once_and_stages_one_after_the_other(tasks: list[Task], people: dict[str, int]) -> None:
    placed = place(tasks, people)
    assert sorted(each.task.id for each in placed) == sorted(task.id for task in tasks)
    for one in placed:
        for other in placed:
            if one.task.stage < other.task.stage:
                assert one.end <= other.start


@settings(max_examples=300)
@given(some_tasks(), PEOPLE, st.sampled_from(ROLES))
def test_place__one_more_person_is_never_later(tasks: list[Task], people: dict[str, int], role: str) -> None:
    assert end(place(tasks, {**people, role: people[role] + 1})) <= end(place(tasks, people))


@settings(max_examples=150)
@given(some_tasks(), PEOPLE, st.randoms())
def test_place__the_order_in_which_tasks_are_named_changes_nothing(tasks: list[Task], people: dict[str, int], random: object) -> None:
    shuffled = list(tasks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(place(shuffled, people)) == set(place(tasks, people))


@settings(max_examples=150)
@given(some_tasks(), PEOPLE)
def test_path__covers_the_whole_time_without_gaps(tasks: list[Task], people: dict[str, int]) -> None:
    placed = place(tasks, people)
    chain = path(placed)
    assert sum(each.task.minutes for each in chain) == end(placed)
    assert all(one.end == other.start for one, other in pairwise(chain))


@settings(max_examples=150)
@given(some_tasks(), PEOPLE, st.data())
def test_slack__a_slip_within_it_moves_nothing_and_a_minute_more_does(
    tasks: list[Task], people: dict[str, int], data: st.DataObject
) -> None:
    placed = place(tasks, people)
    if not placed:
        return
    chosen = data.draw(st.sampled_from(placed))
    same = [
        each for each in placed if (each.task.role, each.person, each.task.stage) == (chosen.task.role, chosen.person, chosen.task.stage)
    ]
    after = sum(each.task.minutes for each in same if each.start > chosen.start) if chosen.task.role else 0
    stage_end = max(each.end for each in placed if each.task.stage == chosen.task.stage)
    assert chosen.end + after + chosen.slack == stage_end


def test_place__urgent_then_long_then_by_name() -> None:
    tasks = [Task("b", "ops", 60, 0), Task("a", "ops", 60, 0), Task("long", "ops", 90, 0), Task("urgent", "ops", 10, 0, urgency=1)]
    assert [each.task.id for each in place(tasks, {})] == ["urgent", "long", "a", "b"]


def test_place__what_takes_nobodys_time_runs_side_by_side() -> None:
    placed = place([Task("x", "", 480, -1), Task("y", "", 480, -1), Task("z", "", 100, -1)], {})
    assert [(each.start, each.end, each.slack) for each in placed] == [(0, 480, 0), (0, 480, 0), (0, 100, 380)]
