"""Evaluates a module tree: everything once, in the order of its dependencies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument, literal_bool
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.cty.types import TooComplex
from bbws_gate.terraform.cty.values import Value, any_sensitive, unknown
from bbws_gate.terraform.evaluate import Scope
from bbws_gate.terraform.evaluate.partial import reason_of
from bbws_gate.terraform.expand.address import joined, keyed, resource_address
from bbws_gate.terraform.expand.content import Constants, Content, Expander, referable
from bbws_gate.terraform.expand.declaration import Declared, declare
from bbws_gate.terraform.expand.graph import PROVISIONING, Graph, Vertex, circle, components
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance, ResourceInstance, ResourceSet, Shared, when_known
from bbws_gate.terraform.expand.providers import used_providers
from bbws_gate.terraform.expand.repetition import Repetition, repetition
from bbws_gate.terraform.expand.terraform_data import terraform_data
from bbws_gate.terraform.expand.tree import ModulePath, Node
from bbws_gate.terraform.expand.variables import Assigned, default_value, final_value, given_value

META = frozenset({"count", "for_each", "depends_on", "provider", "lifecycle"}) | PROVISIONING
"""Arguments and blocks of every resource that are Terraform's, not the provider's."""


class Evaluation:
    """The instances of all modules under one root, with their values."""

    def __init__(self, nodes: list[Node], given: Mapping[str, Given], shared: Shared, constants: Scope, guard: Guard) -> None:
        self._nodes = {node.path: node for node in nodes}
        self._given = given
        self._constants = constants
        self._guard = guard
        self._constant_blocks: Constants = {}
        self._declared: dict[int, tuple[Declared, Value | None]] = {}
        self._last_given: dict[int, tuple[Value, Value]] = {}
        """What a variable was given last and what that became: the calls of a module often give the same, all tags of a stack."""
        self.root = ModuleInstance(nodes[0], None, None, None, shared)
        self.instances: dict[ModulePath, list[ModuleInstance]] = {(): [self.root]}
        self.providers: dict[tuple[str | None, ...], Content] = {}
        """The root's provider configurations by name and alias."""
        self.used_providers = used_providers(nodes)
        """By the module that they stand in."""
        self._steps = {
            "var": self._variable,
            "local": self._local,
            "output": self._output,
            "resource": self._resource,
            "module": self._module,
            "provider": self._provider,
        }

    def run(self) -> None:
        """Evaluates everything."""
        graph = Graph(self._nodes.values(), self.root.shared.facts)
        for component in components(graph):
            if component.circular:
                self._break(graph, component.vertices, circle(graph, component))
            for vertex in component.vertices:
                for instance in self.instances.get(vertex.path, ()):
                    self._evaluate(graph, instance, vertex)

    def _evaluate(self, graph: Graph, instance: ModuleInstance, vertex: Vertex) -> None:
        try:
            self._steps[vertex.kind](instance, vertex)
        except TooComplex as error:
            value = self._guard.exceeded(str(error), str(vertex), graph.spans[vertex].place)
            _settle(instance, vertex, reason_of(value))

    def _break(self, graph: Graph, component: list[Vertex], way: list[Vertex]) -> None:
        """Reports a circle and makes all that is part of it unknown beforehand."""
        text = " -> ".join(map(str, way))
        self._guard.add("EVL002", f"references in a circle: {text}", graph.spans[way[0]].place)
        for vertex in component:
            for instance in self.instances.get(vertex.path, ()):
                _settle(instance, vertex, f"it is defined in a circle: {text}")

    def _local(self, instance: ModuleInstance, vertex: Vertex) -> None:
        name = str(vertex.name[0])
        if ("local", name) not in instance.values:
            attribute = instance.module.locals[name]
            subject = joined(instance.node.address, f"local.{name}")
            instance.values["local", name] = self._guard.value(attribute.value, instance.scope, subject)

    def _output(self, instance: ModuleInstance, vertex: Vertex) -> None:
        name = str(vertex.name[0])
        if ("output", name) in instance.values:
            return
        body = instance.module.outputs[name].body
        expression = argument(body, "value")
        subject = joined(instance.node.address, f"output.{name}")
        if expression is None:
            self._guard.add("HCL005", f'{subject} needs the argument "value"', instance.module.outputs[name].header.place)
            value = unknown(f"{subject} has no value")
        else:
            value = self._guard.value(expression, instance.scope, subject)
        if literal_bool(argument(body, "sensitive")):
            value = value.marked()
        elif instance is self.root and any_sensitive(value):
            place = body.span.place if expression is None else expression.span.place
            self._guard.add("EVL001", f"{subject} refers to sensitive values, so it must be declared sensitive", place)
        instance.values["output", name] = value

    def _variable(self, instance: ModuleInstance, vertex: Vertex) -> None:
        name = str(vertex.name[0])
        if ("var", name) in instance.values:
            return
        declared, default = self._declaration(instance.module, name)
        assigned = self._given_to_root(declared) if instance.call_scope is None else self._given_to_module(instance, declared)
        last = self._last_given.get(id(declared))
        if last is not None and last[0] is assigned.value:
            instance.values["var", name] = last[1]
            return
        value = instance.values["var", name] = final_value(declared, assigned, default, self._guard)
        if assigned.value is not None and value.is_known:
            self._last_given[id(declared)] = assigned.value, value

    def _given_to_root(self, declared: Declared) -> Assigned:
        given = self._given.get(declared.name)
        subject = f"var.{declared.name}"
        if given is None:
            return Assigned(None, declared.place, subject)
        value = given_value(declared, given, self._constants, self._guard)
        return Assigned(value, given.place or declared.place, f"{subject} from {given.source}")

    def _given_to_module(self, instance: ModuleInstance, declared: Declared) -> Assigned:
        call = instance.node.call
        attribute = None if call is None else call.body.attribute(declared.name)
        subject = f"{instance.node.address}.{declared.name}"
        if attribute is None or instance.call_scope is None:
            return Assigned(None, declared.place if call is None else call.header.place, subject)
        return Assigned(self._guard.value(attribute.value, instance.call_scope, subject), attribute.span.place, subject)

    def declare_all(self) -> None:
        """Reads the types and defaults of all variables, of modules without instances too: they must fit, and calls must give the rest."""
        for node in self._nodes.values():
            for name in node.module.variables:
                declared, default = self._declaration(node.module, name)
                if default is None and node.call is not None and node.call.body.attribute(name) is None:
                    final_value(declared, Assigned(None, node.call.header.place, f"{node.address}.{name}"), None, self._guard)

    def _declaration(self, module: Module, name: str) -> tuple[Declared, Value | None]:
        block = module.variables[name]
        known = self._declared.get(id(block))
        if known is None:
            declared = declare(block, module.overridden.get(name, (block,)), self._guard)
            known = self._declared[id(block)] = declared, default_value(declared, self._constants, self._guard)
        return known

    def _module(self, instance: ModuleInstance, vertex: Vertex) -> None:
        name = str(vertex.name[0])
        if name in instance.children:
            return
        node = instance.node.children[name]
        found = repetition(instance.module.calls[name].body, instance.scope, node.address, self._guard)
        children = []
        for key, binding in found.instances:
            call_scope = instance.scope.binding(binding)
            child = ModuleInstance(node, key, instance, call_scope, instance.shared)
            child.certain = instance.certain and not found.reason
            children.append(child)
        instance.children[name] = found, children
        self.instances.setdefault(node.path, []).extend(children)

    def _provider(self, instance: ModuleInstance, vertex: Vertex) -> None:
        if instance is not self.root:
            return
        name, alias = str(vertex.name[0]), vertex.name[1]
        block = instance.module.providers[name, alias]
        subject = f"provider.{name}" if alias is None else f"provider.{name}.{alias}"
        # Terraform does not evaluate a configuration that nothing uses: what is wrong with it is no problem.
        guard = self._guard if ((), (name, alias)) in self.used_providers else Guard(self._guard.budget)
        self.providers[name, alias] = Expander(guard, subject).content(block.body, instance.scope, frozenset({"alias", "version"}))

    def _resource(self, instance: ModuleInstance, vertex: Vertex) -> None:
        key = _resource_key(vertex)
        block = instance.module.resources[key]
        address = resource_address(*key)
        subject = joined(instance.node.address, address)
        found = repetition(block.body, instance.scope, subject, self._guard)
        resources = instance.resources[key] = ResourceSet(joined(instance.address, address), found)
        expander = Expander(self._guard, subject, self._constant_blocks)
        for instance_key, binding in found.instances:
            scope = instance.scope.binding(binding)
            content = expander.content(block.body, scope, META)
            resources.instances.append(ResourceInstance(instance_key, scope, content))
        collected = partial(_collected, key, resources, subject)
        instance.referable.setdefault(key, collected() if _is_terraform_data(key) else collected)


