"""The portfolio drawn from its entries: who can go when, who waits for whom, and what all of it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model import Status
from bbws_gate.portfolio.entry import Entry
from bbws_gate.portfolio.graph import cycles, in_order, reach, successors

MAX_NAMED = 12
"""Promotions that one note names."""


class Key(NamedTuple):
    """A project in an environment."""

    project: str
    environment: str

    def __str__(self) -> str:
        return f"{self.project} to {self.environment}"


class Edge(NamedTuple):
    """Who is needed, who needs it, and what for."""

    source: Key
    target: Key
    requires: tuple[str, ...]
    blocked_by: tuple[str, ...]
    """Findings of the source on what is required; empty where nothing named blocks."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in its place."""

    entry: Entry
    wave: int | None
    """From 1; None on or behind a cycle."""
    waits_for: tuple[Key, ...]
    """What is needed directly and is not ready, or waits itself."""
    frees: tuple[Key, ...]
    """What waits for this one, directly or not."""
    outside: tuple[str, ...]
    """Projects that it needs and that the portfolio does not hold: nothing is known of them."""
    when: date | None
    """When it will be promoted: on its planned date while that can be kept, with all that it needs; None where nobody can say."""
    earliest: date | None = None
    """The first day that the work on it, and on all that it needs, allows."""
    in_cycle: bool = False

    @property
    def key(self) -> Key:
        """Its name."""
        return Key(self.entry.project, self.entry.environment)

    @property
    def late(self) -> bool:
        """Whether its planned date cannot be kept."""
        return self.when is not None and self.entry.target_date is not None and self.when > self.entry.target_date

    @property
    def can_go(self) -> bool:
        """Whether it is ready and everything that it needs is."""
        return self.entry.ready and not self.waits_for and not self.in_cycle

    @property
    def state(self) -> str:
        """``can go``, ``waits``, ``in a cycle``, ``pending``, ``blocked`` or ``error``."""
        if self.in_cycle:
            return "in a cycle"
        if not self.entry.ready:
            return self.entry.status.value.lower()
        return "waits" if self.waits_for else "can go"


class Total(NamedTuple):
    """The cost of one environment in one currency."""

    environment: str
    currency: str
    low: Decimal
    high: Decimal
    projects: int
    """How many are in it."""
    missing: tuple[str, ...]
    """Projects whose cost is not known, or not all of it."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that is known about all of them."""

    name: str
    rows: tuple[Row, ...]
    """In the order in which they can be promoted; those on or behind a cycle come last."""
    edges: tuple[Edge, ...]
    cycles: tuple[tuple[Key, ...], ...]
    critical_path: tuple[Key, ...]
    """The chain of promotions whose work ends last, from the one that sets its date."""
    totals: tuple[Total, ...]
    notes: tuple[str, ...]

    @property
    def waves(self) -> tuple[tuple[int, tuple[Row, ...]], ...]:
        """Rows by wave, the first wave first."""
        by_wave: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.wave is not None:
                by_wave[row.wave].append(row)
        return tuple((wave, tuple(by_wave[wave])) for wave in sorted(by_wave))

    @property
    def environments(self) -> tuple[str, ...]:
        """Their names, in the portfolio's order."""
        return tuple(dict.fromkeys(row.entry.environment for row in self.rows))

    @property
    def blocked(self) -> bool:
        """Whether anything blocks: a cycle, or an assessment that is BLOCKED or ERROR."""
        return bool(self.cycles) or any(row.entry.status.value in ("BLOCKED", "ERROR") for row in self.rows)

    @property
    def done_on(self) -> date | None:
        """The day of the last promotion; None while one of them has no date."""
        dates = [row.when for row in self.rows]
        return max((day for day in dates if day is not None), default=None) if None not in dates else None


def draw(name: str, entries: Iterable[Entry], order: tuple[str, ...] = ()) -> Portfolio:
    """The overview of ``entries``.

    A project's wave is the one after the last of those it needs, or the one that its plan names when that is later. It can be promoted on
    its own date or on the date of what it needs, whichever is later.

    Args:
        name: the portfolio's.
        entries: distinct in project and environment.
        order: environments from the first to the last; a project's entry for a later one comes after those for earlier ones.
    """
    by_key = {Key(each.project, each.environment): each for each in entries}
    edges = _edges(by_key)
    rank = {environment: number for number, environment in enumerate(dict.fromkeys((*order, *(key.environment for key in by_key))))}
    needs = successors(by_key, ((edge.source, edge.target) for edge in edges))
    every = successors(by_key, (*((edge.source, edge.target) for edge in edges), *_promotions(by_key, order)))
    waves = _waves(by_key, needs)

    def place(key: Key) -> tuple[int, int, Key]:
        return rank[key.environment], waves.get(key, 0), key

    sequence = in_order(every, place)
    before = _before(every)
    dates = _dates({key: entry.revised_date for key, entry in by_key.items()}, sequence, before)
    earliest = _dates({key: entry.earliest_date for key, entry in by_key.items()}, sequence, before)
    circles = cycles(every, place)
    knotted = {key for key in by_key if key in reach(key, every)} if circles else set()
    going = _going(by_key, sequence, before)
    rows = tuple(
        Row(
            entry=by_key[key],
            wave=waves.get(key) if key in dates else None,
            waits_for=tuple(sorted(each for each in before[key] if each not in going)),
            frees=tuple(sorted(reach(key, every) - {key})),
            outside=tuple(
                sorted(
                    {each.project for each in by_key[key].upstream if Key(each.project, each.environment or key.environment) not in by_key}
                )
            ),
            when=dates.get(key),
            earliest=earliest.get(key),
            in_cycle=key in knotted,
        )
        for key in (*sequence, *sorted(set(by_key) - set(sequence), key=place))
    )
    return Portfolio(name, rows, edges, tuple(circles), _critical(by_key, earliest, before), _totals(rows), _notes(by_key, waves))


