"""What differs between two environments of the same code, and whether the environments' own inputs account for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bbws_gate.deferred import dataclass
from bbws_gate.model import Place
from bbws_gate.terraform.inspect import shown
from bbws_gate.terraform.stack import Path, Plain, Provider, Resource, SensitiveValue, Stack, Trace, UnknownValue, Variable
from bbws_gate.terraform.tags import Tag, sourced_tags

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Cause:
    """An input that has another value on each side and that the differing value is made of."""

    what: str
    """``var.environment`` or ``terraform.workspace``."""
    left: Place | None
    """Where the left side sets it; None for the workspace."""
    right: Place | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One resource that only one side has, or one part of an attribute of a resource or provider that is not the same on both."""

    address: str
    """A resource's, or ``provider.aws.west``."""
    path: Path
    """Empty for a whole resource."""
    left: str | None
    """The value as text, sensitive ones hidden; None when this side has none."""
    right: str | None
    left_place: Place | None
    right_place: Place | None
    causes: tuple[Cause, ...]
    certain: bool
    """False when a value is unknown or sensitive, so that the two may be the same after all."""

    @property
    def intended(self) -> bool:
        """Whether different inputs account for it."""
        return bool(self.causes)

    @property
    def subject(self) -> str:
        """``aws_dynamodb_table.orders.read_capacity``"""
        return self.address + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between two environments, in address order."""

    differences: tuple[Difference, ...]
    inputs: tuple[Cause, ...]
    """Every input that is not the same on both sides, whether or not anything depends on it."""

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        """Those that no input accounts for."""
        return tuple(difference for difference in self.differences if not difference.intended)


def compare(left: Stack, right: Stack) -> Comparison:
    """Compares two evaluations of the same root module; nothing is said about values that are equal."""
    return _Comparing(left, right).comparison()


class _Comparing:
    def __init__(self, left: Stack, right: Stack) -> None:
        self._left = left
        self._right = right
        self._inputs = tuple(_differing_inputs(left, right))

    def comparison(self) -> Comparison:
        left = {resource.address: resource for resource in self._left.resources}
        right = {resource.address: resource for resource in self._right.resources}
        found = list(self._providers())
        for address in dict.fromkeys([*left, *right]):
            one, other = left.get(address), right.get(address)
            if one is not None and other is not None:
                found.extend(self._attributes(address, one, other))
                found.extend(self._effective_tags(one, other))
            elif one is not None:
                found.append(self._only(one, "left"))
            elif other is not None:
                found.append(self._only(other, "right"))
        return Comparison(tuple(found), self._inputs)

    def _only(self, resource: Resource, side: Side) -> Difference:
        causes = self._causes([(resource.trace, ("count",)), (resource.trace, ("for_each",))])
        if side == "left":
            return Difference(resource.address, (), "present", None, resource.place, None, causes, resource.expanded)
        return Difference(resource.address, (), None, "present", None, resource.place, causes, resource.expanded)

    def _providers(self) -> Iterator[Difference]:
        """Differing settings of the providers: regions, accounts, tags for all resources."""
        right = {_provider_address(provider): provider for provider in self._right.providers}
        for provider in self._left.providers:
            address = _provider_address(provider)
            if address in right:
                yield from self._attributes(address, provider, right[address])

    def _attributes(self, address: str, left: Resource | Provider, right: Resource | Provider) -> Iterator[Difference]:
        for path, mine, theirs in _parts((), dict(left.attributes), dict(right.attributes)):
            causes = self._causes([(left.trace, path), (right.trace, path)])
            # A block may be on one side only: then what repeats it accounts for the difference.
            causes = causes or self._causes([(left.trace, (*path, "for_each")), (right.trace, (*path, "for_each"))])
            here, there = left.trace.place(path), right.trace.place(path)
            yield Difference(address, path, _text(mine), _text(theirs), here, there, causes, _is_certain(mine, theirs))

    def _effective_tags(self, left: Resource, right: Resource) -> Iterator[Difference]:
        """Tags of a resource with tags that differ because its provider adds others. Without a schema, no other resource surely has any."""
        if "tags" not in left.attributes or "tags" not in right.attributes:
            return
        mine, theirs = sourced_tags(left), sourced_tags(right)
        for name in sorted({*mine, *theirs}):
            # Where their own tags differ, that is said already.
            if left.get("tags", name) == right.get("tags", name):
                yield from self._tag(left.address, name, mine.get(name), theirs.get(name))

    def _tag(self, address: str, name: str, left: Tag | None, right: Tag | None) -> Iterator[Difference]:
        values = left and left.value, right and right.value
        if values[0] != values[1]:
            causes = self._causes([(tag.trace, tag.path) for tag in (left, right) if tag is not None])
            places = left and left.place, right and right.place
            yield Difference(address, ("tags_all", name), _text(values[0]), _text(values[1]), *places, causes, _is_certain(*values))

    def _causes(self, asked: list[tuple[Trace, Path]]) -> tuple[Cause, ...]:
        steps = [step for trace, path in asked for step in trace.steps(path)]
        found = []
        for cause in self._inputs:
            places = [place for place in (cause.left, cause.right) if place is not None]
            if any(step.what == cause.what or any(_covers(place, step.place) for place in places) for step in steps):
                found.append(cause)
        return tuple(found)


def _provider_address(provider: Provider) -> str:
    return f"provider.{provider.name}" if provider.alias is None else f"provider.{provider.name}.{provider.alias}"


def _differing_inputs(left: Stack, right: Stack) -> Iterator[Cause]:
    for name in sorted({*left.variables, *right.variables}):
        one, other = left.variables.get(name), right.variables.get(name)
        if one is None or other is None or one.value != other.value or SensitiveValue() in (one.value, other.value):
            yield Cause(f"var.{name}", _source(one), _source(other))
    if left.workspace != right.workspace:
        yield Cause("terraform.workspace", None, None)


def _source(variable: Variable | None) -> Place | None:
    return None if variable is None else variable.source or variable.place


def _covers(outer: Place, inner: Place) -> bool:
    return outer.path == inner.path and outer.line <= inner.line and inner.end_line <= outer.end_line


def _parts(path: Path, left: Plain, right: Plain) -> Iterator[tuple[Path, Plain, Plain]]:
    """The smallest parts in which two values differ; a null is the same as nothing."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted({*left, *right}):
            yield from _parts((*path, name), left.get(name), right.get(name))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for position, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _parts((*path, position), one, other)
    elif left != right or isinstance(left, bool) != isinstance(right, bool):
        yield path, left, right


def _is_certain(left: Plain, right: Plain) -> bool:
    return not isinstance(left, (UnknownValue, SensitiveValue)) and not isinstance(right, (UnknownValue, SensitiveValue))


def _text(value: Plain) -> str | None:
    return None if value is None else shown(value)
