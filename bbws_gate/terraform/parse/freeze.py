"""Makes ``grammar.json``: the tables of python-hcl2's LALR grammar, ready for :mod:`bbws_gate.terraform.parse.driver`.

Run ``python -m bbws_gate.terraform.parse.freeze`` after changing the pinned version of python-hcl2; a test fails when the file is stale.
Building the tables takes Lark seconds (its own cache lies in site-packages, which may be read-only), loading them takes milliseconds.

What is changed on the way:

* newlines follow HCL's rules instead of python-hcl2's, which lets two items share a line and an expression go on over a line break outside
  brackets (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md); inside brackets, where HCL ignores them, the scanner drops them;
* a shift that can only be followed by a reduction without meaning of its own (``identifier : NAME``) goes straight to the state after it;
* two terminals are added, for what the scanner has already recognised as a whole: ``STRING`` (a string without sequences) stands for the
  nonterminal ``string``, ``ATTRIBUTE`` (``.name``) for ``get_attr``;
* terminals that the scanner never produces, and states that can then not be reached, are dropped.
"""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.parse.grammar import FROZEN

NOT_PRODUCED = frozenset(
    [
        "COLONS",
        "ESCAPED_DIRECTIVE",
        "ESCAPED_INTERPOLATION",
        "FLOAT_LITERAL",
        "HEREDOC_TEMPLATE",
        "HEREDOC_TEMPLATE_TRIM",
        "STRIP_MARKER",
        "TEMPLATE_STRING",
    ]
)
ADDED = {"STRING": ("DBLQUOTE", "string"), "ATTRIBUTE": ("DOT", "get_attr")}
NEWLINE = "NL_OR_COMMENT"
NEWLINE_AFTER = frozenset({"", "__body_star_0", "LBRACE", "object_elem", "COMMA"})
"""Symbols that a newline token may follow; the empty one is the start of the file."""
ENDS_BEFORE = {
    "attribute": frozenset({NEWLINE, "RBRACE", "$END"}),
    "block": frozenset({NEWLINE, "RBRACE", "$END"}),
    "object_elem": frozenset({NEWLINE, "RBRACE", "COMMA"}),
}
"""What must stand between an item of a body or object and the next one."""
WITHOUT_VALUE = frozenset({"new_line_or_comment", "COMMA"})
TERMS = {
    "LPAR": "parentheses",
    "int_lit": "number",
    "identifier": "reference",
    "literal_value": "constant",
    "string": "string_term",
}
RENAMED = {"tuple": "tuple_cons", "object": "object_cons"}
PASSED_ON = frozenset(
    [
        "__new_line_or_comment_plus_2",
        "_attribute_name",
        "binary_operator",
        "expr_term",
        "expression",
        "identifier",
        "index",
        "int_lit",
        "keyword",
        "literal_value",
        "or_expr",
        "and_expr",
        "eq_expr",
        "rel_expr",
        "add_expr",
        "mul_expr",
        "new_line_or_comment",
        "string_part",
        "unary_expr",
    ]
)


class Rule(NamedTuple):
    """One production: what to call, how many symbols it takes off the stack, what it becomes, and which of the symbols have a value."""

    action: str
    size: int
    origin: str
    values: tuple[int, ...]


def build() -> dict[str, Any]:
    """The tables of the installed python-hcl2, as they stand in ``grammar.json``."""
    import hcl2.parser

    lark = hcl2.parser.parser()
    table = lark.parser.parser._parse_table  # noqa: SLF001 - Lark has no public way to its tables
    (start,) = table.start_states.values()
    (end,) = table.end_states.values()
    return _Tables(table.states, start, end).frozen()


