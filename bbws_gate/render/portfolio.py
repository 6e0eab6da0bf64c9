"""A portfolio as text, JSON, Markdown and one HTML page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup

from bbws_gate.model import Status
from bbws_gate.portfolio import Portfolio, Row
from bbws_gate.portfolio.overview import Key, Total
from bbws_gate.render.cost import money
from bbws_gate.render.diagrams import Arrow, Node, flowchart
from bbws_gate.render.escape import one_line
from bbws_gate.render.json import encode
from bbws_gate.render.schedule import day
from bbws_gate.render.templates import Templates, bundled
from bbws_gate.render.view import SYMBOLS, listed, plural

Json = dict[str, Any]

_STATES = {"can go": "good", "waits": "waits", "pending": "waits", "in a cycle": "bad", "blocked": "bad", "error": "bad"}
_SYMBOLS = {
    "can go": SYMBOLS[Status.READY],
    "waits": SYMBOLS[Status.PENDING],
    "pending": SYMBOLS[Status.PENDING],
    "in a cycle": SYMBOLS[Status.BLOCKED],
    "blocked": SYMBOLS[Status.BLOCKED],
    "error": SYMBOLS[Status.ERROR],
}
_MAX_BLOCKERS = 5
_MAX_KEYS = 12


class Approvals(NamedTuple):
    """What one role has to approve."""

    role: str
    missing: tuple[str, ...]
    """``orders_tables to sit (architecture)``"""
    given: int


def to_text(portfolio: Portfolio) -> str:
    """For a terminal: waves, then cycles, the critical path, cost and who has to approve."""
    lines = [f"{one_line(portfolio.name)}: {headline(portfolio)}"]
    for wave, rows in portfolio.waves:
        lines += ["", f"Wave {wave}"]
        for row in rows:
            lines.append(f"  {row.state.upper():<11} {one_line(str(row.key))}{_dated(row)}")
            lines += [f"              {one_line(text, 160)}" for text in reasons(row)]
    loose = [row for row in portfolio.rows if row.wave is None]
    if loose:
        lines += ["", "No wave: on or behind a cycle", *(f"  {row.state.upper():<11} {one_line(str(row.key))}" for row in loose)]
    lines += [f"Cycle: {one_line(cycle_text(cycle))}" for cycle in portfolio.cycles]
    lines += ["", *(f"{title}: {one_line(text)}" for title, text in facts(portfolio))]
    for each in approvals(portfolio):
        if each.missing:
            lines.append(f"Approval of {one_line(each.role)} is missing for {one_line(listed(each.missing))}")
    lines += [f"Note: {one_line(note)}" for note in portfolio.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def to_json(portfolio: Portfolio) -> str:
    """The whole portfolio as one indented JSON object, in a fixed order."""
    return encode(
        {
            "portfolio": portfolio.name,
            "blocked": portfolio.blocked,
            "done_on": None if portfolio.done_on is None else portfolio.done_on.isoformat(),
            "promotion_order": [str(row.key) for row in portfolio.rows if row.wave is not None],
            "cycles": [[str(key) for key in cycle] for cycle in portfolio.cycles],
            "critical_path": [str(key) for key in portfolio.critical_path],
            "projects": [_row(row) for row in portfolio.rows],
            "dependencies": [
                {"from": str(edge.source), "to": str(edge.target), "requires": list(edge.requires), "blocked_by": list(edge.blocked_by)}
                for edge in portfolio.edges
            ],
            "cost": [
                {
                    "environment": total.environment,
                    "currency": total.currency,
                    "low": str(total.low),
                    "high": str(total.high),
                    "complete": not total.missing,
                    "missing": list(total.missing),
                }
                for total in portfolio.totals
            ],
            "approvals": [{"role": each.role, "missing": list(each.missing), "given": each.given} for each in approvals(portfolio)],
            "notes": list(portfolio.notes),
        }
    )


def to_markdown(portfolio: Portfolio, *, templates: Templates | None = None) -> str:
    """The page as GitHub shows it."""
    return _render("portfolio.md.j2", portfolio, templates)


def to_html(portfolio: Portfolio, *, templates: Templates | None = None) -> str:
    """One page that needs no network."""
    return _render("portfolio.html.j2", portfolio, templates)


def _render(name: str, portfolio: Portfolio, templates: Templates | None) -> str:
    values = {
        "p": portfolio,
        "headline": headline(portfolio),
        "facts": facts(portfolio),
        "approvals": approvals(portfolio),
        "graph": graph(portfolio),
        "loose": tuple(row for row in portfolio.rows if row.wave is None),
        "cycle_text": cycle_text,
        "reasons": reasons,
        "symbol": lambda row: Markup(_SYMBOLS[row.state]),  # noqa: S704 - our own
        "kind": lambda row: Markup(_STATES[row.state]),  # noqa: S704 - our own
        "date_of": lambda row: "not known" if row.when is None else day(row.when),
        "planned": lambda row: "" if row.entry.target_date is None else day(row.entry.target_date),
        "iso": lambda when: "" if when is None else when.isoformat(),
        "cost_of": cost_of,
        "keys": _keys,
    }
    text = (templates or bundled()).render(name, values)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def headline(portfolio: Portfolio) -> str:
    """``9 promotions in 2 waves: 3 can go, 4 wait, 2 blocked``."""
    states = [row.state for row in portfolio.rows]
    counts = [f"{states.count(state)} {state if state != 'waits' else 'waiting'}" for state in _STATES if state in states]
    waves = f" in {plural(len(portfolio.waves), 'wave')}" if portfolio.waves else ""
    late = sum(1 for row in portfolio.rows if row.late)
    return f"{plural(len(states), 'promotion')}{waves}: {', '.join(counts)}{f'; {late} late' if late else ''}"


def facts(portfolio: Portfolio) -> tuple[tuple[str, str], ...]:
    """What holds for all of them: the order, the path that sets the date, cost. Titles and texts."""
    found = []
    for environment in portfolio.environments:
        order = [row.entry.project for row in portfolio.rows if row.entry.environment == environment and row.wave is not None]
        found.append((f"Order in {environment}", ", ".join(order) or "none, because of cycles"))
    if portfolio.critical_path:
        chain = " \u2192 ".join(str(key) for key in portfolio.critical_path)
        found.append(("Critical path", f"{chain}, {_end(portfolio)}"))
    unknown = [str(row.key) for row in portfolio.rows if row.when is None]
    if unknown:
        found.append(("Without a date", ", ".join(unknown)))
    found += [(f"Cost a month in {total.environment}", total_text(total)) for total in portfolio.totals]
    return tuple(found)


def _end(portfolio: Portfolio) -> str:
    last = max(row.earliest for row in portfolio.rows if row.earliest is not None)
    setter = next(row for row in portfolio.rows if row.key == portfolio.critical_path[0])
    help_ = f"; what helps most: {setter.entry.remedy}" if setter.entry.remedy else ""
    return f"which can be promoted on {day(last)} at the earliest{help_}"


def total_text(total: Total) -> str:
    """``$4.10 to $12.60 for 3 projects; not or not all known for order_lambda``."""
    text = f"{_range(total.low, total.high, total.currency)} for {plural(total.projects, 'project')}"
    return f"{text}; unknown or partly unknown: {', '.join(total.missing)}" if total.missing else text


def _keys(keys: tuple[Key, ...]) -> str:
    """The first few, and how many more: what a foundation holds up may be everything."""
    more = f" and {len(keys) - _MAX_KEYS} more" if len(keys) > _MAX_KEYS else ""
    return f"{', '.join(map(str, keys[:_MAX_KEYS]))}{more}"


def cost_of(row: Row) -> str:
    """The range of one promotion; ``unknown`` where it is."""
    cost = row.entry.cost
    if cost is None:
        return "unknown"
    return f"{_range(cost.low, cost.high, cost.currency)}{'' if cost.complete else ', part unknown'}"


def _range(low: Decimal, high: Decimal, currency: str) -> str:
    return money(low, currency) if low == high else f"{money(low, currency)} to {money(high, currency)}"


def cycle_text(cycle: Iterable[Key]) -> str:
    """``a to sit → b to sit → a to sit``: each is needed by the next."""
    keys = tuple(cycle)
    return " \u2192 ".join(str(key) for key in (*keys, keys[0]))


def reasons(row: Row) -> tuple[str, ...]:
    """Why it cannot go, worst first."""
    entry = row.entry
    found = [entry.error] if entry.error else []
    found += [f"{title} ({identity})" for identity, title in entry.blockers[:_MAX_BLOCKERS]]
    if len(entry.blockers) > _MAX_BLOCKERS:
        found.append(f"and {len(entry.blockers) - _MAX_BLOCKERS} more findings that block")
    found += [f"open: {each.question} ({listed(each.owners)})" for each in entry.questions]
    found += [f"to do by hand: {title}" for title in entry.by_hand]
    found += [
        f"approval missing: {each.role}{f' ({each.scope})' if each.scope else ''}{f': {each.why}' if each.why else ''}"
        for each in entry.approvers
        if each.given_by is None
    ]
    if row.waits_for:
        found.append(f"waits for {_keys(row.waits_for)}")
    if row.outside:
        found.append(f"needs {', '.join(row.outside)}, which this portfolio knows nothing of")
    return tuple(found)


def approvals(portfolio: Portfolio) -> tuple[Approvals, ...]:
    """By role, those with the most left to approve first."""
    missing: dict[str, list[str]] = {}
    given: dict[str, int] = {}
    for row in portfolio.rows:
        for each in row.entry.approvers:
            own = missing.setdefault(each.role, [])
            given.setdefault(each.role, 0)
            if each.given_by is None:
                own.append(f"{row.key}{f' ({each.scope})' if each.scope else ''}")
            else:
                given[each.role] += 1
    found = [Approvals(role, tuple(wanted), given[role]) for role, wanted in missing.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.missing), each.role)))


def graph(portfolio: Portfolio) -> str:
    """Everything and what it needs, as Mermaid text."""
    several = len(portfolio.environments) > 1
    nodes = [
        Node(str(row.key), f"{row.entry.project}{f' {row.entry.environment}' if several else ''}, {row.state}", _STATES[row.state])
        for row in portfolio.rows
    ]
    return flowchart(nodes, [Arrow(str(edge.source), str(edge.target), ", ".join(edge.requires[:3])) for edge in portfolio.edges])


def _dated(row: Row) -> str:
    return f", {day(row.when)}{' (late)' if row.late else ''}" if row.when is not None else ", no date"


def _row(row: Row) -> Json:
    entry, cost = row.entry, row.entry.cost
    return {
        "project": entry.project,
        "environment": entry.environment,
        "state": row.state,
        "status": entry.status.value,
        "score": entry.score if entry.status is not Status.ERROR else None,
        "commit": entry.commit,
        "wave": row.wave,
        "target_date": None if entry.target_date is None else entry.target_date.isoformat(),
        "earliest_date": None if row.earliest is None else row.earliest.isoformat(),
        "late": row.late,
        "date": None if row.when is None else row.when.isoformat(),
        "waits_for": [str(key) for key in row.waits_for],
        "frees": [str(key) for key in row.frees],
        "outside": list(row.outside),
        "blockers": [{"id": identity, "title": title} for identity, title in entry.blockers],
        "open_decisions": [{"id": each.id, "owners": list(each.owners)} for each in entry.questions],
        "action_items": entry.work,
        "cost": None
        if cost is None
        else {"low": str(cost.low), "high": str(cost.high), "complete": cost.complete, "currency": cost.currency},
        "error": entry.error or None,
    }
