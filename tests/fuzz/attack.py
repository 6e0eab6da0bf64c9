"""One input against one target: no other exception than a refusal, no endless work, no secret in what comes out."""

from __future__ import annotations

import random
import traceback
from dataclasses import dataclass

from tests.fuzz.guard import Hang, at_most
from tests.fuzz.mutate import mutated
from tests.fuzz.project import CANARY, assessed, changed_project
from tests.fuzz.targets import TARGETS, quietly

SECONDS = 15.0
"""Of processor time for an input of at most 40 kB; the gate's own worker has more."""
PROJECT = "whole project"


@dataclass(frozen=True)
class Failure:
    """What went wrong."""

    target: str
    seed: int
    what: str
    where: str = ""


def names() -> tuple[str, ...]:
    """Every target."""
    return (*(target.name for target in TARGETS), PROJECT)


def attack(name: str, seed: int) -> Failure | None:
    """Make the input of a seed and have it read."""
    choose = random.Random(f"{name} {seed}")  # noqa: S311 - repeatable, not secret
    try:
        with at_most(SECONDS if name != PROJECT else 4 * SECONDS):
            told = _project(choose) if name == PROJECT else _single(name, choose)
    except Hang:
        return Failure(name, seed, f"{name}: more than the processor time allowed", traceback.format_exc(limit=-6))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the find
        return Failure(name, seed, f"{name}: {type(error).__name__}: {error!s:.200}", traceback.format_exc(limit=-6))
    if CANARY in told:
        at = told.index(CANARY)
        return Failure(name, seed, f"{name}: the canary came out", told[max(0, at - 300) : at + 60])
    return None


def _single(name: str, choose: random.Random) -> str:
    target = next(target for target in TARGETS if target.name == name)
    inputs = target.inputs
    return quietly(target, mutated(choose.choice(inputs), target.language, inputs, choose))


def _project(choose: random.Random) -> str:
    return assessed(changed_project(choose))
