"""The question before a deployment, asked while GitHub fails: never allowed when the oracle says no, and right once the faults are over."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

from bbws_gate.errors import GateError
from bbws_gate.govern import Snapshot
from bbws_gate.model import Assessment, Record
from bbws_gate.pipeline import assess_repository, content_of, read_spec
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.verification import Answer, Question, Verifier, sources_of
from bbws_gate.repository import MemoryRepository, Repository
from bbws_gate.spec import LoadedSpec
from tests.campaigns.campaign import IDENTITY
from tests.campaigns.faults import FAULTS
from tests.campaigns.people import BELOW, HEAD, MERGED, PEOPLE, REPLACED, Facts, Past, facts
from tests.campaigns.scenario import RATES
from tests.campaigns.wire import Plan, Wire
from tests.publish.fake import FakeClock
from tests.security.assessing import ready_files

SPEC = ".github/promotion.yml"
QUESTION = Question("sit", MERGED, SPEC, "2026-07-01T00:00:00Z")
SAME = (MERGED, HEAD, BELOW)
"""Commits of one content: merged by squashing, as it was seen, as the environment below holds it."""

ALLOWED = "deployment allowed when the oracle says no"
OTHERWISE = "deployment judged otherwise than by the oracle once the faults are over"
COMMANDS = "commands lost or applied twice"
EARLY = "asked before it was allowed"
INVARIANTS = (ALLOWED, OTHERWISE, COMMANDS, EARLY)


@dataclass
class Asked:
    """What one seed showed."""

    seed: int
    allowed: bool
    """By the oracle."""
    requests: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    ending: str = ""
    """How it ended while GitHub failed: allowed, refused, no answer."""
    broken: list[tuple[str, str]] = field(default_factory=list)


@cache
def _files(*, same: bool) -> dict[str, bytes]:
    files = ready_files()
    spec = files[SPEC].decode().partition("\nroles:\n")[0]
    sit = '  sit:\n    account: "444455556666"\n'
    spec = spec.replace(sit, f"{sit}    promoted_from: dev\n    deployed_first: true\n")
    files[SPEC] = (spec + PEOPLE).encode()
    if not same:
        files["terraform/more.tf"] = b'resource "aws_sns_topic" "more" {\n  name = "more"\n}\n'
    return files


@cache
def _tree(*, same: bool) -> Repository:
    return MemoryRepository(_files(same=same))


class Checkout:
    """Commits by their names."""

    def open(self, commit: str) -> Repository:
        return _tree(same=commit in SAME)

    def __call__(self, commit: str) -> Repository | None:
        return self.open(commit) if commit in (*SAME, REPLACED) else None

    def answer(self, question: str) -> bytes:
        raise AssertionError(question)


_ASSESSED: dict[str, tuple[Record | None, Assessment]] = {}
"""By all that an assessment depends on: thousands of seeds meet the same few hundred records."""


def _assess(tree: Repository, spec: Any, environment: str, *, commit: str, record: Record | None = None, **named: Any) -> Assessment:
    key = f"{commit} {record!r}"
    if key not in _ASSESSED:
        _ASSESSED[key] = record, assess_repository(tree, spec, environment, commit=commit, record=record, **named)
    return _ASSESSED[key][1]


# The same trees are read thousands of times: what depends on them alone is read once.
_SPECS: dict[int, LoadedSpec] = {}
_CONTENTS: dict[str, Snapshot] = {}


def _spec(tree: Repository, path: str) -> LoadedSpec:
    if id(tree) not in _SPECS:
        _SPECS[id(tree)] = read_spec(tree, path)
    return _SPECS[id(tree)]


def _content(tree: Repository, spec: LoadedSpec, environment: str, *, commit: str, **named: Any) -> Snapshot:
    if commit not in _CONTENTS:
        _CONTENTS[commit] = content_of(tree, spec, environment, commit=commit, **named)
    return _CONTENTS[commit]


def ask(seed: int) -> Asked:
    """Ask while GitHub fails, then once more when it does not."""
    choose = random.Random(seed)  # noqa: S311 - repeatable, not secret
    given = facts(choose)
    sticky = ("GET", choose.choice(FAULTS[:25])) if choose.random() < 0.05 else None
    asked = Asked(seed, given.allowed)
    faulty = Plan(random.Random(seed + 1), choose.choice(RATES), sticky)  # noqa: S311 - repeatable, not secret
    answer = _one(asked, given, faulty, watched=True)
    asked.ending = "no answer" if answer is None else "allowed" if answer.verdict.allowed else "refused"
    if answer is not None and answer.verdict.allowed:
        _heard(asked, given, answer)
        if not given.allowed:
            asked.broken.append((ALLOWED, f"{dict(given.chosen)}"))
    clean = _one(asked, given, Plan(random.Random(seed)), watched=False)  # noqa: S311 - repeatable, not secret
    if clean is None or clean.verdict.allowed != given.allowed:
        reasons = clean.verdict.reasons if clean is not None else "no answer"
        asked.broken.append((OTHERWISE, f"{dict(given.chosen)}: {reasons}"))
    if clean is not None:
        _heard(asked, given, clean)
    return asked


def _one(asked: Asked, given: Facts, plan: Plan, *, watched: bool) -> Answer | None:
    clock = FakeClock()
    wire = Wire(Past(given, "orders", "sit"), clock, plan)  # type: ignore[arg-type]
    github = wire.connect()
    sender = Sender(clock, jitter=lambda: 0.5)
    verifier = Verifier(Checkout(), sources_of(github, sender, "acme/infra", IDENTITY))  # type: ignore[arg-type]
    here: Callable[..., Any] = lambda work, *_, **__: work()  # noqa: E731 - the worker has tests of its own
    try:
        with (
            patch("bbws_gate.publish.verification.isolated", here),
            patch("bbws_gate.publish.verification.read_spec", _spec),
            patch("bbws_gate.publish.verification.assess_repository", _assess),
            patch("bbws_gate.pipeline.content_of", _content),
        ):
            return verifier.verify(QUESTION)
    except GateError:
        return None
    finally:
        if watched:
            asked.requests, asked.faults = wire.requests, wire.faults
            asked.broken += [(EARLY, early) for early in wire.too_early]


def _heard(asked: Asked, given: Facts, answer: Answer) -> None:
    """Every command has one reply."""
    replies = Counter(reply.remark for reply in answer.assessment.replies)
    if sum(replies.values()) != given.commands or set(replies.values()) > {1}:
        asked.broken.append((COMMANDS, f"{dict(given.chosen)}: {answer.assessment.replies}"))
