"""Names that one part of the spec uses and another must define."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from bbws_gate.spec.complaint import Complaint, Location
from bbws_gate.spec.expect import ALL_TABLES
from bbws_gate.spec.placeholders import fill
from bbws_gate.spec.promotion import PromotionSpec


def broken_references(spec: PromotionSpec) -> Iterator[Complaint]:
    """Everything that is named and cannot be meant."""
    yield from _environments(spec)
    yield from _roles(spec)
    yield from _tables(spec)
    yield from _repeated(spec)
    yield from _waivers(spec)
    yield from _patterns(spec)
    yield from _circles(spec)
    if spec.expect.is_nothing:
        yield Complaint(("expect",), "expects nothing: a gate with this spec would pass everything")


def roles_without_people(spec: PromotionSpec) -> Iterator[tuple[Location, str]]:
    """Roles that are asked for something that nobody can give, with where they are named."""
    for location, role in _named_roles(spec):
        members = spec.roles.get(role)
        if members is None or not (members.users or members.teams):
            yield location, role


def _named_roles(spec: PromotionSpec) -> Iterator[tuple[Location, str]]:
    for number, approval in enumerate(spec.approvals):
        yield ("approvals", number, "role"), approval.role
    for number, decision in enumerate(spec.decisions):
        for index, role in enumerate(decision.owners):
            yield ("decisions", number, "owners", index), role
    for number, action in enumerate(spec.actions):
        yield ("actions", number, "owner"), action.owner
    for index, role in enumerate(spec.owners):
        yield ("owners", index), role
    for index, role in enumerate(spec.governance.waivers_by):
        yield ("governance", "waivers_by", index), role
    for status in ("ready", "pending", "blocked"):
        for index, role in enumerate(getattr(spec.notifications, status)):
            yield ("notifications", status, index), role


def _roles(spec: PromotionSpec) -> Iterator[Complaint]:
    """Roles that look like a slip of the pen. A role that is simply not filled yet is not wrong: nobody can act in it until it is."""
    for location, role in _named_roles(spec):
        if role not in spec.roles and (near := _near(role, spec.roles)):
            yield Complaint(location, f"unknown role {role!r} (did you mean {near[0]!r}?)")


def _near(name: str, known: Iterable[str]) -> list[str]:
    """The known name that is most like it, if one is."""
    from difflib import get_close_matches

    return get_close_matches(name, list(known), n=1, cutoff=0.8)


def _environments(spec: PromotionSpec) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for name, target in spec.environments.items():
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield Complaint(("environments", name), f"environments {other!r} and {name!r} differ in case only")
        if target.promoted_from is not None and target.promoted_from not in spec.environments:
            yield Complaint(("environments", name, "promoted_from"), _unknown_environment(spec, target.promoted_from))
        elif name in _lower(spec, name):
            yield Complaint(("environments", name, "promoted_from"), f"environment {name!r} is promoted from itself")
    for location, environment in _named_environments(spec):
        if environment not in spec.environments:
            yield Complaint(location, _unknown_environment(spec, environment))
    for environment in spec.expect.backup.retention_days or ():
        # The plan may speak of environments that the spec does not have yet; a slip of the pen would leave one without its days.
        if environment in spec.environments or not environment:
            continue
        if _near(environment.casefold(), map(str.casefold, spec.environments)):
            yield Complaint(("expect", "backup", "retention_days", environment), _unknown_environment(spec, environment))


def _unknown_environment(spec: PromotionSpec, name: str) -> str:
    return f"unknown environment {name!r}; the spec has {', '.join(spec.environments)}"


def _lower(spec: PromotionSpec, name: str) -> set[str]:
    """The environments that one is promoted from, near and far."""
    found: set[str] = set()
    current = spec.environments[name].promoted_from
    while current is not None and current not in found and current in spec.environments:
        found.add(current)
        current = spec.environments[current].promoted_from
    return found


def _named_environments(spec: PromotionSpec) -> Iterator[tuple[Location, str]]:
    for section in ("approvals", "decisions", "actions", "waivers"):
        for number, rule in enumerate(getattr(spec, section)):
            for index, environment in enumerate(rule.environments):
                yield (section, number, "environments", index), environment


def _tables(spec: PromotionSpec) -> Iterator[Complaint]:
    known = {*spec.expect.tables.required, *(name for target in spec.environments.values() for name in target.tables.required)}
    named: list[tuple[Location, str]] = [
        (("environments", environment, "tables", "not_required", index), table)
        for environment, target in spec.environments.items()
        for index, table in enumerate(target.tables.not_required)
    ]
    covers = spec.expect.backup.covers
    if covers is not None and covers != ALL_TABLES:
        named += [(("expect", "backup", "covers", index), table) for index, table in enumerate(covers)]
    for location, table in named:
        if table not in known:
            yield Complaint(location, f"unknown table {table!r}; required are {', '.join(known) or 'none'}")


def _repeated(spec: PromotionSpec) -> Iterator[Complaint]:
    identified = {
        "decisions": [decision.id for decision in spec.decisions],
        "actions": [action.id for action in spec.actions],
    }
    for section, ids in identified.items():
        for number, identity in enumerate(ids):
            if identity in ids[:number]:
                yield Complaint((section, number, "id"), f"{section}: {identity!r} stands there twice")
    expectations = [expectation.id for expectation in spec.expect.resources]
    for number, identity in enumerate(expectations):
        if identity in expectations[:number]:
            yield Complaint(("expect", "resources", number), f"two expectations of {identity}: tell them apart with a label")


def _waivers(spec: PromotionSpec) -> Iterator[Complaint]:
    for number, waiver in enumerate(spec.waivers):
        code = waiver.finding.partition("/")[0]
        protected = any(fnmatchcase(pattern, waiver.finding) for pattern in spec.never_waivable)
        if code in spec.never_waivable or protected or not spec.can_be_waived(waiver.finding):
            yield Complaint(("waivers", number, "finding"), f"{waiver.finding} cannot be waived: never_waivable names it")


def _circles(spec: PromotionSpec) -> Iterator[Complaint]:
    """Manual actions that wait for themselves."""
    after = {action.id: action.after for action in spec.actions}
    for number, action in enumerate(spec.actions):
        seen: set[str] = set()
        ahead = list(action.after)
        while ahead:
            name = ahead.pop()
            if name in after and name not in seen:
                seen.add(name)
                ahead += after[name]
        if action.id in seen:
            yield Complaint(("actions", number, "after"), f"action {action.id!r} comes after itself")


def _patterns(spec: PromotionSpec) -> Iterator[Complaint]:
    """Naming rules that need a value which an environment does not give."""
    for environment in spec.environments:
        for table in spec.tables(environment):
            try:
                spec.table_name(environment, table)
            except ValueError as error:
                yield Complaint(("expect", "tables", "naming"), f"{error} (environment {environment})")
                break
        values = spec.names(environment)
        for number, expectation in enumerate(spec.expect.resources):
            for index, pattern in enumerate(expectation.names):
                try:
                    fill(pattern, values)
                except ValueError as error:
                    yield Complaint(("expect", "resources", number, "names", index), f"{error} (environment {environment})")
