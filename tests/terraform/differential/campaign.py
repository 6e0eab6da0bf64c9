"""Compares with real Terraform for as long as wanted: ``python -m tests.terraform.differential.campaign KIND --seconds 600 --seed 1``.

Prints every difference, at the end the figures. Kinds: those of ``GENERATORS``.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.terraform.differential.batches import BATCH, compare
from tests.terraform.differential.expressions import expression
from tests.terraform.differential.setup import SETUP
from tests.terraform.functions.generated import FAMILIES


def _known(random: Random) -> str:
    return expression(random.randrange)


def _hidden(random: Random) -> str:
    return expression(random.randrange, hidden=True)


def _calls(random: Random) -> str:
    return f"jsonencode({random.choice(list(FAMILIES.values()))(random)})"


GENERATORS: dict[str, Callable[[Random], str]] = {"known": _known, "hidden": _hidden, "calls": _calls}


def main() -> None:
    """Batch after batch, each from its own seed, which is printed with what it finds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=GENERATORS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    generate, seed, counts = GENERATORS[options.kind], options.seed, Counter[str]()
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        random = Random(f"{options.kind} {seed}")  # noqa: S311 (the same expressions for the same seed)
        batch = [generate(random) for _ in range(BATCH)]
        for difference in compare(batch, SETUP):
            counts[difference.kind] += 1
            print(f"[{seed}] {difference}", flush=True)
        counts["compared"] += len(batch)
        seed += 1
    print(dict(counts))


if __name__ == "__main__":
    main()
