"""What pages show of an assessment beyond its own fields: the verdict in words, groups, next steps, sums. Plain text, not yet escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bbws_gate.deferred import dataclass
from bbws_gate.model import (
    ActionItem,
    Approval,
    Assessment,
    CategoryScore,
    ChecklistItem,
    Decision,
    Finding,
    Place,
    Reply,
    Result,
    Schedule,
    Severity,
    Status,
)
from bbws_gate.schedule.duration import in_words, minutes

SYMBOLS = {
    Status.READY: "\u2705",
    Status.READY_WITH_WARNINGS: "\u26a0\ufe0f",
    Status.PENDING: "\u23f3",
    Status.BLOCKED: "\u26d4",
    Status.ERROR: "\u274c",
}


class NextStep(NamedTuple):
    """One thing that somebody has to do now."""

    who: tuple[str, ...]
    """Roles."""
    what: str
    details: tuple[str, ...]
    command: str
    """What to write, and where: a key of the spec; empty where work is needed, not a word."""


@dataclass(frozen=True, slots=True)
class Group:
    """One category of the checklist, with its findings."""

    category: str
    findings: tuple[Finding, ...]
    """Open ones, worst first."""
    lines: tuple[ChecklistItem, ...]
    score: CategoryScore

    @property
    def summary(self) -> str:
        """``2 findings, 5 of 7 lines passed, 1 unverified``."""
        score = self.score
        held = f"{score.passed} of {plural(score.passed + score.failed + score.unverified, 'line')} passed"
        parts = [plural(len(self.findings), "finding")] if self.findings else []
        parts += [held, *([f"{score.unverified} unverified"] if score.unverified else [])]
        return ", ".join(parts)


class Phase(NamedTuple):
    """The action items of one phase of the work."""

    name: str
    items: tuple[ActionItem, ...]


def plural(number: int, noun: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Iterable[str]) -> str:
    """``a, b and c``."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def verdict(assessment: Assessment) -> str:
    """The verdict as one sentence."""
    match assessment.status:
        case Status.READY:
            return "Nothing stands between this commit and the environment."
        case Status.READY_WITH_WARNINGS:
            counts = ((len(assessment.open_findings), "finding"), (assessment.unverified, "unverified line"))
            return f"Nothing blocks; {listed(plural(number, noun) for number, noun in counts if number)} should be looked at."
        case Status.PENDING:
            return f"Waiting for people: {missing_people(assessment)}."
        case Status.BLOCKED:
            number = len(assessment.blockers)
            if not number:
                return "What could not be verified blocks, as the spec asks."
            return f"{plural(number, 'finding')} {'blocks' if number == 1 else 'block'} the promotion."
        case Status.ERROR:
            return "The assessment could not be completed, which counts as blocked."


def missing_people(assessment: Assessment) -> str:
    """``1 decision, 2 approvals and 1 manual action``."""
    counts = (
        (len(assessment.missing_decisions), "decision"),
        (len(assessment.missing_approvals), "approval"),
        (len(assessment.open_manual_work), "manual action"),
    )
    return listed(plural(number, noun) for number, noun in counts if number)


def headline(assessment: Assessment) -> str:
    """The verdict's word: ``READY WITH WARNINGS``."""
    return assessment.status.value.replace("_", " ")


def tally(assessment: Assessment) -> str:
    """``Score 28 of 100; 4 critical, 1 high, 1 waived, 1 of 11 checklist lines unverified``; only what there is."""
    if not assessment.checklist:
        return "Nothing was checked"
    counts = [f"{assessment.count(severity)} {severity.value}" for severity in Severity if assessment.count(severity)]
    if assessment.waived:
        counts.append(f"{assessment.waived} waived")
    if assessment.deferred:
        counts.append(f"{len(assessment.deferred)} put off")
    total = plural(len(assessment.checklist), "checklist line")
    counts.append(f"{assessment.unverified} of {total} unverified" if assessment.unverified else f"all {total} verified")
    return f"Score {assessment.score.value} of 100; {', '.join(counts)}"


def blockers_by_code(assessment: Assessment) -> tuple[tuple[Finding, ...], ...]:
    """The blocking findings, those of one check together, so that one fault many times over does not hide the others."""
    codes = dict.fromkeys(finding.code for finding in assessment.blockers)
    return tuple(tuple(finding for finding in assessment.blockers if finding.code == code) for code in codes)


