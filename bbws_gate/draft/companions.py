"""Companions that every resource of a type has already: the public access block of each bucket, found by reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.draft.attributes import shared_attributes
from bbws_gate.draft.yaml_text import Note, Value
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import leads_to
from bbws_gate.terraform.stack import Resource

MAX_PAIRS = 200_000
"""Comparisons of a main resource with a possible companion in one draft; beyond, companions are left to a person."""


class Companions(NamedTuple):
    """What belongs to the resources of one type."""

    entries: list[Value]
    """Items of ``with``."""
    types: frozenset[str]
    """The types of the entries: what is expected of each main resource need not be counted by itself, too."""
    notes: list[Note]
    """Types that some of the main resources have and others lack."""


def draft_companions(kind: str, environments: Mapping[str, ProjectEvidence]) -> Companions:
    """The companions of a type of resource.

    AWS's provider names them for what they belong to: ``aws_s3_bucket_versioning`` for ``aws_s3_bucket``.
    """
    found = Companions([], frozenset(), [])
    stacks = [project.stack for project in environments.values()]
    if sum(len(stack.of_type(kind)) * len(stack.resources) for stack in stacks) > MAX_PAIRS:
        return found
    for other in sorted({resource.type for stack in stacks for resource in stack.resources if resource.type.startswith(f"{kind}_")}):
        pairs = [(stack.of_type(kind), stack.of_type(other)) for stack in stacks]
        if not all(resource.expanded for mains, others in pairs for resource in (*mains, *others)):
            continue
        argument = _argument([(main, each) for mains, others in pairs for each in others for main in mains])
        if argument is None:
            continue
        served = [sum(any(leads_to(each, (argument,), main) for each in others) for main in mains) for mains, others in pairs]
        wanted = [len(mains) for mains, _ in pairs]
        if served != wanted:
            name = next(name for name, own, every in zip(environments, served, wanted, strict=True) if own != every)
            each = f"{max(served)} of {max(wanted)} {kind} in {name}"
            found.notes.append(Note(f"{other}: {each} have one; not expected of all, decide whether it should be"))
            continue
        entry: dict[str, Value] = {"type": other, "by": argument}
        attributes = shared_attributes(other, [each for _, others in pairs for each in others])
        found.entries.append({**entry, "attributes": attributes} if attributes else entry)
        if all(any(leads_to(each, (argument,), main) for main in mains) for mains, others in pairs for each in others):
            found = found._replace(types=found.types | {other})
    return found


def _argument(pairs: list[tuple[Resource, Resource]]) -> str | None:
    """The argument by which the companions refer to the main resources; None when there is none, or more than one."""
    named = set(_references(pairs))
    return named.pop() if len(named) == 1 else None


def _references(pairs: list[tuple[Resource, Resource]]) -> Iterator[str]:
    for main, other in pairs:
        yield from (name for name, value in other.attributes.items() if not isinstance(value, list) and leads_to(other, (name,), main))
