"""Evaluation that cannot fail: an error becomes a problem with its place, and an unknown that carries the error's text."""

from __future__ import annotations

from typing import final

from bbws_gate.model import Place
from bbws_gate.terraform.cty.types import TooComplex
from bbws_gate.terraform.cty.values import Value, unknown
from bbws_gate.terraform.evaluate import Budget, BudgetExceeded, EvaluationError, Scope, UndeclaredReference, evaluate
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Expression


@final
class Guard:
    """Collects problems, each once, however many instances run into it."""

    __slots__ = ("_exhausted", "_foreseen", "_seen", "_undeclared", "budget", "problems")

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.problems: list[Problem] = []
        self._seen: set[Problem] = set()
        self._exhausted = ""
        self._undeclared: set[tuple[str, Place]] = set()
        self._foreseen: dict[tuple[str, int], EvaluationError] = {}

    def add(self, code: str, message: str, place: Place) -> None:
        """Records a problem unless it is recorded already."""
        problem = Problem(code, message, place)
        if problem not in self._seen:
            self._seen.add(problem)
            self.problems.append(problem)

    def value(self, expression: Expression, scope: Scope, subject: str) -> Value:
        """The value of ``expression``, which belongs to ``subject`` (``local.names``, ``aws_s3_bucket.logs.bucket``)."""
        try:
            return evaluate(expression, scope)
        except EvaluationError as raised:
            error = self._foreseen.get((raised.span.path, raised.span.start), raised)
            if not self._is_reported(error):
                self.add(error.code, f"{subject}: {error.message}", error.span.place)
            return unknown(f"{subject} cannot be evaluated: {error.message}")
        except (BudgetExceeded, TooComplex) as error:
            return self.exceeded(str(error), subject, expression.span.place)
        except RecursionError:
            return self.exceeded("is nested too deeply", subject, expression.span.place)

    def _is_reported(self, error: EvaluationError) -> bool:
        """Whether the check of all references has named this one already."""
        return isinstance(error, UndeclaredReference) and (error.code, error.span.place) in self._undeclared

    def foresee(self, error: EvaluationError) -> None:
        """Better words for an error that evaluating the reference at that place will raise, if it is evaluated at all."""
        self._foreseen[error.span.path, error.span.start] = error

    def add_undeclared(self, error: EvaluationError) -> None:
        """Records a reference that means nothing, wherever it stands and whether or not it is evaluated."""
        self.add(error.code, error.message, error.span.place)
        self._undeclared.add((error.code, error.span.place))

    @property
    def is_exhausted(self) -> bool:
        """Whether the budget of steps is used up, which is reported: nothing that follows from it needs to be."""
        return bool(self._exhausted)

    def exceeded(self, why: str, subject: str, place: Place) -> Value:
        """The unknown that stands for a value beyond the budget; a budget that is used up altogether is reported once."""
        if self._exhausted:
            return unknown(self._exhausted)
        self.add("EVL004", f"{subject} {why}", place)
        if self.budget.steps < 0:
            self._exhausted = f"evaluation stopped at {subject}, which {why}"
        return unknown(f"{subject} {why}")
