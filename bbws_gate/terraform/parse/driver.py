"""The shift-reduce loop: tokens and tables in, a tree out.

The same decisions as Lark's LALR parser makes with these tables, without its per-token objects: several times faster.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bbws_gate.terraform.parse.grammar import Grammar
from bbws_gate.terraform.parse.tokens import END, Tokens

Action = Callable[[list[Any]], Any]
"""Makes the value of a nonterminal from the values of its symbols; a token's value is its index."""


class Unexpected(Exception):
    """No rule takes the token ``index`` in ``state``."""

    def __init__(self, index: int, state: int) -> None:
        super().__init__(index, state)
        self.index = index
        self.state = state


def run(grammar: Grammar, tokens: Tokens, actions: list[Action]) -> Any:
    """The value of the whole text; ``actions`` follow ``grammar.actions``.

    Raises:
        Unexpected: the text is not of this grammar.
        whatever an action raises.
    """
    rows, gotos, rules, first_real = grammar.rows, grammar.gotos, grammar.rules, -grammar.passing
    kinds = tokens.kinds
    states = [0]
    values: list[Any] = []
    renamed: dict[tuple[int, int, int], int] = {}
    state = index = 0
    kind = kinds[0]
    while True:
        try:
            step = rows[state][kind]
        except KeyError:
            if state == grammar.end and kind == END:
                return values[0]
            raise Unexpected(index, state) from None
        if step >= 0:
            states.append(step)
            values.append(index)
            state = step
            index += 1
            kind = kinds[index]
        elif step < first_real:
            size, origin, action, picked = rules[-1 - step]
            if size:
                symbols = values[-size:]
                del values[-size:], states[-size:]
            else:
                symbols = []
            values.append(actions[action](symbols if picked is None else [symbols[position] for position in picked]))
            state = gotos[states[-1]][origin]
            states.append(state)
        else:
            # A chain of renamings (or_expr, and_expr, ...) always ends the same from here: remember where.
            key = (states[-2], state, kind)
            if key not in renamed:
                renamed[key] = _renamed(grammar, *key)
            state = states[-1] = renamed[key]


def _renamed(grammar: Grammar, below: int, state: int, kind: int) -> int:
    step = grammar.rows[state].get(kind, 0)
    while -grammar.passing <= step < 0:
        state = grammar.gotos[below][grammar.rules[-1 - step][1]]
        step = grammar.rows[state].get(kind, 0)
    return state
