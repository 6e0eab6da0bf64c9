"""The evaluated Terraform of one root module and environment: what the rest of the gate sees of Terraform.

Attribute values here are plain Python: None, bool, int, float, Decimal, str, list, dict, and the two markers below. Numbers that are whole
are int; others are :class:`decimal.Decimal` with exactly the digits Terraform prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias, final

from bbws_gate.deferred import dataclass, field
from bbws_gate.model import Place, Step
from bbws_gate.terraform.problem import Problem


@final
@dataclass(frozen=True, slots=True)
class UnknownValue:
    """Cannot be known from files; ``reason`` says why, in words that name the cause."""

    reason: str


@final
@dataclass(frozen=True, slots=True)
class SensitiveValue:
    """Known to Terraform and hidden from everyone; the value itself is not kept."""


Plain: TypeAlias = "None | bool | int | Decimal | str | list[Plain] | dict[str, Plain] | UnknownValue | SensitiveValue"

Path: TypeAlias = tuple[str | int, ...]
"""Into attributes and nested blocks: ``("global_secondary_index", 0, "name")``."""


class Trace:
    """Where the parts of one object stand and how they came about; asked lazily, so that unasked questions cost nothing."""

    __slots__ = ("_place", "_references", "_steps")

    def __init__(
        self,
        place: Callable[[Path], Place],
        steps: Callable[[Path], tuple[Step, ...]],
        references: Callable[[Path], tuple[str, ...]],
    ) -> None:
        self._place = place
        self._steps = steps
        self._references = references

    def place(self, path: Path = ()) -> Place:
        """Where the expression of that attribute (or nested block) stands; the nearest enclosing one when it is not set."""
        return self._place(path)

    def steps(self, path: Path = ()) -> tuple[Step, ...]:
        """The chain that produced the value, nearest first; empty for a literal written at ``place(path)``. ``for_each`` at the end of a
        path asks what repeats the blocks on the way there, as ``count`` and ``for_each`` alone ask what repeats the resource.
        """
        return self._steps(path)

    def references(self, path: Path = ()) -> tuple[str, ...]:
        """Addresses of resources that the expression leads to, through locals, variables and outputs too: ``aws_dynamodb_table.orders``."""
        return self._references(path)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider configuration of the root module."""

    name: str
    alias: str | None
    attributes: Mapping[str, Plain]
    place: Place
    trace: Trace


@dataclass(frozen=True, slots=True)
class Resource:
    """One instance of a managed resource or data source."""

    address: str
    """``module.a["k"].aws_s3_bucket.x[0]``"""
    mode: str
    """``managed`` or ``data``."""
    type: str
    name: str
    key: str | int | None
    """The instance's own count index or for_each key."""
    module: str
    """Address of the module instance, empty for the root."""
    place: Place
    """The block's header."""
    block: Place
    """The whole block."""
    attributes: Mapping[str, Plain]
    """Arguments and nested blocks (always lists of dicts); meta-arguments are not here."""
    meta: Mapping[str, Plain]
    """``depends_on``, ``lifecycle``, ``provider`` where written."""
    provider: Provider | None
    """The configuration that it uses, where that is written in the root module."""
    trace: Trace
    expanded: bool = True
    """False when count or for_each cannot be known: this stands for an unknown number of instances and ``key`` is None."""

    def get(self, *path: str | int) -> Plain:
        """The value at ``path``, None when it is not set; an unknown or sensitive value on the way is returned as it is."""
        if not path:
            return dict(self.attributes)
        current: Plain = self.attributes.get(path[0]) if isinstance(path[0], str) else None
        for part in path[1:]:
            if isinstance(current, dict) and isinstance(part, str):
                current = current.get(part)
            elif isinstance(current, list) and isinstance(part, int) and -len(current) <= part < len(current):
                current = current[part]
            elif isinstance(current, (UnknownValue, SensitiveValue)):
                return current
            else:
                return None
        return current


@dataclass(frozen=True, slots=True)
class Variable:
    """A root module's input variable and what it is in this environment."""

    name: str
    place: Place
    has_default: bool
    value: Plain
    source: Place | None
    """Where its value was given (tfvars line); None when the default or nothing gives it."""
    used: bool
    """Whether anything in the module refers to it."""


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """A ``module`` block."""

    address: str
    source: str
    version: str | None
    place: Place
    read: bool
    """False when its source is not in the checkout: whatever depends on it is unknown."""


@dataclass(frozen=True, slots=True)
class Backend:
    """The ``backend`` block of the root, merged with backend configuration files."""

    type: str
    attributes: Mapping[str, Plain]
    place: Place
    trace: Trace


@dataclass(frozen=True, slots=True)
class LockedProvider:
    """What the lock file says of one provider."""

    version: str
    constraints: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Stack:
    """Everything that evaluating one root module for one environment gives."""

    root: str
    """The root module's folder, POSIX, relative to the repository root."""
    workspace: str
    resources: tuple[Resource, ...]
    problems: tuple[Problem, ...]
    variables: Mapping[str, Variable] = field(default_factory=dict)
    locals: Mapping[str, Plain] = field(default_factory=dict)
    outputs: Mapping[str, Plain] = field(default_factory=dict)
    providers: tuple[Provider, ...] = ()
    modules: tuple[ModuleCall, ...] = ()
    backend: Backend | None = None
    required_version: str | None = None
    required_version_at: tuple[Place, ...] = ()
    """Where it is written; several constraints hold together."""
    required_providers: Mapping[str, str] = field(default_factory=dict)
    required_providers_at: Mapping[str, Place] = field(default_factory=dict)
    locked_providers: Mapping[str, LockedProvider] = field(default_factory=dict)
    """By source address: ``registry.terraform.io/hashicorp/aws``."""
    files: tuple[str, ...] = ()
    """Every file that was read for it, in reading order."""
    declares_anything: bool = True
    """Whether the root module's files declare a resource, a data source, a module or an output, or change the state's."""

    def of_type(self, kind: str, mode: str = "managed") -> tuple[Resource, ...]:
        """Instances of one resource type, in address order."""
        return tuple(resource for resource in self.resources if resource.type == kind and resource.mode == mode)

    def at(self, address: str) -> Resource | None:
        """The instance at that address, or None."""
        for resource in self.resources:
            if resource.address == address:
                return resource
        return None
