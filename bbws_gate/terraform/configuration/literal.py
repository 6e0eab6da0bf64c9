"""Arguments that Terraform reads before it evaluates anything: they must be constants."""

from __future__ import annotations

from bbws_gate.terraform.syntax import Body, Expression, GetAttr, Literal, Name


def literal_string(expression: Expression | None) -> str | None:
    """The string that an expression writes out, or None."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value
    return None


def literal_bool(expression: Expression | None) -> bool | None:
    """The bool that an expression writes out (``"true"`` counts, as it converts), or None."""
    if isinstance(expression, Literal):
        if isinstance(expression.value, bool):
            return expression.value
        return {"true": True, "false": False}.get(str(expression.value))
    return None


def argument(body: Body, name: str) -> Expression | None:
    """The expression of an argument, or None when it is not set."""
    attribute = body.attribute(name)
    return None if attribute is None else attribute.value


def dotted(expression: Expression | None) -> str | None:
    """``aws.west`` for such a reference (or the same as a string, as JSON and old code write it), else None."""
    if isinstance(expression, Name):
        return expression.name
    if isinstance(expression, GetAttr):
        source = dotted(expression.source)
        return None if source is None else f"{source}.{expression.name}"
    return literal_string(expression)
