"""The assessment in a terminal: readable at 80 columns and without colour. Nothing from a repository is read as rich markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.console import Console
from rich.text import Text

from bbws_gate.model import Assessment, Finding, Severity, Status
from bbws_gate.render import schedule, view
from bbws_gate.render.cost import one_liner
from bbws_gate.render.escape import one_line, visible

MAX_PLACES = 3
MAX_STEPS = 8
MAX_REMEDIES = 3
MAX_UNVERIFIED = 10
_STATUS = {
    Status.READY: "bold green",
    Status.READY_WITH_WARNINGS: "bold yellow",
    Status.PENDING: "bold yellow",
    Status.BLOCKED: "bold red",
    Status.ERROR: "bold red",
}
_SEVERITY = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}
_CODE = 10
"""Columns for the check's code and the blanks around it."""

Entry = tuple[int, Text]
"""A paragraph and the column at which its further lines begin."""


def print_assessment(assessment: Assessment, console: Console, inert: Callable[[str], str] = lambda line: line) -> None:
    """Print the verdict, the findings by severity, what could not be verified, and what to do next.

    Args:
        assessment: what to show.
        console: where; its width and colours are respected.
        inert: makes a line fit for where it is printed; one that it changes has no colours.
    """
    for part in (_head, _findings, _waived, _unverified, _dependencies, _schedule, _steps):
        for indent, paragraph in part(assessment):
            for line in _wrapped(paragraph, indent, console):
                shown = inert(line.plain)
                console.print(line if shown == line.plain else Text(shown), no_wrap=True, overflow="ignore", crop=False)


def _wrapped(paragraph: Text, indent: int, console: Console) -> Iterator[Text]:
    lead, rest = paragraph[:indent], paragraph[indent:]
    for line in rest.wrap(console, max(console.width - indent, 20), overflow="fold"):
        line.rstrip()
        yield Text.assemble(lead, line)
        lead = Text(" " * indent)


def _head(assessment: Assessment) -> Iterator[Entry]:
    title = Text(view.headline(assessment), _STATUS[assessment.status])
    if assessment.project:
        title.append(f"  {one_line(assessment.project)} to {one_line(assessment.environment)}", "bold")
    yield 0, title
    yield 0, Text(view.verdict(assessment))
    if assessment.error:
        yield 0, Text(one_line(assessment.error), "red")
    yield 0, Text(view.tally(assessment))
    if cost := one_liner(assessment):
        yield 0, Text(one_line(cost))
    yield 0, Text(f"Commit {visible(assessment.commit[:12]) or 'unknown'}, spec {visible(assessment.spec_path) or 'not read'}", "dim")
    for note in assessment.notes:
        yield 0, Text(f"Note: {one_line(note)}", "yellow")


def _findings(assessment: Assessment) -> Iterator[Entry]:
    for severity in Severity:
        found = [finding for finding in assessment.open_findings if finding.severity is severity]
        if found:
            yield from _heading(f"{severity.value.capitalize()} ({len(found)})", _SEVERITY[severity])
        for finding in found:
            yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[Entry]:
    title = _coded(finding.code)
    title.append(one_line(finding.title), "bold")
    if finding.state == "new":
        title.append(" (new)", "magenta")
    if not finding.blocking:
        title.append(" (does not block)", "dim")
    yield _CODE, title
    places = view.places(finding)
    if places:
        more = f" and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
        yield _below(", ".join(visible(str(place)) for place in places[:MAX_PLACES]) + more, "cyan")
    if finding.expected or finding.actual:
        yield _below(f"expected {one_line(finding.expected) or 'nothing'}; actual {one_line(finding.actual) or 'nothing'}")
    if finding.action:
        yield _below(f"-> {one_line(finding.action)}")


def _waived(assessment: Assessment) -> Iterator[Entry]:
    waived = view.waived(assessment)
    if waived:
        yield from _heading(f"Waived ({len(waived)})")
    for finding in waived:
        if finding.waiver is not None:
            words = f"{one_line(finding.title)}, until {visible(finding.waiver.until)}: {one_line(finding.waiver.reason)}"
            yield _CODE, _coded(finding.code).append(words)


def _unverified(assessment: Assessment) -> Iterator[Entry]:
    lines = view.unverified(assessment)
    if lines:
        yield from _heading(f"Not verified ({len(lines)})")
    for line in lines[:MAX_UNVERIFIED]:
        yield _CODE, _coded(line.code).append(f"{one_line(line.item)}: {one_line(line.reason)}")
    yield from _more(len(lines) - MAX_UNVERIFIED)


def _dependencies(assessment: Assessment) -> Iterator[Entry]:
    held = [one_line(project.project) for project in assessment.downstream if project.blocked_by]
    if held:
        yield from _heading("Held up downstream")
        yield 2, Text(f"  {', '.join(held)}")


def _schedule(assessment: Assessment) -> Iterator[Entry]:
    plan = assessment.schedule
    if plan is None or not plan.items:
        return
    yield from _heading("When")
    yield 2, Text(f"  {schedule.headline(plan)}")
    for one in plan.remedies[:MAX_REMEDIES]:
        yield 4, Text(f"  - {one_line(schedule.remedy(plan, one))}")


def _steps(assessment: Assessment) -> Iterator[Entry]:
    steps = view.next_steps(assessment)
    if steps:
        yield from _heading("What to do next")
    for step in steps[:MAX_STEPS]:
        line = Text("  - ").append(", ".join(one_line(role) for role in step.who), "bold").append(f": {one_line(step.what)}")
        if step.details:
            line.append(f" ({'; '.join(one_line(detail) for detail in step.details)})")
        yield 4, line
    yield from _more(len(steps) - MAX_STEPS)


def _heading(words: str, style: str = "bold") -> Iterable[Entry]:
    return (0, Text()), (0, Text(words, style))


def _coded(code: str) -> Text:
    return Text(f"  {visible(code)}".ljust(_CODE))


def _below(words: str, style: str = "") -> Entry:
    return _CODE, Text(" " * _CODE).append(words, style)


def _more(number: int) -> Iterable[Entry]:
    return ((4, Text(f"  - and {number} more; the reports that --out writes have all of them", "dim")),) if number > 0 else ()
