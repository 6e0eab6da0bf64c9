"""Companions: resources that must refer to each main one, such as the public access block of a bucket."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.resources import attribute_outcome
from bbws_gate.evidence.expected_resources import meant, name_of
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec.expect import Companion, ResourceExpectation
from bbws_gate.terraform.stack import Resource


def _mains(project: ProjectEvidence) -> Iterator[tuple[int, ResourceExpectation, int, Companion, Resource]]:
    values = project.spec.names(project.environment_name)
    for number, expectation in enumerate(project.spec.expect.resources):
        for position, companion in enumerate(expectation.companions):
            for resource in meant(project.stack, expectation, values, "").resources:
                yield number, expectation, position, companion, resource


def _companions(project: ProjectEvidence, expectation: ResourceExpectation, companion: Companion, main: Resource) -> list[Resource]:
    """The resources of the companion's type that refer to the main one: by reference, or by its known name."""
    name = name_of(main, expectation)
    path = tuple(companion.by.split("."))
    return [
        other
        for other in project.stack.of_type(companion.type)
        if leads_to(other, path, main) or (isinstance(name, str) and other.get(*path) == name)
    ]


@check(
    "RES005",
    "companion-missing",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="The main resource is created without what protects, versions or encrypts it.",
    clear="Declare the companion with a reference to the main resource.",
)
def companion_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """For every resource of an expectation: that as many companions as planned refer to it, found by reference through locals,
    variables and modules, or by name.
    """
    for number, expectation, position, companion, main in _mains(project):
        subject, item = f"resource/{main.address}/with/{companion.type}", f"{main.address} has its {companion.type}"
        asked = project.loaded.evidence("expect", "resources", number, "with", position)
        found = _companions(project, expectation, companion, main)
        wanted = str(companion.count) if companion.count is not None else "at least 1"
        if companion.count.holds(len(found)) if companion.count is not None else found:
            yield passed(subject, item, *map(header, found), asked)
            continue
        doubt = _doubt(project, companion)
        if doubt:
            yield unverified(subject, item, doubt, header(main), asked)
            continue
        yield failed(
            subject,
            item,
            Evidence(main.place, f"{len(found)} {companion.type} refer to it by {companion.by}"),
            *map(header, found),
            asked,
            title=f"{main.address} has {len(found) or 'no'} {companion.type}" + (f", not {wanted}" if found else ""),
            expected=f"{wanted} {companion.type} with {companion.by} of {main.address}",
            actual=", ".join(other.address for other in found) or "none refers to it",
        )


def _doubt(project: ProjectEvidence, companion: Companion) -> str:
    """Why a companion that was not found may be there all the same."""
    if project.unread:
        return project.unread
    path = tuple(companion.by.split("."))
    for other in project.stack.of_type(companion.type):
        why = reason(other.get(*path))
        if not other.expanded:
            return f"the number of {other.address} cannot be known"
        if why and not other.trace.references(path):
            return f"{other.address}: {why}"
    return ""


@check(
    "RES006",
    "companion-attribute-differs",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="The companion is there and does not do what was planned: a block that blocks nothing looks safe.",
    clear="Set the companion's argument to what the spec says.",
)
def companion_attribute_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The attributes that the spec asks of companions, on every companion of every main resource."""
    values = project.spec.names(project.environment_name)
    for number, expectation, position, companion, main in _mains(project):
        for path, matcher in companion.attributes.items():
            asked = project.loaded.evidence("expect", "resources", number, "with", position, "attributes", path)
            for other in _companions(project, expectation, companion, main):
                yield attribute_outcome(other, path, matcher.filled(values), asked)
