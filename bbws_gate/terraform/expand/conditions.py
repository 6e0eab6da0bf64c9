"""``precondition`` and ``postcondition`` blocks, checked once everything has its value.

https://developer.hashicorp.com/terraform/language/expressions/custom-conditions.
The assertions of ``check`` blocks are left out: a failing one is a warning in Terraform.
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.types import BOOL, STRING
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate import BudgetExceeded, EvaluationError, Scope, evaluate
from bbws_gate.terraform.expand.address import joined, keyed
from bbws_gate.terraform.expand.evaluation import Evaluation, seen
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.syntax import Block, Expression


def check_conditions(evaluation: Evaluation, guard: Guard) -> None:
    """Reports EVL001 for every condition of a resource or output that certainly does not hold; one that cannot be decided says nothing."""
    for instances in evaluation.instances.values():
        for instance in instances:
            if instance.certain:
                for subject, rule, scope in [*_of_resources(instance), *_of_outputs(instance)]:
                    message = broken(rule, scope, f"{subject}.{rule.type}", guard)
                    if message is not None:
                        guard.add("EVL001", f"{subject}: its {rule.type} fails: {message}", rule.span.place)


def _of_resources(instance: ModuleInstance) -> Iterator[tuple[str, Block, Scope]]:
    """Each condition with the address of the instance that it is about; a postcondition knows that as ``self``."""
    for key, resources in instance.resources.items():
        rules = [
            rule
            for lifecycle in instance.module.resources[key].body.blocks_of("lifecycle")
            for kind in ("precondition", "postcondition")
            for rule in lifecycle.body.blocks_of(kind)
        ]
        if not rules or resources.repetition.reason:
            continue
        for found in resources.instances:
            address = keyed(resources.address, found.key)
            for rule in rules:
                itself = {"self": seen(key, found.content, address)} if rule.type == "postcondition" else {}
                yield address, rule, found.scope.binding(itself)


def _of_outputs(instance: ModuleInstance) -> Iterator[tuple[str, Block, Scope]]:
    for name, output in instance.module.outputs.items():
        for rule in output.body.blocks_of("precondition"):
            yield joined(instance.address, f"output.{name}"), rule, instance.scope


def broken(rule: Block, scope: Scope, subject: str, guard: Guard) -> str | None:
    """The error message of a rule whose condition is certainly false, else None; a condition that is no condition is a problem."""
    condition = argument(rule.body, "condition")
    if condition is None:
        guard.add("HCL005", f'{subject} needs the argument "condition"', rule.header.place)
        return None
    value = guard.value(condition, scope, subject)
    if value.raw is None:
        guard.add("EVL001", f"{subject}: the condition must be true or false, not null", condition.span.place)
        return None
    try:
        holds = convert(value, BOOL).raw
    except ConvertError as error:
        guard.add("EVL001", f"{subject}: invalid condition: {error}", condition.span.place)
        return None
    return _message(argument(rule.body, "error_message"), scope) if holds is False else None


def _message(expression: Expression | None, scope: Scope) -> str:
    if expression is None:
        return "the condition does not hold"
    try:
        value: Value = convert(evaluate(expression, scope), STRING)
    except (EvaluationError, BudgetExceeded, ConvertError):
        return "the condition does not hold, and the error message cannot be evaluated"
    if value.sensitive:
        return "the condition does not hold; the message holds sensitive values"
    return " ".join(value.raw.split()) if isinstance(value.raw, str) else "the condition does not hold"
