"""From evaluated modules to the plain records of a :class:`~bbws_gate.terraform.stack.Stack`."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument, literal_string
from bbws_gate.terraform.expand.address import joined, keyed, order, resource_address
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance, ResourceInstance, ResourceSet
from bbws_gate.terraform.expand.locate import frame_of, repeated
from bbws_gate.terraform.expand.meta import meta_arguments
from bbws_gate.terraform.expand.plain_content import plain_content, plain_value
from bbws_gate.terraform.expand.providers import ProviderKey, named_provider, provider_of
from bbws_gate.terraform.expand.trace import ContentTrace
from bbws_gate.terraform.expand.walk import Walker
from bbws_gate.terraform.stack import ModuleCall, Plain, Provider, Resource, Variable
from bbws_gate.terraform.syntax import Block


class _Written(NamedTuple):
    """What a resource's block says of all its instances."""

    place: Place
    block: Place
    meta: dict[str, Plain]
    provider: ProviderKey


class Reporter:
    """Makes the records of one evaluation."""

    def __init__(self, evaluation: Evaluation, given: Mapping[str, Given], guard: Guard) -> None:
        self._evaluation = evaluation
        self._given = given
        self._walker = Walker(given)
        self._guard = guard
        self._providers: dict[ProviderKey, Provider] = {}
        self._root = evaluation.root
        self._written: dict[int, _Written] = {}
        """By the identity of resource blocks."""

    def providers(self) -> tuple[Provider, ...]:
        """The root's provider configurations, in source order."""
        for key, block in self._root.module.providers.items():
            content = self._evaluation.providers.get(key)
            if content is not None:
                trace = ContentTrace(content, frame_of(self._root, content.scope), block.header.place, self._walker)
                self._providers[key] = Provider(
                    key[0], key[1], plain_content(content, f"provider.{key[0]}", self._guard), block.span.place, trace.trace()
                )
        return tuple(self._providers.values())

    def resources(self) -> tuple[Resource, ...]:
        """Every managed resource and data source, sorted as Terraform sorts addresses. Call :meth:`providers` first.

        Ephemeral resources are left out: they are part of no plan and no state.
        """
        found = [
            (self._order(instance, key, resource), self._resource(instance, key, resources, resource))
            for instances in self._evaluation.instances.values()
            for instance in instances
            for key, resources in instance.resources.items()
            if key[0] != "ephemeral"
            for resource in resources.instances
        ]
        return tuple(resource for _, resource in sorted(found, key=lambda pair: pair[0]))

    def _order(self, instance: ModuleInstance, key: tuple[str, str, str], resource: ResourceInstance) -> tuple[object, ...]:
        mode, kind, name = key
        return (instance.order(), mode == "managed", kind, name, order(resource.key))

    def _resource(self, instance: ModuleInstance, key: tuple[str, str, str], resources: ResourceSet, found: ResourceInstance) -> Resource:
        mode, kind, name = key
        block = instance.module.resources[key]
        written = self._as_written(kind, block)
        frame = repeated(frame_of(instance, found.content.scope), block.body, found.key)
        provider = provider_of(instance.node, written.provider)
        return Resource(
            address=keyed(resources.address, found.key),
            mode=mode,
            type=kind,
            name=name,
            key=found.key,
            module=instance.address,
            place=written.place,
            block=written.block,
            attributes=plain_content(found.content, joined(instance.node.address, resource_address(*key)), self._guard),
            meta=written.meta,
            provider=None if provider is None else self._providers.get(provider),
            trace=ContentTrace(found.content, frame, written.place, self._walker).trace(),
            expanded=instance.certain and not resources.repetition.reason,
        )

    def _as_written(self, kind: str, block: Block) -> _Written:
        known = self._written.get(id(block))
        if known is None:
            known = _Written(block.header.place, block.span.place, meta_arguments(block.body), named_provider(kind, block))
            self._written[id(block)] = known
        return known

    def variables(self) -> dict[str, Variable]:
        """The root's input variables."""
        used = _used_variables(self._root)
        found = {}
        for name, block in self._root.module.variables.items():
            given = self._given.get(name)
            source = None if given is None else given.place or block.header.place
            value = plain_value(self._root.values["var", name], f"var.{name}", block.header.place, self._guard)
            has_default = block.body.attribute("default") is not None
            found[name] = Variable(name, block.header.place, has_default, value, source, name in used)
        return found

    def values(self, kind: str) -> dict[str, Plain]:
        """The root's locals (``local``) or outputs (``output``)."""
        module = self._root.module
        spans = {name: attribute.span for name, attribute in module.locals.items()}
        if kind == "output":
            spans = {name: block.header for name, block in module.outputs.items()}
        return {
            name: plain_value(self._root.values[kind, name], f"{kind}.{name}", span.place, self._guard)
            for name, span in sorted(spans.items())
        }

    def modules(self) -> tuple[ModuleCall, ...]:
        """Every module call instance."""
        calls = []
        for instances in self._evaluation.instances.values():
            for instance in instances:
                call = instance.node.call
                if call is not None:
                    source = literal_string(argument(call.body, "source")) or ""
                    version = literal_string(argument(call.body, "version"))
                    place = call.header.place
                    calls.append((instance.order(), ModuleCall(instance.address, source, version, place, not instance.node.unread)))
        return tuple(call for _, call in sorted(calls, key=lambda pair: pair[0]))


def _used_variables(root: ModuleInstance) -> set[str]:
    module = root.module
    facts = root.shared.facts
    found = [reference for attribute in module.locals.values() for reference in facts.references(attribute.value)]
    for blocks in (module.outputs, module.resources, module.calls, module.providers):
        for block in blocks.values():
            found.extend(facts.body_references(block.body))
    return {reference.words[1] for reference in found if reference.words[0] == "var" and len(reference.words) > 1}
