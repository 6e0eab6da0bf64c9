"""A fixed, short part of ``make fuzz``; and whether the harness would notice."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.fuzz.attack import PROJECT, attack, names
from tests.fuzz.guard import Hang, at_most
from tests.fuzz.mutate import MAX_BYTES, WORDS, mutated
from tests.fuzz.project import CANARY, assessed, changed_project
from tests.fuzz.targets import REFUSALS, TARGETS, Target, quietly

ROUNDS = 25
PROJECT_ROUNDS = 6


@pytest.mark.parametrize("name", [name for name in names() if name != PROJECT])
def test_fuzz__no_input_ends_in_anything_but_a_result_or_a_refusal(name: str) -> None:
    assert [failure for seed in range(ROUNDS) if (failure := attack(name, seed)) is not None] == []


@pytest.mark.parametrize("seed", range(PROJECT_ROUNDS))
def test_fuzz__no_project_ends_in_anything_but_a_report_or_a_refusal(seed: int) -> None:
    assert attack(PROJECT, seed) is None


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_targets__start_from_inputs_that_are_read(target: Target) -> None:
    assert target.inputs
    for text in target.inputs[:3]:
        try:
            target.read(text)
        except REFUSALS as refusal:
            pytest.fail(f"refused: {refusal}")


def test_canary__is_read_and_hidden() -> None:
    """The planted value reaches the evaluation: it is marked as sensitive there, not lost on the way."""
    files = changed_project(random.Random(1))  # noqa: S311 - repeatable
    root = next(path for path in files if path.endswith("canary.tf"))
    assert CANARY.encode() in files[root]
    told = assessed({**files, root: files[root].replace(b"sensitive = true", b"sensitive = false")})
    assert "aws_ssm_parameter.canary" in told


def test_guard__ends_what_computes_too_long() -> None:
    with pytest.raises(Hang), at_most(0.05):
        sum(1 for _ in itertools.count())


def test_harness__reports_a_traceback() -> None:
    def broken(_: bytes) -> object:
        raise LookupError

    with pytest.raises(LookupError):
        quietly(Target("broken", "hcl", (), broken), b"")


@pytest.mark.parametrize("language", WORDS)
def test_mutated__is_repeatable_and_bounded(language: str) -> None:
    def made(seed: int) -> bytes:
        return mutated(b"a = 1\nb = [2]\n" * 50, language, (b"c\n",), random.Random(seed))  # noqa: S311 - repeatable

    assert [made(seed) for seed in range(40)] == [made(seed) for seed in range(40)]
    assert max(len(made(seed)) for seed in range(40)) <= MAX_BYTES
    assert len({made(seed) for seed in range(40)}) > 20