def _collected(key: tuple[str, str, str], resources: ResourceSet, subject: str) -> Value:
    """What references to a resource as a whole see."""
    objects = [seen(key, found.content, keyed(resources.address, found.key)) for found in resources.instances]
    return resources.repetition.collected(subject, objects)


def seen(key: tuple[str, str, str], content: Content, address: str) -> Value:
    """What references to an instance of the resource ``key`` see of it."""
    return terraform_data(content, address) if _is_terraform_data(key) else referable(content, address, when_known(key[0]))


def _is_terraform_data(key: tuple[str, str, str]) -> bool:
    """Whether all attributes of the resource are known, which may then be too many."""
    return key[:2] == ("managed", "terraform_data")


def _resource_key(vertex: Vertex) -> tuple[str, str, str]:
    mode, kind, name = vertex.name
    return str(mode), str(kind), str(name)


def _settle(instance: ModuleInstance, vertex: Vertex, reason: str) -> None:
    """Makes what references to a vertex see unknown."""
    if vertex.kind == "resource":
        instance.referable[_resource_key(vertex)] = unknown(reason)
    elif vertex.kind == "module":
        instance.children[str(vertex.name[0])] = (Repetition((), "for_each", reason), [])
    else:
        instance.values[vertex.kind, str(vertex.name[0])] = unknown(reason)
