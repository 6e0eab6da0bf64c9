"""What the function library needs of the evaluator: rendering templates, reading tfvars text, and the budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bbws_gate.repository import Repository
from bbws_gate.terraform import parse
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate.budget import Budget, BudgetExceeded
from bbws_gate.terraform.evaluate.expression import evaluate
from bbws_gate.terraform.evaluate.failure import EvaluationError, UnreadFile
from bbws_gate.terraform.evaluate.references import references
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.functions import Context, FileRefused, FunctionError
from bbws_gate.terraform.syntax import Expression, Span

_DEEPEST: Final = 16
"""Templates that render templates."""


def function_context(repository: Repository, root: str, budget: Budget, read_file: Callable[[str], bytes]) -> Context:
    """The context that every function call of one evaluation shares."""
    renderer = _Renderer(budget)
    renderer.context = Context(repository, root, renderer.render, budget.spend, read_file, renderer.decode_tfvars)
    return renderer.context


class _Renderer:
    """Evaluates templates with their own variables and nothing else."""

    context: Context
    """Set once it is made: it needs this object's methods."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._depth = 0
        self._parsed: dict[tuple[str, str], Expression] = {}
        """One template is often rendered for many instances."""

    def render(self, text: str, path: str, variables: Value, _is_string: bool) -> Value:
        """The value of a template; raises FunctionError with the place inside it."""
        if self._depth >= _DEEPEST:
            raise BudgetExceeded(f"renders templates more than {_DEEPEST} deep")
        self._depth += 1
        try:
            return self._rendered(text, path, variables.raw if isinstance(variables.raw, dict) else {})
        finally:
            self._depth -= 1

    def _rendered(self, text: str, path: str, variables: Mapping[str, Value]) -> Value:
        def missing(words: tuple[str, ...], span: Span) -> Value:
            raise FunctionError(f'vars map does not contain key "{words[0]}", referenced at {path}:{span.line}')

        try:
            template = self._parse(text, path)
            for reference in references(template, frozenset(variables)):
                # Terraform looks for them before it renders anything.
                missing(reference.words, reference.span)
            return evaluate(template, Scope(missing, self.context, self._budget, dict(variables)))
        except parse.ParseError as error:
            raise FunctionError(f"{path}: {error}") from error
        except UnreadFile as error:
            raise FileRefused(f"{path}:{error.span.line}: {error.message}", None, error.code) from error
        except EvaluationError as error:
            raise FunctionError(f"{path}:{error.span.line}: {error.message}") from error

    def _parse(self, text: str, path: str) -> Expression:
        known = self._parsed.get((path, text))
        if known is None:
            known = self._parsed[path, text] = parse.parse_template(text, path, 1)
        return known

    def decode_tfvars(self, text: str) -> Mapping[str, Value]:
        """The values of a tfvars text; raises ValueError with what is wrong."""
        parsed = parse.parse_native(text.encode("utf-8", "replace"), "")
        if parsed.body is None or parsed.body.blocks:
            raise ValueError(parsed.problems[0].message if parsed.problems else "blocks are not allowed here")
        constants = Scope.of_constants(self.context, self._budget)
        try:
            return {attribute.name: evaluate(attribute.value, constants) for attribute in parsed.body.attributes}
        except EvaluationError as error:
            raise ValueError(error.message) from error
