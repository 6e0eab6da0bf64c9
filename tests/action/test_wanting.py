from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.action.wanting import ROLL_UP, links_to, wanted_from
from bbws_gate.model import ActionItem, Place, Severity, Status
from bbws_gate.publish.wanted import TRACKING, Wanted, WantedCheck, WantedStatus
from tests.action.test_verdict import assessment

NOTHING = Wanted("p", "sit", "a" * 40, "pull/1", 1)
EVERYTHING = replace(NOTHING, check=WantedCheck("failure", "", "", ""), comment="", issues=())
LINK = links_to("https://github.com", "acme/infra", "a" * 40)


def items(count: int) -> tuple[ActionItem, ...]:
    return tuple(
        ActionItem(f"item-{number}", f"Do @{number}", Severity.HIGH, "dba", "1h", "build", ("task",), (), manual=number == 0)
        for number in range(count)
    )


@pytest.mark.parametrize(("count", "issues"), [(0, 0), (1, 2), (20, 21), (21, 21), (300, 21)])
def test_issues__are_capped_and_nothing_is_lost(count: int, issues: int) -> None:
    wanted = wanted_from(EVERYTHING, replace(assessment(Status.BLOCKED), action_items=items(count)), "failure", LINK).issues
    assert wanted is not None
    assert len(wanted) == issues
    shown = sum(1 for issue in wanted if issue.item not in {ROLL_UP, TRACKING}) + sum(
        issue.text.count("\n- ") for issue in wanted if issue.item == ROLL_UP
    )
    assert shown == min(count, 219)


def test_issues__the_rest_is_escaped() -> None:
    wanted = wanted_from(EVERYTHING, replace(assessment(Status.BLOCKED), action_items=items(25)), "failure", LINK).issues
    assert wanted is not None
    assert "`@24`" in wanted[-1].text


def test_issues__manual_work_is_marked() -> None:
    wanted = wanted_from(EVERYTHING, replace(assessment(Status.BLOCKED), action_items=items(2)), "failure", LINK).issues
    assert wanted is not None
    assert [issue.labels for issue in wanted] == [(), ("manual",), ()]


def test_wanted__a_feature_that_is_off_stays_off() -> None:
    assert wanted_from(NOTHING, assessment(Status.BLOCKED), "failure", LINK) == NOTHING


def test_wanted__the_status_follows_the_conclusion() -> None:
    wanted = wanted_from(replace(NOTHING, status=WantedStatus("failure", "")), assessment(Status.PENDING), "action_required", LINK)
    assert wanted.status is not None
    assert wanted.status.state == "pending"
    assert "PENDING" in wanted.status.description


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place("main.tf", 3, 3), "main.tf#L3"),
        (Place("main.tf", 3, 9), "main.tf#L3-L9"),
        (Place("a b/#1?.tf", 0, 0), "a%20b/%231%3F.tf"),
    ],
)
def test_links__lead_to_lines_at_the_commit(place: Place, address: str) -> None:
    assert LINK(place) == f"https://github.com/acme/infra/blob/{'a' * 40}/{address}"
