"""How a value came about, found by walking its expression when somebody asks; nothing is recorded while evaluating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place, Step
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.evaluate.references import Reference, chain, reference_of
from bbws_gate.terraform.expand.address import Key, joined, keyed, resource_address
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
    repeated,
    written_at,
)
from bbws_gate.terraform.stack import Path
from bbws_gate.terraform.syntax import Conditional, Expression, GetAttr, Index, Literal, Name

_STEPS: Final = 100
"""A chain longer than any person reads is cut."""


class Walked(NamedTuple):
    """What one walk came by, nearest first."""

    steps: tuple[Step, ...]
    references: tuple[str, ...]


NOWHERE: Final = Walked((), ())


Mark: TypeAlias = tuple[int, int, Path, tuple[tuple[str, int, Key], ...]]


class Part:
    """An expression that values are made of. What it leads to is found out once, however many values are made of it."""

    __slots__ = ("leads", "mark", "site")

    def __init__(self, site: Site) -> None:
        expression, frame, path = site
        self.site = site
        # One expression means something else for each key that its block is repeated for.
        bound = tuple([(name, id(origin.expression), origin.key) for name, origin in frame.origins.items()]) if frame.origins else ()
        self.mark: Mark = (id(expression), id(frame.instance), path, bound)
        """What tells it from the others of one walk."""
        self.leads: Leads | None = None


class Leads(NamedTuple):
    """What an expression, or one reference in it, leads to at once."""

    steps: tuple[Step, ...]
    references: tuple[str, ...]
    parts: tuple[Part, ...]


_LOOSE: Final = Leads((), (), ())


class Walker:
    """Walks from expressions to everything that they are made of.

    The instances of a block, and the blocks of a module, are made of the same locals and variables: what those lead to is kept.
    """

    def __init__(self, given: Mapping[str, Given]) -> None:
        self._given = given
        self._named: dict[tuple[ModuleInstance, tuple[str, ...], Path], Leads] = {}
        """By module instance, the words of a reference, and the part of its value that is asked for."""
        self._shared: dict[Mark, Part] = {}
        """Parts that see no ``each``, ``count`` or other bound name, by their marks: they mean the same wherever they are come by."""

    def walked(self, sites: Iterable[Site]) -> Walked:
        """Everything that the parts of some expressions are made of, nearest references first."""
        seen: set[Mark] = set()
        steps: list[Step] = []
        references: dict[str, None] = {}
        for site in sites:
            waiting = [Part(site)]
            for part in waiting:
                if len(steps) >= _STEPS:
                    break
                if part.mark in seen:
                    continue
                seen.add(part.mark)
                leads = self._leads(part)
                steps.extend(leads.steps)
                for name in leads.references:
                    references.setdefault(name)
                waiting.extend(leads.parts)
        return Walked(tuple(steps[:_STEPS]), tuple(references)) if steps or references else NOWHERE

    def _leads(self, part: Part) -> Leads:
        if part.leads is None:
            part.leads = self._followed(part.site)
        return part.leads

    def _followed(self, site: Site) -> Leads:
        if isinstance(site[0], Literal):
            return _LOOSE
        way = descent(site)
        found = self._nearest(*way[-1])
        for expression, frame, _ in way[:-1]:
            if isinstance(expression, Conditional):
                found += self._used(expression.condition, frame)
        return _together(found)

    def _nearest(self, expression: Expression, frame: Frame, path: Path) -> list[Leads]:
        linked = chain(expression) if isinstance(expression, (Name, GetAttr, Index)) else None
        if linked is None:
            return self._used(expression, frame)
        name, accesses = linked
        found = [self._refer(reference_of(name, accesses, expression.span), frame, path)]
        for key in accesses:
            if not isinstance(key, (str, Literal)):
                found += self._used(key, frame)
        return found

    def _used(self, expression: Expression, frame: Frame) -> list[Leads]:
        """What every reference in an expression leads to."""
        return [self._refer(reference, frame, ()) for reference in frame.instance.shared.facts.references(expression)]

    def _refer(self, reference: Reference, frame: Frame, path: Path) -> Leads:
        words, instance = reference.words, frame.instance
        wanted = (*concrete(reference.accesses, frame), *path)
        origin = frame.origins.get(words[0])
        if origin is not None:
            return self._bound(origin, words, wanted)
        if words == ("terraform", "workspace"):
            return Leads((Step("terraform.workspace", reference.span.place),), (), ())
        if len(words) < 2 or words[0] in {"path", "terraform"}:
            return _LOOSE
        known = self._named.get((instance, words, wanted))
        if known is None:
            known = self._named[instance, words, wanted] = self._declared(words, instance, wanted)
        return known

    def _declared(self, words: tuple[str, ...], instance: ModuleInstance, wanted: Path) -> Leads:
        if words[0] == "local":
            return self._local(words[1], instance, wanted)
        if words[0] == "var":
            return self._variable(words[1], instance, wanted)
        if words[0] == "module":
            return self._module(words[1], instance, wanted)
        return self._resource(words, instance, wanted)

    def _lead(self, what: str, place: Place, site: Site) -> Leads:
        """One step, and the expression that it leads to."""
        part = Part(site)
        if not site[1].origins:
            part = self._shared.setdefault(part.mark, part)
        return Leads((Step(what, place),), (), (part,))

    def _bound(self, origin: Origin, words: tuple[str, ...], wanted: Path) -> Leads:
        inner: Path = ()
        if origin.key is not None and origin.direct:
            inner = (origin.key, *words[1:], *wanted)
        elif origin.key is not None and words[1:] == ("value",):
            inner = (origin.key, *wanted)
        site = (origin.expression, origin.frame, inner)
        return self._lead(f"{'.'.join(words)}{origin.what}", descend(site)[0].span.place, site)

    def _local(self, name: str, instance: ModuleInstance, wanted: Path) -> Leads:
        attribute = instance.module.locals.get(name)
        if attribute is None:
            return _LOOSE
        site = (attribute.value, module_frame(instance), wanted)
        return self._lead(joined(instance.address, f"local.{name}"), written_at(attribute, site), site)

    def _variable(self, name: str, instance: ModuleInstance, wanted: Path) -> Leads:
        block = instance.module.variables.get(name)
        if block is None:
            return _LOOSE
        subject = joined(instance.address, f"var.{name}")
        call = instance.node.call
        if call is not None and instance.parent is not None and instance.call_scope is not None:
            attribute = call.body.attribute(name)
            if attribute is not None:
                frame = repeated(frame_of(instance.parent, instance.call_scope), call.body, instance.key)
                site = (attribute.value, frame, wanted)
                return self._lead(f"{subject} from the call of {instance.address}", written_at(attribute, site), site)
        given = self._given.get(name) if call is None else None
        if given is not None:
            place = _given_place(given, wanted, instance) or block.header.place
            return Leads((Step(f"{subject} from {given.source}", place),), (), ())
        default = block.body.attribute("default")
        if default is None:
            return Leads((Step(f"{subject} has no value", block.header.place),), (), ())
        site = (default.value, module_frame(instance), wanted)
        return self._lead(f"{subject} by default", written_at(default, site), site)

    def _module(self, name: str, instance: ModuleInstance, wanted: Path) -> Leads:
        found = instance.children.get(name)
        if found is None or not wanted:
            return _LOOSE
        repetition, children = found
        rest = wanted
        if repetition.kind != "single":
            children = [child for child in children if child.key == wanted[0]] or children
            rest = wanted[1:]
        for child in children[:1]:
            block = child.module.outputs.get(str(rest[0])) if rest else None
            expression = None if block is None else argument(block.body, "value")
            if block is not None and expression is not None:
                return self._lead(f"{child.address}.{rest[0]}", block.header.place, (expression, module_frame(child), rest[1:]))
        return _LOOSE

    def _resource(self, words: tuple[str, ...], instance: ModuleInstance, wanted: Path) -> Leads:
        module = instance.module
        key = module.resource(words)
        resources = instance.resources.get(key) if key is not None else None
        if key is None or resources is None:
            return _LOOSE
        address = joined(instance.address, resource_address(*key))
        rest = wanted
        chosen = resources.instances[0] if resources.repetition.kind == "single" and resources.instances else None
        if resources.repetition.kind != "single" and wanted:
            rest = wanted[1:]
            chosen = next((found for found in resources.instances if found.key == wanted[0]), None)
        full = address if chosen is None else keyed(address, chosen.key)
        nothing_more = Leads((), (full,), ())
        if chosen is None or not rest:
            return nothing_more
        block = module.resources[key]
        site = locate(
            chosen.content, rest, repeated(frame_of(instance, chosen.content.scope), block.body, chosen.key), block.header.place
        ).site
        if site is None:
            return nothing_more
        return self._lead(f"{full}.{_dotted(rest)}", site[0].span.place, site)._replace(references=(full,))


def _together(found: list[Leads]) -> Leads:
    """What several references lead to, in their order."""
    if len(found) == 1:
        return found[0]
    return Leads(
        tuple([step for each in found for step in each.steps]),
        tuple([name for each in found for name in each.references]),
        tuple([part for each in found for part in each.parts]),
    )


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _given_place(given: Given, wanted: Path, instance: ModuleInstance) -> Place | None:
    if isinstance(given.value, str) or given.place is None:
        return None
    site = descend((given.value, module_frame(instance), wanted))
    return given.place if site[0] is given.value else site[0].span.place
