"""Lays an Infracost report beside an estimate: its total as a second opinion, its prices for what has none here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bbws_gate.cost.infracost import Report, ReportedProject, ResourceCost
from bbws_gate.deferred import replace
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model.cost import EXACT, Charge, CostEstimate, CostLine, Imported, NotPriced, Price
from bbws_gate.spec.cost import Factors, Spread


def with_report(estimate: CostEstimate, report: Report, project: ProjectEvidence, *, commit: str = "") -> CostEstimate:
    """``estimate`` with what the report knows of the same Terraform; it is left as it is where the report is about something else.

    Args:
        estimate: what was estimated from files.
        report: what Infracost says.
        project: which of the report's projects is meant: the one of the spec's Terraform root, else the only one.
        commit: what was assessed; a report of another commit is named as such.
    """
    found = _project(report, project)
    if found is None or report.currency not in ("", estimate.currency):
        names = ", ".join(each.name for each in report.projects[:5]) or "no project"
        why = f"it is in {report.currency}" if found is not None else f"none of its projects is this one ({names})"
        return replace(estimate, imported=Imported(report.form, "", None, (f"The Infracost report is not used: {why}",)))
    notes = (*_doubts(found, project, commit), *(f"Infracost: {problem}" for problem in found.problems))
    taken = _taken(estimate, found)
    lines = tuple(_line(report, found, missing, project) for missing in taken)
    return replace(
        estimate,
        lines=(*estimate.lines, *lines),
        not_priced=tuple(each for each in estimate.not_priced if each not in taken),
        imported=Imported(report.form, found.name, found.total, notes),
    )


def _project(report: Report, project: ProjectEvidence) -> ReportedProject | None:
    """The project of that Terraform root; of several (workspaces), the environment's."""
    at_root = [each for each in report.projects if _same_folder(each.path, project.root)]
    named = [each for each in at_root if project.environment_name in (each.workspace, each.name.rpartition("-")[2])]
    for choice in (named, at_root, [*report.projects]):
        if len(choice) == 1:
            return choice[0]
    return None


def _same_folder(path: str, root: str) -> bool:
    parts, wanted = path.strip("./").split("/"), root.strip("./").split("/")
    return parts[-len(wanted) :] == wanted


def _doubts(found: ReportedProject, project: ProjectEvidence, commit: str) -> Iterator[str]:
    if found.path and not _same_folder(found.path, project.root):
        yield f"The Infracost report is about {found.path}, not {project.root or 'the repository root'}"
    if found.commit and commit and found.commit != commit:
        yield f"The Infracost report is of commit {found.commit[:12]}, not of {commit[:12]}"


def _taken(estimate: CostEstimate, found: ReportedProject) -> tuple[NotPriced, ...]:
    """Resources of which nothing is priced here and all is priced there."""
    priced = {charge.address for line in estimate.lines for charge in line.charges}
    known = {address for address, cost in found.resources.items() if cost.complete}
    per_address: dict[str, list[NotPriced]] = {}
    for each in estimate.not_priced:
        per_address.setdefault(each.address, []).append(each)
    return tuple(group[0] for address, group in per_address.items() if len(group) == 1 and address in known and address not in priced)


def _line(report: Report, found: ReportedProject, missing: NotPriced, project: ProjectEvidence) -> CostLine:
    cost = found.resources[missing.address]
    factors = _factors(project, missing.address)
    price = Price(
        id=f"infracost/{missing.address}",
        service="Infracost",
        item=missing.address,
        unit="USD",
        per=Decimal(1),
        region=project.environment.region or "",
        amount=Decimal(1),
        free=Decimal(0),
        date=report.made[:10],
        sources=("Infracost",),
        confidence="Infracost's own",
    )
    charge = Charge(missing.address, _at(cost, factors.low), _at(cost, factors.high), f"Infracost {report.form}", missing.place)
    return CostLine(price, (charge,))


def _at(cost: ResourceCost, factor: Decimal) -> Decimal:
    return EXACT.add(cost.fixed, EXACT.multiply(cost.used, factor))


def _factors(project: ProjectEvidence, address: str) -> Factors:
    spread = project.environment.cost.spread or project.spec.cost.spread or Spread.model_validate({})
    return spread.of(address, "")