class _Tables:
    """Lark's table with states renumbered from the start, so that the same grammar gives the same file."""

    def __init__(self, states: dict[int, dict[str, Any]], start: int, end: int) -> None:
        self._rules: dict[Any, Rule] = {}
        self._shift: dict[int, dict[str, int]] = {}
        self._reduce: dict[int, dict[str, Rule]] = {}
        self._goto: dict[int, dict[str, int]] = {}
        for state, row in states.items():
            shifts = {name: target for name, (action, target) in row.items() if str(action) == "Shift"}
            self._goto[state] = {name: target for name, target in shifts.items() if not _is_terminal(name)}
            self._shift[state] = {name: target for name, target in shifts.items() if _is_terminal(name)}
            self._reduce[state] = {name: self._rule(rule) for name, (action, rule) in row.items() if str(action) == "Reduce"}
        self._start, self._end = start, end
        self._apply_newline_rules()

    def _apply_newline_rules(self) -> None:
        reached_by = {self._start: ""}
        for rows in (self._shift, self._goto):
            reached_by.update({target: name for row in rows.values() for name, target in row.items()})
        for state, symbol in reached_by.items():
            shift, reduce = self._shift[state], self._reduce[state]
            if symbol not in NEWLINE_AFTER and shift.pop(NEWLINE, None) is not None:
                self._goto[state].pop("__new_line_or_comment_plus_2", None)
                if self._goto[state].pop("new_line_or_comment", None) is not None and reduce:
                    # After an operation python-hcl2 takes the newline into the operation; in HCL it ends the statement.
                    (reduce[NEWLINE],) = set(reduce.values())
            if symbol == "FOR" and shift:
                # `for` right after a brace begins a for expression, always; python-hcl2 also takes it as a key.
                reduce.clear()
            if symbol == "new_line_or_comment":
                shift.pop("COMMA", None)
            if symbol in ENDS_BEFORE:
                for row in (shift, reduce):
                    for name in row.keys() - ENDS_BEFORE[symbol]:
                        del row[name]

    def _rule(self, rule: Any) -> Rule:
        if rule not in self._rules:
            symbols = [symbol.name for symbol in rule.expansion]
            values = tuple(index for index, name in enumerate(symbols) if name not in WITHOUT_VALUE)
            self._rules[rule] = Rule(_action(rule.alias or rule.origin.name, symbols), len(symbols), rule.origin.name, values)
        return self._rules[rule]

    def _after(self, state: int, target: int) -> int:
        """Where a shift or goto from ``state`` to ``target`` ends once reductions without meaning of their own are done."""
        while not self._shift[target]:
            rules = set(self._reduce[target].values())
            rule = rules.pop() if len(rules) == 1 else None
            if rule is None or rule.action != "pass":
                break
            target = self._goto[state][rule.origin]
        return target

    def _row(self, state: int) -> dict[str, int | Rule]:
        row: dict[str, int | Rule] = {name: self._after(state, target) for name, target in self._shift[state].items()}
        row.update(self._reduce[state])
        for name, (opener, whole) in ADDED.items():
            if whole in self._goto[state]:
                row[name] = self._after(state, self._goto[state][whole])
            elif opener in self._reduce[state]:
                row[name] = self._reduce[state][opener]
        return {name: row[name] for name in sorted(row) if name not in NOT_PRODUCED}

    def frozen(self) -> dict[str, Any]:
        """The reachable part, as plain lists."""
        rows: dict[int, dict[str, int | Rule]] = {}
        gotos: dict[int, dict[str, int]] = {}
        number = {self._start: 0}
        waiting = deque([self._start])
        while waiting:
            state = waiting.popleft()
            rows[state] = self._row(state)
            gotos[state] = {name: self._after(state, self._goto[state][name]) for name in sorted(self._goto[state])}
            targets = [target for target in rows[state].values() if isinstance(target, int)]
            for target in targets + list(gotos[state].values()):
                if target not in number:
                    number[target] = len(number)
                    waiting.append(target)
        return _numbered(rows, gotos, number, self._end)


def _numbered(rows: dict[int, dict[str, int | Rule]], gotos: dict[int, dict[str, int]], number: dict[int, int], end: int) -> dict[str, Any]:
    terminals = sorted({name for row in rows.values() for name in row})
    rules = sorted({rule for row in rows.values() for rule in row.values() if isinstance(rule, Rule)})
    origins = sorted({rule.origin for rule in rules})
    terminal = {name: index for index, name in enumerate(terminals)}
    reduction = {rule: -1 - index for index, rule in enumerate(rules)}
    origin = {name: index for index, name in enumerate(origins)}

    def row(cells: dict[str, int | Rule]) -> list[int]:
        flat: list[int] = []
        for name, cell in cells.items():
            flat += (terminal[name], reduction[cell] if isinstance(cell, Rule) else number[cell])
        return flat

    def goto(cells: dict[str, int]) -> list[int]:
        return [part for name, target in cells.items() if name in origin for part in (origin[name], number[target])]

    return {
        "terminals": terminals,
        "rules": [[rule.action, rule.size, origin[rule.origin], list(rule.values)] for rule in rules],
        "rows": [row(rows[state]) for state in number],
        "gotos": [goto(gotos[state]) for state in number],
        "end": number[end],
    }


def _is_terminal(name: str) -> bool:
    return name == "$END" or name.isupper()


def _action(name: str, symbols: list[str]) -> str:
    if name == "expr_term" and symbols[0] in TERMS:
        return TERMS[symbols[0]]
    if name in PASSED_ON and len(symbols) == 1:
        return "pass"
    if name.startswith("__"):
        return "continue_list" if symbols[0] == name else "begin_list"
    return RENAMED.get(name, name)


if __name__ == "__main__":
    FROZEN.write_text(json.dumps(build(), separators=(",", ":")) + "\n", encoding="utf-8")
