"""``python -m tests.campaigns --runs 5000``: play seeds, print what broke, and count."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.campaigns.campaign import Outcome, play


def main(arguments: list[str]) -> int:
    """0 when every invariant holds for every seed."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns")
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0, help="the first one; with --runs 1 a single failure is played again")
    options = parser.parse_args(arguments)
    outcomes = []
    for seed in range(options.seed, options.seed + options.runs):
        outcome = play(seed)
        for invariant, text in outcome.broken:
            print(f"seed {seed} ({outcome.shape.value}): {invariant}: {text}")
        outcomes.append(outcome)
    print("\n".join(summary(outcomes)))
    return 1 if any(outcome.broken for outcome in outcomes) else 0


def summary(outcomes: list[Outcome]) -> list[str]:
    """Figures of a campaign, one a line."""
    faults: Counter[str] = Counter()
    left: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    shapes = Counter(outcome.shape.value for outcome in outcomes)
    for outcome in outcomes:
        faults += outcome.faults
        left += Counter(dict.fromkeys(outcome.left_after_fault, 1))
        broken += Counter(dict.fromkeys((invariant for invariant, _ in outcome.broken), 1))
    return [
        f"runs: {len(outcomes)}; requests in disturbed runs: {sum(each.requests for each in outcomes)}",
        f"of them writes: {sum(each.writes for each in outcomes)}",
        f"faults: {sum(faults.values())}; most sends of one write: {max(each.most_sends for each in outcomes)}",
        *(f"  {name}: {count}" for name, count in shapes.items()),
        *(f"  fault {name}: {count}" for name, count in sorted(faults.items())),
        *(f"  left after the disturbed run, in runs: {name}: {count}" for name, count in sorted(left.items())),
        *(f"  BROKEN in runs: {name}: {count}" for name, count in sorted(broken.items())),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
