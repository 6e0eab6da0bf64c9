"""Random expressions that mostly make sense: what a function takes gets an argument of about that kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from hypothesis import strategies as st

from tests.terraform.differential.patterns import HIDDEN, LITERALS, PATTERNS, REFERENCES, Kind, lines, words

Choose: TypeAlias = Callable[[int], int]
"""A number below the given one."""

_LITERALS = {kind: words(text) for kind, text in LITERALS.items()}
_REFERENCES = {kind: words(text) for kind, text in REFERENCES.items()}
_HIDDEN = {kind: words(text) for kind, text in HIDDEN.items()}
_PATTERNS = {kind: lines(text) for kind, text in PATTERNS.items()}
_KINDS = tuple(_PATTERNS)
_PLACEHOLDER = re.compile(r"\$([a-z]{3,})")


@st.composite
def expressions(draw: st.DrawFn, *, hidden: bool = False) -> str:
    """An expression of some kind; with ``hidden``, sensitive and unknown values are among its leaves."""
    return expression(lambda count: draw(st.integers(0, count - 1)), hidden=hidden)


def expression(choose: Choose, *, depth: int = 3, hidden: bool = False) -> str:
    """The expression that the choices lead to; choosing 0 makes it short."""
    return _written(choose, _KINDS[choose(len(_KINDS))], depth, hidden)


def _written(choose: Choose, kind: Kind, depth: int, hidden: bool) -> str:
    astray = kind == "any" or choose(30) == 29
    wanted = _KINDS[choose(len(_KINDS))] if astray else kind
    choice = choose(10)
    if depth <= 0 or choice < 2:
        leaves = _leaves(wanted, choose(10), hidden)
        return leaves[choose(len(leaves))]
    patterns = _PATTERNS[wanted]
    pattern = patterns[choose(len(patterns))]
    text = _PLACEHOLDER.sub(lambda found: _operand(_written(choose, found[1], depth - 1, hidden)), pattern)
    return f"({text})" if choice == 9 else text


def _leaves(kind: Kind, choice: int, hidden: bool) -> tuple[str, ...]:
    if hidden and choice > 6:
        return _HIDDEN[kind]
    return _LITERALS[kind] if choice < 4 else _REFERENCES[kind]


def _operand(text: str) -> str:
    """``text``, in parentheses when what surrounds it might bind tighter."""
    return text if re.fullmatch(r"\w+|\"[^\"]*\"|[a-z][\w.]*(\([^()]*\))?", text) else f"({text})"
