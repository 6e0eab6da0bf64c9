"""``validation`` blocks of variables, checked once everything has its value."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.model import Place
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.types import BOOL, STRING
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.evaluate import BudgetExceeded, EvaluationError, evaluate
from bbws_gate.terraform.expand.address import joined
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.syntax import Block, Expression


def check_validations(evaluation: Evaluation, given: Mapping[str, Given], guard: Guard) -> None:
    """Reports VAR002 for every rule that a variable's value certainly breaks; a rule that cannot be decided says nothing."""
    for instances in evaluation.instances.values():
        for instance in instances:
            for name, block in instance.module.variables.items():
                for rule in block.body.blocks_of("validation"):
                    text = _broken(instance, name, rule, guard)
                    if text:
                        guard.add("VAR002", text, _given_place(instance, name, block, given))


def _broken(instance: ModuleInstance, name: str, rule: Block, guard: Guard) -> str:
    """What is wrong with the value, in the rule's words; empty when nothing is, or nothing can be told."""
    condition = argument(rule.body, "condition")
    subject = joined(instance.node.address, f"var.{name}")
    if condition is None:
        guard.add("HCL005", f"{subject}: a validation block needs a condition", rule.header.place)
        return ""
    value = guard.value(condition, instance.scope, f"{subject}.validation")
    if value.raw is None:
        guard.add("EVL001", f"{subject}: a validation condition must be true or false, not null", condition.span.place)
        return ""
    try:
        holds = convert(value, BOOL).raw
    except ConvertError as error:
        guard.add("EVL001", f"{subject}: invalid validation condition: {error}", condition.span.place)
        return ""
    if holds is not False:
        return ""
    return f"{subject}: {_message(argument(rule.body, 'error_message'), instance)} (the rule stands at {rule.span.place})"


def _message(expression: Expression | None, instance: ModuleInstance) -> str:
    if expression is None:
        return "its validation fails"
    try:
        value: Value = convert(evaluate(expression, instance.scope), STRING)
    except (EvaluationError, BudgetExceeded, ConvertError):
        return "its validation fails, and so does its error message"
    if value.sensitive:
        return "its validation fails; the message holds sensitive values"
    return " ".join(value.raw.split()) if isinstance(value.raw, str) else "its validation fails"


def _given_place(instance: ModuleInstance, name: str, block: Block, given: Mapping[str, Given]) -> Place:
    if instance.node.call is not None:
        attribute = instance.node.call.body.attribute(name)
        return block.header.place if attribute is None else attribute.span.place
    value = given.get(name)
    return block.header.place if value is None or value.place is None else value.place
