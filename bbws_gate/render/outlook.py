"""What the work ahead looks like to somebody who has one page: the pieces of work that clear what blocks, phases with dates, options."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bbws_gate.model import ActionItem, Assessment, Decision, Finding, Option, Risk
from bbws_gate.render.view import effort, listed, phases, plural


class Piece(NamedTuple):
    """What blocks, as the one piece of work that clears it."""

    title: str
    """The action item's; the finding's own where no work clears it."""
    owner: str
    estimate: str
    findings: tuple[Finding, ...]
    """Those that block, worst first."""

    @property
    def worst(self) -> Finding:
        """The finding whose impact stands for the others."""
        return self.findings[0]

    @property
    def impacts(self) -> tuple[str, ...]:
        """What happens if it is promoted like this, each thing once."""
        return tuple(dict.fromkeys(finding.impact for finding in self.findings if finding.impact))


class PhasePlan(NamedTuple):
    """One phase of the work, with its dates."""

    name: str
    items: tuple[ActionItem, ...]
    owners: tuple[str, ...]
    effort: str
    start: date | None
    end: date | None


def pieces(assessment: Assessment) -> tuple[Piece, ...]:
    """The blockers by the work that clears them, in the order of the action items; what no work clears stands by itself at the end."""
    blockers = {finding.id: finding for finding in assessment.blockers}
    found = []
    for item in assessment.action_items:
        own = tuple(blockers.pop(each) for each in item.findings if each in blockers)
        if own:
            found.append(Piece(item.title, item.owner, item.estimate, tuple(sorted(own, key=lambda one: -one.severity.rank))))
    return (*found, *(Piece(finding.title, "", "", (finding,)) for finding in blockers.values()))


def phase_plan(assessment: Assessment) -> tuple[PhasePlan, ...]:
    """The phases that still have work, with the dates that the schedule gives them."""
    slots = {} if assessment.schedule is None else {slot.id: slot for slot in assessment.schedule.items}
    found = []
    for phase in phases(assessment):
        items = tuple(item for item in phase.items if item.done_by is None)
        dated = [slots[item.id] for item in items if item.id in slots]
        if items:
            start = min((slot.start for slot in dated), default=None)
            end = max((slot.end for slot in dated), default=None)
            owners = tuple(dict.fromkeys(item.owner for item in items))
            found.append(PhasePlan(phase.name, items, owners, effort(items, assessment.schedule), start, end))
    return tuple(found)


def price(assessment: Assessment, decision: Decision, option: Option) -> str:
    """What an option costs in working time and money: as the spec states it, else as far as the findings that wait for it tell.

    ``4h of work to clear 2 findings``, ``puts off 2 findings and their 4h of work``; a sum of money only where the spec states one.
    """
    parts = []
    deferred = {each for each in decision.findings if _puts_off(option, each)}
    if option.estimate:
        parts.append(f"{option.estimate} of work")
    elif deferred:
        spared = [item for item in assessment.action_items if item.findings and set(item.findings) <= deferred]
        work = f" and {effort(spared, assessment.schedule)} of work" if spared else ""
        parts.append(f"puts off {plural(len(deferred), 'finding')}{work}")
    if option.monthly:
        parts.append(f"{option.monthly} a month")
    return listed(parts) if parts else ""


def _puts_off(option: Option, finding: str) -> bool:
    subject = finding.partition("/")[2]
    return any(each in (finding, subject) for each in option.defers)


def waiting_work(assessment: Assessment, decision: Decision) -> str:
    """The pieces of work that wait for a decision: ``Add the missing tables (4h)``; empty where none does."""
    items = [item for item in assessment.action_items if set(item.findings) & set(decision.findings)]
    return listed(f"{item.title} ({item.estimate})" for item in items) if items else ""


def worst_risks(assessment: Assessment) -> tuple[Risk, ...]:
    """The spec's risks, worst first: impact, then likelihood, then the spec's order."""
    rank = {"high": 0, "medium": 1, "low": 2}
    return tuple(sorted(assessment.risks, key=lambda risk: (rank.get(risk.impact, 3), rank.get(risk.likelihood, 3))))
