"""Resources of other types as the Terraform has them: how many, what they are called, how they are set, and what belongs to each."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.checks.backup import PLAN, SELECTION, VAULT
from bbws_gate.checks.observe import shown
from bbws_gate.draft.attributes import shared_attributes
from bbws_gate.draft.companions import draft_companions
from bbws_gate.draft.names import is_usable, one_pattern
from bbws_gate.draft.stated import as_in
from bbws_gate.draft.yaml_text import Item, Note, Value
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import TABLE
from bbws_gate.terraform.stack import Resource

MAX_NAMES = 50
_ELSEWHERE = frozenset({TABLE, VAULT, PLAN, SELECTION})
"""Types that other parts of the spec speak of."""
NAME_ATTRIBUTES = {
    "aws_s3_bucket": "bucket",
    "aws_lambda_function": "function_name",
    "aws_db_instance": "identifier",
    "aws_rds_cluster": "cluster_identifier",
    "aws_redshift_cluster": "cluster_identifier",
    "aws_elasticache_cluster": "cluster_id",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_ecs_task_definition": "family",
}
"""Arguments that hold the name where it is not ``name``."""


def draft_resources(environments: Mapping[str, ProjectEvidence]) -> tuple[dict[str, Item], list[Note]]:
    """Items for ``expect.resources`` by type, and notes for types of which files do not tell the number."""
    found: dict[str, Item] = {}
    notes: list[Note] = []
    companions: set[str] = set()
    types = {resource.type for project in environments.values() for resource in project.stack.resources if resource.mode == "managed"}
    for kind in sorted(types - _ELSEWHERE):
        own = {name: project.stack.of_type(kind) for name, project in environments.items()}
        first = next(resources[0] for resources in own.values() if resources)
        if not is_usable(kind):
            continue
        if any(resource.expanded for resources in own.values() for resource in resources):
            has_more = any(project.unread for project in environments.values())
            entry = _expectation(kind, own, has_more=has_more)
            beside = draft_companions(kind, environments)
            if beside.entries:
                entry["with"] = beside.entries
            companions |= beside.types
            notes += beside.notes
            is_more = {"attributes", "with"} & set(entry)
            found[kind] = Item(entry, as_in(first.place) + ("; assumed: what all of them have is wanted" if is_more else ""))
        else:
            notes.append(Note(f"{kind}: how many there are cannot be known from files ({first.place})"))
    return {kind: item for kind, item in found.items() if kind not in companions}, notes


def _expectation(kind: str, found: Mapping[str, tuple[Resource, ...]], *, has_more: bool) -> dict[str, Value]:
    """What is known of one type, by environment; ``has_more`` where modules that are not in the checkout may declare some, too."""
    is_known = all(resource.expanded for own in found.values() for resource in own)
    numbers = [sum(resource.expanded for resource in own) for own in found.values()]
    entry: dict[str, Value] = {"type": kind, "count": _count(min(numbers), max(numbers) if is_known and not has_more else None)}
    attribute = NAME_ATTRIBUTES.get(kind, "name")
    names = _names(found, attribute) if is_known else []
    if names:
        entry |= {"names": names} if attribute == "name" else {"names": names, "name_attribute": attribute}
    attributes = shared_attributes(kind, [resource for own in found.values() for resource in own]) if is_known and not has_more else {}
    return {**entry, "attributes": attributes} if attributes else entry


def _count(least: int, most: int | None) -> Value:
    """As the spec writes it; open to the top where there may be more than was seen."""
    if most is None:
        return {"min": least}
    return least if least == most else {"min": least, "max": most}


def _names(found: Mapping[str, tuple[Resource, ...]], attribute: str) -> list[Value]:
    """Name patterns of all resources of a type, when every one is known, the same in all environments, and tells them apart."""
    named: dict[str, dict[str, str]] = {}
    for environment, own in found.items():
        for resource in own:
            name = resource.get(attribute)
            if not isinstance(name, str) or not is_usable(name) or shown(name) == "(hidden)":
                return []
            named.setdefault(resource.address, {})[environment] = name
    patterns = [one_pattern(names) for names in named.values() if len(names) == len(found)]
    known = [pattern for pattern in patterns if pattern is not None]
    if not known or len(known) != len(patterns) or len(set(known)) != len(known) or len(known) > MAX_NAMES:
        return []
    return list(known)
