"""Tags that everything which can have tags has already."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.checks.taggable import can_have_tags
from bbws_gate.draft.names import is_usable
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import TABLE
from bbws_gate.terraform.stack import Resource
from bbws_gate.terraform.tags import effective_tags

MAX_KEY = 128
"""AWS takes no longer ones (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html)."""


def common_tags(projects: Iterable[ProjectEvidence]) -> tuple[str, ...]:
    """Keys on every resource that can have tags, in all environments, in the order of the first one's."""
    return _shared(resource for project in projects for resource in project.stack.resources if can_have_tags(resource))


def table_tags(projects: Iterable[ProjectEvidence]) -> tuple[str, ...]:
    """Keys on every table."""
    return _shared(resource for project in projects for resource in project.stack.of_type(TABLE))


def _shared(resources: Iterable[Resource]) -> tuple[str, ...]:
    shared: dict[str, None] | None = None
    for resource in resources:
        own = effective_tags(resource)
        shared = dict.fromkeys(own) if shared is None else {key: None for key in shared if key in own}
    return tuple(key for key in shared or () if is_usable(key, MAX_KEY))
