"""The grammar's tables, as the driver uses them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.parse.tokens import KEYWORDS, NAME, TERMINALS

FROZEN = Path(__file__).with_name("grammar.json")


class Rule(NamedTuple):
    """One production."""

    size: int
    """How many symbols it takes."""
    origin: int
    """The nonterminal that they become."""
    action: int
    """What makes the value: an index into ``actions``; 0 keeps the value of the one symbol."""
    picked: tuple[int, ...] | None
    """Which of the symbols have a value; None for all of them."""


class Grammar(NamedTuple):
    """LALR tables. State 0 is the start.

    In ``rows[state][kind]`` a number from 0 is the state that taking the token leads to; a negative one, ``-1 - r``, reduces by rule r.
    """

    rows: list[dict[int, int]]
    gotos: list[dict[int, int]]
    """``gotos[state][origin]``: the state after what has become ``origin``."""
    rules: list[Rule]
    actions: list[str]
    end: int
    """The state in which the end of the text is welcome."""
    settled: dict[tuple[int, int, int], int]
    """What the driver has found out about chains of renamings; see there."""


@lru_cache(maxsize=1)
def load() -> Grammar:
    """The frozen tables. They are those of the pinned python-hcl2: a test compares them with what it builds."""
    return thawed(json.loads(FROZEN.read_bytes()))


def thawed(frozen: dict[str, Any]) -> Grammar:
    """Tables from what :func:`bbws_gate.terraform.parse.freeze.build` makes."""
    kinds = [TERMINALS.index(name) for name in frozen["terminals"]]
    rows = [{kinds[cell]: target for cell, target in zip(row[::2], row[1::2], strict=True)} for row in frozen["rows"]]
    for row in rows:
        if NAME in row:
            for kind in KEYWORDS.values():
                row.setdefault(kind, row[NAME])
    actions = ["pass", *sorted({rule[0] for rule in frozen["rules"]} - {"pass"})]
    return Grammar(
        rows=rows,
        gotos=[dict(zip(row[::2], row[1::2], strict=True)) for row in frozen["gotos"]],
        rules=[
            Rule(size, origin, actions.index(action), None if len(values) == size else tuple(values))
            for action, size, origin, values in frozen["rules"]
        ],
        actions=actions,
        end=frozen["end"],
        settled={},
    )
