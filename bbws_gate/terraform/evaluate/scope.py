"""What an expression can see: names bound around it, the module's objects, functions and the budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, final

from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate.budget import Budget
from bbws_gate.terraform.evaluate.failure import UndeclaredReference
from bbws_gate.terraform.functions.base import Context
from bbws_gate.terraform.syntax import Span

Lookup: TypeAlias = Callable[[tuple[str, ...], Span], Value]
"""The value of ``("var", "region")``, ``("aws_s3_bucket", "logs")`` or ``("data", "aws_region", "current")``; raises
:class:`~bbws_gate.terraform.evaluate.failure.EvaluationError`."""


@final
class Scope:
    """The surroundings of an expression. ``bindings`` are ``for`` variables, dynamic block iterators, ``each``, ``count`` and ``self``."""

    __slots__ = ("bindings", "budget", "constant", "context", "lookup")

    def __init__(self, lookup: Lookup, context: Context, budget: Budget, bindings: dict[str, Value] | None = None) -> None:
        self.constant = False
        """Whether only constant values may stand here: in tfvars files, defaults and backend settings not even functions are."""
        self.lookup = lookup
        self.context = context
        self.budget = budget
        self.bindings = {} if bindings is None else bindings

    @classmethod
    def of_constants(cls, context: Context, budget: Budget) -> Scope:
        """The scope of a place where nothing may be referred to or called."""
        scope = cls(_no_reference, context, budget)
        scope.constant = True
        return scope

    def binding(self, added: dict[str, Value]) -> Scope:
        """A scope in which ``added`` is visible too; it may be changed without changing this one."""
        inner = Scope(self.lookup, self.context, self.budget, {**self.bindings, **added})
        inner.constant = self.constant
        return inner


def _no_reference(words: tuple[str, ...], span: Span) -> Value:
    raise UndeclaredReference(f"{'.'.join(words)}: references are not allowed here, only constant values", span)
