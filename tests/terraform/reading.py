"""Reads small configurations from memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bbws_gate.repository import MemoryRepository
from bbws_gate.terraform import read_stack
from bbws_gate.terraform.stack import Plain, SensitiveValue, Stack, UnknownValue

ROOT = "tf"


def read(
    files: str | Mapping[str, str | bytes],
    *,
    var_files: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
    workspace: str = "default",
    backend_files: Sequence[str] = (),
    plan: bytes | None = None,
    links: Iterable[str] = (),
) -> Stack:
    """The stack of the root module in ``tf``; a text stands for its ``main.tf``."""
    found = {f"{ROOT}/main.tf": files} if isinstance(files, str) else files
    return read_stack(
        MemoryRepository(found, links=links),
        ROOT,
        var_files=var_files,
        variables=variables or {},
        workspace=workspace,
        backend_files=backend_files,
        plan=plan,
    )


def output(expression: str, setup: str = "", files: Mapping[str, str | bytes] | None = None) -> Plain:
    """The value of an expression in a root module with ``setup`` beside it; its problems are put in the way of a wrong test."""
    stack = read({f"{ROOT}/main.tf": f'{setup}\noutput "value" {{\n  value = {expression}\n}}\n', **(files or {})})
    return stack.outputs["value"]


def errors(expression: str, setup: str = "") -> list[str]:
    """``CODE message`` of every problem that an expression causes."""
    return messages(read(f'{setup}\noutput "value" {{\n  value = {expression}\n}}\n'))


def messages(stack: Stack) -> list[str]:
    """``CODE message`` of every problem, in order."""
    return [f"{problem.code} {problem.message}" for problem in stack.problems]


def places(stack: Stack) -> list[tuple[str, str]]:
    """Code and place of every problem, in order."""
    return [(problem.code, str(problem.place)) for problem in stack.problems]


def bare(value: Plain) -> object:
    """``value`` with every unknown as ``"?"`` and every sensitive part as ``"*"``, to compare shapes."""
    if isinstance(value, UnknownValue):
        return "?"
    if isinstance(value, SensitiveValue):
        return "*"
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, dict):
        return {name: bare(item) for name, item in value.items()}
    return value
