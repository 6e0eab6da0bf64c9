"""The budget: whether the environment's monthly cost stays within what was granted."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.model.cost import CostEstimate, down, up
from bbws_gate.spec import Budget

SUBJECT = "environment/budget"
MAX_PLACES = 5


@check(
    "CST001",
    "budget-exceeded",
    severity=Severity.HIGH,
    category="Cost",
    work=works.BUDGET,
    why="The environment costs more than was granted, even if it is used as little as anybody expects.",
    clear="Ask for more, or make it cheaper: fewer copies of backups, shorter retention, less provisioned capacity.",
)
def budget_exceeded(project: ProjectEvidence) -> Iterator[Outcome]:
    """The low end of the monthly cost (low use, free tier applied) against the environment's ``budget``. That what is known stays
    under it says nothing while something is unknown or has no price.
    """
    asked = _asked(project)
    if asked is None:
        return
    budget, cost = asked
    item, granted = f"The least it costs a month is within {_money(budget)}", project.target_evidence("budget")
    if budget.currency != cost.currency:
        yield unverified(SUBJECT, item, f"the budget is in {budget.currency}, prices are in {cost.currency}", granted)
    elif cost.low > budget.monthly:
        yield failed(
            SUBJECT,
            item,
            granted,
            *_largest(cost),
            title=f"The monthly cost of at least {down(cost.low)} {cost.currency} exceeds the budget",
            expected=f"at most {_money(budget)} a month",
            actual=f"at least {down(cost.low)} {cost.currency}",
        )
    elif cost.complete:
        yield passed(SUBJECT, item, granted)
    else:
        yield unverified(SUBJECT, item, _why(cost), granted)


@check(
    "CST002",
    "budget-may-be-exceeded",
    severity=Severity.MEDIUM,
    category="Cost",
    work=works.BUDGET,
    why="If it is used as much as stated, the environment costs more than was granted.",
    clear="Narrow the usage assumptions in the promotion spec (cost.usage, cost.spread), ask for more, or make it cheaper.",
)
def budget_may_be_exceeded(project: ProjectEvidence) -> Iterator[Outcome]:
    """The high end of the monthly cost (high use, no free tier) against the environment's ``budget``, where the low end is within it."""
    asked = _asked(project)
    if asked is None:
        return
    budget, cost = asked
    if budget.currency != cost.currency or cost.low > budget.monthly:
        return
    item, granted = f"The most it costs a month is within {_money(budget)}", project.target_evidence("budget")
    if cost.known_high > budget.monthly:
        yield failed(
            SUBJECT,
            item,
            granted,
            *_largest(cost),
            title=f"The monthly cost of up to {up(cost.known_high)} {cost.currency} may exceed the budget",
            expected=f"at most {_money(budget)} a month",
            actual=f"{down(cost.low)} to {up(cost.known_high)} {cost.currency}",
        )
    elif cost.complete:
        yield passed(SUBJECT, item, granted)


def _asked(project: ProjectEvidence) -> tuple[Budget, CostEstimate] | None:
    budget, cost = project.environment.budget, project.cost
    return None if budget is None or cost is None else (budget, cost)


def _money(budget: Budget) -> str:
    return f"{budget.monthly} {budget.currency}"


def _largest(cost: CostEstimate) -> Iterator[Evidence]:
    """The resources of the dearest lines."""
    lines = sorted(cost.lines, key=lambda line: line.high or line.low, reverse=True)[:MAX_PLACES]
    for line in lines:
        yield Evidence(line.charges[0].place, f"{line.price.service}, {line.price.item}: from {down(line.low)} {cost.currency}")


def _why(cost: CostEstimate) -> str:
    """What keeps the range from being known, shortest first."""
    unknown = [f"{line.price.service} {line.price.item[:1].lower()}{line.price.item[1:]}" for line in cost.unknown]
    unpriced = list(dict.fromkeys(each.address for each in cost.not_priced))
    parts = [f"no usage is stated for {_few(unknown)}"] if unknown else []
    parts += [f"no price is known for {_few(unpriced)}"] if unpriced else []
    return f"at least {down(cost.low)} {cost.currency}; " + " and ".join(parts)


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
