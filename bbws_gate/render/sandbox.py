"""Where a team's own templates run: Jinja's immutable sandbox, and bounds on steps, time, text and what may be called.

Jinja's own sandbox keeps a template away from Python's internals; it does not keep it from running for a day or filling the memory
(https://jinja.palletsprojects.com/en/stable/sandbox/). So only the filters and tests that pages need are there, text has only the methods
that cannot make it much longer, every turn of a loop counts, and joined text has a limit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.nodes import Template as Tree
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MAX_STEPS = 300_000
"""Turns of all loops and calls of macros in one page."""
MAX_SECONDS = 20.0
MAX_TEXT = 200_000
"""Characters that an expression of a template may put together; a page is written piece by piece."""
MAX_OUTPUT = 20_000_000
"""Characters of one page."""

_KEPT_FILTERS = ("capitalize", "default", "first", "groupby", "int", "last", "length", "list", "lower", "map", "max", "min")
_MORE_FILTERS = (
    "reject",
    "rejectattr",
    "reverse",
    "round",
    "select",
    "selectattr",
    "slice",
    "sort",
    "string",
    "sum",
    "title",
    "unique",
    "upper",
)
LAYOUT: Final[dict[str, Any]] = {
    "undefined": StrictUndefined,
    # Escaping for HTML is not what keeps Markdown safe: it makes macros return what `finalize` recognises.
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}
"""How templates are read, a team's and ours."""
_TEXT_METHODS = frozenset(
    {"capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit", "islower", "isupper", "lower"}
    | {"lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith"}
    | {"strip", "title", "upper"}
)
_DATE_PARTS = frozenset({"year", "month", "day", "isoformat", "weekday", "isoweekday"})
_STEP, _JOIN = "_step", "_join"


class Meter:
    """Counts what one page has used up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.start()

    def start(self) -> None:
        """Begin a page."""
        self._steps = 0
        self._until = self._clock() + MAX_SECONDS

    def step(self) -> Markup:
        """One turn of a loop, or one call of a macro.

        Raises:
            TemplateError: there were too many, or they took too long.
        """
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TemplateError(f"more than {MAX_STEPS:,} turns of loops")
        if self._steps % 256 == 0 and self._clock() > self._until:
            raise TemplateError(f"longer than {MAX_SECONDS:.0f} seconds")
        return Markup()


def furnish(environment: Environment, filters: Mapping[str, Callable[..., Markup]]) -> None:
    """Leave in an environment only what pages need: these filters, the harmless ones of Jinja's own, and a short ``range``."""
    kept = {name: environment.filters[name] for name in (*_KEPT_FILTERS, *_MORE_FILTERS)}
    environment.filters.clear()
    environment.filters.update({**kept, **filters})
    environment.globals.clear()
    environment.globals["range"] = _range


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The environment of pages that a team lays out itself, and of what their templates include."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader, filters: Mapping[str, Callable[..., Markup]], finalize: Callable[[object], object]) -> None:
        super().__init__(loader=loader, finalize=finalize, **LAYOUT)
        self.meter = Meter()
        furnish(self, filters)
        self.globals.update({_STEP: self.meter.step, _JOIN: _joined})

    def _parse(self, source: str, name: str | None, filename: str | None) -> Tree:
        """The syntax tree, with a count in every loop and macro and a bound on every ``~``."""
        tree = super()._parse(source, name, filename)
        for node in list(tree.find_all(nodes.Node)):
            if isinstance(node, (nodes.For, nodes.Macro, nodes.CallBlock)):
                node.body.insert(0, nodes.Output([_call(_STEP, [], node.lineno)], lineno=node.lineno))
        _replace_joins(tree)
        tree.set_environment(self)
        return tree

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Jinja's own rule, and of text and numbers only what cannot make much of little."""
        if isinstance(obj, str) and attr not in _TEXT_METHODS:
            return False
        if isinstance(obj, date) and attr not in _DATE_PARTS:
            return False
        if isinstance(obj, (bytes, int, float, Decimal)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> Callable[..., str] | None:
        """Nothing: ``format`` can pad to any width, so it is an unsafe attribute like others."""
        del value
        return None

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Arithmetic on numbers, ``+`` on short text and lists; nothing that grows."""
        del context
        if isinstance(left, (int, float)) and isinstance(right, (int, float)):
            if operator == "**" or abs(left) > 10**12 or abs(right) > 10**12:
                raise SecurityError("numbers this large are not calculated here")
            return self.binop_table[operator](left, right)
        if operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            if len(left) + len(right) > MAX_TEXT:
                raise SecurityError(f"more than {MAX_TEXT:,} characters or members put together")
            return self.binop_table[operator](left, right)
        raise SecurityError(f"{operator} is not for a {type(left).__name__} and a {type(right).__name__} here")


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > 10_000:
        raise SecurityError("range() of more than 10,000 numbers")
    return found


def _joined(*parts: object) -> str:
    texts = [str(part) for part in parts]
    if sum(map(len, texts)) > MAX_TEXT:
        raise SecurityError(f"more than {MAX_TEXT:,} characters put together")
    return "".join(texts)


def _call(name: str, arguments: Iterable[nodes.Expr], line: int) -> nodes.Call:
    return nodes.Call(nodes.Name(name, "load", lineno=line), list(arguments), [], None, None, lineno=line)


def _replace_joins(node: nodes.Node) -> None:
    """Every ``a ~ b`` becomes a call that looks at the length."""
    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, field, _bounded(value))
        elif isinstance(value, list):
            value[:] = [_bounded(each) if isinstance(each, nodes.Node) else each for each in value]


def _bounded(node: nodes.Node) -> nodes.Node:
    _replace_joins(node)
    return _call(_JOIN, node.nodes, node.lineno) if isinstance(node, nodes.Concat) else node
