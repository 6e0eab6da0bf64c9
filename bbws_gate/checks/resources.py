"""Resources of any type: how many, by which names, with which attributes."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.counts import settled
from bbws_gate.checks.observe import header, observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.provider_defaults import provider_default
from bbws_gate.evidence.expected_resources import Meant, meant, name_of, name_path
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Result, Severity
from bbws_gate.spec import Matcher, fill
from bbws_gate.spec.expect import ResourceExpectation
from bbws_gate.terraform.stack import Resource


def _expected(project: ProjectEvidence) -> Iterator[tuple[int, ResourceExpectation, Meant]]:
    values = project.spec.names(project.environment_name)
    for number, expectation in enumerate(project.spec.expect.resources):
        yield number, expectation, meant(project.stack, expectation, values, project.unread)


@check(
    "RES001",
    "resource-count-differs",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="Something that was planned is not created, or something is created that nobody planned.",
    clear="Add or remove resources until the number is the planned one, or correct the spec.",
)
def resource_count_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The number of resources of a type (those that satisfy ``where``), count and for_each expanded, against ``count``; at least one
    where an expectation says neither number nor names.
    """
    for number, expectation, found in _expected(project):
        if expectation.count is None and expectation.names:
            continue
        wanted = str(expectation.count) if expectation.count is not None else "at least 1"
        asked = project.loaded.evidence("expect", "resources", number, *(["count"] if expectation.count is not None else []))
        subject, item = f"resource/{expectation.id}/count", f"There are {wanted} {expectation.id}"
        amount = len(found.resources)
        holds = expectation.count.holds(amount) if expectation.count is not None else amount > 0
        if found.why and not settled(expectation.count, sum(resource.expanded for resource in found.resources)):
            yield unverified(subject, item, found.why, *map(header, found.resources[:5]), asked)
        elif holds:
            yield passed(subject, item, *map(header, found.resources[:5]), asked)
        else:
            yield failed(
                subject,
                item,
                *(map(header, found.resources) if found.resources else (_nowhere(project, expectation.type),)),
                asked,
                title=f"There are {amount} {expectation.id}, not {wanted}",
                expected=wanted,
                actual=", ".join(resource.address for resource in found.resources) or "none",
                because_of=tuple(f"RES002/resource/{expectation.id}/{fill(name, _names(project))}" for name in expectation.names),
            )


def _nowhere(project: ProjectEvidence, kind: str) -> Evidence:
    return Evidence(project.terraform_place(), f"no {kind} in {project.root or 'the root module'}")


def _names(project: ProjectEvidence) -> dict[str, str]:
    return project.spec.names(project.environment_name)


