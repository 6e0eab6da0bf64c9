"""Every reference of every module means something, evaluated or not: what ``terraform validate`` checks before any value is known."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.terraform.evaluate import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.references import Reference, body_references, references
from bbws_gate.terraform.expand.address import resource_address
from bbws_gate.terraform.expand.graph import CALL_ARGUMENTS, PROVISIONING, output_name
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.tree import Node
from bbws_gate.terraform.expand.undeclared import undeclared
from bbws_gate.terraform.syntax import Block, Body

_VALUES = {
    "path": ("module", "root", "cwd"),
    "terraform": ("workspace", "applying"),
    "each": ("key", "value"),
    "count": ("index",),
}
"""Names that are always there, or wherever the block is repeated, and what each has."""


def check_references(nodes: list[Node], guard: Guard) -> None:
    """Reports every reference to something that its module does not declare, and instance keys where there are no instances."""
    checked: set[str] = set()
    for node in nodes:
        _check_call(node, guard)
        if node.module.directory in checked and not node.children:
            continue
        checked.add(node.module.directory)
        for reference, repeated in _all_references(node):
            error = _error(node, reference, repeated)
            if error is not None:
                guard.add_undeclared(error)


def _all_references(node: Node) -> Iterator[tuple[Reference, Body | None]]:
    """Each reference, with the body whose count or for_each it may use."""
    module = node.module
    for variable in module.variables.values():
        for rule in variable.body.blocks_of("validation"):
            for reference in body_references(rule.body):
                yield reference, None
    for attribute in module.locals.values():
        for reference in references(attribute.value):
            yield reference, None
    for output in module.outputs.values():
        for reference in body_references(output.body, skipped=frozenset({"depends_on"})):
            yield reference, None
    for provider in module.providers.values():
        for reference in body_references(provider.body):
            yield reference, None
    for resource in module.resources.values():
        for reference in body_references(resource.body, skipped=PROVISIONING | {"provider", "lifecycle"}):
            yield reference, resource.body
    for call in module.calls.values():
        for reference in body_references(call.body, skipped=frozenset({"providers"})):
            yield reference, call.body


def _error(node: Node, reference: Reference, repeated: Body | None) -> EvaluationError | None:
    first = reference.words[0]
    if first in {"each", "count"}:
        return _repetition_error(reference, repeated)
    if first == "self":
        return UndeclaredReference('the "self" object is not available here', reference.span)
    if len(reference.words) == 1:
        return UndeclaredReference(f'"{first}" is not a reference: it must be followed by an attribute name', reference.span)
    if first in _VALUES:
        return None if reference.words[1] in _VALUES[first] else undeclared(".".join(reference.words), _known(first), reference.span)
    if first == "module":
        return _module_error(node, reference)
    if first in {"var", "local"}:
        known = node.module.variables if first == "var" else node.module.locals
        return (
            None if reference.words[1] in known else undeclared(".".join(reference.words), [f"{first}.{k}" for k in known], reference.span)
        )
    return _resource_error(node, reference)


def _known(first: str) -> list[str]:
    return [f"{first}.{name}" for name in _VALUES[first]]


def _repetition_error(reference: Reference, repeated: Body | None) -> EvaluationError | None:
    first = reference.words[0]
    wanted = "for_each" if first == "each" else "count"
    if repeated is None or repeated.attribute(wanted) is None:
        return UndeclaredReference(f'the "{first}" object can be used only where {wanted} is set', reference.span)
    if len(reference.words) < 2 or reference.words[1] not in _VALUES[first]:
        return UndeclaredReference(f'the "{first}" object has only {" and ".join(_VALUES[first])}', reference.span)
    return None


def _resource_error(node: Node, reference: Reference) -> EvaluationError | None:
    key = node.module.resource(reference.words)
    if key is None:
        return undeclared(".".join(reference.words), [resource_address(*known) for known in node.module.resources], reference.span)
    return _instance_error(resource_address(*key), node.module.resources[key], reference)


def _module_error(node: Node, reference: Reference) -> EvaluationError | None:
    name = reference.words[1]
    child = node.children.get(name)
    if child is None:
        return undeclared(f"module.{name}", [f"module.{known}" for known in node.children], reference.span)
    error = _instance_error(f"module.{name}", node.module.calls[name], reference)
    output = output_name(child, reference.accesses)
    if error is not None or child.unread or output is None or output in child.module.outputs:
        return error
    return undeclared(f"module.{name}.{output}", [f"module.{name}.{known}" for known in child.module.outputs], reference.span)


def _instance_error(address: str, block: Block, reference: Reference) -> EvaluationError | None:
    """Terraform refuses an instance key where there are no instances, and an attribute where a key is due."""
    if not reference.accesses:
        return None
    repeated = block.body.attribute("count") or block.body.attribute("for_each")
    is_key = not isinstance(reference.accesses[0], str)
    if is_key and repeated is None:
        message = f"{address} has neither count nor for_each, so references to it must not include an index key"
        return EvaluationError(message, reference.span)
    if not is_key and repeated is not None:
        message = f"{address} has {repeated.name} set, so its attributes must be accessed on specific instances"
        return EvaluationError(message, reference.span)
    return None


def _check_call(node: Node, guard: Guard) -> None:
    """Arguments of a module call that the module has no variable for; its missing ones show when variables are evaluated."""
    if node.call is None or node.unread:
        return
    for attribute in node.call.body.attributes:
        if attribute.name not in node.module.variables and attribute.name not in CALL_ARGUMENTS:
            known = [f"{node.address}.{name}" for name in node.module.variables]
            error = undeclared(f"{node.address}.{attribute.name}", known, attribute.span, "as a variable of the called module")
            guard.add("EVL005", error.message, attribute.span.place)
