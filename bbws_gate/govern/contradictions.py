"""Sources that contradict each other: which one is the truth is a question for people, so the gate asks it by itself.

Such a proposed decision never holds anything up beside the finding that it is about. Once it is taken, the finding says what to correct.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from bbws_gate.deferred import replace
from bbws_gate.govern.patterns import matches
from bbws_gate.model import Decision, Evidence, Finding, Option
from bbws_gate.spec import LoadedSpec

MAX_PROPOSED = 5
AGAINST_ITSELF = "DOC002"
"""The plan document against itself: what it states and what it lists."""
AGAINST_SPEC = ("DOC003", "DOC005", "DOC006")
"""The plan document against the promotion spec."""


def propose(found: Iterable[Finding], loaded: LoadedSpec) -> tuple[Decision, ...]:
    """One decision for each contradiction that stands and that no decision of the spec is about; none where nobody could take it."""
    owners = (loaded.spec.plan.owner,) if loaded.spec.plan.owner else loaded.spec.owners
    asked = [pattern for rule in loaded.spec.decisions for pattern in rule.findings]
    proposed = []
    for finding in found:
        sides = _sides(finding, loaded.path)
        if owners and len(sides) > 1 and not any(matches(finding.id, pattern) for pattern in asked):
            proposed.append(_decision(finding, sides, owners))
    return tuple(proposed[:MAX_PROPOSED])


def follow(found: Iterable[Finding], decisions: Iterable[Decision]) -> tuple[Finding, ...]:
    """The findings; those about which a proposed decision was taken say which source it left to be corrected."""
    taken = {name: each for each in decisions if each.proposed and each.chosen is not None for name in each.findings}
    return tuple(_told(finding, taken[finding.id]) if finding.id in taken else finding for finding in found)


def _told(finding: Finding, decision: Decision) -> Finding:
    text = next((option.text for option in decision.options if option.key == decision.chosen), "")
    return replace(finding, action=f"{decision.chosen_by or 'the spec'} decided: {text}. Correct the others.")


def _decision(finding: Finding, sides: list[tuple[str, Evidence]], owners: tuple[str, ...]) -> Decision:
    return Decision(
        id=_name(finding.subject),
        question=f"{finding.title}: which is right?",
        options=tuple(Option("ABCDEFGH"[number], f"{text} ({fact.place})") for number, (text, fact) in enumerate(sides[:8])),
        owners=owners,
        chosen=None,
        place=sides[0][1].place,
        proposed=True,
        findings=(finding.id,),
    )


def _sides(finding: Finding, spec_path: str) -> list[tuple[str, Evidence]]:
    """What each source says, with one place for it."""
    if finding.code == AGAINST_ITSELF:
        stated, listed = _numbers(finding.actual)
        sides = []
        for number in stated:
            fact = next((each for each in finding.evidence if re.search(rf"(?<![0-9]){number}(?![0-9])", each.value)), None)
            sides += [(f"{number}, as the plan states", fact)] if fact is not None else []
        return [*sides, *([(f"{listed}, as the plan lists", finding.evidence[-1])] if listed and listed not in stated else [])]
    if finding.code in AGAINST_SPEC:
        plan = next((each for each in finding.evidence if each.place.path != spec_path), None)
        spec = next((each for each in finding.evidence if each.place.path == spec_path), None)
        if plan is not None and spec is not None:
            return [(f"the plan document: {finding.actual}", plan), (f"the promotion spec: {finding.expected}", spec)]
    return []


def _numbers(actual: str) -> tuple[list[str], str]:
    """``stated 8 and 9, listed 11``."""
    stated, _, listed = actual.partition(", listed ")
    return re.findall(r"[0-9]+", stated)[:7], listed


def _name(subject: str) -> str:
    name = f"source-{re.sub(r'[^A-Za-z0-9._-]+', '-', subject)}"
    return name if len(name) <= 80 else f"{name[:70]}-{hashlib.sha256(subject.encode()).hexdigest()[:8]}"
