"""A stack for people and programs: the JSON of ``bbws-gate inspect``, a readable text, and how one value came about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from json.encoder import encode_basestring
from typing import Final, TypeAlias

from bbws_gate.deferred import regex
from bbws_gate.terraform.stack import Path, Plain, Resource, SensitiveValue, Stack, UnknownValue

Json: TypeAlias = "None | bool | int | Decimal | str | list[Json] | dict[str, Json]"

_INDENT: Final = "  "
_PART: Final = regex(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^.\[\]"]+)')


def inspection(stack: Stack) -> dict[str, Json]:
    """The contract's document: root, resources in address order, problems in file order.

    A resource whose count or for_each files cannot tell stands there once, at its address without a key; a problem EVL003 says so.
    """
    return {
        "root": stack.root,
        "resources": [_resource(resource) for resource in stack.resources],
        "problems": [
            {"code": problem.code, "message": problem.message, "file": problem.place.path, "line": problem.place.line}
            for problem in stack.problems
        ],
    }


def _resource(resource: Resource) -> Json:
    return {
        "address": resource.address,
        "mode": resource.mode,
        "type": resource.type,
        "name": resource.name,
        "key": resource.key,
        "module": resource.module,
        "file": resource.place.path,
        "line": resource.place.line,
        "end_line": resource.block.end_line,
        "attributes": marked(resource.attributes),
    }


def marked(value: Plain | Mapping[str, Plain]) -> Json:
    """A plain value with the contract's markers for what is unknown or sensitive; keys in order."""
    if isinstance(value, (str, int, Decimal)) or value is None:
        return value
    if isinstance(value, UnknownValue):
        return {"__unknown__": value.reason}
    if isinstance(value, SensitiveValue):
        return {"__sensitive__": True}
    if isinstance(value, list):
        return [marked(item) for item in value]
    return {name: marked(value[name]) for name in sorted(value)}


def to_json(stack: Stack) -> str:
    """:func:`inspection` as indented JSON; numbers have exactly Terraform's digits."""
    parts: list[str] = []
    _write(inspection(stack), "\n", parts.append)
    return "".join(parts) + "\n"


def _write(value: Json, margin: str, write: Callable[[str], None]) -> None:
    """Python's json module cannot write a Decimal's digits as a number."""
    if isinstance(value, dict) and value:
        inner = margin + _INDENT
        before = "{" + inner
        for name, item in value.items():
            if type(item) is str:  # most are: they need no call of their own
                write(f"{before}{_quoted(name)}: {_quoted(item)}")
            else:
                write(f"{before}{_quoted(name)}: ")
                _write(item, inner, write)
            before = "," + inner
        write(margin + "}")
    elif isinstance(value, list) and value:
        inner = margin + _INDENT
        before = "[" + inner
        for item in value:
            write(before)
            _write(item, inner, write)
            before = "," + inner
        write(margin + "]")
    else:
        write(_scalar(value))


def _scalar(value: Json) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else _quoted(str(value))
    return str(value) if isinstance(value, int) else json.dumps(value)


def _quoted(text: str) -> str:
    """A JSON string; lone surrogates, which no output can carry, become replacement characters."""
    return encode_basestring(text if text.isascii() else text.encode("utf-8", "replace").decode())


def to_text(stack: Stack) -> str:
    """The stack for reading: a line for each resource, its arguments below, problems at the end."""
    lines = [f"{stack.root or '.'} (workspace {stack.workspace}): {len(stack.resources)} resources, {len(stack.problems)} problems"]
    for resource in stack.resources:
        repeated = "" if resource.expanded else "  (an unknown number of instances)"
        lines.extend(["", f"{resource.address}  {resource.place}{repeated}"])
        for name in sorted(resource.attributes):
            lines.extend(_text_lines(name, resource.attributes[name], 1))
    if stack.problems:
        lines.extend(["", "problems:"])
        lines.extend(f"{_INDENT}{problem.place}: {problem.code} {problem.message}" for problem in stack.problems)
    return "\n".join(lines) + "\n"


def _text_lines(name: str, value: Plain, depth: int) -> Iterator[str]:
    margin = _INDENT * depth
    if isinstance(value, Mapping) and value:
        yield f"{margin}{name}:"
        for key in sorted(value):
            yield from _text_lines(key, value[key], depth + 1)
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        for position, item in enumerate(value):
            yield from _text_lines(f"{name}[{position}]", item, depth)
    else:
        yield f"{margin}{name} = {shown(value)}"


def shown(value: Plain) -> str:
    """A value on one line, control characters escaped."""
    if isinstance(value, UnknownValue):
        return f"(unknown: {value.reason})"
    if isinstance(value, SensitiveValue):
        return "(sensitive)"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {shown(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else str(value)
    return json.dumps(value, ensure_ascii=False)


def explain(stack: Stack, query: str) -> list[str]:
    """How ``aws_dynamodb_table.orders.name`` came about: its value and place, then each step, nearest first.

    The query is a resource's address and a path into its attributes, a resource alone for every argument of it, or ``var.name``.
    """
    variable = stack.variables.get(query.removeprefix("var.")) if query.startswith("var.") else None
    if variable is not None:
        return [f"{query} = {shown(variable.value)}  {variable.source or variable.place}"]
    resource, path = _find(stack, query)
    if resource is None:
        known = [*(resource.address for resource in stack.resources), *(f"var.{name}" for name in stack.variables)]
        near = get_close_matches(query, known, 1, 0.4)
        return [f"{query}: there is no such resource or variable" + (f"; did you mean {near[0]}?" if near else "")]
    if path:
        return _explained(resource, path)
    return [line for name in sorted(resource.attributes) for line in _explained(resource, (name,))]


def _find(stack: Stack, query: str) -> tuple[Resource | None, Path]:
    """The resource whose address starts the query (the longest one), and the path that follows."""
    found = [known for known in stack.resources if query == known.address or query.startswith((f"{known.address}.", f"{known.address}["))]
    if not found:
        return None, ()
    resource = max(found, key=lambda known: len(known.address))
    return resource, tuple(map(_part, _PART.finditer(query[len(resource.address) :])))


def _part(found: re.Match[str]) -> str | int:
    """A list's position, or the name of an attribute or key; names that hold dots are quoted."""
    bare = found["bare"]
    if bare is None:
        return re.sub(r"\\(.)", r"\1", found["quoted"])
    return int(bare) if bare.isdecimal() else bare


def _explained(resource: Resource, path: Path) -> list[str]:
    subject = resource.address + "".join(map(_step, path))
    value = resource.get(*path)
    said = "is not set" if value is None else f"= {shown(value)}"
    steps = [f"{_INDENT}<- {step.what}  {step.place}" for step in resource.trace.steps(path)]
    return [f"{subject} {said}  {resource.trace.place(path)}", *steps]


def _step(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if part.replace("-", "_").isidentifier() else f"[{_quoted(part)}]"
