"""Expressions evaluated: by the whole reader, or by the evaluator alone with the value as the language has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate import Budget, EvaluationError, Scope, evaluate
from bbws_gate.terraform.evaluate.render import function_context
from bbws_gate.terraform.parse import parse_native
from bbws_gate.terraform.read import read_stack
from bbws_gate.terraform.stack import Plain
from bbws_gate.terraform.syntax import Span

FIXTURES = Path(__file__).parent.parent / "data" / "fixtures"


class Refused(Exception):
    """The expression has no value; the text is the problem's."""


def _no_reference(words: tuple[str, ...], _: Span) -> Value:
    raise Refused(f"{words} refers to something")


@cache
def fixture_files() -> Mapping[str, bytes]:
    """The folder that the file functions read."""
    return {str(path.relative_to(FIXTURES)): path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.is_file()}


def read_output(expression: str, setup: str = "", files: Mapping[str, bytes] = {}) -> Plain:
    """What reading a module gives for an output with that value; Refused with the first problem's message."""
    content = f'{setup}\noutput "value" {{\n  value = {expression}\n}}\n'
    stack = read_stack(MemoryRepository({**files, "main.tf": content}), "")
    for problem in stack.problems:
        raise Refused(problem.message)
    return stack.outputs["value"]


def value_of(expression: str, files: Mapping[str, bytes] = {}, directory: str = "") -> Value:
    """The value of an expression without references; Refused with the error's message."""
    repository = MemoryRepository(files)
    budget = Budget()
    context = function_context(repository, directory, budget, repository.read)
    body = parse_native(f"value = {expression}\n".encode(), "test.tf").body
    assert body is not None
    try:
        return evaluate(body.attributes[0].value, Scope(_no_reference, context, budget))
    except EvaluationError as error:
        raise Refused(error.message) from error
