from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.model import Status
from bbws_gate.portfolio import Approver, Entry, Need, draw
from bbws_gate.portfolio.overview import Key
from bbws_gate.render.portfolio import to_html, to_json, to_markdown, to_text

MONDAY = date(2026, 1, 5)


def entry(name: str, *needs: str, status: Status = Status.READY, environment: str = "sit", day: int | None = 0, **more: object) -> Entry:
    when = None if day is None else MONDAY + timedelta(days=day)
    upstream = tuple(Need(need, None, ()) for need in needs)
    return Entry(name, environment, status, upstream=upstream, earliest_date=when, revised_date=when, **more)  # type: ignore[arg-type]


def waves(*entries: Entry) -> dict[str, int | None]:
    return {row.entry.project: row.wave for row in draw("p", entries).rows}


def test_waves__follow_what_is_needed_from_either_end() -> None:
    tables = entry("tables", downstream=(Need("jobs", None, ("table/a",), ("TBL001/table/a",)),))
    assert waves(entry("site", "api"), entry("api", "tables"), entry("jobs"), tables) == {"tables": 1, "api": 2, "jobs": 2, "site": 3}


def test_waves__the_plan_may_ask_for_a_later_one_but_not_for_an_earlier_one() -> None:
    drawn = draw("p", [entry("tables", wave=3), entry("api", "tables", wave=1)])
    assert {row.entry.project: row.wave for row in drawn.rows} == {"tables": 3, "api": 4}
    assert drawn.notes == ("api to sit: the plan says wave 1, but what it needs puts it in wave 4",)


def test_cycle__is_printed_and_blocks_and_has_no_wave() -> None:
    drawn = draw("p", [entry("a", "c"), entry("b", "a"), entry("c", "b"), entry("behind", "a"), entry("free")])
    assert [[key.project for key in cycle] for cycle in drawn.cycles] == [["a", "b", "c"]]
    assert {row.entry.project: (row.wave, row.state, row.can_go) for row in drawn.rows} == {
        "free": (1, "can go", True),
        "a": (None, "in a cycle", False),
        "b": (None, "in a cycle", False),
        "c": (None, "in a cycle", False),
        "behind": (None, "waits", False),
    }
    assert drawn.blocked
    assert "a to sit \u2192 b to sit \u2192 c to sit \u2192 a to sit" in to_text(drawn)


def test_cycle__of_one_project_that_needs_itself() -> None:
    drawn = draw("p", [entry("a", "a")])
    assert drawn.cycles == ((Key("a", "sit"),),)
    assert drawn.blocked


def test_waiting__goes_all_the_way_down() -> None:
    drawn = draw("p", [entry("a", status=Status.PENDING), entry("b", "a"), entry("c", "b"), entry("d")])
    assert {row.entry.project: row.state for row in drawn.rows} == {"a": "pending", "b": "waits", "c": "waits", "d": "can go"}
    assert next(row for row in drawn.rows if row.entry.project == "a").frees == (Key("b", "sit"), Key("c", "sit"))
    assert not drawn.blocked


def test_environments__follow_each_other_in_the_files_order() -> None:
    drawn = draw("p", [entry("a", environment="prod"), entry("a", status=Status.BLOCKED)], ("sit", "prod"))
    assert [str(row.key) for row in drawn.rows] == ["a to sit", "a to prod"]
    assert drawn.rows[1].waits_for == (Key("a", "sit"),)


def test_dates__nobody_goes_before_what_it_needs() -> None:
    drawn = draw("p", [entry("a", day=9), entry("b", "a", day=2), entry("c", "b", day=4), entry("d", day=8)])
    assert {row.entry.project: (row.when or MONDAY).day - 5 for row in drawn.rows} == {"a": 9, "b": 9, "c": 9, "d": 8}
    assert [key.project for key in drawn.critical_path] == ["a", "b", "c"]


def test_dates__what_needs_something_undated_has_none() -> None:
    drawn = draw("p", [entry("a", day=None), entry("b", "a"), entry("c")])
    assert {row.entry.project: row.when for row in drawn.rows} == {"a": None, "b": None, "c": MONDAY}
    assert drawn.done_on is None


def test_error__its_needs_are_said_to_be_unknown() -> None:
    drawn = draw("p", [entry("a", status=Status.ERROR), entry("b", "c", status=Status.ERROR), entry("c"), entry("d")])
    assert drawn.notes == ("nobody knows what is needed by a to sit: wave and order are only what the others say",)


def test_checkout__that_asks_people_says_that_nobody_was_asked() -> None:
    approver = (Approver("dba", "", None),)
    note = ("checkouts do not hold what people said: approvals, decisions and manual work count as missing",)
    assert draw("p", [entry("a", approvers=approver, is_heard=False)]).notes == note
    assert draw("p", [entry("a", approvers=approver)]).notes == draw("p", [entry("a", is_heard=False)]).notes == ()


def test_outside__is_said_to_be_unknown() -> None:
    (row,) = draw("p", [entry("a", "elsewhere")]).rows
    assert row.outside == ("elsewhere",)
    assert "needs elsewhere, which this portfolio knows nothing of" in to_text(draw("p", [entry("a", "elsewhere")]))


def test_pages__stay_readable_where_everything_waits_for_everything() -> None:
    chain = [entry("p0", status=Status.BLOCKED), *(entry(f"p{number}", f"p{number - 1}") for number in range(1, 300))]
    page = to_html(draw("p", chain))
    assert "p109 to sit and 287 more" in page
    assert len(page) < 500_000


PROJECTS = tuple("abcdefgh")
GRAPHS = st.lists(
    st.tuples(
        st.sets(st.sampled_from(PROJECTS), max_size=3),
        st.sampled_from(list(Status)),
        st.one_of(st.none(), st.integers(0, 30)),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    min_size=1,
    max_size=len(PROJECTS),
)


@settings(max_examples=80, deadline=None)
@given(GRAPHS)
def test_draw__whatever_needs_whatever(graph: list[tuple[set[str], Status, int | None, int | None]]) -> None:
    entries = [
        entry(name, *sorted(needs), status=status, day=day, wave=wave)
        for name, (needs, status, day, wave) in zip(PROJECTS, graph, strict=False)
    ]
    drawn = draw("p", entries)
    rows = {row.key: row for row in drawn.rows}
    position = {row.key: number for number, row in enumerate(drawn.rows)}
    assert len(rows) == len(entries)
    for edge in drawn.edges:
        source, target = rows[edge.source], rows[edge.target]
        if target.wave is not None:
            assert source.wave is not None
            assert source.wave < target.wave
            assert position[edge.source] < position[edge.target]
        if target.can_go:
            assert source.can_go
        if source.when is not None and target.when is not None:
            assert source.when <= target.when
    assert bool(drawn.cycles) == any(row.in_cycle for row in drawn.rows)
    for cycle in drawn.cycles:
        assert all(
            (one, other) in {(e.source, e.target) for e in drawn.edges} for one, other in zip(cycle, (*cycle[1:], cycle[0]), strict=True)
        )
    assert drawn == draw("p", list(reversed(entries)))
    assert all(writer(drawn).endswith("\n") for writer in (to_json, to_text, to_markdown, to_html))
