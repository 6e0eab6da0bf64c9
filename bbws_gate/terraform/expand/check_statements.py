"""What ``moved``, ``removed`` and ``import`` blocks say of the configuration must hold, or Terraform does not plan.

See refactoring/move_validate.go, refactoring/remove_statement.go and terraform/context_import.go in Terraform's internal packages.
"""

from __future__ import annotations

from bbws_gate.model import Place
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.expand.endpoint import Endpoint, endpoint
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.expand.tree import Node
from bbws_gate.terraform.syntax import Block


def check_statements(nodes: list[Node], evaluation: Evaluation, guard: Guard) -> None:
    """Reports objects that are said to have moved or to be removed and are still declared, and imports into what is not declared."""
    for node in nodes:
        for block in node.module.statements:
            if block.type == "import":
                _check_import(node, block, guard)
            elif block.type == "removed":
                _check_removed(node, block, guard)
            else:
                for instance in evaluation.instances.get(node.path, ()):
                    _check_moved(instance, block, guard)


def _check_import(node: Node, block: Block, guard: Guard) -> None:
    target = endpoint(argument(block.body, "to"))
    if target is None or target.resource is None:
        return
    owner = _module(node, target)
    if owner is None or not (owner.unread or target.resource in owner.module.resources):
        guard.add("EVL005", "an import block names a resource that is not declared", block.header.place)


def _check_removed(node: Node, block: Block, guard: Guard) -> None:
    source = endpoint(argument(block.body, "from"))
    owner = None if source is None else _module(node, source)
    if source is None or owner is None or (owner.unread and source.resource is not None):
        return
    declared = owner.call if source.resource is None else owner.module.resources.get(source.resource)
    if declared is not None:
        _still_declared("removed", declared.header.place, block, guard)


def _module(node: Node, target: Endpoint) -> Node | None:
    """The module, seen from ``node``, that an address ends in; the last one on the way that is not read, if there is one."""
    for name, _ in target.modules:
        if node.unread:
            break
        if name not in node.children:
            return None
        node = node.children[name]
    return node


def _check_moved(instance: ModuleInstance, block: Block, guard: Guard) -> None:
    source, target = endpoint(argument(block.body, "from")), endpoint(argument(block.body, "to"))
    if source is None or target is None or not source.literal or not instance.certain:
        return
    # Without a key on either side, the whole resource or call is meant, else the one instance.
    one = source.key is not None or target.key is not None or not target.literal
    place = _instance_place(instance, source) if one else _whole_place(instance, source)
    if place is not None:
        _still_declared("moved", place, block, guard)


def _still_declared(what: str, place: Place, block: Block, guard: Guard) -> None:
    guard.add("EVL001", f"what this {what} block names is still declared at {place}", block.header.place)


def _whole_place(instance: ModuleInstance, source: Endpoint) -> Place | None:
    steps = source.modules if source.resource is not None else source.modules[:-1]
    owner = _descendant(instance, steps)
    if owner is None:
        return None
    block = owner.module.calls.get(source.modules[-1][0]) if source.resource is None else owner.module.resources.get(source.resource)
    return None if block is None else block.header.place


def _instance_place(instance: ModuleInstance, source: Endpoint) -> Place | None:
    owner = _descendant(instance, source.modules)
    if owner is None:
        return None
    if source.resource is None:
        return None if owner.node.call is None else owner.node.call.header.place
    resources = owner.resources.get(source.resource)
    if resources is None or resources.repetition.reason or source.key not in [found.key for found in resources.instances]:
        return None
    return owner.module.resources[source.resource].header.place


def _descendant(instance: ModuleInstance, steps: tuple[tuple[str, str | int | None], ...]) -> ModuleInstance | None:
    """The module instance at the end of those calls and keys; None when there is none, or nobody can tell."""
    for name, key in steps:
        repetition, children = instance.children.get(name, (None, []))
        found = [child for child in children if child.key == key]
        if repetition is None or repetition.reason or not found:
            return None
        instance = found[0]
    return instance
