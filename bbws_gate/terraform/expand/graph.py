"""What depends on what, before anything is evaluated: the order of evaluation, and circles, as Terraform's graph finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.evaluate.references import Access, Reference, body_references, references
from bbws_gate.terraform.expand.tree import ModulePath, Node
from bbws_gate.terraform.syntax import Span

PROVISIONING = frozenset({"provisioner", "connection"})
"""Blocks that are not evaluated: they act when a resource is created, and may refer to the resource itself."""
CALL_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})
"""Arguments of a module call that are not its variables."""


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


class Graph:
    """The vertices of a module tree and what each needs."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {node.path: node for node in nodes}
        self.spans: dict[Vertex, Span] = {}
        for node in self._nodes.values():
            self._add(node)

    def _add(self, node: Node) -> None:
        path = node.path
        if node.call is not None:
            self.spans[Vertex(path[:-1], "module", (path[-1],))] = node.call.header
        module = node.module
        for name, variable in module.variables.items():
            self.spans[Vertex(path, "var", (name,))] = variable.header
        for name, attribute in module.locals.items():
            self.spans[Vertex(path, "local", (name,))] = attribute.span
        for key, resource in module.resources.items():
            self.spans[Vertex(path, "resource", key)] = resource.header
        for alias, provider in module.providers.items():
            self.spans[Vertex(path, "provider", alias)] = provider.header
        for name, output in module.outputs.items():
            self.spans[Vertex(path, "output", (name,))] = output.header

    def needs(self, vertex: Vertex) -> Iterator[Vertex]:
        """What must be evaluated before ``vertex``, in source order."""
        path = vertex.path
        if path:
            yield Vertex(path[:-1], "module", (path[-1],))
        node = self._nodes[path]
        if vertex.kind == "var":
            yield from self._variable_needs(node, str(vertex.name[0]))
            return
        for reference in _own_references(node.module, vertex):
            yield from self.targets(node, reference)

    def _variable_needs(self, node: Node, name: str) -> Iterator[Vertex]:
        if node.call is None or node.parent is None:
            return
        attribute = node.call.body.attribute(name)
        if attribute is not None:
            for reference in references(attribute.value):
                yield from self.targets(node.parent, reference)

    def targets(self, node: Node, reference: Reference) -> Iterator[Vertex]:
        """The vertices that a reference in ``node`` means; none for what is not declared."""
        module = node.module
        if len(reference.words) < 2:
            return
        first, second = reference.words[:2]
        if first in {"var", "local"}:
            declared = module.variables if first == "var" else module.locals
            if second in declared:
                yield Vertex(node.path, first, (second,))
        elif first == "module":
            yield from self._output_targets(node, second, reference.accesses)
        else:
            key = module.resource(reference.words)
            if key is not None:
                yield Vertex(node.path, "resource", key)

    def _output_targets(self, node: Node, name: str, accesses: tuple[Access, ...]) -> Iterator[Vertex]:
        child = node.children.get(name)
        if child is None:
            return
        yield Vertex(node.path, "module", (name,))
        output = output_name(child, accesses)
        for candidate in child.module.outputs if output is None else (output,):
            if candidate in child.module.outputs:
                yield Vertex(child.path, "output", (candidate,))


def output_name(child: Node, accesses: tuple[Access, ...]) -> str | None:
    """The output that ``module.x`` is asked for, behind an index where the call has instances; None for the module as a whole."""
    body = child.call.body if child.call is not None else None
    repeated = body is not None and (body.attribute("count") is not None or body.attribute("for_each") is not None)
    wanted = accesses[1:2] if repeated else accesses[:1]
    return wanted[0] if wanted and isinstance(wanted[0], str) else None


def _own_references(module: Module, vertex: Vertex) -> Iterator[Reference]:
    name = vertex.name
    if vertex.kind == "local":
        yield from references(module.locals[str(name[0])].value)
    elif vertex.kind == "output":
        body = module.outputs[str(name[0])].body
        for attribute in body.attributes:
            yield from references(attribute.value)
    elif vertex.kind == "resource":
        block = module.resources[(str(name[0]), str(name[1]), str(name[2]))]
        yield from body_references(block.body, skipped=PROVISIONING | {"provider", "lifecycle"})
    elif vertex.kind == "provider":
        yield from body_references(module.providers[(str(name[0]), name[1])].body)
    elif vertex.kind == "module":
        for attribute in module.calls[str(name[0])].body.attributes:
            if attribute.name in {"count", "for_each"}:
                yield from references(attribute.value)


class Component(NamedTuple):
    """Vertices that all need each other, or a single one."""

    vertices: list[Vertex]
    circular: bool


def components(graph: Graph) -> Iterator[Component]:
    """Strongly connected components, what is needed before what needs it (Tarjan's algorithm, without recursion)."""
    search = _Search(graph)
    for start in graph.spans:
        if start not in search.order:
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
            need = next((need for need in needs if self._is_unmet(vertex, need)), None)
            if need is not None:
                work.append((need, self._enter(need)))
                continue
            work.pop()
            if work:
                above = work[-1][0]
                self._low[above] = min(self._low[above], self._low[vertex])
            if self._low[vertex] == self.order[vertex]:
                yield self._close(vertex)

    def _enter(self, vertex: Vertex) -> Iterator[Vertex]:
        self.order[vertex] = self._low[vertex] = len(self.order)
        self._open[vertex] = None
        return self._graph.needs(vertex)

    def _is_unmet(self, vertex: Vertex, need: Vertex) -> bool:
        if need not in self.order:
            return True
        if need in self._open:
            self._low[vertex] = min(self._low[vertex], self.order[need])
            if need == vertex:
                self._self_needing.add(vertex)
        return False

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
