"""Why an expression has no value."""

from __future__ import annotations

from bbws_gate.terraform.syntax import Span


class EvaluationError(Exception):
    """Terraform refuses the expression; ``try`` and ``can`` catch it. ``code`` is the problem's."""

    def __init__(self, message: str, span: Span, code: str = "EVL001") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.code = code


class Uncatchable(EvaluationError):
    """An error that ``try`` and ``can`` do not see."""


class UndeclaredReference(Uncatchable):
    """A reference to something that the module does not declare. Terraform finds it before evaluating."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message, span, "EVL005")


class UnreadFile(Uncatchable):
    """A file that Terraform would read and this reader will not: whether ``try`` would succeed is not known."""
