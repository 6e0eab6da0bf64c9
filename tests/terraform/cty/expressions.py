"""Random constant expressions: each as Terraform's text and as what the modules under test make of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.json import decode, encode
from bbws_gate.terraform.cty.numbers import parse
from bbws_gate.terraform.cty.operators import binary, conditional, unary
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import FALSE, NULL, TRUE, Value, number, object_of, string, tuple_of, unknown


@dataclass(frozen=True)
class Case:
    """An expression's text, and its value by our own hand; ``value`` may raise."""

    text: str
    value: Callable[[], Value]


NUMBERS = ("0", "1", "2", "3", "7", "10", "1.5", "0.1", "2.25", "1e3", "1e-3", "123456789012345678901234567890", "12345678901", "1e21")
STRINGS = ("", "a", "b", "B", "é", "1", "2", "10", "true", "false", "TRUE", "1.50", "x y", "<&>", "\u2028", "😀", 'q"\\')
FUNCTIONS: dict[str, Type] = {
    "tolist": ListOf(DYNAMIC),
    "toset": SetOf(DYNAMIC),
    "tomap": MapOf(DYNAMIC),
    "tostring": STRING,
    "tonumber": NUMBER,
    "tobool": BOOL,
}


def seeded(seed: int) -> random.Random:
    """The same choices every time."""
    return random.Random(seed)  # noqa: S311 - not for secrets


FLAVOURS = ("n", "nz", "s", "sz", "ns", "nsz", "b", "nnnsssbz", "bs")
"""Kinds of leaves that one expression draws from; few of them at a time, so that conversions succeed often enough."""


def leaf(rng: random.Random, flavour: str = "nnnsssbz") -> Case:
    kind = rng.choice(flavour)
    if kind == "n":
        text = rng.choice(NUMBERS)
        return Case(text, lambda: number(parse(text)))
    if kind == "s":
        chosen = rng.choice(STRINGS)
        return Case(json.dumps(chosen, ensure_ascii=False).replace("${", "$${"), lambda: string(chosen))
    if kind == "u":
        return Case("terraform_data.u.id", lambda: unknown("known after apply", STRING, not_null=True))
    if kind == "b":
        truth = rng.random() < 0.5
        return Case("true" if truth else "false", lambda: TRUE if truth else FALSE)
    return Case("null", lambda: NULL)


def data(rng: random.Random, depth: int = 2, flavour: str = "", calls: bool = True) -> Case:
    """Literals in tuples and objects, with conversion functions here and there."""
    flavour = flavour or rng.choice(FLAVOURS)
    if depth == 0 or rng.random() < 0.2:
        return leaf(rng, flavour)
    shape = rng.choice(["tuple", "tuple", "object", "object", "call"] if calls else ["tuple", "object"])
    count = rng.choice([0, 1, 2, 2, 3])
    below = rng.choice([0, depth - 1])
    first = data(rng, below, flavour, calls)
    parts = [first if rng.random() < 0.3 else data(rng, below, flavour, calls) for _ in range(count)]
    if shape == "tuple":
        return _tuple(parts)
    if shape == "object":
        return _object(rng.sample(["a", "b", "c", "1"], count), parts)
    function = rng.choice(["tolist", "toset", "tomap"])
    inner = _object(["a", "b", "c"][:count], parts) if function == "tomap" else _tuple(parts)
    return Case(f"{function}({inner.text})", lambda: convert(inner.value(), FUNCTIONS[function]))


def _tuple(parts: list[Case]) -> Case:
    return Case(f"[{', '.join(part.text for part in parts)}]", lambda: tuple_of(tuple(part.value() for part in parts)))


def _object(names: list[str], parts: list[Case]) -> Case:
    named = dict(zip(names, parts, strict=True))
    text = ", ".join(f'"{name}" = {part.text}' for name, part in named.items())
    return Case(f"{{{text}}}", lambda: object_of({name: part.value() for name, part in named.items()}))


def expression(rng: random.Random) -> Case:
    kind = rng.choice(["operator", "operator", "conditional", "conditional", "function", "function", "json", "unary", "equal"])
    if kind == "operator":
        op = rng.choice(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "&&", "||"])
        one, other = leaf(rng), leaf(rng)
        return Case(f"{one.text} {op} {other.text}", lambda: binary(op, one.value(), other.value()))
    if kind == "equal":
        op = rng.choice(["==", "!="])
        one = data(rng)
        other = one if rng.random() < 0.3 else data(rng)
        return Case(f"{one.text} {op} {other.text}", lambda: binary(op, one.value(), other.value()))
    if kind == "conditional":
        flavour = rng.choice(FLAVOURS)
        truth, yes, no = rng.random() < 0.5, data(rng, 2, flavour), data(rng, 2, flavour)
        word = "true" if truth else "false"
        return Case(f"{word} ? {yes.text} : {no.text}", lambda: chosen_of(truth, yes, no))
    if kind == "unary":
        op, operand = rng.choice("!-"), leaf(rng)
        return Case(f"{op}{operand.text}", lambda: unary(op, operand.value()))
    inner = data(rng, 3)
    if kind == "json":
        return Case(f"jsondecode(jsonencode({inner.text}))", lambda: decode(encode(inner.value())))
    function = rng.choice(list(FUNCTIONS))
    return Case(f"{function}({inner.text})", lambda: convert(inner.value(), FUNCTIONS[function]))


def constraint(rng: random.Random, depth: int = 2) -> tuple[str, Type]:
    """A random type constraint, as text and as type."""
    if depth == 0 or rng.random() < 0.3:
        kind: Type
        name, kind = rng.choice([("string", STRING), ("number", NUMBER), ("bool", BOOL), ("any", DYNAMIC)])
        return name, kind
    word = rng.choice(["list", "set", "map", "object", "object", "tuple"])
    if word == "object":
        names = rng.sample(["a", "b", "c"], rng.choice([1, 2]))
        parts = [constraint(rng, depth - 1) for _ in names]
        optional = frozenset(name for name in names if rng.random() < 0.6)
        text = ", ".join(
            f"{name} = optional({part[0]})" if name in optional else f"{name} = {part[0]}" for name, part in zip(names, parts, strict=True)
        )
        return f"object({{{text}}})", ObjectOf({name: part[1] for name, part in zip(names, parts, strict=True)}, optional)
    if word == "tuple":
        parts = [constraint(rng, depth - 1) for _ in range(rng.choice([1, 2]))]
        return f"tuple([{', '.join(part[0] for part in parts)}])", TupleOf(tuple(part[1] for part in parts))
    text, element = constraint(rng, depth - 1)
    collections: dict[str, Callable[[Type], Type]] = {"list": ListOf, "set": SetOf, "map": MapOf}
    return f"{word}({text})", collections[word](element)


def chosen_of(truth: bool, yes: Case, no: Case) -> Value:
    """A conditional; a branch that fails is unknown, which matters only when it is chosen."""
    values: list[Value] = []
    for wanted, branch in ((truth, yes), (not truth, no)):
        try:
            values.append(branch.value())
        except ConvertError:
            if wanted:
                raise
            values.append(unknown("fails"))
    return conditional(TRUE if truth else FALSE, *values)


def type_json(kind: Type) -> Any:
    """The type as Terraform writes it in plans."""
    if isinstance(kind, Primitive):
        return "dynamic" if kind is DYNAMIC else kind.name
    if isinstance(kind, ObjectOf):
        return ["object", {name: type_json(part) for name, part in kind.attributes.items()}]
    if isinstance(kind, TupleOf):
        return ["tuple", [type_json(part) for part in kind.elements]]
    return [kind.word, type_json(kind.element)]
