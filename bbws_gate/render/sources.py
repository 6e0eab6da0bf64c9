"""Every source held against every other, counted from the checklist: which lines rest on both, and whether they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from bbws_gate.model import Assessment, ChecklistItem, Result

KINDS = ("spec", "plan", "Terraform", "tfvars", "schema", "workflow", "script", "README", "document", "git")
"""In the order in which the matrix shows them."""
_GIT = frozenset({"REP001", "REP002", "REP003", "REP005"})
"""Checks that ask git, which is no file: what is tracked, where a tag points."""


class Comparison(NamedTuple):
    """Two sources."""

    left: str
    right: str
    held: int
    """Lines that rest on both and hold."""
    failed: int
    """Lines that rest on both and fail. Where a line has more than two sources, the finding says which of them differ."""
    findings: tuple[str, ...]
    """What stands for the failed lines, each once."""

    @property
    def codes(self) -> tuple[tuple[str, int], ...]:
        """The findings' codes and how many have each."""
        return tuple(sorted(Counter(name.partition("/")[0] for name in self.findings).items()))


class Matrix(NamedTuple):
    """All of them."""

    kinds: tuple[str, ...]
    pairs: Mapping[tuple[str, str], Comparison]

    @property
    def rows(self) -> tuple[str, ...]:
        """Kinds that are compared with a later one."""
        return tuple(kind for kind in self.kinds if any(left == kind for left, _ in self.pairs))

    @property
    def columns(self) -> tuple[str, ...]:
        """Kinds that are compared with an earlier one."""
        return tuple(kind for kind in self.kinds if any(right == kind for _, right in self.pairs))

    @property
    def failing(self) -> tuple[Comparison, ...]:
        """Pairs with a failed line."""
        return tuple(pair for pair in self.pairs.values() if pair.failed)


def matrix(assessment: Assessment) -> Matrix:
    """The matrix of an assessment; empty where it has no dossier, or no line rests on two sources."""
    if assessment.dossier is None:
        return Matrix((), {})
    kind_of = {path: source.kind for source in assessment.dossier.sources for path in source.paths}
    held: dict[tuple[str, str], list[ChecklistItem]] = {}
    for line in assessment.checklist:
        if line.result is not Result.UNVERIFIED:
            for pair in combinations(_kinds(line, kind_of), 2):
                held.setdefault(pair, []).append(line)
    present = {kind for pair in held for kind in pair}
    kinds = tuple(kind for kind in KINDS if kind in present)
    return Matrix(kinds, {pair: _compared(pair, held[pair]) for pair in combinations(kinds, 2) if pair in held})


def _kinds(line: ChecklistItem, kind_of: Mapping[str, str]) -> tuple[str, ...]:
    """The kinds of what proves a line, and of what its values came from."""
    paths = {fact.place.path for fact in line.evidence}
    paths.update(step.place.path for fact in line.evidence if fact.provenance for step in fact.provenance)
    found = {kind_of.get(path, "") for path in paths}
    if line.code in _GIT:
        found.add("git")
    return _in_order(frozenset(found))


@lru_cache(maxsize=256)
def _in_order(found: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in found)


def _compared(pair: tuple[str, str], lines: list[ChecklistItem]) -> Comparison:
    failed = [line for line in lines if line.result is Result.FAIL]
    return Comparison(*pair, len(lines) - len(failed), len(failed), tuple(dict.fromkeys(line.finding for line in failed if line.finding)))
