"""Every provider configuration that a block names is there."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.terraform.configuration.literal import argument, dotted
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.expand.address import resource_address
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.tree import Node
from bbws_gate.terraform.expand.undeclared import nearest
from bbws_gate.terraform.syntax import Expression, ObjectCons, TupleCons


def check_providers(nodes: list[Node], guard: Guard) -> None:
    """Reports references to aliased configurations that the module neither has nor expects from its caller.

    Configurations without an alias need no block: Terraform makes an empty one.
    """
    for node in nodes:
        known = {f"{name}.{alias}" for name, alias in node.module.providers if alias is not None} | _expected(node.module)
        for user, expression in _named(node):
            name = dotted(expression)
            if name is not None and "." in name and name not in known:
                message = f"{user} uses the provider configuration {name}, which this module does not have{nearest(name, known)}"
                guard.add("EVL005", message, expression.span.place)


def _expected(module: Module) -> set[str]:
    """``configuration_aliases``: what the caller must pass."""
    found: set[str] = set()
    for attribute in module.required_providers.values():
        items = attribute.value.items if isinstance(attribute.value, ObjectCons) else ()
        for key, value in items:
            if dotted(key) == "configuration_aliases" and isinstance(value, TupleCons):
                found.update(name for item in value.items if (name := dotted(item)) is not None)
    return found


def _named(node: Node) -> Iterator[tuple[str, Expression]]:
    for key, block in node.module.resources.items():
        expression = argument(block.body, "provider")
        if expression is not None:
            yield resource_address(*key), expression
    for name, block in node.module.calls.items():
        passed = argument(block.body, "providers")
        for _, expression in passed.items if isinstance(passed, ObjectCons) else ():
            yield f"module.{name}", expression
