"""``validation`` blocks of variables, checked once everything has its value."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.model import Place
from bbws_gate.terraform.configuration.inputs import Given
from bbws_gate.terraform.expand.address import joined
from bbws_gate.terraform.expand.conditions import broken
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.syntax import Block


def check_validations(evaluation: Evaluation, given: Mapping[str, Given], guard: Guard) -> None:
    """Reports VAR002 for every rule that a variable's value certainly breaks; a rule that cannot be decided says nothing."""
    for instances in evaluation.instances.values():
        for instance in instances:
            for name, block in instance.module.variables.items():
                for rule in block.body.blocks_of("validation"):
                    subject = joined(instance.node.address, f"var.{name}")
                    message = broken(rule, instance.scope, f"{subject}.validation", guard)
                    if message is not None:
                        text = f"{subject}: {message} (the rule stands at {rule.span.place})"
                        guard.add("VAR002", text, _given_place(instance, name, block, given))


def _given_place(instance: ModuleInstance, name: str, block: Block, given: Mapping[str, Given]) -> Place:
    if instance.node.call is not None:
        attribute = instance.node.call.body.attribute(name)
        return block.header.place if attribute is None else attribute.span.place
    value = given.get(name)
    return block.header.place if value is None or value.place is None else value.place
