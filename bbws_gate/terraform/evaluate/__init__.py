"""From an expression and what it can see to a value, as HCL and Terraform evaluate it."""

from bbws_gate.terraform.evaluate.budget import Budget, BudgetExceeded
from bbws_gate.terraform.evaluate.expression import evaluate, literal_value
from bbws_gate.terraform.evaluate.failure import EvaluationError, UndeclaredReference
from bbws_gate.terraform.evaluate.scope import Scope

__all__ = ["Budget", "BudgetExceeded", "EvaluationError", "Scope", "UndeclaredReference", "evaluate", "literal_value"]
