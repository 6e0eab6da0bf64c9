"""What depends on what, before anything is evaluated: the order of evaluation, and circles, as Terraform's graph finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.evaluate.references import Access, Reference
from bbws_gate.terraform.expand.facts import Facts
from bbws_gate.terraform.expand.tree import ModulePath, Node
from bbws_gate.terraform.syntax import Span

PROVISIONING = frozenset({"provisioner", "connection"})
"""Blocks that are not evaluated: they act when a resource is created, and may refer to the resource itself."""
CALL_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})
"""Arguments of a module call that are not its variables."""
_NOT_EVALUATED: Final = PROVISIONING | {"provider", "lifecycle"}


class Vertex(NamedTuple):
    """One thing to evaluate, in all instances of its module together."""

    path: ModulePath
    kind: str
    """``var``, ``local``, ``output``, ``resource``, ``module`` (a call's count or for_each) or ``provider``."""
    name: tuple[str | None, ...]

    def __str__(self) -> str:
        words = [f"module.{name}" for name in self.path]
        if self.kind == "resource":
            words.extend(str(word) for word in (self.name[1:] if self.name[0] == "managed" else self.name))
        else:
            words.append(self.kind)
            words.extend(str(word) for word in self.name if word is not None)
        return ".".join(words)


new_vertex: Final = partial(tuple.__new__, Vertex)
"""A vertex of a tuple of its fields, in half the time that the class itself takes; a thousand module calls ask for twenty thousand."""


class _Target(NamedTuple):
    """What a reference means, seen from its module."""

    kind: str
    name: tuple[str | None, ...]
    accesses: tuple[Access, ...] = ()
    """What a module call is asked for."""


class Graph:
    """The vertices of a module tree and what each needs."""

    def __init__(self, nodes: Iterable[Node], facts: Facts) -> None:
        self._nodes = {node.path: node for node in nodes}
        self._facts = facts
        self._declared: dict[tuple[int, str, tuple[str | None, ...]], Sequence[_Target]] = {}
        """What a declaration of a module needs, by the module's identity: it is the same for all of its calls."""
        self.spans: dict[Vertex, Span] = {}
        for node in self._nodes.values():
            self._add(node)

    def _add(self, node: Node) -> None:
        path = node.path
        if node.call is not None:
            self.spans[new_vertex((path[:-1], "module", path[-1:]))] = node.call.header
        module = node.module
        for name, variable in module.variables.items():
            self.spans[new_vertex((path, "var", (name,)))] = variable.header
        for name, attribute in module.locals.items():
            self.spans[new_vertex((path, "local", (name,)))] = attribute.span
        for key, resource in module.resources.items():
            self.spans[new_vertex((path, "resource", key))] = resource.header
        for alias, provider in module.providers.items():
            self.spans[new_vertex((path, "provider", alias))] = provider.header
        for name, output in module.outputs.items():
            self.spans[new_vertex((path, "output", (name,)))] = output.header

    def needs(self, vertex: Vertex) -> list[Vertex]:
        """What must be evaluated before ``vertex``, in source order."""
        path = vertex.path
        needed = [new_vertex((path[:-1], "module", path[-1:]))] if path else []
        node = self._nodes[path]
        if vertex.kind != "var":
            self._add_needed(node, self._of_declaration(node.module, vertex), needed)
        elif node.call is not None and node.parent is not None:
            passed = [reference for reference, at, _ in self._facts.held_references(node.call.body) if at == vertex.name[0]]
            self._add_needed(node.parent, _targets(node.parent.module, passed), needed)
        return needed

    def _add_needed(self, node: Node, targets: Iterable[_Target], needed: list[Vertex]) -> None:
        for kind, name, accesses in targets:
            if kind == "module":
                self._add_outputs(node, str(name[0]), accesses, needed)
            else:
                needed.append(new_vertex((node.path, kind, name)))

    def _add_outputs(self, node: Node, name: str, accesses: tuple[Access, ...], needed: list[Vertex]) -> None:
        child = node.children.get(name)
        if child is None:
            return
        needed.append(new_vertex((node.path, "module", (name,))))
        output = output_name(child, accesses)
        candidates = child.module.outputs if output is None else (output,)
        needed.extend([new_vertex((child.path, "output", (name,))) for name in candidates if name in child.module.outputs])

    def _of_declaration(self, module: Module, vertex: Vertex) -> Sequence[_Target]:
        key = id(module), vertex.kind, vertex.name
        known = self._declared.get(key)
        if known is None:
            known = self._declared[key] = _targets(module, self._own_references(module, vertex))
        return known

    def _own_references(self, module: Module, vertex: Vertex) -> Sequence[Reference]:
        name = vertex.name
        if vertex.kind == "local":
            return self._facts.references(module.locals[str(name[0])].value)
        if vertex.kind == "output":
            return [used for attribute in module.outputs[str(name[0])].body.attributes for used in self._facts.references(attribute.value)]
        if vertex.kind == "resource":
            block = module.resources[(str(name[0]), str(name[1]), str(name[2]))]
            return self._facts.body_references(block.body, _NOT_EVALUATED)
        if vertex.kind == "provider":
            return self._facts.body_references(module.providers[(str(name[0]), name[1])].body)
        repeated = [attribute for attribute in module.calls[str(name[0])].body.attributes if attribute.name in {"count", "for_each"}]
        return [used for attribute in repeated for used in self._facts.references(attribute.value)]


def _targets(module: Module, found: Iterable[Reference]) -> Sequence[_Target]:
    """What references mean; nothing for what the module does not declare."""
    targets = []
    for reference in found:
        words = reference.words
        if len(words) < 2:
            continue
        if words[0] == "var" or words[0] == "local":
            if words[1] in (module.variables if words[0] == "var" else module.locals):
                targets.append(_Target(words[0], words[1:2]))
        elif words[0] == "module":
            targets.append(_Target("module", words[1:2], reference.accesses))
        elif (key := module.resource(words)) is not None:
            targets.append(_Target("resource", key))
    return targets


def output_name(child: Node, accesses: tuple[Access, ...]) -> str | None:
    """The output that ``module.x`` is asked for, behind an index where the call has instances; None for the module as a whole."""
    body = child.call.body if child.call is not None else None
    repeated = body is not None and (body.attribute("count") is not None or body.attribute("for_each") is not None)
    wanted = accesses[1:2] if repeated else accesses[:1]
    return wanted[0] if wanted and isinstance(wanted[0], str) else None


class Component(NamedTuple):
    """Vertices that all need each other, or a single one."""

    vertices: list[Vertex]
    circular: bool


def components(graph: Graph) -> Iterator[Component]:
    """Strongly connected components, what is needed before what needs it (Tarjan's algorithm, without recursion)."""
    search = _Search(graph)
    for start in graph.spans:
        if start in search.order:
            continue
        needs = graph.needs(start)
        if all(map(search.order.__contains__, needs)):
            # All that it needs is in components already: it is one of its own.
            search.order[start] = len(search.order)
            yield Component([start], False)
        else:
            yield from search.components(start)


class _Search:
    """Tarjan's state: when each vertex was met, the earliest one that it leads back to, and what is not yet in a component."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.order: dict[Vertex, int] = {}
        self._low: dict[Vertex, int] = {}
        self._open: dict[Vertex, None] = {}
        self._self_needing: set[Vertex] = set()

    def components(self, start: Vertex) -> Iterator[Component]:
        """Those that are reached from ``start`` and not known yet."""
        work = [(start, self._enter(start))]
        while work:
            vertex, needs = work[-1]
            for need in needs:
                if need not in self.order:
                    work.append((need, self._enter(need)))
                    break
                if need in self._open:
                    self._lead_back(vertex, need)
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    self._low[above] = min(self._low[above], self._low[vertex])
                if self._low[vertex] == self.order[vertex]:
                    yield self._close(vertex)

    def _enter(self, vertex: Vertex) -> Iterator[Vertex]:
        self.order[vertex] = self._low[vertex] = len(self.order)
        self._open[vertex] = None
        return iter(self._graph.needs(vertex))

    def _lead_back(self, vertex: Vertex, need: Vertex) -> None:
        self._low[vertex] = min(self._low[vertex], self.order[need])
        if need == vertex:
            self._self_needing.add(vertex)

    def _close(self, vertex: Vertex) -> Component:
        members = []
        while True:
            member, _ = self._open.popitem()
            members.append(member)
            if member == vertex:
                return Component(members[::-1], len(members) > 1 or vertex in self._self_needing)


def circle(graph: Graph, component: Component) -> list[Vertex]:
    """A shortest way from the first vertex of a circular component, by source order, back to itself."""
    members = set(component.vertices)
    start = min(component.vertices, key=lambda vertex: (len(vertex.path), graph.spans[vertex]))
    came: dict[Vertex, Vertex] = {}
    queue = [start]
    for vertex in queue:
        for need in graph.needs(vertex):
            if need == start:
                way = [start, vertex]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if need in members and need not in came:
                came[need] = vertex
                queue.append(need)
    return []
