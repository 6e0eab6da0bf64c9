"""Mermaid diagrams: a gantt of the schedule, a graph of projects. GitHub draws them; the text beside them says the same.

Mermaid has no quoting that holds everywhere, so a label keeps letters, digits, blanks and a few tame signs, and loses everything else:
no colon, semicolon, hash, quote, bracket, backtick, percent sign or line end of a repository reaches a diagram. A label never begins a
statement: ids are ours and numbers come first, so that no word in a title reads as a keyword
(https://mermaid.js.org/syntax/gantt.html, https://mermaid.js.org/syntax/flowchart.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from bbws_gate.model import Assessment, Schedule
from bbws_gate.render.escape import cut, visible

MAX_LABEL = 60
MAX_BARS = 24
"""Bars in a gantt: more are not readable in a comment."""
MAX_NODES = 60
NEARBY = timedelta(days=60)
"""A planned date farther off would squeeze the bars to nothing; the text names it."""
_TAME = frozenset(" -_./,()+")


def label(text: str, limit: int = MAX_LABEL) -> str:
    """``text`` with nothing that Mermaid, Markdown or HTML reads; never empty."""
    tame = "".join(each if each in _TAME or (each.isalnum() and visible(each) == each) else " " for each in text[: 4 * limit])
    return cut(" ".join(tame.replace("--", "-").replace("..", ".").split()), limit).replace("…", "...") or "unnamed"


def gantt(schedule: Schedule) -> str:
    """The schedule as Mermaid text; empty when there is nothing to draw. Items that set the date first where not all of them fit."""
    if not schedule.items:
        return ""
    path = set(schedule.critical_path)
    shown = sorted(schedule.items, key=lambda item: item.id not in path)[:MAX_BARS]
    lines = [
        "gantt",
        "    dateFormat YYYY-MM-DD",
        "    inclusiveEndDates",
        "    axisFormat %d %b",
        f"    tickInterval {_tick(schedule)}",
        "    todayMarker off",
    ]
    phase = None
    for number, item in enumerate((each for each in schedule.items if each in shown), 1):
        if item.phase != phase:
            phase = item.phase
            lines.append(f"    section {label(phase, 20)}")
        kind = "crit, " if item.id in path else ""
        words = f"{number} {label(item.title, 44)} ({label(' and '.join(item.owners), 40)})"
        lines.append(f"    {words} :{kind}i{number}, {item.start}, {item.end}")
    lines.append("    section promotion")
    if schedule.target_date is not None and abs(schedule.target_date - schedule.start) <= NEARBY:
        lines.append(f"    Planned :milestone, planned, {schedule.target_date}, 0d")
    lines.append(f"    Possible :milestone, possible, {schedule.earliest_date}, 0d")
    return "\n".join(lines)


def _tick(schedule: Schedule) -> str:
    days = (max(schedule.done_on, schedule.earliest_date) - schedule.start).days
    return "1day" if days <= 14 else "1week" if days <= 100 else "1month"


class Node(NamedTuple):
    """A box of a graph."""

    id: str
    """Any text; drawn ids are ours."""
    words: str
    state: str
    """``good``, ``bad``, ``waits``, ``here`` or empty."""


class Arrow(NamedTuple):
    """From what is needed to who needs it."""

    source: str
    target: str
    words: str = ""


_CLASSES = {
    "good": "stroke:#1a7f37,stroke-width:2px",
    "bad": "stroke:#cf222e,stroke-width:3px",
    "waits": "stroke:#9a6700,stroke-width:2px,stroke-dasharray:5 3",
    "here": "stroke-width:4px",
}


def flowchart(nodes: Iterable[Node], arrows: Iterable[Arrow]) -> str:
    """Boxes and arrows from left to right, the first :data:`MAX_NODES` boxes; empty when there are none."""
    nodes = tuple(nodes)[:MAX_NODES]
    ids = {node.id: f"n{number}" for number, node in enumerate(nodes)}
    if not nodes:
        return ""
    lines = ["flowchart LR"]
    lines += [f'    {ids[node.id]}["{label(node.words)}"]' + (f":::{node.state}" if node.state else "") for node in nodes]
    for arrow in arrows:
        if arrow.source in ids and arrow.target in ids:
            words = f'|"{label(arrow.words)}"|' if arrow.words else ""
            lines.append(f"    {ids[arrow.source]} -->{words} {ids[arrow.target]}")
    used = {node.state for node in nodes if node.state}
    lines += [f"    classDef {state} {style}" for state, style in _CLASSES.items() if state in used]
    return "\n".join(lines)


def dependency_graph(assessment: Assessment) -> str:
    """Who needs what of whom, around one project; empty when nobody does."""
    if not (assessment.upstream or assessment.downstream):
        return ""
    here = Node("here", f"{assessment.project} {assessment.status.value}", "bad" if assessment.blockers else "here")
    nodes, arrows = [here], []
    for number, one in enumerate((*assessment.upstream, *assessment.downstream)):
        upstream = number < len(assessment.upstream)
        nodes.append(Node(str(number), one.project, "waits" if one.blocked_by else "" if upstream else "good"))
        words = ", ".join(one.requires[:3]) + (f" and {len(one.requires) - 3} more" if len(one.requires) > 3 else "")
        arrows.append(Arrow(str(number), "here", words) if upstream else Arrow("here", str(number), words))
    return flowchart(nodes, arrows)
