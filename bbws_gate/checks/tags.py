"""Tags: what a resource ends up with, its own over the provider's default tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.taggable import can_have_tags
from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Place, Result, Severity
from bbws_gate.spec import Matcher
from bbws_gate.terraform.stack import Plain, Resource
from bbws_gate.terraform.tags import sourced_tags, tag_names, undecided_tags

_PRESENT = Matcher((("equals", {}),))
"""How the spec says that a tag must be there, whatever its value."""
_INSTANCE = regex(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')


class Wanted(NamedTuple):
    """What is asked of one tag, and where."""

    matcher: Matcher
    asked: Evidence
    has_value: bool
    """Whether more is asked than that it is there."""


class Tagged(NamedTuple):
    """One resource, what it is called in findings, what is asked of its tags, and which tags it ends up with."""

    subject: str
    resource: Resource
    wanted: dict[str, Wanted]
    names: set[str]


def _tagged(project: ProjectEvidence) -> tuple[Tagged, ...]:
    """The resources whose tags are judged, tables by their logical names."""
    names = project.spec.names(project.environment_name)
    general = {
        key: _wanted(matcher.filled(names), project.loaded.evidence("expect", "tags", key))
        for key, matcher in project.spec.expect.tags.items()
    }
    tables = {table.resource.address: (logical, expectation) for logical, table, expectation in project.required_tables}
    untagged = frozenset(project.spec.expect.untagged)
    found = []
    for resource in project.stack.resources:
        if not can_have_tags(resource) or resource.type in untagged:
            continue
        logical, expectation = tables.get(resource.address, ("", None))
        own = expectation.tags if expectation is not None else None
        wanted = general
        if own:
            special = {key: _wanted(matcher.filled(names), project.table_evidence(logical, "tags", key)) for key, matcher in own.items()}
            wanted = {**general, **special}
        if wanted:
            subject = f"table/{logical}" if logical else f"resource/{resource.address}"
            found.append(Tagged(subject, resource, wanted, tag_names(resource)))
    return tuple(found)


def _wanted(matcher: Matcher, asked: Evidence) -> Wanted:
    return Wanted(matcher, asked, matcher != _PRESENT)


@check(
    "TAG001",
    "tags-missing",
    severity=Severity.MEDIUM,
    category="Tags",
    work=works.TAGS,
    why="Costs, owners and permissions are found by tags: what lacks them is billed to nobody and cleaned up by nobody.",
    clear="Add the tags to the resource, or to the provider's default_tags.",
)
def tags_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """The effective tags of every AWS resource that can have tags: its own, over ``default_tags`` of its provider. A tag that all of them
    lack is one finding.
    """
    tagged = project.shared(_tagged)
    nowhere = _lacking_everywhere(project, tagged)
    for key in nowhere:
        asked = tagged[0].wanted[key].asked
        yield failed(
            f"tags/{key}",
            f"Every resource has the tag {key}",
            *_tag_places(tagged),
            asked,
            title=f"No resource has the tag {key}",
            expected=f"tag {key} on {len(tagged)} resources",
            actual="on none of them",
        )
    for each in tagged:
        if any(key not in nowhere for key in each.wanted):
            yield _completeness(project, each, nowhere)


def _lacking_everywhere(project: ProjectEvidence, tagged: tuple[Tagged, ...]) -> tuple[str, ...]:
    if len(tagged) < 2:
        return ()
    return tuple(
        key
        for key in tagged[0].wanted
        if all(key in each.wanted and key not in each.names and not _doubt(project, each.resource) for each in tagged)
    )


def _doubt(project: ProjectEvidence, resource: Resource) -> str:
    """Why a resource may have more tags than were seen; empty when it cannot."""
    undecided = undecided_tags(resource)
    if undecided is not None:
        return undecided.reason
    return f"its provider may set tags: {project.unread_files}" if resource.provider is None and project.unread_files else ""


def _tag_places(tagged: tuple[Tagged, ...]) -> tuple[Evidence, ...]:
    """Where the missing tag would be added: the provider's default tags, else each resource."""
    providers = {each.resource.provider.place: each.resource.provider for each in tagged if each.resource.provider is not None}
    defaults = [
        Evidence(provider.trace.place(("default_tags", 0, "tags")), f"default_tags of provider {provider.name}")
        for provider in providers.values()
        if provider.attributes.get("default_tags")
    ]
    return tuple(defaults or [_own_tags(each.resource) for each in tagged[:5]])