def _edges(by_key: Mapping[Key, Entry]) -> tuple[Edge, ...]:
    """From both ends: what one says it needs, and what the other says needs it. Only between entries of the portfolio."""
    needs: dict[tuple[Key, Key], dict[str, None]] = {}
    held: dict[tuple[Key, Key], dict[str, None]] = defaultdict(dict)
    for key, entry in by_key.items():
        for need in entry.upstream:
            pair = (Key(need.project, need.environment or key.environment), key)
            needs.setdefault(pair, {}).update(dict.fromkeys(need.requires))
        for need in entry.downstream:
            pair = (key, Key(need.project, need.environment or key.environment))
            needs.setdefault(pair, {}).update(dict.fromkeys(need.requires))
            held[pair].update(dict.fromkeys(need.blocked_by))
    known = sorted(pair for pair in needs if pair[0] in by_key and pair[1] in by_key)
    return tuple(Edge(*pair, tuple(sorted(needs[pair])), tuple(held[pair])) for pair in known)


def _promotions(by_key: Mapping[Key, Entry], order: tuple[str, ...]) -> Iterable[tuple[Key, Key]]:
    """From each environment of a project to its next one in the order."""
    own: dict[str, list[Key]] = defaultdict(list)
    for environment in dict.fromkeys(order):
        for project in {key.project for key in by_key if key.environment == environment}:
            own[project].append(Key(project, environment))
    for keys in own.values():
        yield from pairwise(keys)


def _before(after: Mapping[Key, list[Key]]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {key: [] for key in after}
    for key, targets in after.items():
        for target in targets:
            found[target].append(key)
    return found


def _waves(by_key: Mapping[Key, Entry], needs: Mapping[Key, list[Key]]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    before = _before(needs)
    for key in in_order(needs, lambda each: each):
        earliest = 1 + max((found[each] for each in before[key]), default=0)
        found[key] = max(earliest, by_key[key].wave or 1)
    return found


def _dates(own: Mapping[Key, date | None], sequence: list[Key], before: Mapping[Key, list[Key]]) -> dict[Key, date | None]:
    found: dict[Key, date | None] = {}
    for key in sequence:
        days = [own[key], *(found[each] for each in before[key])]
        known = [day for day in days if day is not None]
        found[key] = max(known) if len(known) == len(days) else None
    return found


def _going(by_key: Mapping[Key, Entry], sequence: list[Key], before: Mapping[Key, list[Key]]) -> set[Key]:
    """Those that are ready, with everything that they need; nothing on or behind a cycle is."""
    found: set[Key] = set()
    for key in sequence:
        if by_key[key].ready and all(each in found for each in before[key]):
            found.add(key)
    return found


def _critical(by_key: Mapping[Key, Entry], dates: Mapping[Key, date | None], before: Mapping[Key, list[Key]]) -> tuple[Key, ...]:
    """Back from the one whose work ends last, as long as what comes before is what sets its date."""
    dated = {key: day for key, day in dates.items() if day is not None}
    if not dated:
        return ()
    last = max(dated.values())
    final = [key for key, day in dated.items() if day == last]
    # Of those that end last: one that nothing else waits for on that day, so that the chain is whole.
    here = min((key for key in final if not any(key in before[other] for other in final)), default=min(final))
    chain = [here]
    while by_key[chain[-1]].earliest_date != dated[chain[-1]]:
        chain.append(min(each for each in before[chain[-1]] if dated.get(each) == dated[chain[-1]]))
    return tuple(reversed(chain))


def _totals(rows: tuple[Row, ...]) -> tuple[Total, ...]:
    found = []
    for environment in dict.fromkeys(row.entry.environment for row in rows):
        own = [row.entry for row in rows if row.entry.environment == environment]
        missing = tuple(sorted(entry.project for entry in own if entry.cost is None or not entry.cost.complete))
        for currency in dict.fromkeys(entry.cost.currency for entry in own if entry.cost is not None):
            costs = [entry.cost for entry in own if entry.cost is not None and entry.cost.currency == currency]
            low, high = sum((each.low for each in costs), Decimal(0)), sum((each.high for each in costs), Decimal(0))
            found.append(Total(environment, currency, low, high, len(costs), missing))
    return tuple(found)


def _notes(by_key: Mapping[Key, Entry], waves: Mapping[Key, int]) -> tuple[str, ...]:
    """Where a plan contradicts the dependencies, and what nobody knows."""
    found = [
        f"{key}: the plan says wave {entry.wave}, but what it needs puts it in wave {waves[key]}"
        for key, entry in sorted(by_key.items())
        if entry.wave is not None and key in waves and entry.wave < waves[key]
    ]
    silent = [str(key) for key, entry in sorted(by_key.items()) if entry.status is Status.ERROR and not entry.upstream]
    if silent:
        more = f" and {len(silent) - MAX_NAMED} more" if len(silent) > MAX_NAMED else ""
        named = f"{', '.join(silent[:MAX_NAMED])}{more}"
        found.append(f"nobody knows what is needed by {named}: wave and order are only what the others say")
    if any(entry.asks_people and not entry.is_heard for entry in by_key.values()):
        found.append("checkouts do not hold what people said: approvals, decisions and manual work count as missing")
    return tuple(found)
