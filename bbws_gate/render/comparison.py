"""Two environments side by side: text, JSON and Markdown of a :class:`~bbws_gate.terraform.compare.Comparison`."""

from __future__ import annotations

import json

from bbws_gate.model import Place
from bbws_gate.render.escape import markdown_cell, markdown_code, one_line, visible
from bbws_gate.terraform.compare import Cause, Comparison, Difference

LONGEST = 200
"""Characters of one value, where people read it; JSON has it whole."""


def to_json(comparison: Comparison, left: str, right: str) -> str:
    """The whole comparison; ``left`` and ``right`` name the environments."""
    document = {
        "from": left,
        "to": right,
        "inputs": [_cause(cause) for cause in comparison.inputs],
        "differences": [
            {
                "address": each.address,
                "path": list(each.path),
                "intended": each.intended,
                "certain": each.certain,
                "from": {"value": each.left, **_place(each.left_place)},
                "to": {"value": each.right, **_place(each.right_place)},
                "causes": [_cause(cause) for cause in each.causes],
            }
            for each in comparison.differences
        ],
        "unexplained": len(comparison.unexplained),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_text(comparison: Comparison, left: str, right: str) -> str:
    """For a terminal: what nothing explains first."""
    lines = [_headline(comparison, left, right)]
    for title, members in _halves(comparison):
        lines += ["", title]
        for each in members:
            lines.append(f"  {visible(each.subject)}{_doubt(each)}")
            lines.append(f"    {left}: {_value(each.left)}{_at(each.left_place)}")
            lines.append(f"    {right}: {_value(each.right)}{_at(each.right_place)}")
            lines += [f"    because of {visible(_why(cause))}" for cause in each.causes]
    return "\n".join(lines) + "\n"


def to_markdown(comparison: Comparison, left: str, right: str) -> str:
    """A table each of what nothing explains and of what the inputs explain."""
    lines = [f"## {markdown_code(left)} and {markdown_code(right)}", "", _headline(comparison, left, right)]
    for title, members in _halves(comparison):
        lines += ["", f"### {title}", "", _row("what", left, right, "because of"), "| --- | --- | --- | --- |"]
        for each in members:
            causes = "; ".join(map(_why, each.causes)) or "nothing in the inputs"
            here, there = _value(each.left) + _at(each.left_place), _value(each.right) + _at(each.right_place)
            lines.append(_row(each.subject + _doubt(each), here, there, causes))
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(map(markdown_cell, cells)) + " |"


def _headline(comparison: Comparison, left: str, right: str) -> str:
    if not comparison.differences:
        return f"Nothing that files can tell differs between {left} and {right}."
    total, open_ones = len(comparison.differences), len(comparison.unexplained)
    noun = "difference" if total == 1 else "differences"
    return f"{total} {noun} between {left} and {right}; {open_ones} not explained by the environments' inputs."


def _halves(comparison: Comparison) -> list[tuple[str, tuple[Difference, ...]]]:
    intended = tuple(each for each in comparison.differences if each.intended)
    return [pair for pair in (("Not explained", comparison.unexplained), ("Intended", intended)) if pair[1]]


def _doubt(each: Difference) -> str:
    return "" if each.certain else " (not certain: a value is unknown or sensitive)"


def _value(value: str | None) -> str:
    return "not there" if value is None else one_line(value, LONGEST)


def _at(place: Place | None) -> str:
    return "" if place is None else f" ({visible(str(place))})"


def _why(cause: Cause) -> str:
    places = list(dict.fromkeys(str(place) for place in (cause.left, cause.right) if place is not None))
    return f"{cause.what}, {' and '.join(places)}" if places else cause.what


def _place(place: Place | None) -> dict[str, str | int | None]:
    return {"path": place.path if place else None, "line": place.line or None if place else None}


def _cause(cause: Cause) -> dict[str, object]:
    return {"what": cause.what, "from": _place(cause.left), "to": _place(cause.right)}
