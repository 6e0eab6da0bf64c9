"""``python -m tests.fuzz --seconds 600``: inputs until the time is over; every failure is printed with what repeats it."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.fuzz.attack import PROJECT, Failure, attack, names

PER_ROUND = 12
"""Inputs of each reader for one whole project, which takes as long as all of them."""


def main(arguments: list[str]) -> int:
    """0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="the target's name; with --rounds 1 a single failure is repeated")
    parser.add_argument("--rounds", type=int, default=10**9)
    options = parser.parse_args(arguments)
    chosen = [name for name in names() if not options.only or name == options.only]
    end = time.monotonic() + options.seconds
    done: Counter[str] = Counter()
    failures: list[Failure] = []
    for first in range(options.seed, options.seed + options.rounds, PER_ROUND):
        for name in chosen:
            for seed in range(first, min(first + (1 if name == PROJECT else PER_ROUND), options.seed + options.rounds)):
                if time.monotonic() >= end:
                    return _told(done, failures)
                done[name] += 1
                failure = attack(name, seed)
                if failure is not None:
                    failures.append(failure)
                    print(f"{failure.what}\n  repeat: python -m tests.fuzz --only {name!r} --seed {seed} --rounds 1", flush=True)
                    print(failure.where, flush=True)
    return _told(done, failures)


def _told(done: Counter[str], failures: list[Failure]) -> int:
    for name, count in done.items():
        print(f"{name}: {count} inputs, {sum(1 for failure in failures if failure.target == name)} failures")
    print(f"{sum(done.values())} inputs, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
