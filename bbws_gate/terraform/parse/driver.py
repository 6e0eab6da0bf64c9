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
    rows, rules, settled = grammar.rows, grammar.rules, grammar.settled
    kinds = tokens.kinds
    states = [0]
    values: list[Any] = []
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
            continue
        size, origin, action, picked = rules[-1 - step]
        if size == 1:
            if action:
                values[-1] = actions[action](values[-1:] if picked is None else [])
            states.pop()
        elif size:
            symbols = values[-size:]
            del values[-size:], states[-size:]
            values.append(actions[action](symbols if picked is None else [symbols[position] for position in picked]))
        else:
            values.append(actions[action]([]))
        # After what has become `origin` a chain of renamings (or_expr, and_expr, ...) may follow, which always ends the same.
        key = (states[-1], origin, kind)
        try:
            state = settled[key]
        except KeyError:
            state = settled[key] = _settled(grammar, *key)
        states.append(state)


def _settled(grammar: Grammar, below: int, origin: int, kind: int) -> int:
    """The state after ``origin`` on top of ``below``, once all renamings are done that come before ``kind``."""
    while True:
        state = grammar.gotos[below][origin]
        step = grammar.rows[state].get(kind, 0)
        if step >= 0 or grammar.rules[-1 - step].action:
            return state
        origin = grammar.rules[-1 - step].origin
