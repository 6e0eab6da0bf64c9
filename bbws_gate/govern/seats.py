"""Which person counts for which role, when everybody may count for one only."""

from __future__ import annotations

from collections.abc import Mapping


def seat(wanted: Mapping[str, int], candidates: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """People by role, as many seats taken as can be, nobody on two.

    Args:
        wanted: how many people each role needs.
        candidates: who could act in each role, in the order in which they should be asked.
    """
    table = _Table(candidates)
    for role, number in wanted.items():
        for place in range(number):
            table.fill((role, place), set())
    return {
        role: tuple(table.taken[role, place] for place in range(number) if (role, place) in table.taken) for role, number in wanted.items()
    }


class _Table:
    """Seats are filled in order; who sits already moves on when that frees one (augmenting paths of bipartite matching)."""

    def __init__(self, candidates: Mapping[str, tuple[int, ...]]) -> None:
        self._candidates = candidates
        self.taken: dict[tuple[str, int], int] = {}

    def fill(self, place: tuple[str, int], asked: set[int]) -> bool:
        """Seat somebody whom nobody has asked yet; whether that was possible. No deeper than there are people."""
        held = {person: other for other, person in self.taken.items()}
        for person in self._candidates.get(place[0], ()):
            if person in asked:
                continue
            asked.add(person)
            if person not in held or (held[person][0] != place[0] and self.fill(held[person], asked)):
                self.taken[place] = person
                return True
        return False