@check(
    "RES002",
    "resource-missing",
    severity=Severity.CRITICAL,
    category="Resources",
    work=works.RESOURCES,
    why="What uses the resource by its name fails as soon as it is promoted.",
    clear="Declare the resource, or take its name out of the promotion spec.",
)
def resource_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every name that an expectation lists: that a resource of the type has it, after evaluation for the environment."""
    for number, expectation, found in _expected(project):
        called = [name_of(resource, expectation) for resource in (*found.resources, *found.doubtful)]
        nameless = next((reason(name) for name in called if reason(name)), "")
        for index, pattern in enumerate(expectation.names):
            name = fill(pattern, _names(project))
            subject, item = f"resource/{expectation.id}/{name}", f"{expectation.type} {name} exists"
            asked = project.loaded.evidence("expect", "resources", number, "names", index)
            holder = next((resource for resource in found.resources if name_of(resource, expectation) == name), None)
            if holder is not None:
                yield passed(subject, item, observe(holder, *name_path(expectation)).evidence, asked)
            elif found.why or nameless:
                yield unverified(subject, item, nameless or found.why, *map(header, found.resources[:5]), asked)
            else:
                yield failed(
                    subject,
                    item,
                    _closest(project, expectation, found, name),
                    asked,
                    title=f"{expectation.type} {name} is missing",
                    expected=f"{expectation.type} {name}",
                    actual=", ".join(shown(each).strip('"') for each in called if each is not None) or f"no {expectation.type}",
                )


def _closest(project: ProjectEvidence, expectation: ResourceExpectation, found: Meant, name: str) -> Evidence:
    if not found.resources:
        return _nowhere(project, f"{expectation.type} {name}")
    last = found.resources[-1]
    return Evidence(last.place, f"no {expectation.type} {name}", last.trace.steps(name_path(expectation)))


@check(
    "RES003",
    "resource-unplanned",
    severity=Severity.MEDIUM,
    category="Resources",
    work=works.REVIEW_EXTRAS,
    why="What no plan names is created, paid for and kept without an owner.",
    clear="Add the name to the promotion spec, or remove the resource from Terraform.",
)
def resource_unplanned(project: ProjectEvidence) -> Iterator[Outcome]:
    """Resources of an expected type whose names the spec does not list, where the expectation allows no others."""
    for number, expectation, found in _expected(project):
        if expectation.allow_others or not expectation.names:
            continue
        planned = {fill(name, _names(project)) for name in expectation.names}
        asked = project.loaded.evidence("expect", "resources", number, "allow_others")
        for resource in found.resources:
            seen = observe(resource, *name_path(expectation))
            if seen.value in planned:
                continue
            subject, item = f"resource/{resource.address}", f"{resource.address} is planned"
            if seen.unknown:
                yield unverified(subject, item, seen.unknown, seen.evidence, asked)
                continue
            yield failed(
                subject,
                item,
                seen.evidence,
                asked,
                title=f"{resource.address} is not in the plan",
                expected=f"only {', '.join(sorted(planned))}",
                actual=seen.evidence.value,
            )


@check(
    "RES004",
    "resource-attribute-differs",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="The resource is there and behaves differently from what was planned.",
    clear="Set the argument to what the spec says, or correct the spec.",
)
def resource_attribute_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The attributes that an expectation lists, by dotted path into nested blocks, on every resource that it is about; where an argument is
    not set, what the provider documents for that.
    """
    values = _names(project)
    for number, expectation, found in _expected(project):
        for path, matcher in expectation.attributes.items():
            asked = project.loaded.evidence("expect", "resources", number, "attributes", path)
            for resource in found.resources:
                yield attribute_outcome(resource, path, matcher.filled(values), asked)
    tables = {logical: table for logical, table, _ in project.required_tables}
    for logical, expected in project.expected_tables.items():
        for path, matcher in expected.arguments.items() if logical in tables else ():
            asked = project.table_evidence(logical, "arguments", path)
            yield attribute_outcome(tables[logical].resource, path, matcher.filled(values), asked)


def attribute_outcome(resource: Resource, path: str, matcher: Matcher, asked: Evidence) -> Outcome:
    """Whether an attribute of a resource satisfies a matcher."""
    subject, item = f"resource/{resource.address}/{path}", f"{path} of {resource.address} is {matcher}"
    verdicts = matcher.examine(resource.attributes, path, lambda part: reason(part) or None)
    worst = max(verdicts, key=lambda verdict: _ORDER.index(verdict.result))
    default = provider_default(resource.type, path)
    if worst.actual is None and default is not None:
        worst = matcher.check(default.value)._replace(path=worst.path)
        seen = (
            observe(resource, *worst.path, default=default.value)
            if worst.path
            else observe(resource, *path.split("."), default=default.value)
        )
    else:
        seen = observe(resource, *(worst.path or tuple(path.split("."))))
    if worst.result is Result.PASS:
        return passed(subject, item, seen.evidence, asked)
    if worst.result is Result.FAIL and seen.value is None and default is None and _may_be_the_default(matcher):
        return unverified(subject, item, f"{path} is not set, and what the provider does then is not known here", seen.evidence, asked)
    if worst.result is Result.UNVERIFIED:
        return unverified(subject, item, worst.why, seen.evidence, asked)
    return failed(
        subject,
        item,
        seen.evidence,
        asked,
        title=f"{path} of {resource.address} {_without_secrets(worst.why, seen.evidence)}",
        expected=f"{path} {matcher}",
        actual=seen.evidence.value,
    )


_ORDER = [Result.PASS, Result.UNVERIFIED, Result.FAIL]


def _may_be_the_default(matcher: Matcher) -> bool:
    """Whether what is asked is something that a provider does by itself: off, none, nothing."""
    return any(name == "equals" and operand in (False, 0, "") for name, operand in matcher.tests)


def _without_secrets(why: str, seen: Evidence) -> str:
    return "is not as planned" if "(hidden)" in seen.value else why[:160]
