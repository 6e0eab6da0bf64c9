"""The schedule as people and machines see it, and titles that try to be Mermaid."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.assess.planning import schedule_of
from bbws_gate.model import Assessment, Schedule, Status
from bbws_gate.render.diagrams import MAX_BARS, Arrow, Node, dependency_graph, flowchart, gantt, label
from bbws_gate.render.documents import comment, documents
from bbws_gate.render.json import to_json as assessment_json
from bbws_gate.render.schedule import headline, remedy, to_json
from bbws_gate.spec import load_spec
from tests.assess.test_examples import EXAMPLES, SPEC, assessed

BAR = re.compile(r"    [0-9]+ [^:;#%<>`\"'{}\[\]|\n]+ :(?:crit, )?i[0-9]+, [0-9-]{10}, [0-9-]{10}")
FIXED = re.compile(
    r"gantt|    (?:dateFormat|inclusiveEndDates|axisFormat|tickInterval|todayMarker)[^:]*|    (?:Planned|Possible) :milestone, .*"
)
SECTION = re.compile(r"    section [^:;#%<>`\"'{}\[\]|\n]+")
BOX = re.compile(r'    n[0-9]+\["[^":;#%<>`{}\[\]|\n]+"\](?::::[a-z]+)?')
ARROW = re.compile(r'    n[0-9]+ -->(?:\|"[^":;#%<>`{}\[\]|\n]+"\|)? n[0-9]+')


@pytest.fixture(scope="module")
def blocked() -> Assessment:
    return assessed("bbws_dynamodb_schemas", "sit")


def plan_of(assessment: Assessment) -> Schedule:
    assert assessment.schedule is not None
    return assessment.schedule


def with_target(assessment: Assessment, day: str) -> Schedule:
    text = (EXAMPLES / "bbws_dynamodb_schemas" / SPEC).read_bytes().replace(b"target_date: 2026-01-13", f"target_date: {day}".encode())
    plan = schedule_of(assessment, load_spec(text, SPEC).spec)
    assert plan is not None
    return plan


def test_headline__planned_and_revised_date(blocked: Assessment) -> None:
    work = "All that is left takes 4 working days, until 12 January 2026."
    assert headline(plan_of(blocked)) == f"{work} The planned date, 13 January 2026, can just be kept."
    assert (
        headline(with_target(blocked, "2026-01-15"))
        == f"{work} The planned date, 15 January 2026, can be kept with 2 working days to spare."
    )
    late = "The planned date, 12 January 2026, cannot be kept (1 working day late); the revised date is 13 January 2026."
    assert headline(with_target(blocked, "2026-01-12")) == f"{work} {late}"


def test_remedy__says_whether_it_brings_the_planned_date_back(blocked: Assessment) -> None:
    plan = with_target(blocked, "2026-01-12")
    assert remedy(plan, plan.remedies[0]) == (
        "one more devops-engineer: done on 9 January 2026, promotion from 12 January 2026 on, which keeps the planned date"
    )
    plan = with_target(blocked, "2026-01-09")
    assert remedy(plan, plan.remedies[0]).endswith("which does not keep the planned date")


def test_json__has_the_dates_the_path_and_the_remedies(blocked: Assessment) -> None:
    value = to_json(plan_of(blocked), "2026-01-13")
    assert (value["done_on"], value["revised_date"], value["working_days"], value["late"]) == ("2026-01-12", "2026-01-13", 4, False)
    assert value["critical_path"][1] == "add-missing-tables"
    assert value["remedies"][0]["done_on"] == "2026-01-09"
    assert len(value["items"]) == 15
    assert to_json(None, "2026-01-13") == {"target_date": "2026-01-13"}


def test_pages__comment_and_report_show_gantt_path_and_graph(blocked: Assessment) -> None:
    pages = documents(blocked)
    report = next(text for name, text in pages.items() if name.endswith("readiness_report.md"))
    for text in (comment(blocked), report):
        assert text.count("```mermaid\ngantt\n") == 1
        assert "What sets the date, in order:" in text
        assert "one more devops-engineer: done on 9 January 2026" in text
    assert "```mermaid\nflowchart LR\n" in report
    assert "| Bring indexes in line with the plan | backend-developer | 2026-01-08 | 2026-01-08 | 4h | 5h |" in report


def test_pages__an_error_has_no_schedule(blocked: Assessment) -> None:
    spec = load_spec((EXAMPLES / "bbws_dynamodb_schemas" / SPEC).read_bytes(), SPEC).spec
    assert schedule_of(replace(blocked, status=Status.ERROR), spec) is None
    assert schedule_of(replace(blocked, action_items=(), decisions=()), spec) is None


def grammatical(text: str) -> bool:
    return all(any(form.fullmatch(line) for form in (BAR, FIXED, SECTION)) for line in text.splitlines())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=30))
def test_gantt__no_title_makes_a_statement_of_its_own(title: str, owner: str) -> None:
    plan = plan_of(SAMPLE)
    items = tuple(replace(item, title=title, owners=(owner,), phase=title) for item in plan.items)
    drawn = gantt(replace(plan, items=items))
    assert grammatical(drawn), drawn
    assert len(drawn.splitlines()) <= 9 + 2 * len(items)


SAMPLE = assessed("bbws_dynamodb_schemas", "sit")


@pytest.mark.parametrize(
    "title",
    [
        "a :crit, x, 2020-01-01, 1d\n    click i1 call alert()",
        "section b",
        "%%{init: {'theme': 'x'}}%%",
        "```\n<script>alert(1)</script>",
        "title x; click a href 'javascript:alert(1)'",
        "#quot;#lt;",
        "",
        "\u202e\u3164",
    ],
)
def test_gantt__injection(title: str) -> None:
    plan = plan_of(SAMPLE)
    assert grammatical(gantt(replace(plan, items=tuple(replace(item, title=title) for item in plan.items))))


def test_gantt__keeps_what_sets_the_date_when_there_is_too_much() -> None:
    plan = plan_of(SAMPLE)
    many = tuple(replace(plan.items[0], id=f"x{number}") for number in range(100))
    drawn = gantt(replace(plan, items=(*many, *plan.items)))
    assert drawn.count(" :") - 2 == MAX_BARS
    assert drawn.count(":crit") == len(plan.critical_path)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_flowchart__no_name_makes_a_statement_of_its_own(names: list[str]) -> None:
    nodes = [Node(str(number), name, "bad") for number, name in enumerate(names)]
    lines = flowchart(nodes, [Arrow("0", str(number), name) for number, name in enumerate(names)]).splitlines()
    assert lines[0] == "flowchart LR"
    assert all(BOX.fullmatch(line) or ARROW.fullmatch(line) for line in lines[1:-1])
    assert lines[-1].startswith("    classDef bad ")


def test_dependencies__who_is_blocked_by_what_and_who_is_free(blocked: Assessment) -> None:
    assert 'n0 -->|"table/orders"| n2' in dependency_graph(blocked)
    ready = assessed("orders_ready", "sit")
    assert 'n1["order_lambda"]:::good' in dependency_graph(ready)
    assert '"blocked": false' in assessment_json(ready)


def test_label__keeps_words_of_any_script() -> None:
    assert label("Tabellen ergänzen: größer") == "Tabellen ergänzen größer"
    assert label("表を追加する") == "表を追加する"
