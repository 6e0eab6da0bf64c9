"""What an override file changes in a declaration (https://developer.hashicorp.com/terraform/language/files/override).

Arguments replace arguments of the same name; nested blocks replace all nested blocks of their type, written or dynamic. A
``lifecycle`` block is merged argument by argument; validations and conditions of the original stay.
"""

from __future__ import annotations

from bbws_gate.deferred import replace
from bbws_gate.terraform.syntax import Attribute, Block, Body

_KEPT = {"variable": frozenset({"validation"}), "output": frozenset({"precondition"})}
_MERGED = {"resource": frozenset({"lifecycle"}), "data": frozenset({"lifecycle"})}


def merged(base: Block, override: Block) -> Block:
    """``base`` as ``override`` changes it; places stay those of whichever file wrote each part."""
    kept = _KEPT.get(base.type, frozenset())
    joined = _MERGED.get(base.type, frozenset())
    replaced = {_kind(block) for block in override.body.blocks} - kept - joined
    blocks = [block for block in base.body.blocks if _kind(block) not in replaced]
    for block in override.body.blocks:
        if block.type in kept:
            continue
        if block.type in joined:
            blocks = _joined(blocks, block)
        else:
            blocks.append(block)
    body = Body(_attributes(base.body, override.body), tuple(blocks), base.body.span)
    return replace(base, body=body)


def _joined(blocks: list[Block], override: Block) -> list[Block]:
    for position, block in enumerate(blocks):
        if block.type == override.type:
            body = replace(block.body, attributes=_attributes(block.body, override.body))
            return [*blocks[:position], replace(block, body=body), *blocks[position + 1 :]]
    return [*blocks, override]


def _attributes(base: Body, override: Body) -> tuple[Attribute, ...]:
    changed = {attribute.name: attribute for attribute in override.attributes}
    result = [changed.pop(attribute.name, attribute) for attribute in base.attributes]
    return (*result, *changed.values())


def _kind(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type
