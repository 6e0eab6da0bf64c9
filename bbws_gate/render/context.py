"""What every page template may use. :data:`NAMES` says what each name is; docs/documents.md shows the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup

from bbws_gate.history import since
from bbws_gate.model import ActionItem, Assessment, CategoryScore, Finding, Place, PlannedResource
from bbws_gate.render import cost, outlook, schedule, trend, view
from bbws_gate.render.diagrams import dependency_graph, gantt
from bbws_gate.render.escape import cut, markdown_code, markdown_link, pipes
from bbws_gate.render.proposal import proposal_line
from bbws_gate.render.sources import matrix
from bbws_gate.schedule.duration import in_words

PATH = 200
"""Characters of a path and line that are shown."""

Link = Callable[[Place], str]
"""Where a place can be read: a blob address at the commit that was assessed."""

NAMES: dict[str, str] = {
    "a": "the assessment, `bbws_gate.model.Assessment`",
    "d": "its dossier: resources, sources, deployment steps; `none` where nothing was read",
    "symbol": "the verdict's sign",
    "headline": "the verdict's word: `READY WITH WARNINGS`",
    "verdict": "the verdict as one sentence",
    "tally": "score and counts in one line",
    "since_line": "what changed since the last assessment, in one sentence; empty without one",
    "change": "the same in parts: `last`, `new`, `gone`, `still`; `none` without an earlier assessment",
    "proposal_line": "which of its own rules the change edits, in a few words; empty where none",
    "moments": "the known assessments as rows, the present one last",
    "blockers": "findings that block",
    "blockers_by_code": "the same, those of one check together",
    "pieces": "what blocks by the piece of work that clears it: `title`, `owner`, `estimate`, `findings`, `worst`, `impacts`",
    "steps": "who has to do what next: `who`, `what`, `details`, `command`",
    "groups": "categories with `findings`, `lines`, `score`",
    "total": "the sum of the categories' scores",
    "score_rule": "how the score comes about, in one sentence",
    "open_decisions": "decisions that nobody has taken",
    "price_of": "function of a decision and an option: what it costs in work and money, as far as it is known",
    "waiting_work": "function of a decision: the pieces of work that wait for it",
    "missing_approvals": "required approvals that nobody has given",
    "required": "how many approvals are required",
    "given": "how many of them are given",
    "approvals_line": "both in one line, with who is missing and why",
    "held": "projects up and down the stream that are held up",
    "unverified": "checklist lines that could not be verified",
    "waived": "findings under a waiver",
    "deferred": "findings that a decision put off",
    "fixed": "findings of the base branch that are gone",
    "worst_risks": "the spec's risks, worst first",
    "replies": "what became of people's commands, newest first",
    "phases": "action items by phase: `name`, `items`",
    "phase_plan": "phases with work left: `name`, `items`, `owners`, `effort`, `start`, `end`",
    "effort": "all estimates together: `2d 30m`",
    "effort_of": "function of action items: their estimates together",
    "finding_by_id": "findings by id",
    "findings_of": "function of an action item: its findings",
    "codes_of": "function of an action item: the codes of its findings",
    "issue_of": "function of an action item's id, or `decision/<id>`: a link to its issue; empty where there is none",
    "check_command": "how to assess again: `bbws-gate check --env sit`",
    "places_of": "function of a finding: where its evidence stands",
    "at": "function of a place: a link, or code where there is no address",
    "at_cell": "the same for a table cell",
    "resources": "managed resources as the target gets them: `address`, `type`, `name`, `details`, `place`, `counted`",
    "resources_by_type": "pairs of a type and its resources",
    "environments": "counts by type for each environment, where more than one was evaluated: `environment`, `counts`, `at_least`",
    "resource_types": "the types in `environments`",
    "matrix": "every source against every other: `kinds`, `rows`, `columns`, `pairs`, `failing`",
    "workflow_path": "the deployment workflow's path",
    "schedule": "the schedule, `bbws_gate.model.Schedule`; `none` where no date can be given",
    "schedule_headline": "the schedule in a sentence or two",
    "scheduled": "scheduled items by id",
    "remedies": "what would make it earlier, best first",
    "remedy_of": "function of a remedy: it in words",
    "gantt": "a Mermaid gantt; empty where nothing is scheduled",
    "day": "function of a date: `13 January 2026`",
    "duration_of": "function of a scheduled item: its working time",
    "slack_of": "function of a scheduled item: how far it may slip",
    "dependency_graph": "a Mermaid graph of the projects around; empty without any",
    "cost": "the cost: `range`, `rows`, `differences`, `not_priced`, `remarks`, `snapshot`; `none` where no amount is known",
    "cost_line": "the cost in one line",
}
"""Name to what it is, in Markdown."""

EVERY_NAME = frozenset({*NAMES, "contents", "page", "item", "findings", "most", "section", "parts", "trend", "kind"})
"""These, and what only some pages have."""


def values(assessment: Assessment, link: Link | None) -> dict[str, object]:
    """The value of every name in :data:`NAMES`."""
    return {
        **_verdict(assessment),
        **_people(assessment),
        **_work(assessment),
        **_places(link),
        **_inventory(assessment),
        **_plan(assessment),
    }


def _verdict(assessment: Assessment) -> dict[str, object]:
    groups = view.groups(assessment)
    return {
        "a": assessment,
        "symbol": Markup(view.SYMBOLS[assessment.status]),  # noqa: S704 - our own
        "headline": view.headline(assessment),
        "verdict": view.verdict(assessment),
        "tally": view.tally(assessment),
        "since_line": trend.sentence(assessment),
        "change": since(assessment),
        "proposal_line": proposal_line(assessment),
        "moments": trend.moments(assessment),
        "blockers": assessment.blockers,
        "blockers_by_code": view.blockers_by_code(assessment),
        "pieces": outlook.pieces(assessment),
        "groups": groups,
        "total": _total(groups),
        "score_rule": _score_rule(assessment),
        "unverified": view.unverified(assessment),
        "waived": view.waived(assessment),
        "deferred": assessment.deferred,
        "fixed": view.fixed(assessment),
        "finding_by_id": {finding.id: finding for finding in assessment.findings},
        "worst_risks": outlook.worst_risks(assessment),
    }


def _people(assessment: Assessment) -> dict[str, object]:
    def issue_of(key: str) -> Markup:
        address = assessment.issues.get(key, "")
        return Markup(markdown_link(f"issue {address.rpartition('/')[2]}", address)) if address else Markup("")  # noqa: S704 - escaped

    required = [approval for approval in assessment.approvals if approval.required]
    return {
        "steps": view.next_steps(assessment),
        "open_decisions": assessment.open_decisions,
        "price_of": lambda decision, option: outlook.price(assessment, decision, option),
        "waiting_work": lambda decision: outlook.waiting_work(assessment, decision),
        "missing_approvals": assessment.missing_approvals,
        "required": len(required),
        "given": sum(1 for each in required if each.given_by is not None),
        "approvals_line": view.approvals_line(assessment),
        "held": tuple(each for each in (*assessment.upstream, *assessment.downstream) if each.blocked_by),
        "replies": view.newest_replies(assessment),
        "issue_of": issue_of,
    }


def _work(assessment: Assessment) -> dict[str, object]:
    by_id = {finding.id: finding for finding in assessment.findings}

    def findings_of(item: ActionItem) -> tuple[Finding, ...]:
        return tuple(by_id[each] for each in item.findings if each in by_id)

    return {
        "phases": view.phases(assessment),
        "phase_plan": outlook.phase_plan(assessment),
        "effort": view.effort(assessment.action_items, assessment.schedule),
        "effort_of": lambda items: view.effort(items, assessment.schedule),
        "findings_of": findings_of,
        "codes_of": lambda item: tuple(dict.fromkeys(finding.code for finding in findings_of(item))),
        "check_command": f"bbws-gate check --env {assessment.environment}",
    }


def _places(link: Link | None) -> dict[str, object]:
    @lru_cache(maxsize=1 << 15)
    def at(place: Place) -> Markup:
        # A place without a line may be a file that does not exist: that is what the finding is about.
        label = cut(str(place), PATH)
        shown = markdown_link(label, link(place)) if link is not None and place.line and label == str(place) else markdown_code(label)
        return Markup(shown)  # noqa: S704 - escaped

    @lru_cache(maxsize=1 << 15)
    def at_cell(place: Place) -> Markup:
        return Markup(pipes(at(place)))  # noqa: S704 - escaped

    return {"places_of": view.places, "at": at, "at_cell": at_cell}


def _inventory(assessment: Assessment) -> dict[str, object]:
    dossier = assessment.dossier
    resources = () if dossier is None else dossier.resources
    by_type: dict[str, list[PlannedResource]] = {}
    for resource in resources:
        by_type.setdefault(resource.type, []).append(resource)
    environments = () if dossier is None or len(dossier.environments) < 2 else dossier.environments
    steps = () if dossier is None else dossier.deployment
    return {
        "d": dossier,
        "resources": resources,
        "resources_by_type": tuple(sorted(by_type.items())),
        "environments": environments,
        "resource_types": tuple(sorted({kind for each in environments for kind in each.counts})),
        "matrix": matrix(assessment),
        "workflow_path": steps[0].place.path if steps else "",
    }


def _plan(assessment: Assessment) -> dict[str, object]:
    plan = assessment.schedule
    return {
        "schedule": plan,
        "schedule_headline": "" if plan is None else schedule.headline(plan),
        "scheduled": {} if plan is None else {item.id: item for item in plan.items},
        "remedies": () if plan is None else plan.remedies,
        "remedy_of": lambda one: "" if plan is None else schedule.remedy(plan, one),
        "gantt": "" if plan is None else gantt(plan),
        "day": schedule.day,
        "duration_of": lambda item: "" if plan is None else in_words(item.minutes, plan.hours_per_day),
        "slack_of": lambda item: "" if plan is None else schedule.slack(plan, item),
        "dependency_graph": dependency_graph(assessment),
        "cost": cost.view_of(assessment),
        "cost_line": cost.one_liner(assessment),
    }


def _total(groups: Iterable[view.Group]) -> CategoryScore:
    scores = [group.score for group in groups]
    return CategoryScore(
        "all",
        sum(each.passed for each in scores),
        sum(each.failed for each in scores),
        sum(each.unverified for each in scores),
        sum(each.points for each in scores),
        sum(each.possible for each in scores),
    )


def _score_rule(assessment: Assessment) -> str:
    score = assessment.score
    text = f"The score is the share of points, rounded down: {score.uncapped} of 100. Lines that could not be verified carry no points."
    capped = score.cap is not None and score.uncapped > score.cap
    return f"{text} While something blocks it is at most {score.cap}, so it counts as {score.value}." if capped else text
