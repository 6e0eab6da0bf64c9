"""Meta-arguments as they are written: they shape the plan and are not the provider's."""

from __future__ import annotations

from bbws_gate.terraform.configuration.literal import argument, dotted
from bbws_gate.terraform.evaluate.references import references
from bbws_gate.terraform.stack import Plain
from bbws_gate.terraform.syntax import Body, Expression, Literal, TupleCons


def meta_arguments(body: Body) -> dict[str, Plain]:
    """``depends_on`` as addresses, ``provider`` as written, ``lifecycle`` with its literals and the names in its lists."""
    found: dict[str, Plain] = {}
    depends = argument(body, "depends_on")
    if depends is not None:
        found["depends_on"] = [".".join(reference.words) for reference in references(depends)]
    provider = dotted(argument(body, "provider"))
    if provider is not None:
        found["provider"] = provider
    for block in body.blocks_of("lifecycle"):
        found["lifecycle"] = {attribute.name: _written(attribute.value) for attribute in block.body.attributes}
    return found


def _written(expression: Expression) -> Plain:
    if isinstance(expression, Literal) and isinstance(expression.value, (bool, str)):
        return expression.value
    if isinstance(expression, TupleCons):
        return [_written(item) for item in expression.items]
    return dotted(expression)
