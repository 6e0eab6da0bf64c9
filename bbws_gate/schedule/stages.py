"""The order of the work: phases in their usual order, and inside a phase what has to wait for what."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.model import ActionItem

PHASES = ("deci", "build", "test", "document", "", "deploy")
"""How the names of phases begin, in order; the empty one stands for every other name."""


def phase_rank(phase: str) -> int:
    """Where a phase stands: ``decide``, ``build``, ``test`` (or ``testing``), ``document``, any other, ``deploy``."""
    name = phase.casefold()
    return next((rank for rank, start in enumerate(PHASES) if start and name.startswith(start)), PHASES.index(""))


def stages(items: Iterable[ActionItem]) -> dict[str, int]:
    """The stage of every item, by id: later numbers begin when earlier ones are done.

    An item that waits for one of a later phase moves to that phase. Of items that wait for each other in a circle, the first by id goes
    first: a spec with such a circle is refused, but an assessment can come from elsewhere.
    """
    by_id = {item.id: item for item in items}
    found: dict[str, tuple[int, int]] = {}
    for start in sorted(by_id):
        _settle(start, by_id, found)
    order = {key: number for number, key in enumerate(sorted(set(found.values())))}
    return {name: order[key] for name, key in found.items()}


def _settle(start: str, by_id: dict[str, ActionItem], found: dict[str, tuple[int, int]]) -> None:
    """Place ``start`` and everything it waits for; without recursion, which a long chain would exhaust."""
    stack, open_ids = [start], {start}
    while stack:
        item = by_id[stack[-1]]
        waits = [name for name in item.after if name in by_id and name != item.id]
        waiting = next((name for name in waits if name not in found and name not in open_ids), None)
        if waiting is not None:
            stack.append(waiting)
            open_ids.add(waiting)
            continue
        before = [found[name] for name in waits if name in found]
        rank = max([phase_rank(item.phase), *(each[0] for each in before)])
        found[item.id] = (rank, 1 + max((each[1] for each in before if each[0] == rank), default=-1))
        open_ids.discard(stack.pop())
