"""One root cause, one finding: failed lines grouped under the one that explains them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from bbws_gate.assess.running import Line
from bbws_gate.model import Result
from bbws_gate.terraform.stack import Stack

_CALL = " from the call of "
"""How the reader says that a module's variable has what a call gives."""


def fold(lines: Iterable[Line], stack: Stack) -> dict[str, tuple[Line, ...]]:
    """Failed lines by the id of the one that explains them, itself first.

    A line is explained by the failure that its ``because_of`` names: a subject, a whole id where several checks speak of one subject, or
    the beginning of ids, ending in ``*``. It is also explained by an earlier line of the same check that points to the same line of
    Terraform with the same provenance: instances of one block share its faults, calls of one module have
    their own unless they hand on one value.
    """
    failed = {line.id: line for line in lines if line.outcome.result is Result.FAIL}
    causes: dict[str, Line] = {}
    for line in failed.values():
        causes.setdefault(line.outcome.subject, line)
        causes[line.id] = line
    roots = [(_root(line, causes), line) for line in failed.values()]
    shared = _shared([line for root, line in roots if root is line], stack)
    groups: dict[str, list[Line]] = {}
    for found, line in roots:
        root = shared.get(found.id, found)
        group = groups.setdefault(root.id, [root])
        if root is not line:
            group.append(line)
    return {name: tuple(group) for name, group in groups.items()}


def _root(line: Line, causes: dict[str, Line]) -> Line:
    if not line.outcome.because_of:
        return line
    seen = {line.id}
    while True:
        cause = next((found for name in line.outcome.because_of for found in _named(name, causes) if found.id not in seen), None)
        if cause is None:
            return line
        seen.add(cause.id)
        line = cause


def _named(name: str, causes: dict[str, Line]) -> list[Line]:
    if name.endswith("*"):
        return [line for key, line in causes.items() if key == line.id and key.startswith(name[:-1])]
    return [causes[name]] if name in causes else []


def _shared(roots: list[Line], stack: Stack) -> dict[str, Line]:
    """For each line whose fault stands where an earlier line of the same check already points: that earlier line."""
    headers = {resource.place for resource in stack.resources}
    first: dict[Hashable, Line] = {}
    found: dict[str, Line] = {}
    for line in roots:
        if not line.outcome.evidence:
            continue
        place, value, provenance = line.outcome.evidence[0]
        if not place.line or place.path not in stack.files:
            continue
        # At a header stands what is missing: there the words must be the same too.
        words = value if place in headers else ""
        origin = tuple(step.place for step in provenance)
        # Two calls that hand on the same value from the same place share its fault.
        beyond = tuple(step.place for step in provenance if _CALL not in step.what)
        keys: list[Hashable] = [(line.check.code, place, origin, words)]
        if beyond and beyond != origin:
            keys.append((line.check.code, place, ("calls", *beyond), value))
        earlier = next((first[key] for key in keys if key in first), line)
        for key in keys:
            first.setdefault(key, earlier)
        if earlier is not line:
            found[line.id] = earlier
    return found
