"""The jobs that a matrix makes of one: one for each combination of its values.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Mapping

from bbws_gate.evidence.fact import Fact
from bbws_gate.model import Place
from bbws_gate.notation import Mapping as MappingNode
from bbws_gate.notation import Node, Scalar, Sequence

MAX_LEGS = 64
MAX_DEPTH = 4

Leg = Mapping[str, Fact[str]]
"""What ``matrix.NAME`` stands for in one of the jobs; values within a value under dotted names."""


def legs(matrix: Node | None, path: str) -> tuple[Leg, ...]:
    """The combinations of a ``matrix`` node of the workflow in ``path``, in GitHub's order.

    Returns:
        Nothing where there is no matrix, where the run makes it (``${{ fromJSON(...) }}``), where it is larger than is followed, or where
        lists are compared to tell what ``include`` and ``exclude`` concern.
    """
    if not isinstance(matrix, MappingNode):
        return ()
    parts = {name: _entries(node, path) for name, node in matrix.items.items()}
    values = {name: found for name, found in parts.items() if name not in {"include", "exclude"}}
    included, excluded = parts.get("include", ()), parts.get("exclude", ())
    if included is None or excluded is None or None in values.values() or _compares_lists(matrix, values.keys()):
        return ()
    dimensions = {name: [_under(name, entry) for entry in found or ()] for name, found in values.items()}
    if math.prod(map(len, dimensions.values())) + len(included) > MAX_LEGS:
        return ()
    originals: list[dict[str, Fact[str]]] = []
    for combination in itertools.product(*dimensions.values()) if dimensions else ():
        leg = {name: fact for part in combination for name, fact in part.items()}
        if not any(_fits(entry, leg) for entry in excluded):
            originals.append(leg)
    return tuple(_with(originals, included))


def _with(originals: list[dict[str, Fact[str]]], included: Iterable[Leg]) -> list[dict[str, Fact[str]]]:
    """``include``: an entry adds to each combination whose own values it leaves as they are, else it is a combination of its own."""
    found = [dict(leg) for leg in originals]
    own: list[dict[str, Fact[str]]] = []
    for entry in included:
        fitting = [leg for leg, original in zip(found, originals, strict=True) if _agrees(entry, original)]
        for leg in fitting:
            leg.update(entry)
        if not fitting:
            own.append(dict(entry))
    return [*found, *own]


def _compares_lists(matrix: MappingNode, dimensions: Collection[str]) -> bool:
    """Whether an entry names a dimension with a value that is a list, or a mapping of lists."""
    entries = [entry for key in ("include", "exclude") if isinstance(node := matrix.get(key), Sequence) for entry in node.items]
    found = (pair for entry in entries if isinstance(entry, MappingNode) for pair in entry.items.items())
    return any(name in dimensions and not _is_flat(value, MAX_DEPTH) for name, value in found)


def _is_flat(node: Node, depth: int) -> bool:
    if isinstance(node, MappingNode):
        return depth > 0 and all(_is_flat(each, depth - 1) for each in node.items.values())
    return isinstance(node, Scalar)


def _fits(entry: Leg, leg: Leg) -> bool:
    return bool(entry) and all(name in leg and leg[name].value == fact.value for name, fact in entry.items())


def _agrees(entry: Leg, leg: Leg) -> bool:
    return all(leg[name].value == fact.value for name, fact in entry.items() if name in leg)


def _under(name: str, entry: Leg) -> Leg:
    return {f"{name}.{inner}" if inner else name: fact for inner, fact in entry.items()}


def _entries(node: Node, path: str) -> tuple[Leg, ...] | None:
    """The values of one dimension, a scalar under the empty name; None where the file does not list them."""
    if not isinstance(node, Sequence):
        return None
    found = tuple(dict(_flat("", item, path, MAX_DEPTH)) for item in node.items)
    return None if any("${{" in fact.value for entry in found for fact in entry.values()) else found


def _flat(name: str, node: Node, path: str, depth: int) -> Iterable[tuple[str, Fact[str]]]:
    if isinstance(node, Scalar):
        text = node.value if isinstance(node.value, str) else node.text
        yield name, Fact(text, Place(path, node.line, node.line))
    elif isinstance(node, MappingNode) and depth:
        for key, inner in node.items.items():
            yield from _flat(f"{name}.{key}" if name else key, inner, path, depth - 1)
