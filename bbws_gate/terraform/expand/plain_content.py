"""Values as the plain data of a stack, within the budget."""

from __future__ import annotations

from bbws_gate.model import Place
from bbws_gate.terraform.cty.plain import to_plain
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.evaluate import BudgetExceeded, literal_value
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.stack import Plain, UnknownValue
from bbws_gate.terraform.syntax import Body, Literal


def plain_value(value: Value, subject: str, place: Place, guard: Guard) -> Plain:
    """``value`` as plain data; unknown as a whole, with a problem, when all values together become too large."""
    try:
        guard.budget.hand_on(value.count)
    except BudgetExceeded as error:
        guard.add("EVL004", f"{subject} {error}", place)
        return UnknownValue(f"{subject} {error}")
    return to_plain(value)


def plain_content(content: Content, subject: str, guard: Guard) -> dict[str, Plain]:
    """Arguments and nested blocks; blocks are always lists, an unknown number of them one unknown entry.

    What is made of literals alone is shared between all instances of a block: nobody changes plain data.
    """
    if content.literals is not None and guard.budget.plain >= content.literals:
        guard.budget.plain -= content.literals
        if content.plain is None:
            content.plain = _plain_literals(content.body)
        return content.plain
    place = content.span.place
    plain: dict[str, Plain] = {}
    for name, value in content.attributes.items():
        raw = value.raw
        if type(raw) is str and not value.sensitive and guard.budget.plain > 0:
            guard.budget.plain -= 1
            plain[name] = raw
        else:
            plain[name] = plain_value(value, f"{subject}.{name}", place, guard)
    for kind, nested in content.blocks.items():
        entries: list[Plain] = [
            UnknownValue(block.reason) if isinstance(block, Unknown) else plain_content(block, f"{subject}.{kind}", guard)
            for block in nested
        ]
        plain[kind] = entries
    return plain


def _plain_literals(body: Body) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for attribute in body.attributes:
        literal = attribute.value
        if isinstance(literal, Literal):
            plain[attribute.name] = literal.value if isinstance(literal.value, str) else to_plain(literal_value(literal))
    nested: dict[str, list[Plain]] = {}
    for block in body.blocks:
        nested.setdefault(block.type, []).append(_plain_literals(block.body))
    return {**plain, **nested} if nested else plain
