"""Every reference that the blocks of one module hold, evaluated or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.evaluate.references import Reference
from bbws_gate.terraform.expand.facts import Facts
from bbws_gate.terraform.expand.graph import PROVISIONING
from bbws_gate.terraform.expand.providers import ProviderKey
from bbws_gate.terraform.syntax import Block, Body

_DEPENDS_ON = frozenset({"depends_on"})
_PASSED = _DEPENDS_ON | {"providers"}
"""Arguments of module calls that are no values."""
_ADDRESSES = frozenset({"to", "provider"})
"""Arguments of imports that are no expressions."""
_NOT_EXPRESSIONS = frozenset({"when", "on_failure"})
"""Arguments of provisioners that take keywords."""
_UNCHECKED = PROVISIONING | _DEPENDS_ON | {"provider", "lifecycle"}


def module_references(module: Module, providers: Collection[ProviderKey], facts: Facts) -> Iterator[tuple[Reference, Body | None]]:
    """Each reference, with the body whose count or for_each it may use; of provider configurations only those in use."""
    for reference in _values(module, facts):
        yield reference, None
    for key, provider in module.providers.items():
        for reference in facts.body_references(provider.body, contents=False) if key in providers else ():
            yield reference, None
    for resource in module.resources.values():
        for reference in facts.body_references(resource.body, _UNCHECKED, contents=False):
            yield reference, resource.body
        for reference in _lifecycle_references(resource.body, facts):
            yield reference, resource.body
    for call in module.calls.values():
        for reference in facts.body_references(call.body, _PASSED):
            yield reference, call.body
    for statement in module.statements:
        for reference in facts.body_references(statement.body, _ADDRESSES) if statement.type == "import" else ():
            yield reference, statement.body
    for check in module.checks:
        for reference in _check_references(check, facts):
            yield reference, None


def _values(module: Module, facts: Facts) -> Iterator[Reference]:
    """Those of variables, locals and outputs."""
    for variable in module.variables.values():
        for rule in variable.body.blocks_of("validation"):
            yield from facts.body_references(rule.body)
    for attribute in module.locals.values():
        yield from facts.references(attribute.value)
    for output in module.outputs.values():
        yield from facts.body_references(output.body, _DEPENDS_ON)


def _lifecycle_references(body: Body, facts: Facts) -> Iterator[Reference]:
    """Those of conditions and provisioners. ``self`` is there for all but preconditions, which are checked before there is anything."""
    for lifecycle in body.blocks_of("lifecycle"):
        for rule in lifecycle.body.blocks_of("precondition"):
            yield from facts.body_references(rule.body)
    later = [rule for lifecycle in body.blocks_of("lifecycle") for rule in lifecycle.body.blocks_of("postcondition")]
    for block in (*later, *body.blocks):
        if block.type == "postcondition" or block.type in PROVISIONING:
            for reference in facts.body_references(block.body, _NOT_EXPRESSIONS):
                if reference.words[0] != "self":
                    yield reference


def _check_references(check: Block, facts: Facts) -> Iterator[Reference]:
    """What a check refers to outside itself: a data source in it is known to it alone."""
    own = {("data", *block.labels) for block in check.body.blocks_of("data")}
    for block in check.body.blocks:
        for reference in facts.body_references(block.body, _UNCHECKED if block.type == "data" else frozenset(), contents=False):
            if reference.words not in own:
                yield reference


def dependencies(module: Module, facts: Facts) -> Iterator[Reference]:
    """What ``depends_on`` and ``replace_triggered_by`` name, instance keys aside."""
    for blocks in (module.outputs, module.resources, module.calls):
        for block in blocks.values():
            attribute = block.body.attribute("depends_on")
            if attribute is not None:
                yield from facts.references(attribute.value)
    for block in module.resources.values():
        for lifecycle in block.body.blocks_of("lifecycle"):
            attribute = lifecycle.body.attribute("replace_triggered_by")
            found = () if attribute is None else facts.references(attribute.value)
            yield from (reference for reference in found if reference.words[0] not in {"each", "count"})
