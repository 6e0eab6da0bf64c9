"""Expressions evaluated: by the whole reader, or by the evaluator alone with the value as the language has it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.numbers import text as number_text
from bbws_gate.terraform.cty.types import DYNAMIC, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.evaluate import Budget, EvaluationError, Scope, evaluate
from bbws_gate.terraform.evaluate.render import function_context
from bbws_gate.terraform.parse import parse_native
from bbws_gate.terraform.read import read_stack
from bbws_gate.terraform.stack import Plain
from bbws_gate.terraform.syntax import Span

DATA = Path(__file__).parent.parent / "data"
FIXTURES = DATA / "fixtures"
UNKNOWN = "(unknown)"


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


def type_json(kind: Type) -> Any:
    """A type as Terraform's JSON has it."""
    if isinstance(kind, Primitive):
        return "dynamic" if kind is DYNAMIC else kind.name
    if isinstance(kind, TupleOf):
        return ["tuple", [type_json(element) for element in kind.elements]]
    if isinstance(kind, ObjectOf):
        return ["object", {name: type_json(part) for name, part in kind.attributes.items()}]
    return [{ListOf: "list", SetOf: "set", MapOf: "map"}[type(kind)], type_json(kind.element)]


def value_json(value: Value) -> Any:
    """A value as Terraform's JSON has it, numbers by their digits; UNKNOWN for what is not known."""
    raw = value.raw
    if isinstance(raw, Unknown):
        return UNKNOWN
    if isinstance(raw, tuple):
        return [value_json(part) for part in raw]
    if isinstance(raw, dict):
        return {name: value_json(part) for name, part in raw.items()}
    if isinstance(raw, (int, float, Fraction)) and not isinstance(raw, bool):
        return Decimal(number_text(raw))
    return raw


def with_decimals(tree: Any) -> Any:
    """Parsed JSON with numbers as :func:`value_json` gives them."""
    if isinstance(tree, dict):
        return {name: with_decimals(part) for name, part in tree.items()}
    if isinstance(tree, list):
        return [with_decimals(part) for part in tree]
    return Decimal(tree) if isinstance(tree, (int, Decimal)) and not isinstance(tree, bool) else tree
