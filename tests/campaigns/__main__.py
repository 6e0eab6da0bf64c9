"""``python -m tests.campaigns --runs 5000``: play seeds, print what broke, and write the page."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from tests.campaigns import deploying
from tests.campaigns.campaign import play
from tests.campaigns.kills import deaths, requests_of_a_run
from tests.campaigns.page import INVARIANTS, broken, page
from tests.security.bomb_files import BOMBS
from tests.security.bombs import measure


class Played(Protocol):
    """What one seed showed, of either campaign."""

    seed: int
    broken: list[tuple[str, str]]


P = TypeVar("P", bound=Played)


def main(arguments: list[str]) -> int:
    """0 when every invariant holds for every seed and every death."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns")
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0, help="the first one; with --runs 1 a single failure is played again")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, help="also kill processes, measure PyGithub and the bombs, and write the page")
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.runs)
    outcomes = _played(play, seeds, options.jobs)
    asked = _played(deploying.ask, seeds, options.jobs)
    failed = broken(outcomes) + broken(asked)
    for invariant in (*INVARIANTS, *deploying.INVARIANTS):
        print(f"{invariant}: {failed[invariant]} of {len(seeds)} runs")
    if options.write is None:
        return 1 if failed else 0
    dead = deaths(range(1, requests_of_a_run() + 1))
    for death in dead:
        if death.broken or not death.was_killed:
            print(death)
    costs = [measure(bomb) for bomb in BOMBS]
    for cost in costs:
        if cost.wrong:
            print(f"{cost.bomb.case} {cost.bomb.name}: {cost.wrong}")
    options.write.write_text(page(outcomes, asked, dead, costs, options.seed) + "\n", encoding="utf-8")
    return 1 if failed or any(death.broken or not death.was_killed for death in dead) or any(cost.wrong for cost in costs) else 0


def _played(one: Callable[[int], P], seeds: Sequence[int], jobs: int) -> list[P]:
    outcomes: list[P] = []
    with multiprocessing.get_context("spawn").Pool(min(jobs, len(seeds))) as pool:
        for outcome in pool.imap(one, seeds, chunksize=min(50, len(seeds) // jobs + 1)):
            for invariant, text in outcome.broken:
                print(f"seed {outcome.seed}: {invariant}: {text}", flush=True)
            outcomes.append(outcome)
            if len(outcomes) % 500 == 0:
                print(f"{len(outcomes)} runs", file=sys.stderr, flush=True)
    return outcomes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
