"""Reads what Infracost says: ``infracost breakdown --format json`` (v0.10) and ``infracost scan --json`` (v2).

The formats: https://github.com/infracost/infracost/blob/master/schema/infracost.schema.json and internal/format/json.go of
github.com/infracost/cli. Numbers are decimal strings or numbers, or null where nothing is known; nothing in the file is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bbws_gate.deferred import dataclass, field, regex
from bbws_gate.errors import UsageError
from bbws_gate.model.cost import EXACT, total
from bbws_gate.notation import Malformed, json
from bbws_gate.notation.node import number, plain

MEND = "give the output of `infracost breakdown --format json` (v0.10) or `infracost scan --json` (v2)"
_MOST_NOTES = 5
_NUMBER = regex(r"[0-9]{1,30}(?:\.[0-9]{1,30})?")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class ResourceCost:
    """One resource of a project."""

    fixed: Decimal
    used: Decimal
    complete: bool
    """False where a price was not found or use was not stated."""


@dataclass(frozen=True, slots=True)
class ReportedProject:
    """One project of a report."""

    name: str
    path: str
    workspace: str
    commit: str
    resources: Mapping[str, ResourceCost]
    problems: tuple[str, ...] = ()
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    form: str
    currency: str
    made: str
    """When; empty in v2, which does not say."""
    projects: tuple[ReportedProject, ...] = field(default=())


def read_report(text: bytes, path: str) -> Report:
    """The report in a file.

    Raises:
        UsageError: it is not one of the two formats, or a part of it is not what the format says.
    """
    try:
        data = plain(json.parse(text, path))
    except Malformed as malformed:
        raise UsageError(malformed.why, where=f"{path}:{malformed.line}", mend=MEND) from malformed
    try:
        return _report(data)
    except ValueError as error:
        raise UsageError(f"not an Infracost report: {error}", where=path, mend=MEND) from error


def _report(data: Any) -> Report:
    whole = _mapping(data, "the file")
    if "projects" not in whole:
        raise ValueError("it has no projects")
    projects = _list(whole["projects"], "projects")
    if "version" in whole:
        metadata = _mapping(whole.get("metadata") or {}, "metadata")
        commit = _text(metadata.get("vcsCommitSha"))
        found = tuple(_first_form(_mapping(each, "a project"), commit) for each in projects)
        return Report("v0.10", _text(whole.get("currency")), _text(whole.get("timeGenerated")), found)
    if not all("project_name" in _mapping(each, "a project") for each in projects):
        raise ValueError("neither version nor project_name is there")
    return Report("v2", _text(whole.get("currency")), "", tuple(_second_form(each) for each in projects))


def _first_form(project: Mapping[str, Any], commit: str) -> ReportedProject:
    metadata = _mapping(project.get("metadata") or {}, "metadata of a project")
    breakdown = _mapping(project.get("breakdown") or {}, "breakdown")
    resources: dict[str, ResourceCost] = {}
    for each in _list(breakdown.get("resources"), "resources"):
        resource = _mapping(each, "a resource")
        used, all_of_it = _amount(resource.get("monthlyUsageCost")), _amount(resource.get("monthlyCost"))
        parts = list(_components(resource, "costComponents"))
        complete = all_of_it is not None and all(part.get("monthlyCost") is not None and not part.get("priceNotFound") for part in parts)
        _add(resources, resource, all_of_it or Decimal(0), used or Decimal(0), complete=complete)
    return ReportedProject(
        name=_text(project.get("name")),
        path=_text(metadata.get("terraformModulePath")) or _text(metadata.get("path")),
        workspace=_text(metadata.get("terraformWorkspace")),
        commit=commit,
        resources=resources,
        problems=tuple(_problems(metadata.get("errors")))[:_MOST_NOTES],
        total=_amount(breakdown.get("totalMonthlyCost")),
    )


def _second_form(data: Any) -> ReportedProject:
    project = _mapping(data, "a project")
    resources: dict[str, ResourceCost] = {}
    for each in _list(project.get("resources"), "resources"):
        resource = _mapping(each, "a resource")
        parts = list(_components(resource, "cost_components"))
        whole = [_amount(part.get("total_monthly_cost")) for part in parts]
        used = total(_amount(part.get("usage_monthly_cost")) or Decimal(0) for part in parts)
        complete = all(amount is not None for amount in whole) and resource.get("is_supported") is not False
        _add(resources, resource, total(amount or Decimal(0) for amount in whole), used, complete=complete)
    return ReportedProject(
        name=_text(project.get("project_name")),
        path=_text(project.get("path")),
        workspace="",
        commit="",
        resources=resources,
        problems=tuple(_problems(project.get("diagnostics")))[:_MOST_NOTES],
        total=total(each.fixed + each.used for each in resources.values()),
    )


def _add(resources: dict[str, ResourceCost], resource: Mapping[str, Any], whole: Decimal, used: Decimal, *, complete: bool) -> None:
    address = _text(resource.get("name"))
    if not address or address in resources:
        raise ValueError(f"resource {address!r:.80} has no name, or is there twice")
    if used > whole:
        raise ValueError(f"resource {address!r:.80} costs less than its use")
    resources[address] = ResourceCost(EXACT.subtract(whole, used), used, complete)


def _components(resource: Mapping[str, Any], key: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        raise ValueError("resources nested too deep")
    for each in _list(resource.get(key), key):
        yield _mapping(each, "a cost component")
    for each in _list(resource.get("subresources"), "subresources"):
        yield from _components(_mapping(each, "a subresource"), key, depth + 1)


def _problems(value: Any) -> Iterator[str]:
    for each in _list(value, "errors"):
        problem = _mapping(each, "an error")
        if problem.get("severity") not in ("warning", "info"):
            yield " ".join(_text(problem.get("message")).split())[:200] or "an error without words"


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} is not an object")  # noqa: TRY004 - all that is wrong with the file is one kind of error
    return value


def _list(value: Any, what: str) -> tuple[Any, ...]:
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise ValueError(f"{what} is not a list")  # noqa: TRY004 - all that is wrong with the file is one kind of error
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.80} is not text")  # noqa: TRY004 - as above
    return value[:500]


def _amount(value: Any) -> Decimal | None:
    """An amount of money; None where Infracost has none."""
    if value is None:
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = number(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise ValueError("an amount is not a number of at least 0")
    return Decimal(value)
