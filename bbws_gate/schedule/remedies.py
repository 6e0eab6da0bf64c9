"""What could be planned differently. Whether it helps, and by how much, is for the calculation to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bbws_gate.deferred import dataclass, field
from bbws_gate.model import Schedule

MAX_ROLES = 8
"""Roles for which one more person is tried."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A plan that differs from the spec's."""

    what: str
    more: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """People beyond the spec's, by role."""
    decisions: bool = True
    """Whether open decisions take time."""
    optional: bool = True
    """Whether what holds nothing up is done before the promotion."""


def variants(plan: Schedule) -> Iterator[Variant]:
    """What to try: one more person for each role that sets the date, decisions at once, later what can wait; then together."""
    path = plan.path_items
    roles = tuple(dict.fromkeys(item.owners[0] for item in path if item.person))[:MAX_ROLES]
    for role in roles:
        yield Variant(f"one more {role}", {role: 1})
    if len(roles) > 1:
        yield Variant(f"one more each of {', '.join(roles)}", dict.fromkeys(roles, 1))
    waiting = any(not item.person for item in path)
    if waiting:
        yield Variant("every open decision taken at once", decisions=False)
    later = sum(1 for item in plan.items if not item.holds)
    if later and any(item.holds for item in plan.items):
        words = "the item that blocks nothing" if later == 1 else f"the {later} items that block nothing"
        yield Variant(f"{words} left until after the promotion", optional=False)
