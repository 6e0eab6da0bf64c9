"""Every reference of every module means something, evaluated or not: what ``terraform validate`` checks before any value is known."""

from __future__ import annotations

from collections.abc import Collection

from bbws_gate.terraform.evaluate import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.references import Reference
from bbws_gate.terraform.expand.address import resource_address
from bbws_gate.terraform.expand.facts import Facts
from bbws_gate.terraform.expand.graph import CALL_ARGUMENTS, output_name
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.module_references import dependencies, module_references
from bbws_gate.terraform.expand.providers import ProviderKey
from bbws_gate.terraform.expand.terraform_data import ATTRIBUTES
from bbws_gate.terraform.expand.tree import ModulePath, Node
from bbws_gate.terraform.expand.undeclared import undeclared
from bbws_gate.terraform.syntax import Block, Body, Literal

_VALUES = {
    "path": ("module", "root", "cwd"),
    "terraform": ("workspace", "applying"),
    "each": ("key", "value"),
    "count": ("index",),
}
"""Names that are always there, or wherever the block is repeated, and what each has."""


def check_references(nodes: list[Node], used: Collection[tuple[ModulePath, ProviderKey]], facts: Facts, guard: Guard) -> None:
    """Reports every reference to something that its module does not declare, and instance keys where there are no instances.

    Of provider configurations those in ``used`` are checked. Left to evaluation, as Terraform leaves them: what dynamic blocks make, and
    outputs of modules, which are attributes of a value.
    """
    checked: set[str] = set()
    for node in nodes:
        _check_call(node, guard)
        if node.module.directory in checked:
            continue
        checked.add(node.module.directory)
        for reference, repeated in module_references(node.module, {key for path, key in used if path == node.path}, facts):
            error = _error(node, reference, repeated) or _attribute_error(node, reference)
            foreseen = error or _output_error(node, reference)
            if error is not None:
                guard.add_undeclared(error)
            if foreseen is not None:
                guard.foresee(foreseen)
        for reference in dependencies(node.module, facts):
            error = _existence_error(node, reference)
            if error is not None:
                guard.add_undeclared(error)


def _output_error(node: Node, reference: Reference) -> EvaluationError | None:
    """The error of an output that the called module does not have, for when it is evaluated."""
    child = node.children.get(reference.words[1]) if reference.words[0] == "module" and len(reference.words) > 1 else None
    output = None if child is None or child.unread else output_name(child, reference.accesses)
    if child is None or output is None or output in child.module.outputs:
        return None
    known = [f"{child.address}.{name}" for name in child.module.outputs]
    return undeclared(f"{child.address}.{output}", known, reference.span, "as an output of the called module")


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
    missing = _existence_error(node, reference)
    key = node.module.resource(reference.words)
    if missing is not None or key is None:
        return missing
    return _instance_error(resource_address(*key), node.module.resources[key], reference)


def _existence_error(node: Node, reference: Reference) -> EvaluationError | None:
    """The error for a variable, local, module or resource that the module does not declare."""
    first, name = reference.words[0], reference.words[-1]
    if first in {"var", "local", "module"} and len(reference.words) == 2:
        module = node.module
        declared: dict[str, Collection[str]] = {"var": module.variables, "local": module.locals, "module": module.calls}
        known = declared[first]
        return None if name in known else undeclared(f"{first}.{name}", [f"{first}.{other}" for other in known], reference.span)
    if node.module.resource(reference.words) is not None:
        return None
    return undeclared(".".join(reference.words), [resource_address(*other) for other in node.module.resources], reference.span)


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


def _attribute_error(node: Node, reference: Reference) -> EvaluationError | None:
    """Terraform refuses attributes that the resource's schema does not have, in ``can()`` too; of one resource the schema is known."""
    key = node.module.resource(reference.words)
    if key is None or key[:2] != ("managed", "terraform_data"):
        return None
    steps = reference.accesses[1:] if isinstance(next(iter(reference.accesses), None), Literal) else reference.accesses
    if not steps or not isinstance(steps[0], str) or steps[0] in ATTRIBUTES:
        return None
    return UndeclaredReference(f'{resource_address(*key)} does not have an attribute named "{steps[0]}"', reference.span)


def _check_call(node: Node, guard: Guard) -> None:
    """Arguments of a module call that the module has no variable for; its missing ones show when variables are evaluated."""
    if node.call is None or node.unread:
        return
    for attribute in node.call.body.attributes:
        if attribute.name not in node.module.variables and attribute.name not in CALL_ARGUMENTS:
            known = [f"{node.address}.{name}" for name in node.module.variables]
            error = undeclared(f"{node.address}.{attribute.name}", known, attribute.span, "as a variable of the called module")
            guard.add("EVL005", error.message, attribute.span.place)
