"""Resources of other types as the Terraform has them: how many, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.checks.backup import PLAN, SELECTION, VAULT
from bbws_gate.checks.observe import shown
from bbws_gate.draft.names import is_usable, one_pattern
from bbws_gate.draft.stated import as_in
from bbws_gate.draft.yaml_text import Block, Item, Note, Value
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


def draft_resources(environments: Mapping[str, ProjectEvidence]) -> Block | None:
    """Items for ``expect.resources``, by type; None when there are none."""
    types = sorted(
        {resource.type for project in environments.values() for resource in project.stack.resources if resource.mode == "managed"}
    )
    items = [item for kind in types if kind not in _ELSEWHERE and is_usable(kind) for item in _items(kind, environments)]
    return Block(tuple(items)) if items else None


def _items(kind: str, environments: Mapping[str, ProjectEvidence]) -> Iterator[Item | Note]:
    found = {name: project.stack.of_type(kind) for name, project in environments.items()}
    first = next(own[0] for own in found.values() if own)
    entry: dict[str, Value] = {"type": kind}
    unknown = next((resource for own in found.values() for resource in own if not resource.expanded), None)
    if unknown is None:
        numbers = [len(own) for own in found.values()]
        entry["count"] = numbers[0] if min(numbers) == max(numbers) else {"min": min(numbers), "max": max(numbers)}
        attribute = NAME_ATTRIBUTES.get(kind, "name")
        names = _names(found, attribute)
        if names:
            entry |= {"names": names} if attribute == "name" else {"names": names, "name_attribute": attribute}
    elif any(resource.expanded for own in found.values() for resource in own):
        entry["count"] = {"min": min(sum(resource.expanded for resource in own) for own in found.values())}
    else:
        yield Note(f"{kind}: how many cannot be known from files ({unknown.place})")
        return
    yield Item(entry, as_in(first.place))


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
