"""An evaluated body as plain Python values."""

from __future__ import annotations

from bbws_gate.terraform.cty.plain import to_plain
from bbws_gate.terraform.cty.values import Unknown
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.stack import Plain, UnknownValue


def plain_content(content: Content) -> dict[str, Plain]:
    """Arguments and nested blocks; blocks are always lists, an unknown number of them one unknown entry."""
    plain = {name: to_plain(value) for name, value in content.attributes.items()}
    for kind, nested in content.blocks.items():
        entries: list[Plain] = [UnknownValue(block.reason) if isinstance(block, Unknown) else plain_content(block) for block in nested]
        plain[kind] = entries
    return plain
