"""How a value came about, found by walking its expression when somebody asks; nothing is recorded while evaluating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bbws_gate.model import Place, Step
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.evaluate.references import Reference, chain, reference_of
from bbws_gate.terraform.expand.address import joined, keyed, resource_address
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.expand.locate import (
    Frame,
    Origin,
    Site,
    concrete,
    descend,
    descent,
    frame_of,
    locate,
    module_frame,
    place_at,
    repeated,
)
from bbws_gate.terraform.stack import Path, Trace
from bbws_gate.terraform.syntax import Attribute, Body, Conditional, Expression, GetAttr, Index, Literal, Name

_STEPS: Final = 100
"""A chain longer than any person reads is cut."""


class ContentTrace:
    """Answers for one evaluated body: a resource instance or a provider."""

    __slots__ = ("_content", "_found", "_frame", "_given", "_header", "_places")

    def __init__(self, content: Content, frame: Frame, header: Place, given: Mapping[str, Given]) -> None:
        self._content = content
        self._frame = frame
        self._header = header
        self._given = given
        self._places: dict[Path, Place] = {}
        self._found: dict[Path, tuple[tuple[Step, ...], tuple[str, ...]]] = {}

    def trace(self) -> Trace:
        """The same as the stack's type."""
        return Trace(self.place, self.steps, self.references)

    def place(self, path: Path) -> Place:
        """Where the part at ``path`` is written; the nearest enclosing block when it is not."""
        place = self._places.get(path)
        if place is None:
            place = self._places[path] = place_at(self._content, path, self._frame, self._header)
        return place

    def steps(self, path: Path) -> tuple[Step, ...]:
        """What led to the value at ``path``."""
        return self._walked(path)[0]

    def references(self, path: Path) -> tuple[str, ...]:
        """The resources that the value at ``path`` leads to; with an empty path those of all arguments."""
        return self._walked(path)[1]

    def _walked(self, path: Path) -> tuple[tuple[Step, ...], tuple[str, ...]]:
        found = self._found.get(path)
        if found is None:
            walk = Walk(self._given)
            for site in self._sites(path):
                walk.follow(*site)
            found = self._found[path] = tuple(walk.steps), tuple(walk.references)
        return found

    def _sites(self, path: Path) -> list[Site]:
        if not path:
            return [(attribute.value, self._frame, ()) for attribute in self._content.body.attributes]
        if path[0] in {"count", "for_each"} and path[0] not in self._content.attributes:
            return list(existence(self._frame.instance, self._content.body))
        located = locate(self._content, path, self._frame)
        return [] if located is None else [located]


