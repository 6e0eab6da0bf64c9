"""The fault campaign of ``make faults``, a small part of it; and whether its server answers as the stand-in does."""

from __future__ import annotations

import random

import pytest

from tests.campaigns.baseline import ENDINGS, one_post, with_gate, with_pygithub
from tests.campaigns.campaign import Outcome, play
from tests.campaigns.deploying import OTHERWISE, Asked, ask
from tests.campaigns.faults import FAULTS
from tests.campaigns.kills import deaths
from tests.campaigns.people import GOOD, OTHERS, Facts, Past
from tests.campaigns.scenario import Shape, scenario
from tests.campaigns.server import API, Reply, Server
from tests.campaigns.turns import Turns
from tests.campaigns.wire import Plan, Wire
from tests.publish.fake import FakeClock

SEEDS = range(90)


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [play(seed) for seed in SEEDS]


def test_campaign__every_invariant_holds_for_every_seed(outcomes: list[Outcome]) -> None:
    assert [(outcome.seed, *broken) for outcome in outcomes for broken in outcome.broken] == []


def test_campaign__really_disturbs(outcomes: list[Outcome]) -> None:
    assert {outcome.shape for outcome in outcomes} == set(Shape)
    assert sum(sum(outcome.faults.values()) for outcome in outcomes) > 300
    assert {name for outcome in outcomes for name in outcome.faults} == {fault.name for fault in FAULTS}
    assert sum(1 for outcome in outcomes if outcome.left_after_fault) > 45


@pytest.mark.parametrize("seed", [1260, 1300, 1096, 1216, 2416, 5060, 5446, 6124])
def test_campaign__seeds_that_once_broke_an_invariant(seed: int) -> None:
    assert play(seed).broken == []


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [ask(seed) for seed in range(40)]


@pytest.mark.case("R9", "R10", "T12", "I3")
def test_deployment__is_never_allowed_against_the_oracle_whatever_fails(asked: list[Asked]) -> None:
    assert [(each.seed, *broken) for each in asked for broken in each.broken] == []


def test_deployment__campaign_meets_every_answer(asked: list[Asked]) -> None:
    assert {(each.allowed, each.ending) for each in asked} >= {(True, "allowed"), (True, "no answer"), (False, "refused")}
    assert sum(sum(each.faults.values()) for each in asked) > 40


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name in OTHERS for fact in sorted(OTHERS[name] - GOOD[name])])
def test_deployment__one_bad_fact_is_enough(name: str, fact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else is as it must be."""
    given = Facts({**{each: sorted(good)[0] for each, good in GOOD.items()}, name: fact}, 0, 100)
    monkeypatch.setattr("tests.campaigns.deploying.facts", lambda _: given)
    assert not given.allowed
    assert ask(1).broken == []


@pytest.mark.case("R6", "T10")
def test_deployment__waits_when_what_was_said_on_issues_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a decision was taken back there is not known."""
    given = Facts({each: sorted(good)[0] for each, good in GOOD.items()}, 0, 100)
    monkeypatch.setattr("tests.campaigns.deploying.facts", lambda _: given)
    assert ask(1).broken == []
    monkeypatch.setattr(Past, "_issues", lambda _: Reply(403, {"message": "Resource not accessible by integration"}))
    judged = [text for invariant, text in ask(1).broken if invariant == OTHERWISE]
    assert "decision window is open" in judged[0]


def test_campaign__a_seed_is_played_the_same_way_again() -> None:
    first, second = play(57), play(57)
    assert (first.requests, first.writes, first.faults) == (second.requests, second.writes, second.faults)
    assert scenario(57) == scenario(57)


def test_kill__leaves_no_success_and_the_next_run_mends() -> None:
    """A real process and SIGKILL, in the middle of the issues; `make faults` does it at every request."""
    found = deaths([9])
    assert [(death.was_killed, death.committed, death.broken) for death in found] == [(True, False, ()), (True, True, ())]


def test_baseline__the_server_can_be_left_with_copies() -> None:
    """The faults are real ones: PyGithub's own retries leave eleven comments where the gate leaves one."""
    always = next(ending for ending in ENDINGS if ending.name == "502 always, after the work")
    assert one_post(always, with_pygithub) == (11, 11)
    assert one_post(always, with_gate) == (1, 1)


def test_wire__sees_what_is_sent_before_a_limit_ended() -> None:
    """The invariants can fail: a client that does not wait is caught."""
    clock = FakeClock()
    limit = next(fault for fault in FAULTS if fault.name == "429, Retry-After")
    wire = Wire(Server(clock.now), clock, Plan(random.Random(0), sticky=("POST", limit)))  # noqa: S311 - repeatable
    client = wire.connect().client
    for _ in range(2):
        client._requester.requestJson("POST", f"{API}/repos/acme/infra/labels", input={"name": "x"})
    assert [text.rpartition("labels? ")[2] for text in wire.too_early] == ["before a limit ended"]


def test_turns__pass_errors_on() -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        Turns(random.Random(0), ["a", "b"]).run({"a": fail, "b": lambda: None})  # noqa: S311 - repeatable
