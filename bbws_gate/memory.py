"""How the garbage collector is set for one run: many lasting objects are made, and hardly any cycles."""

from __future__ import annotations

import gc

_YOUNG = 1_000_000
"""Objects made between two collections of the youngest; Python's 700 spends a fifth of a large run looking at trees that stay, 100,000
a tenth. A thousand tables make fewer than a million: nothing of theirs is looked at. Peak memory is the same.
"""


def collect_rarely() -> None:
    """For whole processes only (the command line, the action): libraries leave the collector to those who use them."""
    gc.set_threshold(_YOUNG, 20, 100)


def end_quickly() -> None:
    """For a whole process that is about to end: spares it a last look at everything it holds. The system takes the memory back at once."""
    gc.freeze()