class Walk:
    """One walk from an expression to everything that it is made of."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        self._given = given
        self._seen: set[tuple[int, int, Path]] = set()
        self.steps: list[Step] = []
        self.references: dict[str, None] = {}

    def follow(self, expression: Expression, frame: Frame, path: Path) -> None:
        """Walks the part at ``path`` of an expression, nearest references first."""
        waiting: list[Site] = [(expression, frame, path)]
        for site in waiting:
            if len(self.steps) >= _STEPS or not self._is_new(site):
                continue
            waiting.extend(self._parts(site))

    def _is_new(self, site: Site) -> bool:
        mark = (id(site[0]), id(site[1].instance), site[2])
        if mark in self._seen:
            return False
        self._seen.add(mark)
        return True

    def _parts(self, site: Site) -> list[Site]:
        if isinstance(site[0], Literal):
            return []
        way = descent(site)
        parts = self._nearest(*way[-1])
        for expression, frame, _ in way[:-1]:
            if isinstance(expression, Conditional):
                used = frame.instance.shared.facts.references(expression.condition)
                parts.extend(part for reference in used for part in self._refer(reference, frame, ()))
        return parts

    def _nearest(self, expression: Expression, frame: Frame, path: Path) -> list[Site]:
        linked = chain(expression) if isinstance(expression, (Name, GetAttr, Index)) else None
        if linked is None:
            return [site for reference in frame.instance.shared.facts.references(expression) for site in self._refer(reference, frame, ())]
        reference = reference_of(linked[0], linked[1], expression.span)
        keys = [access for access in linked[1] if not isinstance(access, (str, Literal))]
        parts = self._refer(reference, frame, path)
        parts.extend(site for key in keys for used in frame.instance.shared.facts.references(key) for site in self._refer(used, frame, ()))
        return parts

    def _refer(self, reference: Reference, frame: Frame, path: Path) -> list[Site]:
        words = reference.words
        wanted = (*concrete(reference.accesses, frame), *path)
        origin = frame.origins.get(words[0])
        if origin is not None:
            return self._bound(origin, words, wanted)
        if words == ("terraform", "workspace"):
            self.steps.append(Step("terraform.workspace", reference.span.place))
        if len(words) < 2 or words[0] in {"path", "terraform"}:
            return []
        if words[0] == "local":
            return self._local(words[1], frame.instance, wanted)
        if words[0] == "var":
            return self._variable(words[1], frame.instance, wanted)
        if words[0] == "module":
            return self._module(words[1], frame.instance, wanted)
        return self._resource(words, frame.instance, wanted)

    def _bound(self, origin: Origin, words: tuple[str, ...], wanted: Path) -> list[Site]:
        inner: Path = ()
        if origin.key is not None and origin.direct:
            inner = (origin.key, *words[1:], *wanted)
        elif origin.key is not None and words[1:] == ("value",):
            inner = (origin.key, *wanted)
        site = (origin.expression, origin.frame, inner)
        self.steps.append(Step(f"{'.'.join(words)}{origin.what}", descend(site)[0].span.place))
        return [site]

    def _local(self, name: str, instance: ModuleInstance, wanted: Path) -> list[Site]:
        attribute = instance.module.locals.get(name)
        if attribute is None:
            return []
        site = (attribute.value, module_frame(instance), wanted)
        self.steps.append(Step(joined(instance.address, f"local.{name}"), _written_at(attribute, site)))
        return [site]

    def _variable(self, name: str, instance: ModuleInstance, wanted: Path) -> list[Site]:
        block = instance.module.variables.get(name)
        if block is None:
            return []
        subject = joined(instance.address, f"var.{name}")
        call = instance.node.call
        if call is not None and instance.parent is not None and instance.call_scope is not None:
            attribute = call.body.attribute(name)
            if attribute is not None:
                frame = repeated(frame_of(instance.parent, instance.call_scope), call.body, instance.key)
                site = (attribute.value, frame, wanted)
                self.steps.append(Step(f"{subject} from the call of {instance.address}", _written_at(attribute, site)))
                return [site]
        given = self._given.get(name) if call is None else None
        if given is not None:
            self.steps.append(Step(f"{subject} from {given.source}", _given_place(given, wanted, instance) or block.header.place))
            return []
        default = block.body.attribute("default")
        if default is None:
            self.steps.append(Step(f"{subject} has no value", block.header.place))
        else:
            site = (default.value, module_frame(instance), wanted)
            self.steps.append(Step(f"{subject} by default", _written_at(default, site)))
        return []

    def _module(self, name: str, instance: ModuleInstance, wanted: Path) -> list[Site]:
        found = instance.children.get(name)
        if found is None or not wanted:
            return []
        repetition, children = found
        rest = wanted
        if repetition.kind != "single":
            children = [child for child in children if child.key == wanted[0]] or children
            rest = wanted[1:]
        sites = []
        for child in children[:1]:
            block = child.module.outputs.get(str(rest[0])) if rest else None
            expression = None if block is None else argument(block.body, "value")
            if block is not None and expression is not None:
                self.steps.append(Step(f"{child.address}.{rest[0]}", block.header.place))
                sites.append((expression, module_frame(child), rest[1:]))
        return sites

    def _resource(self, words: tuple[str, ...], instance: ModuleInstance, wanted: Path) -> list[Site]:
        module = instance.module
        key = module.resource(words)
        resources = instance.resources.get(key) if key is not None else None
        if key is None or resources is None:
            return []
        address = joined(instance.address, resource_address(*key))
        rest = wanted
        chosen = resources.instances[0] if resources.repetition.kind == "single" and resources.instances else None
        if resources.repetition.kind != "single" and wanted:
            rest = wanted[1:]
            chosen = next((found for found in resources.instances if found.key == wanted[0]), None)
        full = address if chosen is None else keyed(address, chosen.key)
        self.references.setdefault(full)
        if chosen is None or not rest:
            return []
        located = locate(chosen.content, rest, repeated(frame_of(instance, chosen.content.scope), module.resources[key].body, chosen.key))
        if located is None:
            return []
        expression, frame, inner = located
        self.steps.append(Step(f"{full}.{_dotted(rest)}", expression.span.place))
        return [(expression, frame, inner)]


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _written_at(attribute: Attribute, site: Site) -> Place:
    """The lines of the part that is asked for; those of the whole argument when that is the whole."""
    part = descend(site)[0]
    return attribute.span.place if part is attribute.value else part.span.place


def _given_place(given: Given, wanted: Path, instance: ModuleInstance) -> Place | None:
    if isinstance(given.value, str) or given.place is None:
        return None
    site = descend((given.value, module_frame(instance), wanted))
    return given.place if site[0] is given.value else site[0].span.place


def existence(instance: ModuleInstance, body: Body) -> Iterator[Site]:
    """What decides which instances there are: the block's count or for_each, and those of the module calls above it."""
    while True:
        for name in ("count", "for_each"):
            expression = argument(body, name)
            if expression is not None:
                yield expression, module_frame(instance), ()
        if instance.parent is None or instance.node.call is None:
            return
        body, instance = instance.node.call.body, instance.parent
