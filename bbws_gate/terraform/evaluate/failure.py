"""Why an expression has no value."""

from __future__ import annotations

from bbws_gate.terraform.syntax import Span


class EvaluationError(Exception):
    """Terraform refuses the expression; ``try`` and ``can`` catch it."""

    code = "EVL001"

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class UndeclaredReference(EvaluationError):
    """A reference to something that the module does not declare. Terraform finds it before evaluating, so ``try`` does not help."""

    code = "EVL005"
