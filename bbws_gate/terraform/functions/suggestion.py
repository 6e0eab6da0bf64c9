"""The known name that a misspelt one may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_FARTHEST: Final = 2
"""As many letters may be wrong (https://github.com/hashicorp/hcl/blob/v2.24.0/hclsyntax/didyoumean.go)."""
_LONGEST: Final = 64


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The nearest known name, of equally near ones the first in order; None when none is near."""
    if len(name) > _LONGEST:
        return None
    found = sorted((_distance(name, candidate), candidate) for candidate in known)
    return found[0][1] if found and found[0][0] <= _FARTHEST else None


def _distance(left: str, right: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left, 1):
        diagonal, row[0] = row[0], index
        for column, other in enumerate(right, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (letter != other))
    return row[-1]