def _completeness(project: ProjectEvidence, each: Tagged, nowhere: tuple[str, ...]) -> Outcome:
    """Whether a resource has the tags that any resource has."""
    aside = f", {', '.join(nowhere)} aside," if nowhere else ""
    item = f"Tags of {each.resource.address}{aside} are complete"
    missing = [key for key in each.wanted if key not in each.names and key not in nowhere]
    if not missing:
        return passed(
            each.subject, item, _own_tags(each.resource), *(wanted.asked for key, wanted in each.wanted.items() if key not in nowhere)
        )
    asked = tuple({wanted.asked.place: wanted.asked for key, wanted in each.wanted.items() if key in missing}.values())
    doubt = _doubt(project, each.resource)
    if doubt:
        return unverified(each.subject, item, doubt, _own_tags(each.resource), *asked)
    return failed(
        each.subject,
        item,
        _own_tags(each.resource),
        *asked,
        title=f"{each.resource.address} lacks {'the tag' if len(missing) == 1 else 'the tags'} {', '.join(missing)}",
        expected=f"tags {', '.join(each.wanted)}",
        actual=f"tags {', '.join(sorted(each.names)) or 'none'}",
    )


def _own_tags(resource: Resource) -> Evidence:
    tags = resource.get("tags")
    if tags is None:
        # The block, not the instance: what for_each makes of one block has one fault.
        return Evidence(resource.place, f"{_INSTANCE.sub('', resource.address)} sets no tags of its own")
    named = (", ".join(sorted(tags)) or "none") if isinstance(tags, dict) else shown(tags)
    return Evidence(resource.trace.place(("tags",)), f"tags: {named}", resource.trace.steps(("tags",)))


@check(
    "TAG002",
    "tag-value-differs",
    severity=Severity.MEDIUM,
    category="Tags",
    work=works.TAGS,
    why="A tag with a wrong value sends costs and permissions to the wrong place, which is worse than none.",
    clear="Correct the value where it is set; provenance shows where it comes from.",
)
def tag_value_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The values of effective tags, where the spec says what they must be; one finding for each place that sets a wrong value."""
    by_place: dict[tuple[str, Place], tuple[Outcome, list[Tagged]]] = {}
    for each in project.shared(_tagged):
        judged = {key: wanted for key, wanted in each.wanted.items() if wanted.has_value and key in each.names}
        tags = sourced_tags(each.resource) if judged else {}
        for key, (matcher, asked, _) in judged.items():
            value, place = tags[key].value, tags[key].place
            if (key, place) not in by_place:
                by_place[key, place] = _judged(key, value, place, matcher, asked), []
            by_place[key, place][1].append(each)
    alike = Counter((key, outcome.result) for (key, _), (outcome, _) in by_place.items())
    for (key, _), (outcome, members) in by_place.items():
        if alike[key, outcome.result] > 1:
            yield _at(outcome, f"tags/{key}/{members[0].resource.address}")
        else:
            yield outcome


def _judged(key: str, value: Plain, place: Place, matcher: Matcher, asked: Evidence) -> Outcome:
    subject, item, seen = f"tags/{key}", f"Tag {key} is {matcher}", Evidence(place, f"{key} = {shown(value, key)}")
    verdict = matcher.check(value, lambda part: reason(part) or None)
    if verdict.result is Result.PASS:
        return passed(subject, item, seen, asked)
    if verdict.result is Result.UNVERIFIED:
        return unverified(subject, item, verdict.why, seen, asked)
    return failed(
        subject, item, seen, asked, title=f"Tag {key} is {shown(value, key)}, not {matcher}", expected=str(matcher), actual=seen.value
    )


def _at(outcome: Outcome, subject: str) -> Outcome:
    return Outcome(
        outcome.result,
        subject,
        outcome.item,
        outcome.evidence,
        reason=outcome.reason,
        title=outcome.title,
        expected=outcome.expected,
        actual=outcome.actual,
    )
