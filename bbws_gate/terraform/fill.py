"""A value known in part from files, completed by the same value from a plan; and where the two contradict each other."""

from __future__ import annotations

import json
from decimal import Decimal

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.inspect import shown
from bbws_gate.terraform.stack import Path, Plain, SensitiveValue, UnknownValue

_EMPTY: tuple[Plain, ...] = ("", [], {})
"""What providers take for not set."""


class Difference(NamedTuple):
    """One part that is known from both and differs; as text, sensitive values hidden."""

    path: Path
    mine: str
    theirs: str


def filled(mine: Plain, theirs: Plain, path: Path = ()) -> tuple[Plain, list[Difference]]:
    """``mine`` with its unknown parts from ``theirs``, and where known parts differ.

    Parts that only ``theirs`` has are left out: a provider's defaults are no statement of the files. Null means not set.
    """
    if isinstance(mine, UnknownValue):
        return (mine if theirs is None else theirs), []
    if mine is None or theirs is None or isinstance(mine, SensitiveValue) or isinstance(theirs, SensitiveValue):
        return mine, _absence(mine, theirs, path)
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _filled_object(mine, theirs, path)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _filled_list(mine, theirs, path)
    return mine, [] if _same(mine, theirs) else [Difference(path, shown(mine), shown(theirs))]


def _absence(mine: Plain, theirs: Plain, path: Path) -> list[Difference]:
    """Null in a plan is either a value known after apply, which the files cannot contradict, or an argument not set."""
    if theirs is None and isinstance(mine, (str, int, Decimal)) and mine not in ("", 0, False):
        return [Difference(path, shown(mine), "not set")]
    return []


def _filled_object(mine: dict[str, Plain], theirs: dict[str, Plain], path: Path) -> tuple[Plain, list[Difference]]:
    result: dict[str, Plain] = {}
    differences: list[Difference] = []
    for name, value in mine.items():
        if name in theirs:
            result[name], found = filled(value, theirs[name], (*path, name))
            differences.extend(found)
        else:
            result[name] = value
    return result, differences


def _filled_list(mine: list[Plain], theirs: list[Plain], path: Path) -> tuple[Plain, list[Difference]]:
    """In order where that fits; else each part with the first one that does not contradict it, as sets have no order."""
    if any(isinstance(item, UnknownValue) for item in mine) and len(mine) != len(theirs):
        return theirs, []
    if len(mine) != len(theirs):
        return mine, [] if mine in _EMPTY else [Difference(path, f"{len(mine)} parts", f"{len(theirs)} parts")]
    ordered = [filled(one, other, (*path, position)) for position, (one, other) in enumerate(zip(mine, theirs, strict=True))]
    if not any(found for _, found in ordered):
        return [value for value, _ in ordered], []
    matched = _matched(mine, theirs, path)
    if matched is not None:
        return matched, []
    return [value for value, _ in ordered], [difference for _, found in ordered for difference in found]


def _matched(mine: list[Plain], theirs: list[Plain], path: Path) -> list[Plain] | None:
    """Each of ``mine`` with a different one of ``theirs``, wholly known ones first, since they fit one only; None when none is left."""
    left = list(theirs)
    result = list(mine)
    for place in sorted(range(len(mine)), key=lambda place: _is_open(mine[place])):
        for position, candidate in enumerate(left):
            value, differences = filled(mine[place], candidate, path)
            if not differences:
                result[place] = value
                del left[position]
                break
        else:
            return None
    return result


def _is_open(value: Plain) -> bool:
    if isinstance(value, dict):
        return any(map(_is_open, value.values()))
    if isinstance(value, list):
        return any(map(_is_open, value))
    return isinstance(value, UnknownValue)


def _same(mine: Plain, theirs: Plain) -> bool:
    """Equal as providers take them: ``"5"`` is 5 where a number is due, and JSON text is equal whatever its spacing."""
    if mine == theirs and isinstance(mine, bool) == isinstance(theirs, bool):
        return True
    if isinstance(mine, (dict, list)) or isinstance(theirs, (dict, list)):
        return mine in _EMPTY and theirs in _EMPTY
    if _text(mine) == _text(theirs):
        return True
    return isinstance(mine, str) and isinstance(theirs, str) and _document(mine) is not None and _document(mine) == _document(theirs)


def _text(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _document(text: str) -> object:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
