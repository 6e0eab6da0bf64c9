"""Compares with real Terraform for as long as wanted: ``python -m tests.terraform.differential.campaign KIND --seconds 600 --seed 1``.

Prints every difference, at the end the figures. Kinds: those of ``GENERATORS``, and ``configurations``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.terraform.differential.batches import BATCH, compare
from tests.terraform.differential.comparing import Difference
from tests.terraform.differential.configurations import configuration
from tests.terraform.differential.expressions import expression
from tests.terraform.differential.setup import SETUP
from tests.terraform.differential.wholes import compare_whole
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
    parser.add_argument("kind", choices=[*GENERATORS, "configurations"])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    counts, seed, end = Counter[str](), options.seed, time.monotonic() + options.seconds
    while time.monotonic() < end:
        random = Random(f"{options.kind} {seed}")  # noqa: S311 (the same ones for the same seed)
        compared, found = _configurations(random) if options.kind == "configurations" else _expressions(random, GENERATORS[options.kind])
        counts["compared"] += compared
        for difference in found:
            counts[difference.kind] += 1
            print(f"[{seed}] {difference}", flush=True)
        seed += 1
    print(dict(counts))


def _expressions(random: Random, generate: Callable[[Random], str]) -> tuple[int, list[Difference]]:
    return BATCH, compare([generate(random) for _ in range(BATCH)], SETUP)


def _configurations(random: Random) -> tuple[int, list[Difference]]:
    with tempfile.TemporaryDirectory() as folder:
        return 1, compare_whole("configuration", configuration(random), Path(folder))


if __name__ == "__main__":
    main()
