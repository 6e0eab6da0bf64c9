"""Which provider configuration a resource uses (https://developer.hashicorp.com/terraform/language/modules/develop/providers)."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.terraform.configuration.literal import argument, dotted
from bbws_gate.terraform.expand.tree import ModulePath, Node
from bbws_gate.terraform.syntax import Block, ObjectCons

ProviderKey = tuple[str, str | None]
"""A configuration's local name and alias in its module."""


def provider_of(node: Node, named: ProviderKey) -> ProviderKey | None:
    """The root's provider configuration that ``named`` is in the module of ``node``; None when a module has its own."""
    found = _resolve(node, named)
    return None if found is None or found[0].parent is not None else found[1]


def used_providers(nodes: Iterable[Node]) -> frozenset[tuple[ModulePath, ProviderKey]]:
    """Every configuration that some resource, or a module that is not read, may use.

    Terraform drops the others from its graph unevaluated, whatever they say (PruneProviderTransformer in terraform/transform_provider.go).
    """
    used: set[tuple[ModulePath, ProviderKey]] = set()
    wishes: dict[int, dict[ProviderKey, None]] = {}
    for node in nodes:
        module = node.module
        if id(module) not in wishes:
            wishes[id(module)] = dict.fromkeys(named_provider(key[1], block) for key, block in module.resources.items())
        wanted = [_resolve(node, key) for key in wishes[id(module)]]
        if node.unread and node.parent is not None:
            wanted.extend(_resolve(node.parent, key) for key in _possible(node, node.parent))
        used.update((found[0].path, found[1]) for found in wanted if found is not None)
    return frozenset(used)


def named_provider(kind: str, block: Block) -> ProviderKey:
    """The name and alias by which a resource of that type chooses its provider configuration in its module."""
    return _key(dotted(argument(block.body, "provider")) or kind.partition("_")[0])


def _key(name: str) -> ProviderKey:
    """``aws.west`` taken apart."""
    local, _, alias = name.partition(".")
    return local, alias or None


def _resolve(node: Node, key: ProviderKey) -> tuple[Node, ProviderKey] | None:
    """The module whose configuration is meant, and its key there; None when the caller passes none of that alias."""
    while node.parent is not None and node.call is not None:
        if key in node.module.providers and _is_own(node.module.providers[key]):
            break
        passed = _passed(node.call)
        name = key[0] if key[1] is None else f"{key[0]}.{key[1]}"
        if name in passed:
            key = _key(passed[name])
        elif key[1] is not None:
            return None
        node = node.parent
    return node, key


def _is_own(block: Block) -> bool:
    """Whether a block in a called module configures something; an empty one only announces what the caller passes."""
    return bool(block.body.blocks) or any(attribute.name != "alias" for attribute in block.body.attributes)


def _possible(node: Node, caller: Node) -> list[ProviderKey]:
    """What a module that is not read may use of its caller's: what is passed to it, and every default configuration."""
    passed = [] if node.call is None else [_key(name) for name in _passed(node.call).values()]
    above: Node | None = caller
    while above is not None:
        passed.extend(key for key in above.module.providers if key[1] is None)
        above = above.parent
    return passed


def _passed(call: Block) -> dict[str, str]:
    """The ``providers`` argument: names in the module to names in its caller."""
    expression = argument(call.body, "providers")
    if not isinstance(expression, ObjectCons):
        return {}
    pairs = [(dotted(key), dotted(value)) for key, value in expression.items]
    return {key: value for key, value in pairs if key is not None and value is not None}
