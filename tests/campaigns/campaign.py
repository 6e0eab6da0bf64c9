"""One seed from start to end: an earlier run, the disturbed one, a clean one, and one that must write nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from bbws_gate.publish.apply import Applier
from bbws_gate.publish.github import Answer
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import Published, Publisher, failed
from bbws_gate.publish.sending import MAX_SENDS, Sender
from bbws_gate.publish.wanted import Wanted
from tests.campaigns.oracle import DUPLICATE, complaints, contents, says_success
from tests.campaigns.scenario import Scenario, Shape, scenario, with_people
from tests.campaigns.server import Server
from tests.campaigns.turns import Turns
from tests.campaigns.wire import Killed, Plan, Wire
from tests.publish.fake import FakeClock

T = TypeVar("T")
IDENTITY = Identity("github-actions[bot]", None, "github-actions")
PUSHED_HEAD = "d" * 40


class Cancelled(BaseException):
    """The runner asks the process to end; there is time to say so."""


@dataclass
class Outcome:
    """What one seed showed."""

    seed: int
    shape: Shape
    requests: int = 0
    writes: int = 0
    most_sends: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    left_after_fault: Counter[str] = field(default_factory=Counter)
    """Kinds of what was not as wanted right after the disturbed run; the next run is there to mend it."""
    broken: list[tuple[str, str]] = field(default_factory=list)
    """Invariant and what happened."""


class CountedSender(Sender):
    """Tells the wire where one logical write ends and the next begins."""

    def __init__(self, clock: FakeClock, wire: Wire, jitter: Callable[[], float]) -> None:
        super().__init__(clock, jitter=jitter)
        self._wire = wire

    def write(self, request: Callable[[], Answer[T]], *, find: Callable[[], Answer[T] | None] | None = None) -> Answer[T]:
        self._wire.logical_writes += 1
        return super().write(request, find=find)


class Run:
    """One seed."""

    def __init__(self, plan: Scenario) -> None:
        self.plan = plan
        self.choose = random.Random(-plan.seed - 1)  # noqa: S311 - repeatable, not secret
        self.clock = FakeClock()
        self.server = Server(self.clock.now, per_page=plan.per_page)
        self.outcome = Outcome(plan.seed, plan.shape)

    def play(self) -> Outcome:
        """All of it."""
        with_people(self.server, self.choose)
        if self.plan.before is not None:
            self._clean(self.plan.before)
        was_success = says_success(self.server, self.plan.wanted)
        self.server.lag = lambda: self.choose.choice([0.0, self.plan.lag])
        self._disturbed(was_success)
        self.server.lag = lambda: 0.0
        self.server.settle()
        wants = self._final_wants()
        for wanted in wants:
            for kind, _ in complaints(self.server, wanted, _items(wants)):
                self.outcome.left_after_fault[kind] += 1
        for wanted in wants:
            problems = self._clean(wanted).problems
            if problems:
                self._broken("wrongly blocked after one clean run", str(problems[0]))
        for wanted in wants:
            for kind, text in complaints(self.server, wanted, _items(wants)):
                self._broken(f"{kind} after one clean run", text)
            again = Wire(self.server, self.clock, Plan(self.choose))
            self._publish(again, self._still(wanted))
            for write in again.writes:
                self._broken("a second clean run writes nothing", write)
        return self.outcome

    def _final_wants(self) -> list[Wanted]:
        wanted = self.plan.wanted
        if self.plan.shape is Shape.PUSHED:
            self.server.head = PUSHED_HEAD
            wanted = replace(wanted, head=PUSHED_HEAD)
        return [wanted, self.plan.other] if self.plan.shape is Shape.BRANCHES and self.plan.other is not None else [wanted]

    def _disturbed(self, was_success: bool) -> None:
        plan = self.plan
        if plan.other is None:
            self._one(plan.wanted, self._faults(), was_success)
            return
        turns = Turns(self.choose, ["first", "second"])
        wants = {"first": plan.wanted, "second": plan.other}
        plans = {name: replace(self._faults(), turn=partial(turns.step, name)) for name in wants}
        turns.run({name: partial(self._one, wants[name], plans[name], was_success) for name in wants})

    def _faults(self) -> Plan:
        plan = self.plan
        choose = random.Random(self.choose.random())  # noqa: S311 - repeatable, not secret
        made = Plan(choose, plan.rate, plan.sticky, plan.stop_at, plan.stop_committed)
        if plan.shape is Shape.CANCELLED:
            made.kill_with = Cancelled
        if plan.shape is Shape.PUSHED:
            made.at[self.choose.randint(1, 30)] = lambda: setattr(self.server, "head", PUSHED_HEAD)
        return made

    def _one(self, wanted: Wanted, plan: Plan, was_success: bool) -> None:
        """One disturbed run, watched."""
        wire = Wire(self.server, self.clock, plan, before_success=lambda: self._judge_success(wanted))
        with suppress(Killed):
            self._publish(wire, self._still(wanted))
        self._count(wire)
        shown = says_success(self.server, wanted)
        is_good = (wanted.check.conclusion if wanted.check else wanted.status.state if wanted.status else "") == "success"
        if shown and not was_success and not is_good and self.plan.other is None:
            self._broken("wrong success", "the verdict is another")
        if shown and was_success and not is_good and self.plan.other is None:
            self.outcome.left_after_fault["an earlier success of the same commit stands"] += 1

    def _judge_success(self, wanted: Wanted) -> None:
        """Success is the last thing written: by then everything else is in place."""
        if self.plan.other is not None or self.server.head != wanted.head:
            return
        for kind, text in contents(self.server, wanted, frozenset()):
            if kind is not DUPLICATE:
                self._broken("success before the rest", text)

    def _publish(self, wire: Wire, wanted: Wanted) -> Published:
        github = wire.connect()
        sender = CountedSender(self.clock, wire, self.choose.random)
        observer = Observer(github, sender, "acme/infra", IDENTITY)
        publisher = Publisher(observer, Applier(github, sender, observer, "acme/infra", run_url="https://example.test/run"), dry=False)
        try:
            publisher.begin(wanted)
            return publisher.finish(wanted)
        except Cancelled:
            return publisher.finish(failed(wanted, "The assessment could not be completed", "the job was cancelled"))

    def _clean(self, wanted: Wanted) -> Published:
        return self._publish(Wire(self.server, self.clock, Plan(self.choose)), self._still(wanted))

    def _still(self, wanted: Wanted) -> Wanted:
        """Reactions that are there are not wanted again: whoever reads the comments knows."""
        missing = (each for each in wanted.reactions if each.content not in self.server.reactions.get(each.comment, []))
        return replace(wanted, reactions=tuple(missing))

    def _count(self, wire: Wire) -> None:
        outcome = self.outcome
        outcome.requests += wire.requests
        outcome.writes += sum(wire.writes.values())
        outcome.most_sends = max(outcome.most_sends, *wire.writes.values(), 0)
        outcome.faults += wire.faults
        for write, times in wire.writes.items():
            if times > MAX_SENDS:
                self._broken("sends per write", f"{times} of {write[:200]}")
        for early in wire.too_early:
            self._broken("sent too early", early)

    def _broken(self, invariant: str, text: str) -> None:
        self.outcome.broken.append((invariant, text))


def _items(wants: list[Wanted]) -> frozenset[str]:
    return frozenset(issue.item for wanted in wants for issue in wanted.issues or ())


def play(seed: int) -> Outcome:
    """Play one seed."""
    return Run(scenario(seed)).play()
