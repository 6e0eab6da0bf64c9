"""Which provider configuration a resource uses (https://developer.hashicorp.com/terraform/language/modules/develop/providers)."""

from __future__ import annotations

from bbws_gate.terraform.configuration.literal import argument, dotted
from bbws_gate.terraform.expand.tree import Node
from bbws_gate.terraform.syntax import Block, ObjectCons

ProviderKey = tuple[str, str | None]


def provider_of(node: Node, kind: str, block: Block) -> ProviderKey | None:
    """The root's provider configuration that a resource of ``node`` uses, by name and alias; None when a module has its own."""
    written = dotted(argument(block.body, "provider"))
    name, _, alias = (written or kind.partition("_")[0]).partition(".")
    return _resolve(node, (name, alias or None))


def _resolve(node: Node, key: ProviderKey) -> ProviderKey | None:
    while node.parent is not None and node.call is not None:
        if key in node.module.providers and node.module.providers[key].body.attributes:
            return None
        passed = _passed(node.call)
        name = key[0] if key[1] is None else f"{key[0]}.{key[1]}"
        if name in passed:
            outer, _, alias = passed[name].partition(".")
            key = (outer, alias or None)
        elif key[1] is not None:
            return None
        node = node.parent
    return key


def _passed(call: Block) -> dict[str, str]:
    """The ``providers`` argument: names in the module to names in its caller."""
    expression = argument(call.body, "providers")
    if not isinstance(expression, ObjectCons):
        return {}
    pairs = [(dotted(key), dotted(value)) for key, value in expression.items]
    return {key: value for key, value in pairs if key is not None and value is not None}
