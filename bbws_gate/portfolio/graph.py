"""Directed graphs of names: cycles, levels, order. No recursion: a portfolio may be one long chain."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

N = TypeVar("N", bound=Hashable)


def successors(nodes: Iterable[N], edges: Iterable[tuple[N, N]]) -> dict[N, list[N]]:
    """For every node those that come after it, each once; edges to strangers are left out."""
    after: dict[N, dict[N, None]] = {node: {} for node in nodes}
    for source, target in edges:
        if source in after and target in after:
            after[source][target] = None
    return {node: list(targets) for node, targets in after.items()}


def in_order(after: Mapping[N, list[N]], key: Callable[[N], Any]) -> list[N]:
    """Every node after those before it, the smallest ``key`` first where there is a choice; without nodes on or behind a cycle."""
    waiting: dict[N, int] = defaultdict(int)
    for targets in after.values():
        for target in targets:
            waiting[target] += 1
    order = {node: number for number, node in enumerate(sorted(after, key=key))}
    free = [(order[node], node) for node in after if not waiting[node]]
    heapq.heapify(free)
    found = []
    while free:
        _, node = heapq.heappop(free)
        found.append(node)
        for target in after[node]:
            waiting[target] -= 1
            if not waiting[target]:
                heapq.heappush(free, (order[target], target))
    return found


def cycles(after: Mapping[N, list[N]], key: Callable[[N], Any]) -> list[tuple[N, ...]]:
    """One way around for every knot of nodes that reach each other, starting at its smallest node; none for a graph without cycles."""
    ordered: list[N] = in_order(after, key)
    rest = set(after) - set(ordered)
    found: list[tuple[N, ...]] = []
    seen: set[N] = set()
    for start in sorted(rest, key=key):
        if start in seen:
            continue
        way = _way_back(start, after, rest)
        if way:
            found.append(way)
            seen |= _knot(start, after, rest)
    return found


def _way_back(start: N, after: Mapping[N, list[N]], among: set[N]) -> tuple[N, ...]:
    """The shortest way from ``start`` to itself; empty when there is none."""
    came: dict[N, N] = {}
    frontier = [start]
    while frontier:
        following = []
        for node in frontier:
            for target in after[node]:
                if target == start:
                    way = [node]
                    while way[-1] != start:
                        way.append(came[way[-1]])
                    return tuple(reversed(way))
                if target in among and target not in came:
                    came[target] = node
                    following.append(target)
        frontier = following
    return ()


def _knot(start: N, after: Mapping[N, list[N]], among: set[N]) -> set[N]:
    """Every node that ``start`` reaches and that reaches it."""
    before: dict[N, list[N]] = defaultdict(list)
    for node in among:
        for target in after[node]:
            before[target].append(node)
    behind: set[N] = reach(start, before)
    ahead: set[N] = reach(start, after)
    return ahead & behind


def reach(start: N, after: Mapping[N, list[N]]) -> set[N]:
    """Every node that can be reached from ``start``, itself among them only on a cycle."""
    found: set[N] = set()
    ahead = list(after.get(start, ()))
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += after.get(node, ())
    return found
