"""Drawings for the HTML page, as plain SVG and HTML: no script, no font, no network. Colours come from the page's own variables."""

from __future__ import annotations

from datetime import date, timedelta

from bbws_gate.model import Assessment, Schedule, ScheduledItem
from bbws_gate.render.escape import cut, html_text
from bbws_gate.render.schedule import day
from bbws_gate.render.trend import Moment

MAX_BARS = 60
MAX_PROJECTS = 30
WIDTH, ROW = 640, 44
_LEGEND = '<p class="legend">Red sets the date; blue can slip, or holds nothing up.</p>'
_KINDS = {"READY": "good", "READY WITH WARNINGS": "good", "PENDING": "waits", "BLOCKED": "bad", "ERROR": "bad"}


def sparkline(moments: tuple[Moment, ...]) -> str:
    """The score over time as a line with a dot for each assessment, coloured by its verdict; empty for fewer than two."""
    if len(moments) < 2:
        return ""
    step = WIDTH / len(moments)
    points = [(round(step * (number + 0.5), 1), round(110 - moment.score, 1)) for number, moment in enumerate(moments)]
    dots = "".join(
        f'<circle class="{_kind(moment)}" cx="{x}" cy="{y}" r="5"><title>{html_text(_told(moment))}</title></circle>'
        f'<text x="{x}" y="{y - 9 if y > 24 else y + 19}" text-anchor="middle">{moment.score}</text>'
        for moment, (x, y) in zip(moments, points, strict=True)
    )
    line = " ".join(f"{x},{y}" for x, y in points)
    told = f"Score from {moments[0].score} on {moments[0].at[:10]} to {moments[-1].score} on {moments[-1].at[:10]}"
    ends = "".join(
        f'<text class="soft" x="{x}" y="136" text-anchor="middle">{html_text(moment.at[:10])}</text>'
        for moment, (x, _) in {0: (moments[0], points[0]), 1: (moments[-1], points[-1])}.values()
    )
    return (
        f'<svg class="drawing" viewBox="0 0 {WIDTH} 144" role="img" aria-label="{html_text(told)}">'
        f'<line class="axis" x1="0" y1="110" x2="{WIDTH}" y2="110"/><polyline points="{line}"/>{dots}{ends}</svg>'
    )


def _kind(moment: Moment) -> str:
    return _KINDS.get(moment.status, "")


def _told(moment: Moment) -> str:
    critical, high, medium, low = moment.counts
    return f"{moment.at[:10]}: {moment.status}, score {moment.score}; {critical} critical, {high} high, {medium} medium, {low} low"


def bars(schedule: Schedule) -> str:
    """The schedule as one bar for each piece of work, over working and other days alike; empty when nothing is scheduled."""
    items = schedule.items[:MAX_BARS]
    if not items:
        return ""
    last = max(schedule.done_on, schedule.earliest_date)
    days = (last - schedule.start).days + 1
    head = "".join(_tick(schedule.start, days, offset) for offset in range(0, days, max(1, days // 6)))
    rows = "".join(_bar(item, schedule.start, days) for item in items)
    more = f"<p>{len(schedule.items) - MAX_BARS} more are in the table.</p>" if len(schedule.items) > MAX_BARS else ""
    return (
        f'<div class="bars" role="img" aria-label="Schedule from {day(schedule.start)} to {day(last)}; the table below says the same">'
        f'<div class="bar"><span></span><span class="track ticks">{head}</span></div>{rows}</div>{more}{_LEGEND}'
    )


def _tick(start: date, days: int, offset: int) -> str:
    when = start + timedelta(days=offset)
    return f'<span style="left:{100 * offset / days:.2f}%">{when.day}.{when.month}.</span>'


def _bar(item: ScheduledItem, start: date, days: int) -> str:
    left = 100 * (item.start - start).days / days
    width = 100 * ((item.end - item.start).days + 1) / days
    kind = "critical" if item.critical and item.holds else "work"
    who = " and ".join(item.owners)
    return (
        f'<div class="bar"><span class="what">{html_text(cut(item.title, 80))}<small>{html_text(cut(who, 60))}</small></span>'
        f'<span class="track"><span class="{kind}" style="left:{left:.2f}%;width:{width:.2f}%"></span></span></div>'
    )


def graph(assessment: Assessment) -> str:
    """Upstream projects, this one, and downstream projects in three columns with lines between; empty when there are none."""
    above, below = assessment.upstream[:MAX_PROJECTS], assessment.downstream[:MAX_PROJECTS]
    if not (above or below):
        return ""
    height = max(len(above), len(below), 1) * ROW + 8
    middle = height / 2
    parts = []
    for number, one in enumerate(above):
        y = _row(number, len(above), height)
        parts.append(_line(192, y, 224, middle, blocked=bool(one.blocked_by)) + _box(0, y, one.project, "waits" if one.blocked_by else ""))
    for number, one in enumerate(below):
        y = _row(number, len(below), height)
        kind = "waits" if one.blocked_by else "good"
        parts.append(_line(416, middle, 448, y, blocked=bool(one.blocked_by)) + _box(448, y, one.project, kind))
    parts.append(_box(224, middle, assessment.project, "bad" if assessment.blockers else "good"))
    names = f"{len(above)} projects upstream and {len(below)} downstream of {assessment.project}; the table below says the same"
    return f'<svg class="drawing" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{html_text(names)}">{"".join(parts)}</svg>'


def _row(number: int, count: int, height: float) -> float:
    return height / 2 + (number - (count - 1) / 2) * ROW


def _line(x1: float, y1: float, x2: float, y2: float, *, blocked: bool) -> str:
    return f'<line class="{"waits" if blocked else "axis"}" x1="{x1}" y1="{y1:g}" x2="{x2}" y2="{y2:g}"/>'


def _box(x: float, y: float, words: str, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{x + 1}" y="{y - 16:g}" width="190" height="32" rx="6"/>'
        f'<text x="{x + 96}" y="{y + 5:g}" text-anchor="middle">{html_text(cut(words, 24))}</text>'
    )