def groups(assessment: Assessment) -> tuple[Group, ...]:
    """Every category, those with the worst open finding first."""
    findings: dict[str, list[Finding]] = {}
    for finding in assessment.open_findings:
        findings.setdefault(finding.category, []).append(finding)
    lines: dict[str, list[ChecklistItem]] = {}
    for line in assessment.checklist:
        lines.setdefault(line.category, []).append(line)
    scores = {score.category: score for score in assessment.score.categories}
    scores |= {category: CategoryScore(category, 0, 0, 0, 0, 0) for category in findings if category not in scores}
    found = [
        Group(category, tuple(findings.get(category, ())), tuple(lines.get(category, ())), score) for category, score in scores.items()
    ]
    return tuple(sorted(found, key=lambda group: -max((each.severity.rank + 1 for each in group.findings), default=0)))


def next_steps(assessment: Assessment) -> tuple[NextStep, ...]:
    """Who has to do what: decisions first, then the work that clears blockers; approvals once nothing else blocks this commit."""
    steps = [_to_decide(decision) for decision in assessment.missing_decisions]
    blocking = {finding.id for finding in assessment.blockers}
    steps += [
        NextStep((item.owner,), item.title, (item.estimate, f"clears {plural(len(item.findings), 'finding')}"), "")
        for item in assessment.action_items
        if blocking.intersection(item.findings)
    ]
    proposed = [_to_decide(decision) for decision in assessment.open_decisions if decision.proposed]
    if blocking or assessment.status is Status.ERROR:
        return (*steps, *proposed)
    steps += [
        NextStep((item.owner,), item.title, tuple(filter(None, (item.estimate, item.note))), "") for item in assessment.open_manual_work
    ]
    steps += [_to_approve(approval, assessment.commit) for approval in assessment.missing_approvals]
    return (*steps, *proposed)


def _to_decide(decision: Decision) -> NextStep:
    options = tuple(
        f"{option.key}: {option.text}{' (recommended)' if option.key == decision.recommended else ''}" for option in decision.options
    )
    due = (f"due {decision.due}",) if decision.due else ()
    command = f"/gate decide {decision.id} {'|'.join(option.key for option in decision.options)}"
    return NextStep(decision.owners, f"decide {decision.id}: {decision.question}", (*options, *due), command)


def _to_approve(approval: Approval, commit: str) -> NextStep:
    count = f"{len(approval.given)} of {approval.count} given" if approval.count > 1 else ""
    command = f"/gate approve {approval.role} {commit[:7]}" if commit else ""
    return NextStep((approval.role,), f"approve {approval.scope}".rstrip(), tuple(filter(None, (count, approval.dropped))), command)


def approvals_line(assessment: Assessment) -> str:
    """``2 of 3: dba missing; tech-lead missing, octocat: dropped by IDX002/index/orders/ByDate``; empty where none is needed."""
    needed = [approval for approval in assessment.approvals if approval.required]
    missing = assessment.missing_approvals
    why = (f"{each.role} missing{f', {each.dropped}' if each.dropped else ''}" for each in missing)
    said = f": {'; '.join(why)}" if missing else ""
    return f"{len(needed) - len(missing)} of {len(needed)}{said}" if needed else ""


def newest_replies(assessment: Assessment) -> tuple[Reply, ...]:
    """What became of the commands that people wrote, the newest first."""
    return tuple(reversed(assessment.replies))


def phases(assessment: Assessment) -> tuple[Phase, ...]:
    """The action items by phase, in the order in which phases first appear."""
    names = dict.fromkeys(item.phase for item in assessment.action_items)
    return tuple(Phase(name, tuple(item for item in assessment.action_items if item.phase == name)) for name in names)


def effort(items: Iterable[ActionItem], plan: Schedule | None = None) -> str:
    """The sum of the estimates in working time: ``2d 30m``; starts with ``at least`` where one cannot be read.

    Days and weeks are those of the schedule, else of 8 hours and 5 days.
    """
    hours, days = (plan.hours_per_day, plan.days_per_week) if plan is not None else (8, 5)
    read = [minutes(word, hours_per_day=hours, days_per_week=days) for item in items for word in item.estimate.split() or [""]]
    text = in_words(sum(each or 0 for each in read), hours)
    return text if None not in read else f"at least {text}"


def unverified(assessment: Assessment) -> tuple[ChecklistItem, ...]:
    """The lines that could not be verified."""
    return tuple(line for line in assessment.checklist if line.result is Result.UNVERIFIED)


def waived(assessment: Assessment) -> tuple[Finding, ...]:
    """Findings under a waiver."""
    return tuple(finding for finding in assessment.findings if finding.waiver is not None and finding.state != "fixed")


def fixed(assessment: Assessment) -> tuple[Finding, ...]:
    """Findings of the base that are gone."""
    return tuple(finding for finding in assessment.findings if finding.state == "fixed")


def places(finding: Finding) -> tuple[Place, ...]:
    """Where its evidence stands, each place once."""
    return tuple(dict.fromkeys(fact.place for fact in finding.evidence))
