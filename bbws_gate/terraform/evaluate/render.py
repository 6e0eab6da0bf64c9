"""What the function library needs of the evaluator: rendering templates, reading tfvars text, and the budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bbws_gate.repository import Repository
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate.budget import Budget, BudgetExceeded
from bbws_gate.terraform.evaluate.expression import evaluate
from bbws_gate.terraform.evaluate.failure import EvaluationError, UndeclaredReference, UnreadFile
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.functions import Context, FileRefused, FunctionError
from bbws_gate.terraform.parse import ParseError, parse_native, parse_template
from bbws_gate.terraform.syntax import Span

_DEEPEST: Final = 16
"""Templates that render templates."""


def function_context(repository: Repository, root: str, budget: Budget, read_file: Callable[[str], bytes]) -> Context:
    """The context that every function call of one evaluation shares."""
    depth = 0

    def render(text: str, path: str, variables: Value, _is_string: bool) -> Value:
        nonlocal depth
        if depth >= _DEEPEST:
            raise BudgetExceeded(f"renders templates more than {_DEEPEST} deep")
        depth += 1
        try:
            return _render(text, path, variables, context, budget)
        finally:
            depth -= 1

    def decode_tfvars(text: str) -> Mapping[str, Value]:
        return _decoded(text, Scope(no_references, context, budget))

    context = Context(repository, root, render, budget.spend, read_file, decode_tfvars)
    return context


def _render(text: str, path: str, variables: Value, context: Context, budget: Budget) -> Value:
    given = variables.raw if isinstance(variables.raw, dict) else {}

    def lookup(words: tuple[str, ...], _: Span) -> Value:
        raise FunctionError(f'vars map does not contain key "{words[0]}", referenced in {path}')

    try:
        return evaluate(parse_template(text, path, 1), Scope(lookup, context, budget, dict(given)))
    except ParseError as error:
        raise FunctionError(f"{path}: {error}") from error
    except UnreadFile as error:
        raise FileRefused(f"{path}:{error.span.line}: {error.message}", None, error.code) from error
    except EvaluationError as error:
        raise FunctionError(f"{path}:{error.span.line}: {error.message}") from error


def _decoded(text: str, constants: Scope) -> dict[str, Value]:
    parsed = parse_native(text.encode("utf-8", "replace"), "")
    if parsed.body is None or parsed.body.blocks:
        raise ValueError(parsed.problems[0].message if parsed.problems else "blocks are not allowed here")
    try:
        return {attribute.name: evaluate(attribute.value, constants) for attribute in parsed.body.attributes}
    except EvaluationError as error:
        raise ValueError(error.message) from error


def no_references(words: tuple[str, ...], span: Span) -> Value:
    """The lookup of a place where only constants may stand."""
    raise UndeclaredReference(f"{'.'.join(words)}: references are not allowed here, only constant values", span)
