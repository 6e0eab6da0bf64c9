"""When the work can be done: items on working days, the path that sets the date, and what would bring the date forward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from bbws_gate.deferred import dataclass, field


@dataclass(frozen=True, slots=True)
class ScheduledItem:
    """A piece of work, or a decision to be taken, with its place in time."""

    id: str
    """The action item's; ``decision/<id>`` for a decision."""
    title: str
    owners: tuple[str, ...]
    """Roles; more than one for a decision."""
    person: int
    """Which of the owner's people does it, from 1; 0 for a decision, which takes nobody's working time."""
    phase: str
    start: date
    end: date
    """The day on which it is done."""
    minutes: int
    """Working time."""
    slack: int
    """Minutes of working time that it may slip without moving the end of the whole."""
    holds: bool
    """Whether the promotion waits for it: it clears something that blocks, or only people can do it."""

    @property
    def critical(self) -> bool:
        """Whether any slip moves the end."""
        return self.slack == 0


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change of the plan, and the dates that a new calculation gives with it."""

    what: str
    """``one more devops-engineer``."""
    done_on: date
    revised_date: date
    """The same rule as :attr:`Schedule.revised_date`."""
    earliest_date: date
    working_days: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The plan for everything that is left to do. Dates only; the same assessment gives the same plan."""

    start: date
    """First working day that counts: the assessment's, or the next one."""
    done_on: date
    """The day on which the last piece of work is done; ``start`` when there is none."""
    working_days: int
    """Working days from ``start`` to ``done_on``, both included; 0 when nothing is left to do."""
    earliest_date: date
    """The first day on which the promotion can take place."""
    target_date: date | None
    """As the spec plans it."""
    revised_date: date
    """The planned date while it can be kept, else ``earliest_date``."""
    margin: int | None
    """Working days between ``earliest_date`` and ``target_date``: negative when late; None without a planned date."""
    hours_per_day: int
    items: tuple[ScheduledItem, ...]
    """In the order in which they begin."""
    critical_path: tuple[str, ...]
    """Ids of the items that set ``done_on``, in the order in which they are done."""
    remedies: tuple[Remedy, ...]
    """Best first; only those that make it earlier."""
    people: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """How many work in parallel, by role that has work."""
    unknown: tuple[str, ...] = ()
    """Ids of items whose estimate says nothing: they count as no time, so the dates are the earliest possible."""
    days_per_week: int = 5

    @property
    def late(self) -> bool:
        """Whether the planned date cannot be kept."""
        return self.margin is not None and self.margin < 0

    @property
    def path_items(self) -> tuple[ScheduledItem, ...]:
        """The items of the critical path, in order."""
        by_id = {item.id: item for item in self.items}
        return tuple(by_id[each] for each in self.critical_path)
