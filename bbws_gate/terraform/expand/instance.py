"""One instance of a module: what its references mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bbws_gate.terraform.cty.types import STRING
from bbws_gate.terraform.cty.values import EMPTY_OBJECT, Unknown, Value, object_of, string, unknown
from bbws_gate.terraform.evaluate import Scope, UndeclaredReference
from bbws_gate.terraform.evaluate.partial import unread_object
from bbws_gate.terraform.expand.address import Key, joined, keyed, order, resource_address
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.expand.facts import Facts
from bbws_gate.terraform.expand.repetition import Repetition
from bbws_gate.terraform.expand.tree import Node
from bbws_gate.terraform.expand.undeclared import undeclared
from bbws_gate.terraform.syntax import Span

ValueKey: TypeAlias = "tuple[str, str]"
"""``("local", "names")``"""
ResourceKey: TypeAlias = tuple[str, str, str]
ModuleOrder: TypeAlias = tuple[int, tuple[tuple[str, tuple[int, int, str]], ...]]

_WHEN: Final = {
    "managed": "is known only after apply",
    "data": "is read from the provider when Terraform runs",
    "ephemeral": "exists only while Terraform runs",
}
_ELSEWHERE: Final = {
    "each": 'the "each" object can be used only where for_each is set',
    "count": 'the "count" object can be used only where count is set',
    "self": 'the "self" object is not available here',
}


class ResourceInstance:
    """One instance of a resource or data source, evaluated."""

    __slots__ = ("content", "key", "scope")

    def __init__(self, key: Key, scope: Scope, content: Content) -> None:
        self.key = key
        self.scope = scope
        self.content = content


class ResourceSet:
    """All instances of one resource in one module instance."""

    __slots__ = ("address", "instances", "repetition")

    def __init__(self, address: str, repetition: Repetition) -> None:
        self.address = address
        self.repetition = repetition
        self.instances: list[ResourceInstance] = []


class ModuleInstance:
    """A module with the values of one call: variables, locals, outputs, resources, and modules below it."""

    def __init__(self, node: Node, key: Key, parent: ModuleInstance | None, call_scope: Scope | None, shared: Shared) -> None:
        self.node = node
        self.module = node.module
        self.key = key
        self.address: str = "" if parent is None else keyed(joined(parent.address, f"module.{node.path[-1]}"), key)
        self.parent = parent
        self.call_scope = call_scope
        """What the arguments of the call see: the caller's scope with ``each`` or ``count``."""
        self.shared = shared
        self.certain: bool = parent is None or parent.certain
        """False when count or for_each on the way here cannot be known."""
        self.values: dict[ValueKey, Value] = {}
        self.resources: dict[ResourceKey, ResourceSet] = {}
        self.referable: dict[ResourceKey, Value | Callable[[], Value]] = {}
        """What references to a resource see, or what makes it: nothing refers to most of them."""
        self.children: dict[str, tuple[Repetition, list[ModuleInstance]]] = {}
        self.scope = Scope(self.lookup, shared.scope.context, shared.scope.budget)

    def lookup(self, words: tuple[str, ...], span: Span) -> Value:
        """What a reference means in this module instance."""
        first = words[0]
        if first in {"var", "local"} and len(words) == 2:
            return self._declared(first, words[1], span)
        if first in _ELSEWHERE:
            raise UndeclaredReference(_ELSEWHERE[first], span)
        if len(words) == 1:
            raise UndeclaredReference(f'"{first}" is not a reference: it must be followed by an attribute name', span)
        if first == "module":
            return self._module(words[1], span)
        if first in {"path", "terraform"}:
            return self.shared.builtin(words, self.node, span)
        return self._resource(words, span)

    def _declared(self, kind: str, name: str, span: Span) -> Value:
        value = self.values.get((kind, name))
        if value is not None:
            return value
        known = self.module.variables if kind == "var" else self.module.locals
        raise undeclared(f"{kind}.{name}", [f"{kind}.{other}" for other in known], span)

    def _resource(self, words: tuple[str, ...], span: Span) -> Value:
        key = self.module.resource(words)
        if key is None:
            raise undeclared(".".join(words), [resource_address(*known) for known in self.module.resources], span)
        known = self.referable[key]
        if not isinstance(known, Value):
            known = self.referable[key] = known()
        return known

    def _module(self, name: str, span: Span) -> Value:
        child = self.node.children.get(name)
        if child is None:
            raise undeclared(f"module.{name}", [f"module.{known}" for known in self.node.children], span)
        repetition, instances = self.children[name]
        return repetition.collected(f"module.{name}", [instance.outputs() for instance in instances])

    def outputs(self) -> Value:
        """This instance as its caller sees it. Asked for one output before all are evaluated, it is an object of that output."""
        if self.node.unread:
            return unread_object(self.address, f"cannot be known: {self.node.unread}")
        known = {name: self.values[key] for name in self.module.outputs if (key := ("output", name)) in self.values}
        if len(known) == len(self.module.outputs):
            return object_of(known) if known else EMPTY_OBJECT
        return Value(unknown("").type, Unknown(f"{self.address} is not evaluated yet", _Outputs(self, known)))

    def order(self) -> ModuleOrder:
        """Sorts shallow modules before deep ones, then by name and key at each level, as Terraform does."""
        steps: list[tuple[str, tuple[int, int, str]]] = []
        instance: ModuleInstance | None = self
        while instance is not None and instance.parent is not None:
            steps.append((instance.node.path[-1], order(instance.key)))
            instance = instance.parent
        return len(steps), tuple(reversed(steps))


class _Outputs:
    """The outputs that are evaluated so far."""

    def __init__(self, instance: ModuleInstance, known: dict[str, Value]) -> None:
        self.single = True
        self._instance = instance
        self._known = known

    def attribute(self, name: str) -> Value | None:
        if name not in self._instance.module.outputs:
            return None
        value = self._known.get(name)
        return value if value is not None else unknown(f"{self._instance.address}.{name} is not evaluated yet")


class Shared:
    """What all module instances of one evaluation have in common."""

    def __init__(self, scope: Scope, workspace: str, paths: dict[str, str]) -> None:
        self.scope = scope
        self.facts = Facts()
        self._workspace = workspace
        self._paths = paths

    def builtin(self, words: tuple[str, ...], node: Node, span: Span) -> Value:
        """``path.*`` and ``terraform.*``"""
        name = ".".join(words)
        if name == "terraform.workspace":
            return string(self._workspace)
        if name == "path.root":
            return string(".")
        if name == "path.module":
            return string(self._paths[node.module.directory])
        if name in {"path.cwd", "terraform.applying"}:
            return unknown(f"{name} depends on where and how Terraform runs", STRING if name == "path.cwd" else unknown("").type)
        raise undeclared(name, ["path.module", "path.root", "path.cwd", "terraform.workspace"], span)


def when_known(mode: str) -> str:
    """When the attributes that a resource does not set are known, as the end of a sentence."""
    return _WHEN[mode]
