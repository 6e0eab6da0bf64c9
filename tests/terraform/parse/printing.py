"""Expressions as source text, with parentheses around everything, so that only the parser decides what belongs together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bbws_gate.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectCons,
    Template,
    TemplatePart,
    TupleCons,
    Unary,
)

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printed(node: Expression) -> str:
    """Source text of ``node``."""
    match node:
        case Literal(value):
            return _constant(value)
        case Name(name):
            return name
        case GetAttr(source, name):
            return f"({printed(source)}).{name}"
        case Index(source, key):
            return f"({printed(source)})[{printed(key)}]"
        case Unary(operator, operand):
            return f"{operator}({printed(operand)})"
        case Binary(operator, left, right):
            return f"({printed(left)}) {operator} ({printed(right)})"
        case Conditional(condition, yes, no):
            return f"({printed(condition)}) ? ({printed(yes)}) : ({printed(no)})"
        case Call(name, args, expand):
            return f"{name}({', '.join(map(printed, args))}{'...' if expand else ''})"
        case TupleCons(items):
            return f"[{', '.join(map(printed, items))}]"
        case ObjectCons(items):
            return "{" + ", ".join(f"({printed(key)}) = {printed(value)}" for key, value in items) + "}"
        case ForTuple() | ForObject():
            return _loop(node)
        case Template(parts):
            return '"' + "".join(map(_part, parts)) + '"'
    raise AssertionError(node)


def _loop(node: ForTuple | ForObject) -> str:
    names = node.value_name if node.key_name is None else f"{node.key_name}, {node.value_name}"
    head = f"for {names} in ({printed(node.collection)}) : "
    tail = "" if node.condition is None else f" if ({printed(node.condition)})"
    if isinstance(node, ForTuple):
        return f"[{head}({printed(node.value)}){tail}]"
    return f"{{{head}({printed(node.key)}) => ({printed(node.value)}){'...' if node.group else ''}{tail}}}"


def _part(part: TemplatePart) -> str:
    if isinstance(part, Literal) and isinstance(part.value, str):
        return _escaped(part.value)
    assert isinstance(part, Expression)
    return f"${{({printed(part)})}}"


def _constant(value: None | bool | str | int | Fraction) -> str:
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, Fraction):
        return str(Decimal(value.numerator) / Decimal(value.denominator))
    return {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)


def _escaped(text: str) -> str:
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return escaped.replace("${", "$${").replace("%{", "%%{")
