"""Trees in a notation that tests can spell out: the node's class and its fields, places left out, literals as themselves."""

from __future__ import annotations

from bbws_gate.terraform.parse import parse_native
from bbws_gate.terraform.syntax import Body, Expression, Literal, Node, Span


def shown(part: object) -> str:
    """``Binary('+', 1, Name('a'))``"""
    if isinstance(part, Literal):
        return repr(part.value)
    if isinstance(part, Node):
        fields = [getattr(part, name) for name in part.__slots__]
        return f"{type(part).__name__}({', '.join(shown(field) for field in fields if not isinstance(field, Span))})"
    if type(part) is tuple:
        return f"({', '.join(map(shown, part))})"
    return repr(part)


def body_of(source: str | bytes, path: str = "main.tf") -> Body:
    """The body of a file without problems."""
    parsed = parse_native(source.encode() if isinstance(source, str) else source, path)
    assert parsed.problems == ()
    assert parsed.body is not None
    return parsed.body


def value_of(source: str) -> Expression:
    """What ``x = source`` sets x to, in a file of its own."""
    (attribute,) = body_of(f"x = {source}\n").attributes
    return attribute.value


def problem_of(source: str | bytes) -> tuple[str, int, str]:
    """Code, line and message of the one problem of a file that cannot be read."""
    parsed = parse_native(source.encode() if isinstance(source, str) else source, "main.tf")
    assert parsed.body is None
    (problem,) = parsed.problems
    assert problem.place.path == "main.tf"
    assert "\n" not in problem.message
    return problem.code, problem.place.line, problem.message
