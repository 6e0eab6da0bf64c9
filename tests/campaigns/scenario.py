"""What one seed stands for: what is wanted, what is there already, how the run is disturbed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from enum import Enum

from bbws_gate.publish.wanted import TRACKING, Wanted, WantedCheck, WantedIssue, WantedMilestone, WantedReaction, WantedStatus
from bbws_gate.render.annotations import Annotation
from tests.campaigns.faults import FAULTS, Fault
from tests.campaigns.server import HEAD, MAIN, PERSON, Server

RATES = (0.05, 0.10, 0.20)


class Shape(Enum):
    """How a run is disturbed beside the faults of its requests."""

    PLAIN = "faults only"
    KILLED = "killed at one request"
    CANCELLED = "cancelled at one request"
    TWINS = "two runs at the same time, same commit"
    BRANCHES = "two runs at the same time, pull request and main"
    PUSHED = "head moves meanwhile"


@dataclass(frozen=True)
class Scenario:
    """One seed."""

    seed: int
    shape: Shape
    wanted: Wanted
    before: Wanted | None
    """What an earlier, clean run published."""
    other: Wanted | None
    """What the run at the same time wants."""
    rate: float
    sticky: tuple[str, Fault] | None
    stop_at: int | None
    stop_committed: bool
    lag: float
    per_page: int


def scenario(seed: int) -> Scenario:
    """The scenario of a seed."""
    choose = random.Random(seed)  # noqa: S311 - repeatable, not secret
    shape = list(Shape)[seed % len(Shape)]
    wanted = _wanted(choose)
    before = None
    if choose.random() < 0.6:
        before = replace(_wanted(choose), head=choose.choice([HEAD, "c" * 40]), reactions=())
        before = replace(before, check=before.check if wanted.check else None, status=before.status if wanted.status else None)
    other = None
    if shape is Shape.TWINS:
        other = wanted
    elif shape is Shape.BRANCHES:
        other = replace(_wanted(choose), head=MAIN, ref="heads/main", pull=None, comment=None, reactions=())
        wanted = replace(wanted, issues=wanted.issues or ())
        other = replace(other, issues=other.issues or ())
    stop = shape in {Shape.KILLED, Shape.CANCELLED}
    return Scenario(
        seed,
        shape,
        wanted,
        before,
        other,
        rate=choose.choice(RATES),
        sticky=(choose.choice(["POST", "PATCH", "GET"]), choose.choice(FAULTS[:25])) if choose.random() < 0.1 else None,
        stop_at=choose.randint(1, 45) if stop else None,
        stop_committed=choose.random() < 0.5,
        lag=choose.choice([0.0, 0.0, 3.0, 600.0]),
        per_page=choose.choice([2, 7, 100]),
    )


def with_people(server: Server, choose: random.Random) -> None:
    """Comments and issues of people, some of which carry our marks."""
    for number in range(choose.randint(0, 4)):
        body = choose.choice(["Looks good", "<!-- bbws-gate:schemas/sit -->\nREADY", "/gate approve"])
        server.comments.append({"id": number + 1, "user": PERSON, "body": body, "html_url": ""})
        text = choose.choice(["", "<!-- bbws-gate:issue schemas/sit/item-0 refs=pull/1 -->\nmine\n<!-- bbws-gate:end -->"])
        issue = {"id": number + 50, "number": number + 50, "user": PERSON, "body": text, "title": "by a person", "state": "open"}
        server.issues.append({**issue, "labels": [{"name": "bbws-gate"}], "html_url": ""})


def _wanted(choose: random.Random) -> Wanted:
    success = choose.random() < 0.5
    conclusion = "success" if success else choose.choice(["failure", "action_required"])
    remarks = tuple(Annotation("main.tf", line, line, "failure", "title", "message") for line in range(choose.choice([0, 3, 60, 120])))
    check = WantedCheck(conclusion, f"{conclusion} {choose.randint(0, 3)}", "summary", "text", () if success else remarks)
    by_status = choose.random() < 0.2
    state = {"success": "success", "action_required": "pending"}.get(conclusion, "failure")
    items = sorted(choose.sample(range(6), choose.randint(0, 5)))
    return Wanted(
        "schemas",
        "sit",
        HEAD,
        "pull/1",
        1,
        check=None if by_status else check,
        status=WantedStatus(state, check.title) if by_status else None,
        comment=f"verdict: {check.title}" if choose.random() < 0.9 else None,
        issues=_issues(items, choose) if choose.random() < 0.9 else None,
        milestone=WantedMilestone("schemas: sit on 2026-12-01", "2026-12-01") if choose.random() < 0.5 else None,
        reactions=tuple(WantedReaction(comment, choose.choice(["+1", "confused"])) for comment in range(1, choose.randint(1, 4))),
    )


def _issues(items: list[int], choose: random.Random) -> tuple[WantedIssue, ...]:
    if not items:
        return ()
    people = choose.choice([(), ("octocat",), ("octocat", "ghost")])
    wanted = [WantedIssue(TRACKING, "Promotion of schemas", "- [ ] all of it")]
    for number in items:
        blocked_by = (f"item-{number - 1}",) if number - 1 in items else ()
        wanted.append(WantedIssue(f"item-{number}", f"Item {number}", f"- [ ] task {number}", people, blocked_by=blocked_by))
    return tuple(wanted)
