"""The frozen tables are python-hcl2's, and our loop derives with them what Lark derives.

That the direct reader makes the tree of the tables says ``test_direct``.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import hcl2.parser
import pytest
from hypothesis import assume, given, settings
from lark import Token, Tree, UnexpectedInput

from bbws_gate.terraform.parse import driver, freeze, grammar, parse_native
from bbws_gate.terraform.parse.scanner import Scanner
from bbws_gate.terraform.parse.tokens import TERMINALS, Tokens

from .printing import printed
from .test_properties import expressions
from .test_terraform_agrees import mutated

FIXTURES = sorted([*Path(__file__).with_name("fixtures").glob("*.tf"), *Path(__file__).parents[3].glob("examples/**/*.tf")])


def test_frozen_tables__are_those_of_the_installed_python_hcl2() -> None:
    assert json.loads(grammar.FROZEN.read_text(encoding="utf-8")) == freeze.build()


def test_terminals__are_all_known() -> None:
    terminals = json.loads(grammar.FROZEN.read_text(encoding="utf-8"))["terminals"]
    assert set(terminals) <= set(TERMINALS)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: "/".join(path.parts[-4:]))
def test_derivation__is_the_one_of_lark(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _ours(text) == _larks(hcl2.parser.parser().parse(text))


@pytest.mark.parametrize("seed", range(4))
def test_derivation_of_mutated_files__is_the_one_of_lark(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    texts = [path.read_text(encoding="utf-8") for path in FIXTURES]
    compared = 0
    for text in [mutated(chance.choice(texts), chance) for _ in range(300)]:
        if text.isascii() and parse_native(text.encode(), "x.tf").body is not None:
            try:
                expected = _larks(hcl2.parser.parser().parse(text))
            except UnexpectedInput:
                continue  # what HCL takes and python-hcl2 does not
            assert _ours(text) == expected
            compared += 1
    assert compared > 5


@given(expressions.map(printed))
@settings(max_examples=80, deadline=None)
def test_derivation_of_generated_expressions__is_the_one_of_lark(expression: str) -> None:
    # Escaped sequences and runs of negations are spelled in other tokens there.
    assume(expression.isascii() and "$$" not in expression and "%%" not in expression)
    text = f"x = {expression}\n"
    try:
        expected = _larks(hcl2.parser.parser().parse(text))
    except UnexpectedInput:
        assume(False)
    assert _ours(text) == expected


def _ours(text: str) -> Any:
    tables = grammar.load()
    tokens = Scanner("x.tf", text).file()
    return driver.run(tables, tokens, [_action(name, tokens) for name in tables.actions])


def _action(name: str, tokens: Tokens) -> driver.Action:
    """Makes a plain derivation: the rule's name and what is in it, tokens as their text."""

    def build(symbols: list[Any]) -> Any:
        parts = [_spelled(tokens.source(symbol)) if isinstance(symbol, int) else symbol for symbol in symbols]
        if name in {"pass", "begin_list", "reference", "constant", "number", "string_term"}:
            return parts if name == "begin_list" else parts[0]
        if name == "continue_list":
            return [*parts[0], *parts[1:]]
        flat = [item for part in parts for item in (part if isinstance(part, list) else [part])]
        return ({"parentheses": "expr_term", "tuple_cons": "tuple", "object_cons": "object"}.get(name, name), *flat)

    return build


def _spelled(text: str) -> Any:
    # A name after a dot is one token for us and a rule of two for python-hcl2.
    return ("get_attr", ".", text[1:]) if text.startswith(".") and text[1:].isidentifier() else text


def _larks(tree: Tree[Token]) -> Any:
    if tree.data == "string" and all(part.data == "string_part" for part in tree.children[1:-1] if isinstance(part, Tree)):
        parts = [part.children[0] for part in tree.children[1:-1] if isinstance(part, Tree)]
        if all(isinstance(part, Token) and part.type == "STRING_CHARS" for part in parts):
            return '"' + "".join(map(str, parts)) + '"'
    children: list[Any] = []
    for child in tree.children:
        if isinstance(child, Token):
            text = str(child).strip()
            children += [text] if child.type != "COMMA" else []
        elif child.data != "new_line_or_comment":
            children.append(_larks(child))
    name = str(tree.data)
    return children[0] if name in {*freeze.PASSED_ON, "float_lit"} and len(children) == 1 else (name, *children)
